import { AddressFamily } from '../model/address-family';
import type { Construct } from 'constructs';
import type { FarEnd } from '../model/far-end';
import { refusal } from '../model/refusal';
import { referenceOf } from '../framework/references';
import { isAwsSecurityGroup } from './aws-host-group';
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
  readonly attribute: PeerAttribute;
  /** Of which quotas a rule takes one. */
  readonly counts: keyof RuleQuotas;
}

/** Splits a far end into what single rules can name: one range or one security group each. */
export function awsPeers(end: FarEnd, stack: Construct, place: string): AwsPeer[] {
  const foreign = end.hostGroups.find((group) => !isAwsSecurityGroup(group));
  if (foreign) {
    throw refusal(
      place,
      'a security group rule needs ranges or a security group at its far end',
      foreign.label,
      'Peer.cidr(...) with the ranges of these machines',
    );
  }
  return [
    ...end.ranges.map((range) => rangePeer(range.family, String(range))),
    ...end.unknownRanges.map(({ family, text }) => {
      const { expression, stack: owner } = referenceOf(text, stack, place, 'a range of its own for every construct');
      const key = `reference:${expression}`;
      return { key, appKey: `${owner.node.path}|${key}`, attribute: rangeAttribute(family, text), counts: family };
    }),
    ...end.hostGroups.filter(isAwsSecurityGroup).map((group) => {
      const { key, appKey, id } = group._identity(stack, place);
      return {
        key: `group:${key}`,
        appKey: `group:${appKey}`,
        attribute: { referencedSecurityGroupId: id },
        counts: 'both' as const,
      };
    }),
  ];
}

/** A range as a rule names it. */
export function rangePeer(family: AddressFamily, range: string): AwsPeer {
  const key = `range:${range}`;
  return { key, appKey: key, attribute: rangeAttribute(family, range), counts: family };
}

function rangeAttribute(family: AddressFamily, range: string): PeerAttribute {
  return family === AddressFamily.IPV4 ? { cidrIpv4: range } : { cidrIpv6: range };
}
