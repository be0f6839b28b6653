import type { ITerraformIterator, Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import type { Agreement, CloudEnd, RangeReference, ResolvedEnd } from '../../../access';
import { coreOf, rangeCondition } from '../../../framework';
import { type ClusterPortsError, refusal, shown } from '../../../input';
import { AddressFamily } from '../../../net';
import { type GroupIdentity, isNamedSecurityGroup, type NamedSecurityGroup } from '../group-identity';
import { isPrefixList, type PrefixListIdentity } from '../prefix-list';
import type { RuleQuotas } from './rule-quota';

/** The far end of one rule. */
export interface RuleFarEnd {
  /** The part of the rule's Terraform address that comes from the far end. */
  readonly key: string;
  /** The same, unique over all stacks of the app. */
  readonly appKey: string;
  /** How errors call it. */
  readonly label: string;
  readonly attribute: PeerAttribute;
  /** The list whose members get a rule each, if the far end is a list that is known after apply. */
  readonly forEach?: ITerraformIterator;
  /** The security group, if the far end is one. */
  readonly group?: Pick<GroupIdentity, 'key' | 'id'>;
  /** The prefix list, if the far end is one. */
  readonly prefixList?: Pick<PrefixListIdentity, 'key' | 'id'>;
  /** Which quotas a rule counts for. */
  readonly counts: keyof RuleQuotas;
  /**
   * How many rules it counts as.
   * @default 1
   */
  readonly weight?: number;
  /** The IP family, if the far end is all IP addresses of that family. */
  readonly world?: AddressFamily;
  /** What Terraform checks about it. */
  readonly precondition?: Precondition;
  /** What all constructs of the app must say alike about it. */
  readonly agreements?: readonly Agreement[];
}

/** The attribute in which a rule has its far end. */
type PeerAttribute =
  | { readonly cidrIpv4: string }
  | { readonly cidrIpv6: string }
  | { readonly prefixListId: string }
  | { readonly referencedSecurityGroupId: string };

/** Splits a peer into the far ends of single rules: one IP range, prefix list or security group each. */
export function ruleFarEnds(end: ResolvedEnd, stack: Construct, place: string): RuleFarEnd[] {
  const foreign = end.hostGroups.find((group) => !isNamedSecurityGroup(group) && !isPrefixList(group));
  if (foreign) throw foreignFarEnd(foreign, stack, place);
  return [
    ...end.ranges.map((range) => rangePeer(range.family, String(range), range.prefixLength === 0)),
    ...end.references.map((range) => (range.isList ? listPeer(range, stack, place) : referencePeer(range, stack))),
    ...end.hostGroups.filter(isPrefixList).flatMap((list) => list._identities(stack, place).map(prefixListPeer)),
    ...end.hostGroups.filter(isNamedSecurityGroup).map((group) => securityGroupPeer(group, stack, place)),
  ];
}

function foreignFarEnd(machines: CloudEnd, stack: Construct, place: string): ClusterPortsError {
  const ranges = machines._aboutIn?.(stack, place).ipRanges?.ipRanges ?? [];
  return refusal(
    place,
    'far-end-of-another-cloud',
    'a rule of a security group needs IP ranges, a prefix list or a security group at its far end',
    machines.label,
    ranges.length > 0
      ? `Peer.cidr(${ranges.map(shown).join(', ')})`
      : 'Peer.cidr(...) with the IP ranges of these machines',
  );
}

/** An IP range that is known at synthesis. */
export function rangePeer(
  family: AddressFamily,
  range: string,
  isWorld: boolean,
): RuleFarEnd & { counts: AddressFamily } {
  const key = `range:${range}`;
  return {
    key,
    appKey: key,
    label: range,
    attribute: rangeAttribute(family, range),
    counts: family,
    world: isWorld ? family : undefined,
  };
}

/** An IP range that is known after apply. */
function referencePeer(range: RangeReference, stack: Construct): RuleFarEnd {
  const { family, text, expression, owner } = range;
  const key = `reference:${family}:${expression}`;
  return {
    key,
    appKey: `${owner}|${key}`,
    label: expression,
    attribute: rangeAttribute(family, text),
    counts: family,
    precondition: rangeCondition(range, stack),
  };
}

/** An attribute of a resource of the stack in a Terraform expression. */
const RESOURCE_ATTRIBUTE = /(?<![\w.-])[a-z][a-z0-9]*_\w*\.[\w-]+(?:\[[^\]]*\])?\.\w/;

/** A list of IP ranges that is known after apply. An empty list still gets one rule, so that Terraform evaluates the precondition. */
function listPeer(range: RangeReference, stack: Construct, place: string): RuleFarEnd {
  const { family, text, expression, owner } = range;
  if (owner === stack.node.path && RESOURCE_ATTRIBUTE.test(expression)) {
    throw refusal(
      place,
      'list-known-after-apply',
      'a list of IP ranges for a security group must be known when Terraform plans',
      `${expression} of a resource`,
      'new AwsPrefixList(...) with the list and maxEntries',
    );
  }
  const { Fn, Op, TerraformIterator, Token } = coreOf(stack);
  const hasMembers = Op.gte(Fn.lengthOf([text]), 1);
  const members = Token.asList(Fn.conditional(hasMembers, Fn.tolist([text]), ['']));
  const forEach = TerraformIterator.fromList(members);
  const key = `list:${family}:${expression}`;
  return {
    key,
    appKey: `${owner}|${key}`,
    label: `each of ${expression}`,
    attribute: rangeAttribute(family, Token.asString(forEach.value)),
    forEach,
    counts: family,
    precondition: rangeCondition(range, stack),
  };
}

function rangeAttribute(family: AddressFamily, range: string): PeerAttribute {
  return family === AddressFamily.IPV4 ? { cidrIpv4: range } : { cidrIpv6: range };
}

function prefixListPeer(list: PrefixListIdentity): RuleFarEnd {
  const { key, appKey, id, family, maxEntries, agreements, world } = list;
  return {
    key: `prefix-list:${key}`,
    appKey: `prefix-list:${appKey}`,
    label: `prefix list ${key}`,
    attribute: { prefixListId: id },
    prefixList: { key, id },
    counts: family ?? 'both',
    weight: maxEntries,
    world,
    agreements,
  };
}

function securityGroupPeer(group: NamedSecurityGroup, stack: Construct, place: string): RuleFarEnd {
  const { key, appKey, id, agreements } = group._identity(stack, place);
  return {
    key: `group:${key}`,
    appKey: `group:${appKey}`,
    label: `security group ${key}`,
    attribute: { referencedSecurityGroupId: id },
    group: { key, id },
    counts: 'both',
    agreements: agreements.slice(0, 1),
  };
}
