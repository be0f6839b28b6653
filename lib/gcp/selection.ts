import type { Construct } from 'constructs';
import { nonEmpty } from './family-ranges';
import type { FirewallContent } from './firewall-rule';
import { Selector, type GcpHostGroup } from './gcp-host-group';

/** How a rule selects the machines on its side, and what its description says of that. */
export function selection(
  groups: readonly GcpHostGroup[],
  stack: Construct,
  place: string,
): Pick<FirewallContent, 'targets' | 'remark'> {
  const selected = (selector: Selector): string[] =>
    groups.filter((group) => group.selector === selector).map((group) => group.valueIn(stack, place));
  const reasons = selected(Selector.ALL_INSTANCES);
  if (reasons.length > 0) return { targets: {}, remark: `; for all instances of the network: ${reasons.join(', ')}` };
  const targets = {
    targetTags: nonEmpty(selected(Selector.TAG)),
    targetServiceAccounts: nonEmpty(selected(Selector.SERVICE_ACCOUNT)),
  };
  return { targets, remark: '' };
}
