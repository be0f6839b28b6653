import type { Construct } from 'constructs';
import { attributeList } from '../framework/attribute-list';
import { stackOf } from '../framework/framework';
import { checkProviderOf } from '../framework/provider-instance';
import { googleProvider } from '../framework/providers';
import { AddressFamily } from '../model/address-family';
import type { ResolvedEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import { refusal } from '../model/refusal';
import { FAMILY_NAMES, familyPreconditions, familyRanges, isWorld, nonEmpty } from './family-ranges';
import { firewallName } from './firewall-name';
import { FirewallRule, type FirewallContent } from './firewall-rule';
import { settingsIn } from './gcp-firewall-props';
import { isGcpHostGroup, Selector, sortedGroups, type GcpHostGroup } from './gcp-host-group';
import { networkKey, ruleProjectKey } from './network-key';
import { checkDescriptionLength, checkLists } from './rule-limits';
import { selection } from './selection';

const RANGES = 'Peer.cidr(...) with the ranges of these machines';

/** Works out the firewall rules that let a flow group in: one, or two when it has sources of both families. */
export function planIngress(target: GcpHostGroup, group: FlowGroup): FirewallRule[] {
  const { place, sourceEnd, flows } = group;
  const stack = stackOf(group.scope, place);
  const provider = googleProvider(stack, place);
  const settings = settingsIn(target.firewall, stack, place);
  checkProviderOf(settings.provider, stack, place);
  networkKey(settings, stack, place); // refuses a network that has no name
  const groups = sourceGroups(sourceEnd, target, stack, place);
  const common = { projectKey: ruleProjectKey(settings, stack, place), settings, direction: 'INGRESS', flows } as const;
  return FAMILY_NAMES.map((family) => ({ family, farEnd: sourcesOf(family, sourceEnd, groups, stack, place) }))
    .filter(({ farEnd }) => Object.values(farEnd).some((values) => values !== undefined))
    .map(({ family, farEnd }) => {
      const selected = selection([target], stack, place);
      checkLists({ ...farEnd, ...selected.targets }, place);
      const name = firewallName(group, family, 'INGRESS', settings.namePrefix);
      const world = isWorld(family, sourceEnd) ? family : undefined;
      const preconditions = familyPreconditions(family, [sourceEnd], stack);
      const rule = new FirewallRule(provider, {
        ...common,
        name,
        farEnd: { ...farEnd, sourceRanges: farEnd.sourceRanges && attributeList(farEnd.sourceRanges, stack) },
        world,
        preconditions,
        ...selected,
      });
      checkDescriptionLength(rule.describe(flows), place);
      return rule;
    });
}

/** Tags and service accounts stand for machines of either family; they go with the IPv4 ranges. */
function sourcesOf(
  family: AddressFamily,
  end: ResolvedEnd,
  groups: readonly GcpHostGroup[],
  stack: Construct,
  place: string,
): FirewallContent['farEnd'] {
  const selected = (selector: Selector): string[] =>
    groups.filter((group) => group.selector === selector).map((group) => group.valueIn(stack, place));
  const isFirst = family === AddressFamily.IPV4;
  return {
    sourceRanges: nonEmpty(familyRanges(family, end)),
    sourceTags: nonEmpty(isFirst ? selected(Selector.TAG) : []),
    sourceServiceAccounts: nonEmpty(isFirst ? selected(Selector.SERVICE_ACCOUNT) : []),
  };
}

function sourceGroups(end: ResolvedEnd, target: GcpHostGroup, stack: Construct, place: string): GcpHostGroup[] {
  const given = end.hostGroups.filter(isGcpHostGroup);
  const foreign = end.hostGroups.find((group) => !isGcpHostGroup(group));
  if (foreign) {
    const need = 'a GCP firewall needs ranges, network tags or service accounts as source';
    throw refusal(place, need, foreign.label, RANGES);
  }
  for (const group of given) {
    if (group.selector === Selector.ALL_INSTANCES) {
      throw refusal(place, 'a source must be ranges, a network tag or a service account', group.label, RANGES);
    }
    if (networkKey(group.firewall, stack, place) !== networkKey(target.firewall, stack, place)) {
      const need = 'a tag or service account is a source only within its own network';
      throw refusal(place, need, `${group.label} of another network`, RANGES);
    }
  }
  const groups = sortedGroups(given, stack, place);
  const tag = [...groups, target].find((group) => group.selector === Selector.TAG);
  const account = [...groups, target].find((group) => group.selector === Selector.SERVICE_ACCOUNT);
  if (tag && account) {
    const need = 'GCP allows no network tag and service account in one rule';
    throw refusal(place, need, `${tag.label} and ${account.label}`);
  }
  return groups;
}
