/**
 * Machines that rules select by name are written as a kind, a colon and the name:
 *
 * `sg:` a security group, by its Terraform address where the configuration has it, else by its id;
 * `tag:` a network tag; `account:` a service account; `secure-tag:` a secure tag;
 * `list:` a prefix list whose ranges are not in the configuration;
 * `unknown:` ranges that only Terraform knows, by the expression that refers to them.
 */
export type NameKind = 'sg' | 'tag' | 'account' | 'secure-tag' | 'list' | 'unknown';

/** A name as `NameKind` tells. */
export type EndName = `${NameKind}:${string}`;

/** The machines of a network that have none of the names by which its rules select; rules for them are for all others too. */
export const ALL_INSTANCES = 'all-instances';

/** Machines at which rules stand. */
export type GroupName = EndName | typeof ALL_INSTANCES;

/** A far end that is known by its address alone. */
export const ANY_MACHINE = '';

/** Machines at the far end of rules: by name, or by their address alone. */
export type PeerName = EndName | typeof ANY_MACHINE;

/** Whether resources of a type have to do with traffic. */
export function isOfTraffic(type: string): boolean {
  return /^(?:aws_.*(?:security_group|prefix_list)|google_compute_.*firewall)/.test(type);
}
