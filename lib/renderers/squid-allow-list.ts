import { tableKey } from '../model/flow';
import { dotted } from '../model/host-name';
import { hostsByPort, type OutboundHost } from '../model/outbound-host';

/** Renders hosts as the allow-list of a Squid proxy on premises. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class SquidAllowList {
  /**
   * The lines that go into squid.conf before its last `http_access deny all`. `*.docker.com` becomes `.docker.com`, which
   * lets docker.com itself out too.
   * @param hosts the `hosts` of constructs
   */
  public static render(hosts: OutboundHost[]): string {
    const byTable = new Map<string, OutboundHost[]>();
    for (const host of hosts) {
      const key = tableKey(host.table);
      byTable.set(key, [...(byTable.get(key) ?? []), host]);
    }
    return [...byTable].flatMap(([key, ofTable]) => tableLines(key, ofTable)).join('\n');
  }
}

function tableLines(key: string, hosts: readonly OutboundHost[]): string[] {
  const [{ table }] = hosts;
  const id = table.id.replaceAll('-', '_');
  const lists = hostsByPort(hosts.map(({ row }) => row));
  return [
    `# ${key}: ${table.title}`,
    `# ${table.reference}`,
    ...lists.flatMap(({ port, hosts: names }) => {
      const list = `${id}_${port.numbers.replace('-', '_')}`;
      return [
        ...withoutCovered(names.map(dotted)).map((name) => `acl ${list} dstdomain ${name}`),
        `acl ${list}_port port ${port.numbers}`,
        `http_access allow ${list} ${list}_port`,
      ];
    }),
    '',
  ];
}

/** Squid refuses a list in which one name is within another. */
function withoutCovered(names: readonly string[]): string[] {
  return [...new Set(names)].filter(
    (name) => !names.some((other) => other !== name && other.startsWith('.') && `.${name}`.endsWith(other)),
  );
}
