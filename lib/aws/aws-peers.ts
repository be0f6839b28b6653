import { AddressFamily } from '../model/address-family';
import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { rangeCondition } from '../framework/range-condition';
import type { ResolvedEnd } from '../model/far-end';
import type { Agreement } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { isNamedSecurityGroup, type GroupIdentity } from './aws-host-group';
import type { RuleQuotas } from './rule-quota';

/** The one attribute by which a rule names its far end. */
export type PeerAttribute =
  { readonly cidrIpv4: string } | { readonly cidrIpv6: string } | { readonly referencedSecurityGroupId: string };

/** A far end as one rule can name it. */
export interface AwsPeer {
  /** What addresses are made from. */
  readonly key: string;
  /** The same, told apart over all stacks. */
  readonly appKey: string;
  /** How errors name it. */
  readonly label: string;
  readonly attribute: PeerAttribute;
  /** The security group that it is. */
  readonly group?: Pick<GroupIdentity, 'key' | 'id'>;
  /** Of which quotas a rule takes one. */
  readonly counts: keyof RuleQuotas;
  /** The family of which it is every address. */
  readonly world?: AddressFamily;
  /** What Terraform must check of it. */
  readonly precondition?: Precondition;
  /** What all constructs of the app must say alike of it. */
  readonly agreements?: readonly Agreement[];
}

/** Splits a far end into what single rules can name: one range or one security group each. */
export function awsPeers(end: ResolvedEnd, stack: Construct, place: string): AwsPeer[] {
  const foreign = end.hostGroups.find((group) => !isNamedSecurityGroup(group));
  if (foreign) {
    const need = 'a security group rule needs ranges or a security group at its far end';
    throw refusal(place, need, foreign.label, 'Peer.cidr(...) with the ranges of these machines');
  }
  return [
    ...end.ranges.map((range) => rangePeer(range.family, String(range), range.prefixLength === 0)),
    ...end.references.map((range) => {
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
    }),
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

/** A range as a rule names it. */
export function rangePeer(family: AddressFamily, range: string, isWorld: boolean): AwsPeer {
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

function rangeAttribute(family: AddressFamily, range: string): PeerAttribute {
  return family === AddressFamily.IPV4 ? { cidrIpv4: range } : { cidrIpv6: range };
}
