import type { AddressFamily } from '../model/address-family';
import type { ITerraformIterator, Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import type { ResolvedEnd } from '../model/far-end';
import type { Agreement } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { isNamedSecurityGroup, type GroupIdentity } from './aws-host-group';
import { isPrefixList, type PrefixListIdentity } from './prefix-list';
import { listPeer, rangePeer, referencePeer } from './range-peers';
import type { RuleQuotas } from './rule-quota';

/** The one attribute by which a rule names its far end. */
export type PeerAttribute =
  | { readonly cidrIpv4: string }
  | { readonly cidrIpv6: string }
  | { readonly prefixListId: string }
  | { readonly referencedSecurityGroupId: string };

/** A far end as one rule can name it. */
export interface RuleFarEnd {
  /** What addresses are made from. */
  readonly key: string;
  /** The same, told apart over all stacks. */
  readonly appKey: string;
  /** How errors name it. */
  readonly label: string;
  readonly attribute: PeerAttribute;
  /** What a rule is made for each of, where the far end is a list that Terraform knows. */
  readonly forEach?: ITerraformIterator;
  /** The security group that it is. */
  readonly group?: Pick<GroupIdentity, 'key' | 'id'>;
  /** The prefix list that it is. */
  readonly prefixList?: Pick<PrefixListIdentity, 'key' | 'id'>;
  /** Which quotas a rule counts for. */
  readonly counts: keyof RuleQuotas;
  /**
   * For how many rules it counts there.
   * @default 1
   */
  readonly weight?: number;
  /** The family of which it is every address. */
  readonly world?: AddressFamily;
  /** What Terraform must check of it. */
  readonly precondition?: Precondition;
  /** What all constructs of the app must say alike of it. */
  readonly agreements?: readonly Agreement[];
}

/** Splits a far end into what single rules can name: one range or one security group each. */
export function ruleFarEnds(end: ResolvedEnd, stack: Construct, place: string): RuleFarEnd[] {
  const foreign = end.hostGroups.find((group) => !isNamedSecurityGroup(group) && !isPrefixList(group));
  if (foreign) {
    const need = 'a security group rule needs ranges, a prefix list or a security group at its far end';
    throw refusal(place, need, foreign.label, 'Peer.cidr(...) with the ranges of these machines');
  }
  return [
    ...end.ranges.map((range) => rangePeer(range.family, String(range), range.prefixLength === 0)),
    ...end.references.map((range) => (range.isList ? listPeer(range, stack, place) : referencePeer(range, stack))),
    ...end.hostGroups.filter(isPrefixList).flatMap((list) => list._identities(stack, place).map(prefixListPeer)),
    ...end.hostGroups.filter(isNamedSecurityGroup).map((group) => {
      const { key, appKey, id, agreements } = group._identity(stack, place);
      const attribute = { referencedSecurityGroupId: id };
      return {
        key: `group:${key}`,
        appKey: `group:${appKey}`,
        label: `security group ${key}`,
        attribute,
        group: { key, id },
        counts: 'both' as const,
        agreements: agreements.slice(0, 1),
      };
    }),
  ];
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
