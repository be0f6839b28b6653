import type { IConstruct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import { isPeer, type IPeer } from '../model/host-group';
import { asPeer } from '../model/ranges-given';
import { refusal, shown } from '../model/refusal';
import { AwsRuleOrder } from './aws-rule-order';
import { checkTags } from './tags';

const NAME_PREFIX = /^[A-Za-z0-9][-A-Za-z0-9]{0,39}$/;
/** What AWS takes in one rule group. */
export const LARGEST_CAPACITY = 30_000;

/** How many hosts a rule group has room for where nothing else is said. */
export const DEFAULT_CAPACITY = 100;

/** What the rule groups of one firewall policy have in common. */
export interface AwsNetworkFirewallRuleGroupProps {
  /**
   * For how many hosts each rule group reserves room. It is not counted from the list, because another capacity makes
   * another rule group, which AWS refuses while a policy uses the old one.
   * @default 100
   */
  readonly capacity?: number;
  /**
   * The ranges of the machines behind the firewall, where they are not those of its own VPC (HOME_NET).
   * @default - the VPC of the firewall
   */
  readonly clients?: IPeer;
  /**
   * The order of evaluation of the firewall policy. It can never be changed.
   * @default AwsRuleOrder.ACTION: it is what AWS takes too, and several allow-lists of one policy add up
   */
  readonly ruleOrder?: AwsRuleOrder;
  /**
   * The beginning of the names of all rule groups: letters, digits and hyphens. It is part of their Terraform addresses.
   * @default - none
   */
  readonly namePrefix?: string;
  /**
   * Tags of the rule groups; text in them stays text.
   * @default - none
   */
  readonly tags?: Record<string, string>;
  /**
   * The provider instance of an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

/** Checks the settings of rule groups, and copies them. */
export function checkRuleGroupProps(props: AwsNetworkFirewallRuleGroupProps): AwsNetworkFirewallRuleGroupProps {
  const place = 'AwsNetworkFirewallRuleGroup';
  const { capacity, clients, ruleOrder, namePrefix, provider } = props;
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= LARGEST_CAPACITY)) {
    throw refusal(place, `capacity must be a whole number from 1 to ${LARGEST_CAPACITY}`, shown(capacity));
  }
  if (clients !== undefined) checkClients(clients, place);
  if (ruleOrder !== undefined && !Object.values(AwsRuleOrder).includes(ruleOrder)) {
    throw refusal(place, 'ruleOrder must be one of AwsRuleOrder', shown(ruleOrder), 'AwsRuleOrder.ACTION');
  }
  if (namePrefix !== undefined && !(typeof namePrefix === 'string' && NAME_PREFIX.test(namePrefix))) {
    throw refusal(place, 'namePrefix must be at most 40 letters, digits and hyphens', shown(namePrefix));
  }
  checkProvider(provider, place, 'aws');
  const tags = checkTags(props.tags, place);
  return Object.freeze({ capacity, clients, ruleOrder, namePrefix, provider, tags });
}

function checkClients(clients: IPeer, place: string): void {
  if (!isPeer(clients)) throw refusal(place, 'clients must be a peer', shown(clients), asPeer(clients));
  const { hostGroups, worldReasons } = clients._farEnd;
  if (hostGroups.length > 0) throw refusal(place, 'clients must be ranges', clients.label, 'Peer.cidr(...)');
  if (worldReasons.length > 0) {
    throw refusal(place, 'clients must be the ranges of the machines', 'Peer.anyIpv4 or Peer.anyIpv6');
  }
}
