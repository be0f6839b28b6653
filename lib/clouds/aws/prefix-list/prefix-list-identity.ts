import type { Construct } from 'constructs';
import type { Agreement, CloudEnd } from '../../../access';
import { refusal, shown } from '../../../input';
import type { AddressFamily } from '../../../net';
import type { ResourceKey } from '../resource-key';

const HIGHEST_MAX_ENTRIES = 1000;

/** Throws unless a prefix list can have that many entries. */
export function checkMaxEntries(maxEntries: number, place: string): void {
  if (!(Number.isInteger(maxEntries) && maxEntries >= 1 && maxEntries <= HIGHEST_MAX_ENTRIES)) {
    throw refusal(
      place,
      'max-entries-invalid',
      `maxEntries must be a whole number from 1 to ${HIGHEST_MAX_ENTRIES}`,
      shown(maxEntries),
    );
  }
}

/** How rules refer to a prefix list, and how AWS counts such rules. */
export interface PrefixListIdentity extends ResourceKey {
  /**
   * The IP family of its ranges.
   * @default - unknown: a rule that refers to the list counts for both families
   */
  readonly family?: AddressFamily;
  /** How many rules AWS counts for a rule that refers to the list. */
  readonly maxEntries: number;
  /** The IP family, if the list covers all IP addresses of that family. */
  readonly world?: AddressFamily;
  /** The facts about the list on which the whole app must agree. */
  readonly agreements: readonly Agreement[];
}

/** A prefix list at a far end. An `AwsPrefixList` may consist of two lists, one for each IP family. */
export interface NamedPrefixList extends CloudEnd {
  /** @internal */
  _identities(stack: Construct, place: string): readonly PrefixListIdentity[];
}

/** Returns whether a far end is a prefix list. */
export function isPrefixList(end: CloudEnd): end is NamedPrefixList {
  return '_identities' in end;
}

/**
 * Returns the facts about a list on which the whole app must agree: Terraform addresses contain its key, and quotas its entries.
 */
export function listAgreements(
  { key, appKey }: Pick<PrefixListIdentity, 'key' | 'appKey'>,
  maxEntries: number,
  family: AddressFamily | undefined,
): Agreement[] {
  return [
    { subject: `aws|list|${appKey}`, fact: `key "${key}"`, need: 'a prefix list must have the same key everywhere' },
    {
      subject: `aws|entries|${appKey}`,
      fact: `${maxEntries} of ${family ?? 'either family'}`,
      need: `prefix list ${key} must have the same maxEntries and addressFamily everywhere`,
    },
  ];
}
