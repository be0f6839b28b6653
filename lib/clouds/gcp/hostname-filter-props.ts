import type { IConstruct } from 'constructs';
import type { Agreement, HostnamesAtPort } from '../../access';
import { checkProvider } from '../../framework';
import { type PropNames, refusal } from '../../input';
import { Protocol } from '../../net';
import { checkForm, PROJECT } from './forms';
import { checkNamePrefix, checkPriority, DEFAULT_PRIORITY } from './gcp-firewall-props';

const PORTS = 65_536;
/** The largest number from which priorities begin: below the limit of the API, because the number of a port is added. */
export const LAST_BASE = 2_000_000_000;

/** The props of every GCP filter of hostnames. */
export interface GcpHostnameFilterProps {
  /**
   * The project of the policy.
   * @default - the project of the provider
   */
  readonly project?: string;
  /**
   * The provider instance with an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * The number to which the port is added to get the priority of a rule: 1443 for 443/tcp. For udp, 65536 is added too. No two rules
   * of a policy may have the same priority, so a second table needs a different number.
   * @default 1000
   */
  readonly priority?: number;
  /**
   * The beginning of the names of all rules and lists: lower-case letters, digits and hyphens, at most 31, beginning with a
   * letter. It is part of their Terraform addresses.
   * @default - no prefix
   */
  readonly namePrefix?: string;
}

/** The names of the props of `GcpHostnameFilterProps`. */
export const HOSTNAME_FILTER_PROPS: PropNames<GcpHostnameFilterProps> = {
  project: true,
  provider: true,
  priority: true,
  namePrefix: true,
};

/** Throws if one of the props of `GcpHostnameFilterProps` is invalid. */
export function checkHostnameFilterProps(props: GcpHostnameFilterProps, place: string): void {
  const { project, provider, priority, namePrefix } = props;
  if (project !== undefined) checkForm(project, PROJECT, place);
  checkPriority(priority, LAST_BASE, place);
  checkNamePrefix(namePrefix, place);
  checkProvider(provider, place, 'gcp');
}

/** Returns the priority of the rule for a port. It depends only on the port, so it stays the same when hostnames change. */
export function priorityOf({ port }: HostnamesAtPort, { priority = DEFAULT_PRIORITY }: GcpHostnameFilterProps): number {
  return priority + port.fromPort + (port.protocol === Protocol.UDP ? PORTS : 0);
}

/** How many hostnames Google allows at one port, and where. */
interface HostnameLimit {
  readonly most: number;
  /** What has the limit, such as `a URL list`. */
  readonly holder: string;
  /** The class of the hostname filter. */
  readonly filter: string;
}

/** Throws if there are more hostnames at a port than Google allows. */
export function checkHostnameCount(
  list: HostnamesAtPort,
  { most, holder, filter }: HostnameLimit,
  place: string,
): void {
  const { hostnames, port } = list;
  if (hostnames.length <= most) return;
  const need = `${holder} has at most ${most} hostnames`;
  const fix = `several tables, each with a ${filter} that has a priority of its own`;
  throw refusal(place, 'too-many-hostnames', need, `${hostnames.length} at ${String(port)}`, fix);
}

/** Returns the agreement that a priority of a policy belongs to one rule. */
export function priorityAgreement(
  policyKey: string,
  priority: number,
  rule: string,
): Agreement & { readonly advice: string } {
  return {
    subject: `${policyKey}|priority|${priority}`,
    fact: `rule ${rule}`,
    need: `each rule of a policy must have a priority of its own (${priority})`,
    advice: 'a different priority for one of the tables',
  };
}
