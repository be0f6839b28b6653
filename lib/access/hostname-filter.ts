import type { Construct } from 'constructs';
import type { Port } from '../net';
import { type HostnameRow, type HostnameTable, tableKey } from '../tables';
import type { HostnameFilterJson } from '../provenance';
import type { Cloud } from './cloud';
import type { IPeer } from './far-end';
import type { PlannedRule } from './host-group';
import { type Ownership, ownershipRemark } from './ownership';

/**
 * A filter that allows outbound connections by hostname: a rule group, a proxy or a firewall policy.
 *
 * Only this package creates filters: use `AwsNetworkFirewallRuleGroup`, `GcpSecureWebProxy`, `GcpFirewallPolicy` or
 * `ExternalProxy.named`.
 */
export interface IHostnameFilter {
  /** The cloud of the filter. */
  readonly cloud: Cloud;
  /** The name of the filter in errors and documents. */
  readonly label: string;
  /** Whether it can allow all names below a domain, such as `*.docker.com`. */
  readonly supportsWildcards: boolean;
  /**
   * Plans and checks the resources that allow the hostnames. Creates nothing.
   * @internal
   */
  _allowOutbound(request: HostnameRequest): PlannedRule[];
  /**
   * The machines that the hostnames are for, if they are known.
   * @internal
   */
  readonly _clients?: IPeer;
  /**
   * Returns how the filter selects machines; nothing if the firewall team manages it.
   * @internal
   */
  _describedIn?(stack: Construct, place: string): HostnameFilterJson;
}

/** Returns whether a value is a hostname filter of this package. */
export function isHostnameFilter(value: unknown): value is IHostnameFilter {
  return typeof value === 'object' && value !== null && '_allowOutbound' in value;
}

/** One row of a hostname table that a construct allows. */
export interface OutboundHostname {
  /** The name of the row: `docker-io`. */
  readonly key: string;
  /** The table of the row. */
  readonly table: HostnameTable;
  /** The row of the document, with the values of the parameters in its hostname. */
  readonly row: HostnameRow;
  /**
   * Why a working installation needs the hostname although the document leaves it out.
   * @default - the hostname is documented
   */
  readonly supplement?: string;
  /**
   * The URL of the page that says so; only with `supplement`.
   * @default - the hostname is documented
   */
  readonly supplementReference?: string;
  /**
   * The choice of every option of the table: `{ cloud: 'aws' }`.
   * @default - the table has no options
   */
  readonly options?: Record<string, string>;
  /**
   * Who wants it, and until when.
   * @default - nobody is named
   */
  readonly ownership?: Ownership;
  /** The label of the filter that allows it. */
  readonly through: string;
  /** Whether the firewall team must allow it. If so, it is in the access request, and this library makes no rule. */
  readonly external: boolean;
  /** The path of the construct that allows it. */
  readonly constructPath: string;
}

/** The hostnames that one construct allows through a filter. */
export interface HostnameRequest {
  /** The construct that allows them. */
  readonly scope: Construct;
  /** The name of that construct in errors. */
  readonly place: string;
  readonly table: HostnameTable;
  /** At least one. */
  readonly hostnames: readonly OutboundHostname[];
}

/** The hostnames that share a port. */
export interface HostnamesAtPort {
  readonly port: Port;
  /** In the order of the document. */
  readonly hostnames: readonly string[];
}

/** Returns hostnames by port, each once, in the order in which the ports first appear in the document. */
export function hostnamesByPort(rows: readonly HostnameRow[]): HostnamesAtPort[] {
  const byPort = new Map<string, { port: Port; hostnames: string[] }>();
  for (const { hostname, ports } of rows) {
    for (const port of ports) {
      const entry = byPort.get(String(port)) ?? { port, hostnames: [] };
      byPort.set(String(port), entry);
      if (!entry.hostnames.includes(hostname)) entry.hostnames.push(hostname);
    }
  }
  return [...byPort.values()];
}

const MAX_TITLE_LENGTH = 150;
/** Rule groups of AWS have the shortest descriptions, with 512 characters. */
const MAX_OWNERS_LENGTH = 200;

/**
 * Returns the description of a rule for hostnames: the title of the document and the port, and in brackets the key of the table.
 */
export function describeHostnames({ table, hostnames }: HostnameRequest, list: HostnamesAtPort): string {
  const listed = hostnames.filter(({ row }) => list.hostnames.includes(row.hostname));
  const supplements = listed.filter(({ supplement }) => supplement !== undefined);
  const documented = supplements.length === 0 ? '' : `; ${supplements.length} not documented by the vendor`;
  const owners = ownershipRemark(
    listed.map(({ ownership }) => ownership),
    MAX_OWNERS_LENGTH,
  );
  const remark = documented + owners;
  return `${Array.from(table.title).slice(0, MAX_TITLE_LENGTH).join('')}, ${String(list.port)}${remark} [${tableKey(table)}]`;
}
