import type { ITerraformIterator, Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import type { Agreement, CloudEnd, RangeReference, ResolvedEnd } from '../../../access';
import { coreOf, rangePrecondition } from '../../../framework';
import { type ClusterPortsError, refusal, shown } from '../../../input';
import { areWorldWide, AddressFamily } from '../../../net';
import { type GroupIdentity, isNamedSecurityGroup, type NamedSecurityGroup } from '../group-identity';
import { isPrefixList, type PrefixListIdentity } from '../prefix-list';
import type { RuleQuotas } from './rule-quota';

/** The far end of one rule. */
export interface RuleFarEnd {
  /** The part of the Terraform address of the rule that comes from the far end. */
  readonly key: string;
  /** The same, but unique in the whole app. */
  readonly appKey: string;
  /** The name of the far end in errors. */
  readonly label: string;
  readonly attribute: PeerAttribute;
  /** The list, if the far end is one that is known after apply. Terraform creates a rule for each member. */
  readonly forEach?: ITerraformIterator;
  /** The security group, if the far end is one. */
  readonly group?: Pick<GroupIdentity, 'key' | 'id'>;
  /** The prefix list, if the far end is one. */
  readonly prefixList?: Pick<PrefixListIdentity, 'key' | 'id'>;
  /** The quotas that the rule counts against. */
  readonly counts: keyof RuleQuotas;
  /**
   * How many rules AWS counts for the rule.
   * @default 1
   */
  readonly weight?: number;
  /** The IP family, if the far end covers all IP addresses of that family. */
  readonly world?: AddressFamily;
  /** The condition that Terraform checks. */
  readonly precondition?: Precondition;
  /** The facts about the far end on which the whole app must agree. */
  readonly agreements?: readonly Agreement[];
}

/** The attribute of a rule that contains its far end. */
type PeerAttribute =
  | { readonly cidrIpv4: string }
  | { readonly cidrIpv6: string }
  | { readonly prefixListId: string }
  | { readonly referencedSecurityGroupId: string };

/** Returns the far ends of single rules: one for each IP range, prefix list and security group of a peer. */
export function ruleFarEnds(end: ResolvedEnd, stack: Construct, place: string): RuleFarEnd[] {
  const unsupported = end.hostGroups.find((group) => !isNamedSecurityGroup(group) && !isPrefixList(group));
  if (unsupported) throw unsupportedFarEnd(unsupported, stack, place);
  return [
    ...end.ranges.map((range) => rangePeer(range.family, String(range), areWorldWide(range.family, [range]))),
    ...end.references.map((range) => (range.isList ? listPeer(range, stack, place) : referencePeer(range, stack))),
    ...end.hostGroups.filter(isPrefixList).flatMap((list) => list._identities(stack, place).map(prefixListPeer)),
    ...end.hostGroups.filter(isNamedSecurityGroup).map((group) => securityGroupPeer(group, stack, place)),
  ];
}

function unsupportedFarEnd(machines: CloudEnd, stack: Construct, place: string): ClusterPortsError {
  const ranges = machines._factsIn?.(stack, place).ipRanges?.ipRanges ?? [];
  return refusal(
    place,
    'far-end-cloud-mismatch',
    'a rule of a security group needs IP ranges, a prefix list or a security group at its far end',
    machines.label,
    ranges.length > 0
      ? `Peer.cidr(${ranges.map(shown).join(', ')})`
      : 'Peer.cidr(...) with the IP ranges of these machines',
  );
}

/** Returns the far end for an IP range that is known at synthesis. */
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

/** Returns the far end for an IP range that is known after apply. */
function referencePeer(range: RangeReference, stack: Construct): RuleFarEnd {
  const { family, text, expression, owner } = range;
  const key = `reference:${family}:${expression}`;
  return {
    key,
    appKey: `${owner}|${key}`,
    label: expression,
    attribute: rangeAttribute(family, text),
    counts: family,
    precondition: rangePrecondition(range, stack),
  };
}

/** An attribute of a resource of the stack in a Terraform expression. */
const RESOURCE_ATTRIBUTE = /(?<![\w.-])[a-z][a-z0-9]*_\w*\.[\w-]+(?:\[[^\]]*\])?\.\w/;

/**
 * Returns the far end for a list that is known after apply. An empty list gets one rule, so that Terraform checks the
 * precondition.
 */
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
    precondition: rangePrecondition(range, stack),
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
