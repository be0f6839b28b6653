import type { Quota } from '../../../access';
import { refusal, shown } from '../../../input';
import { AddressFamily, FAMILY_NAMES } from '../../../net';
import type { GroupIdentity } from '../group-identity';
import { RuleDirection } from './rule-address';

/** The default quota of AWS: how many rules a group may have per direction and IP family. */
export const DEFAULT_MAX_RULES = 60;
/** The limit of AWS for all groups of a network interface together. */
const HIGHEST_MAX_RULES = 1000;

const DIRECTION: Readonly<Record<RuleDirection, string>> = {
  [RuleDirection.INGRESS]: 'inbound',
  [RuleDirection.EGRESS]: 'outbound',
};
const ADVICE =
  'fewer ranges, a security group in place of ranges, a second group, or a higher maxRules once AWS has raised the quota';
const ADVICE_ON_WEIGHT =
  'a lower maxEntries of the prefix list, a second group, or a higher maxRules once AWS has raised the quota';

/** The quotas that a rule of one direction counts against, by the IP family of its far end. */
export interface RuleQuotas {
  readonly [AddressFamily.IPV4]: Quota[];
  readonly [AddressFamily.IPV6]: Quota[];
  /** For a far end that is a security group, which AWS counts for both families. */
  readonly both: Quota[];
}

/** Returns the quotas of one direction of a group. */
export function ruleQuotas(direction: RuleDirection, group: GroupIdentity): RuleQuotas {
  const existing = group.existingRules ? ` in addition to its ${group.existingRules} existing rules` : '';
  const [ipv4, ipv6] = [AddressFamily.IPV4, AddressFamily.IPV6].map((family) => ({
    key: `aws|${direction}|${family}|${group.appKey}`,
    limit: group.maxRules,
    sentence: `security group ${group.key} must have at most ${group.maxRules} ${DIRECTION[direction]} ${FAMILY_NAMES[family]} rules${existing}`,
    advice: ADVICE,
    adviceOnWeight: ADVICE_ON_WEIGHT,
  }));
  return { [AddressFamily.IPV4]: [ipv4], [AddressFamily.IPV6]: [ipv6], both: [ipv4, ipv6] };
}

/** Throws unless a group can have `maxRules` rules, and has room for at least one more than `existingRules`. */
export function checkMaxRules(maxRules: number | undefined, existingRules: number | undefined, place: string): void {
  if (maxRules !== undefined && !(Number.isInteger(maxRules) && maxRules >= 1 && maxRules <= HIGHEST_MAX_RULES)) {
    throw refusal(
      place,
      'max-rules-invalid',
      `maxRules must be a whole number from 1 to ${HIGHEST_MAX_RULES}`,
      shown(maxRules),
    );
  }
  if (existingRules !== undefined && !(Number.isInteger(existingRules) && existingRules >= 0)) {
    throw refusal(
      place,
      'existing-rules-invalid',
      'existingRules must be a whole number, 0 or more',
      shown(existingRules),
    );
  }
  const most = maxRules ?? DEFAULT_MAX_RULES;
  if ((existingRules ?? 0) >= most) {
    throw refusal(
      place,
      'quota-used-up',
      `existingRules must be less than the ${most} rules that the group can have`,
      `${existingRules}`,
      most < HIGHEST_MAX_RULES ? 'a higher maxRules, once AWS has raised the quota' : undefined,
    );
  }
}
