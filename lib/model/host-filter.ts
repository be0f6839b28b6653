import type { Construct } from 'constructs';
import type { HostTable } from './host-table';
import type { OutboundHost } from './outbound-host';
import type { PlannedRule } from './planned-rule';

/** What a construct wants to be let out. */
export interface HostRequest {
  /** The construct that asks. */
  readonly scope: Construct;
  /** How errors name that construct. */
  readonly place: string;
  readonly table: HostTable;
  /** At least one. */
  readonly hosts: readonly OutboundHost[];
}

/** What lets connections out by the name of their host: a rule group, a proxy, a firewall policy. */
export interface IHostFilter {
  /** Whose filter it is: `gcp`, `aws` or `external`. */
  readonly cloud: string;
  /** How errors and documents call it. */
  readonly label: string;
  /** Whether it can let out all names below a domain, as `*.docker.com`. */
  readonly takesWildcards: boolean;
  /**
   * Works out and checks the resources that let the hosts out. Creates nothing.
   * @internal
   */
  _letOut(request: HostRequest): PlannedRule[];
}

/** Whether a value can let hosts out. */
export function isHostFilter(value: unknown): value is IHostFilter {
  return typeof value === 'object' && value !== null && '_letOut' in value;
}
