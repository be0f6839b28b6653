import { hostnamesByPort, type OutboundHostname } from '../access';
import { refusal, shown, addTo } from '../input';
import { withLeadingDot } from '../net';
import { tableKey } from '../tables';

/** Renders hostnames as the allow-list of a Squid proxy on premises. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class SquidAllowList {
  /**
   * Renders the lines for squid.conf, to be inserted above its last `http_access deny all`. `*.docker.com` becomes `.docker.com`,
   * which also allows docker.com itself.
   * @param hostnames the `hostnames` of constructs
   */
  public static render(hostnames: OutboundHostname[]): string {
    if (!Array.isArray(hostnames)) {
      const need = 'the hostnames of constructs are needed';
      throw refusal('SquidAllowList.render', 'hostnames-required', need, shown(hostnames), 'rules.hostnames');
    }
    const other = hostnames.findIndex((hostname) => !isOutboundHostname(hostname));
    if (other >= 0) {
      const need = `hostnames[${other}] must be one of the hostnames of a construct`;
      throw refusal('SquidAllowList.render', 'hostnames-required', need, shown(hostnames[other]), 'rules.hostnames');
    }
    const byTable = new Map<string, OutboundHostname[]>();
    for (const hostname of hostnames) {
      const key = tableKey(hostname.table);
      addTo(byTable, key, hostname);
    }
    return [...byTable].flatMap(([key, ofTable]) => tableLines(key, ofTable)).join('\n');
  }

  private constructor() {}
}

function isOutboundHostname(value: unknown): value is OutboundHostname {
  const { table, row } = (value ?? {}) as Partial<OutboundHostname>;
  return typeof table === 'object' && typeof row === 'object';
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
        ...withoutCovered(names.map(withLeadingDot)).map((name) => `acl ${list} dstdomain ${name}`),
        `acl ${list}_port port ${port.numbers}`,
        `http_access allow ${list} ${list}_port`,
      ];
    }),
    '',
  ];
}

/** Squid rejects a list in which one name contains another. */
function withoutCovered(names: readonly string[]): string[] {
  return [...new Set(names)].filter(
    (name) => !names.some((other) => other !== name && other.startsWith('.') && `.${name}`.endsWith(other)),
  );
}
