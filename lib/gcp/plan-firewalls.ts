import type { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import { googleProvider } from '../framework/providers';
import { referenceOf } from '../framework/references';
import { AddressFamily } from '../model/address-family';
import { rangesOf } from '../model/address-ranges';
import type { FarEnd } from '../model/far-end';
import type { FlowGroup } from '../model/flow-group';
import { refusal } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import { firewallName } from './firewall-name';
import type { GcpFirewallProps } from './gcp-firewall-props';
import { isGcpHostGroup, Selector, type GcpHostGroup } from './gcp-host-group';
import { FirewallRule, type FirewallSources } from './firewall-rule';

/** Works out the firewall rules that let a flow group in: one, or two when it has sources of both families. */
export function planFirewalls(target: GcpHostGroup, group: FlowGroup): FirewallRule[] {
  const stack = stackOf(group.scope, group.place);
  const provider = googleProvider(stack, group.place);
  const sources = sourceGroups(group.source._farEnd, target, stack, group.place);
  const project = projectKey(target.firewall, stack, group.place);
  return [AddressFamily.IPV4, AddressFamily.IPV6]
    .map((family) => ({ family, ofFamily: sourcesOf(family, group.source._farEnd, sources) }))
    .filter(({ ofFamily }) => Object.values(ofFamily).some((values: string[]) => values.length > 0))
    .map(({ family, ofFamily }) => {
      const name = firewallName(group, family, target.firewall.namePrefix);
      return new FirewallRule(provider, name, project, ofFamily, target, group.flows);
    });
}

/** Tags and service accounts stand for machines of either family; they go with the IPv4 ranges. */
function sourcesOf(family: AddressFamily, end: FarEnd, groups: readonly GcpHostGroup[]): FirewallSources {
  const selected = (selector: Selector): string[] =>
    family === AddressFamily.IPV4
      ? groups.filter((group) => group.selector === selector).map((group) => group.value)
      : [];
  return {
    sourceRanges: [
      ...rangesOf(family, end.ranges).map(String),
      ...end.unknownRanges.filter((range) => range.family === family).map((range) => range.text),
    ],
    sourceTags: distinct(selected(Selector.TAG)),
    sourceServiceAccounts: distinct(selected(Selector.SERVICE_ACCOUNT)),
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function sourceGroups(end: FarEnd, target: GcpHostGroup, stack: Construct, place: string): GcpHostGroup[] {
  const groups = end.hostGroups.filter(isGcpHostGroup);
  const foreign = end.hostGroups.find((group) => !isGcpHostGroup(group));
  const ranges = 'Peer.cidr(...) with the ranges of these machines';
  if (foreign)
    throw refusal(
      place,
      'a GCP firewall needs ranges, network tags or service accounts as source',
      foreign.label,
      ranges,
    );
  for (const group of groups) {
    if (group.selector === Selector.ALL_INSTANCES)
      throw refusal(place, 'a source must be ranges, a network tag or a service account', group.label, ranges);
    if (networkKey(group.firewall, stack, place) !== networkKey(target.firewall, stack, place)) {
      throw refusal(
        place,
        'a tag or service account is a source only within its own network',
        `${group.label} of another network`,
        ranges,
      );
    }
  }
  const tag = [...groups, target].find((group) => group.selector === Selector.TAG);
  const account = [...groups, target].find((group) => group.selector === Selector.SERVICE_ACCOUNT);
  if (tag && account) {
    throw refusal(
      place,
      'GCP allows no network tag and service account in one rule',
      `${tag.label} and ${account.label}`,
    );
  }
  return groups;
}

/** What tags and service accounts have their meaning in. */
function networkKey(firewall: GcpFirewallProps, stack: Construct, place: string): string {
  return `${projectKey(firewall, stack, place)} ${nameOf(firewall.network, stack, place)}`;
}

/** What the name of a rule is unique in: the project, which may be left to the provider. */
function projectKey({ project, provider }: GcpFirewallProps, stack: Construct, place: string): string {
  return project === undefined
    ? `provider ${provider?.node.path ?? stack.node.path}`
    : `project ${nameOf(project, stack, place)}`;
}

function nameOf(value: string, stack: Construct, place: string): string {
  if (!holdsToken(value)) return value;
  const { expression, stack: owner } = referenceOf(value, stack, place, 'a name that is known at synthesis');
  return `${owner.node.path} ${expression}`;
}
