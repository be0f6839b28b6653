import type { IConstruct } from 'constructs';
import { checkProvider } from '../framework/provider-instance';
import { isPeer, type IPeer } from '../model/host-group';
import { asPeer } from '../model/ranges-given';
import { checkObject } from '../model/object-given';
import { refusal, shown } from '../model/refusal';
import { checkMaxEntries } from './prefix-list-limits';
import { checkResourceName } from './resource-name';
import { checkTags } from './tags';

/** AWS allows 255 characters; the list of IPv6 ranges has five more. */
const LONGEST_NAME = 250;

/** What a new prefix list is made of. */
export interface AwsPrefixListProps {
  /**
   * The name of the list: letters, digits, hyphens and underscores, beginning with a letter, at most 250 characters. It is its
   * name in AWS, its Terraform address, and part of the identity of the rules: another name is another list.
   */
  readonly name: string;
  /** The ranges, as `Peer.cidr(...)` or `Peer.named(...)` has them: at most 100 of each family. */
  readonly ranges: IPeer;
  /**
   * The maximum number of entries of each family. Room for more saves a resize later, and takes more of the quotas of
   * security groups. It must be given for a list of ranges that only Terraform knows.
   * @default - the number of ranges
   */
  readonly maxEntries?: number;
  /**
   * Tags of the list; text in them stays text.
   * @default - none
   */
  readonly tags?: Record<string, string>;
  /**
   * The provider instance of an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

/** Checks what a list is made of, and copies it. */
export function checkAwsPrefixListProps(props: AwsPrefixListProps, place: string): AwsPrefixListProps {
  checkObject(props, 'a name and ranges', '{ name, ranges }', place);
  const { name, ranges, maxEntries, tags, provider } = props;
  checkResourceName(name, 'pl-', LONGEST_NAME, place);
  if (!isPeer(ranges)) throw refusal(place, 'ranges must be a peer', shown(ranges), asPeer(ranges) ?? 'Peer.cidr(...)');
  const [group] = ranges._farEnd.hostGroups;
  if (group) throw refusal(place, 'a prefix list holds ranges of addresses alone', group.label, 'Peer.cidr(...)');
  if (maxEntries !== undefined) checkMaxEntries(maxEntries, place);
  checkProvider(provider, place, 'aws');
  return Object.freeze({ name, ranges, maxEntries, tags: checkTags(tags, place), provider });
}
