import { AddressFamily } from '../model/address-family';
import type { Quota } from '../model/planned-rule';
import { refusal, shown } from '../model/refusal';
import type { GroupIdentity } from './aws-host-group';
import { RuleDirection } from './rule-address';

/** The quota of AWS for a group, per direction and address family, unless AWS has raised it for the account. */
export const DEFAULT_MAX_RULES = 60;
/** AWS allows no more over all groups of a network interface. */
const HIGHEST_MAX_RULES = 1000;

const DIRECTION: Readonly<Record<RuleDirection, string>> = {
  [RuleDirection.INGRESS]: 'inbound',
  [RuleDirection.EGRESS]: 'outbound',
};
const FAMILY: Readonly<Record<AddressFamily, string>> = { [AddressFamily.IPV4]: 'IPv4', [AddressFamily.IPV6]: 'IPv6' };
const ADVICE =
  'fewer ranges, a security group as source, a second group, or a higher maxRules once AWS has raised the quota';

/** The quotas of which rules of one direction take one each. */
export interface RuleQuotas {
  readonly [AddressFamily.IPV4]: Quota[];
  readonly [AddressFamily.IPV6]: Quota[];
  /** Of a rule whose far end is a group: AWS counts it for both families. */
  readonly both: Quota[];
}

/** The quotas of one direction of a group. */
export function ruleQuotas(direction: RuleDirection, group: GroupIdentity): RuleQuotas {
  const others = group.existingRules ? ` beside the ${group.existingRules} of others` : '';
  const [ipv4, ipv6] = [AddressFamily.IPV4, AddressFamily.IPV6].map((family) => ({
    key: `aws|${direction}|${family}|${group.appKey}`,
    limit: group.maxRules,
    sentence: `security group ${group.key} must have at most ${group.maxRules} ${DIRECTION[direction]} ${FAMILY[family]} rules${others}`,
    advice: ADVICE,
  }));
  return { [AddressFamily.IPV4]: [ipv4], [AddressFamily.IPV6]: [ipv6], both: [ipv4, ipv6] };
}

/** Refuses a number of rules that no group can have. */
export function checkMaxRules(maxRules: number | undefined, existingRules: number | undefined, place: string): void {
  if (maxRules !== undefined && !(Number.isInteger(maxRules) && maxRules >= 1 && maxRules <= HIGHEST_MAX_RULES)) {
    throw refusal(place, `maxRules must be a whole number from 1 to ${HIGHEST_MAX_RULES}`, shown(maxRules));
  }
  if (existingRules !== undefined && !(Number.isInteger(existingRules) && existingRules >= 0)) {
    throw refusal(place, 'existingRules must be a whole number from 0', shown(existingRules));
  }
  const most = maxRules ?? DEFAULT_MAX_RULES;
  if ((existingRules ?? 0) >= most) {
    throw refusal(place, `existingRules must leave room in ${most} rules`, `${existingRules}`, 'a higher maxRules');
  }
}
