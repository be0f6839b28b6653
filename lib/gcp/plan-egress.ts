import type { Construct } from 'constructs';
import { attributeList } from '../framework/attribute-list';
import { stackOf } from '../framework/framework';
import { checkProviderOf } from '../framework/provider-instance';
import { googleProvider } from '../framework/providers';
import { resolvedEnd } from '../framework/resolved-end';
import type { ResolvedEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import { refusal } from '../model/refusal';
import { FAMILY_NAMES, familyPreconditions, familyRanges, nonEmpty } from './family-ranges';
import { firewallName } from './firewall-name';
import { FirewallRule } from './firewall-rule';
import { settingsIn } from './gcp-firewall-props';
import { isGcpHostGroup, sortedGroups, type GcpHostGroup } from './gcp-host-group';
import { ruleProjectKey } from './network-key';
import { checkDescriptionLength, checkLists } from './rule-limits';
import { selection } from './selection';

/** Works out the firewall rules that let a flow group out of a network: one, or two for destinations of both families. */
export function planEgress(source: GcpHostGroup, group: FlowGroup): FirewallRule[] {
  const { place, sourceEnd, flows } = group;
  const together = sourceEnd.hostGroups.filter(isGcpHostGroup).filter((other) => other.firewall === source.firewall);
  if (together[0] !== source) return []; // one rule is for all groups of a firewall that are the source together
  if (new Set(together.map((other) => other.selector)).size > 1) {
    const need = 'GCP selects machines in one rule by network tags or by service accounts';
    throw refusal(place, need, together.map(({ label }) => label).join(' and '));
  }
  const stack = stackOf(group.scope, place);
  const settings = settingsIn(source.firewall, stack, place);
  const provider = googleProvider(stack, place);
  checkProviderOf(settings.provider, stack, place);
  const ends = destinationEnds(group, stack);
  const common = { projectKey: ruleProjectKey(settings, stack, place), settings, direction: 'EGRESS', flows } as const;
  return FAMILY_NAMES.map((family) => ({ family, ranges: nonEmpty(ends.flatMap((end) => familyRanges(family, end))) }))
    .filter(({ ranges }) => ranges !== undefined)
    .map(({ family, ranges }) => {
      const name = firewallName(group, family, 'EGRESS', settings.namePrefix);
      const selected = selection(sortedGroups(together, stack, place), stack, place);
      checkLists({ destinationRanges: ranges, ...selected.targets }, place);
      const preconditions = familyPreconditions(family, ends, stack);
      const rule = new FirewallRule(provider, {
        ...common,
        name,
        farEnd: { destinationRanges: ranges && attributeList(ranges, stack) },
        preconditions,
        ...selected,
      });
      checkDescriptionLength(rule.describe(flows), place);
      return rule;
    });
}

/** Where the machines of the destination have their addresses: an EGRESS rule knows no tags and accounts at its far end. */
function destinationEnds({ destinationEnd, place }: FlowGroup, stack: Construct): ResolvedEnd[] {
  const nameless = destinationEnd.hostGroups.find((other) => !(isGcpHostGroup(other) && other.ipRanges));
  if (nameless) {
    const fix = 'networkTag(tag, { ipRanges: Peer.cidr(...) }), or ExternalHosts';
    throw refusal(place, 'an EGRESS firewall needs the ranges of its destination', nameless.label, fix);
  }
  const named = destinationEnd.hostGroups.filter(isGcpHostGroup).map((other) => other.ipRanges!._farEnd);
  return [destinationEnd, ...named.map((end) => resolvedEnd(end, stack, place))];
}
