import { stackOf } from '../framework/framework';
import { googleProvider } from '../framework/providers';
import type { FlowGroup } from '../model/flow-group';
import { refusal } from '../model/refusal';
import { FAMILIES, familyRanges, nonEmpty } from './family-ranges';
import { firewallName } from './firewall-name';
import { FirewallRule } from './firewall-rule';
import { isGcpHostGroup, Selector, type GcpHostGroup } from './gcp-host-group';
import { projectKey } from './network-key';
import { selection } from './selection';

/** Works out the firewall rules that let a flow group out of a network: one, or two for destinations of both families. */
export function planEgress(source: GcpHostGroup, group: FlowGroup): FirewallRule[] {
  const { place, destination, flows } = group;
  const siblings = group.source._farEnd.hostGroups
    .filter(isGcpHostGroup)
    .filter((other) => other.firewall === source.firewall);
  if (siblings[0] !== source) return []; // one rule is for all groups of a firewall that are the source together
  if (siblings.some((other) => other.selector !== source.selector && Selector.ALL_INSTANCES !== other.selector)) {
    throw refusal(
      place,
      'GCP allows no network tag and service account in one rule',
      siblings.map(({ label }) => label).join(' and '),
    );
  }
  const end = destination._farEnd;
  const nameless = end.hostGroups.find((other) => !(isGcpHostGroup(other) && other.addresses));
  if (nameless) {
    const fix = 'networkTag(tag, { addresses: Peer.cidr(...) }), or ExternalHosts';
    throw refusal(place, 'an EGRESS firewall needs the ranges of its destination', nameless.label, fix);
  }
  const ends = [end, ...end.hostGroups.filter(isGcpHostGroup).map((other) => other.addresses!._farEnd)];
  const stack = stackOf(group.scope, place);
  const settings = source.firewall;
  const provider = googleProvider(stack, place);
  return FAMILIES.map((family) => ({ family, ranges: nonEmpty(ends.flatMap((other) => familyRanges(family, other))) }))
    .filter(({ ranges }) => ranges !== undefined)
    .map(({ family, ranges }) => {
      const name = firewallName(group, family, 'EGRESS', settings.namePrefix);
      const farEnd = { destinationRanges: ranges };
      const content = {
        name,
        projectKey: projectKey(settings, stack, place),
        settings,
        direction: 'EGRESS',
        farEnd,
      } as const;
      return new FirewallRule(provider, { ...content, ...selection(siblings), flows });
    });
}
