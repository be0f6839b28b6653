import type { Construct } from 'constructs';
import type { Agreement, CloudEnd } from '../../../access';
import { refusal, shown } from '../../../input';
import type { AddressFamily } from '../../../net';
import type { ResourceKey } from '../resource-key';

const MOST_ENTRIES = 1000;

/** Throws unless a prefix list can have that many entries. */
export function checkMaxEntries(maxEntries: number, place: string): void {
  if (!(Number.isInteger(maxEntries) && maxEntries >= 1 && maxEntries <= MOST_ENTRIES)) {
    throw refusal(
      place,
      'max-entries-invalid',
      `maxEntries must be a whole number from 1 to ${MOST_ENTRIES}`,
      shown(maxEntries),
    );
  }
}

/** How rules refer to a prefix list, and what a rule that refers to it counts as. */
export interface PrefixListIdentity extends ResourceKey {
  /**
   * The IP family of its ranges.
   * @default - unknown: a rule that refers to it counts for both
   */
  readonly family?: AddressFamily;
  /** How many rules AWS counts for one that refers to the list. */
  readonly maxEntries: number;
  /** The IP family, if the list is all IP addresses of that family. */
  readonly world?: AddressFamily;
  /** What all constructs of the app must say alike about the list. */
  readonly agreements: readonly Agreement[];
}

/** A prefix list at a far end. An `AwsPrefixList` may be two, because a list has ranges of one IP family. */
export interface NamedPrefixList extends CloudEnd {
  _identities(stack: Construct, place: string): readonly PrefixListIdentity[];
}

/** Whether a far end is a prefix list. */
export function isPrefixList(end: CloudEnd): end is NamedPrefixList {
  return '_identities' in end;
}

/** Terraform addresses are made from the key of a list, and AWS counts its entries wherever a rule refers to it. */
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
