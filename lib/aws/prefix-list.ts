import type { Construct } from 'constructs';
import type { AddressFamily } from '../model/address-family';
import type { CloudEnd } from '../model/host-group';
import type { Agreement } from '../model/planned-rule';

/** A prefix list as rules know it. */
export interface PrefixListIdentity {
  /** What addresses are made from; it never changes while the list lives. */
  readonly key: string;
  /** The same, told apart over all stacks. */
  readonly appKey: string;
  /** The value of the attribute. */
  readonly id: string;
  /**
   * The family of its ranges.
   * @default - not known: a rule for it counts for both
   */
  readonly family?: AddressFamily;
  /** How many rules AWS counts for one that refers to it. */
  readonly maxEntries: number;
  /** The family of which it is every address. */
  readonly world?: AddressFamily;
  /** What all constructs of the app must say alike of it. */
  readonly agreements: readonly Agreement[];
}

/** A prefix list at a far end; one that we make may be two, because a list has ranges of one family. */
export interface NamedPrefixList extends CloudEnd {
  _identities(stack: Construct, place: string): readonly PrefixListIdentity[];
}

/** Whether what stands at a far end is a prefix list. */
export function isPrefixList(end: CloudEnd): end is NamedPrefixList {
  return '_identities' in end;
}

/** Rules are named after the key of a list, and AWS counts it alike wherever it is used. */
export function listAgreements(
  { key, appKey }: Pick<PrefixListIdentity, 'key' | 'appKey'>,
  maxEntries: number,
  family: AddressFamily | undefined,
): Agreement[] {
  return [
    { thing: `aws|list|${appKey}`, fact: `key "${key}"`, need: 'a prefix list must have the same key everywhere' },
    {
      thing: `aws|entries|${appKey}`,
      fact: `${maxEntries} of ${family ?? 'either family'}`,
      need: `prefix list ${key} must have the same maxEntries and addressFamily everywhere`,
    },
  ];
}
