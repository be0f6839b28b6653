import type { Construct } from 'constructs';
import type { HostnameTable } from './host-table';
import type { OutboundHostname } from './outbound-host';
import type { PlannedRule } from './planned-rule';

/** What a construct wants to be let out. */
export interface HostnameRequest {
  /** The construct that asks. */
  readonly scope: Construct;
  /** How errors name that construct. */
  readonly place: string;
  readonly table: HostnameTable;
  /** At least one. */
  readonly hostnames: readonly OutboundHostname[];
}

/** What lets connections out by the name of their host: a rule group, a proxy, a firewall policy. */
export interface IHostnameFilter {
  /** Whose filter it is: `gcp`, `aws` or `external`. */
  readonly cloud: string;
  /** How errors and documents call it. */
  readonly label: string;
  /** Whether it can let out all names below a domain, as `*.docker.com`. */
  readonly supportsWildcards: boolean;
  /**
   * Works out and checks the resources that let the hosts out. Creates nothing.
   * @internal
   */
  _allowOutbound(request: HostnameRequest): PlannedRule[];
}

/** Whether a value can let hosts out. */
export function isHostnameFilter(value: unknown): value is IHostnameFilter {
  return typeof value === 'object' && value !== null && '_allowOutbound' in value;
}
