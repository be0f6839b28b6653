import type { AddressFamily } from '../model/address-family';
import type { AwsNames } from './aws-names';
import type { Peers } from './peers';

/** What reading a rule of a security group needs to know of the rest of the configuration. */
export interface AwsContext {
  readonly names: AwsNames;
  readonly lists: ReadonlyMap<string, Peers>;
  /** How many entries AWS counts a prefix list as, by address. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** How many entries a prefix list may have, which AWS counts wherever it is used. */
export interface ListSize {
  readonly family: AddressFamily;
  readonly maxEntries: number;
}
