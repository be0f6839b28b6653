import { tableKey } from '../model/flow';
import { dotted } from '../model/host-name';
import { hostnamesByPort, type OutboundHostname } from '../model/outbound-host';

/** Renders hosts as the allow-list of a Squid proxy on premises. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class SquidAllowList {
  /**
   * The lines that go into squid.conf before its last `http_access deny all`. `*.docker.com` becomes `.docker.com`, which
   * lets docker.com itself out too.
   * @param hostnames the `hostnames` of constructs
   */
  public static render(hostnames: OutboundHostname[]): string {
    const byTable = new Map<string, OutboundHostname[]>();
    for (const hostname of hostnames) {
      const key = tableKey(hostname.table);
      byTable.set(key, [...(byTable.get(key) ?? []), hostname]);
    }
    return [...byTable].flatMap(([key, ofTable]) => tableLines(key, ofTable)).join('\n');
  }
}

function tableLines(key: string, hostnames: readonly OutboundHostname[]): string[] {
  const [{ table }] = hostnames;
  const id = table.id.replaceAll('-', '_');
  const lists = hostnamesByPort(hostnames.map(({ row }) => row));
  return [
    `# ${key}: ${table.title}`,
    `# ${table.reference}`,
    ...lists.flatMap(({ port, hostnames: names }) => {
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
