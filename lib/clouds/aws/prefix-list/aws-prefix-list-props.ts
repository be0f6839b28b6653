import type { IConstruct } from 'constructs';
import { peerCallFor, type IPeer, isPeer } from '../../../access';
import { checkProvider } from '../../../framework';
import { checkProps, type PropsForm, refusal, shown } from '../../../input';
import { checkResourceName } from '../resource-key';
import { checkedTags } from '../tags';
import { checkMaxEntries } from './prefix-list-identity';

/** The name and the ranges of a new prefix list. */
export interface AwsPrefixListProps {
  /**
   * The name of the list: letters, digits, hyphens and underscores, beginning with a letter, at most 250 characters.
   *
   * The list of IPv6 ranges is called `<name>-ipv6`. It is the list's name in AWS, and part of the Terraform addresses of the list and of rules that refer to it: with a different name,
   * Terraform creates a different list.
   */
  readonly name: string;
  /** The IP ranges, such as `Peer.cidr(...)` or `Peer.named(...)`: at most 100 of each IP family. */
  readonly ranges: IPeer;
  /**
   * The maximum number of entries of each IP family. Room for more entries saves a resize later, and takes up more of the quotas of
   * security groups. It must be given for a list of ranges that is known after apply.
   * @default - the number of ranges
   */
  readonly maxEntries?: number;
  /**
   * The tags of the list. Terraform does not evaluate templates in them.
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
  /**
   * The provider instance with an alias.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
}

const FORM: PropsForm<AwsPrefixListProps> = {
  needed: 'a name and ranges',
  example: '{ name, ranges }',
  names: { name: true, ranges: true, maxEntries: true, tags: true, provider: true },
};

/** AWS allows 255 characters. The name of the IPv6 list is five characters longer. */
const MAX_NAME_LENGTH = 250;

/** Returns a copy of the props. Throws if one of them is invalid. */
export function checkedPrefixListProps(props: AwsPrefixListProps, place: string): AwsPrefixListProps {
  checkProps(props, FORM, place);
  const { name, ranges, maxEntries, tags, provider } = props;
  checkResourceName(name, 'pl-', MAX_NAME_LENGTH, place);
  if (!isPeer(ranges)) {
    throw refusal(
      place,
      'peer-required',
      'ranges must be a peer',
      shown(ranges),
      peerCallFor(ranges) ?? 'Peer.cidr(...)',
    );
  }
  const [group] = ranges._farEnd.hostGroups;
  if (group) {
    throw refusal(
      place,
      'ip-ranges-required',
      'a prefix list can contain only IP ranges',
      group.label,
      'Peer.cidr(...)',
    );
  }
  if (maxEntries !== undefined) checkMaxEntries(maxEntries, place);
  checkProvider(provider, place, 'aws');
  return Object.freeze({ name, ranges, maxEntries, tags: checkedTags(tags, place), provider });
}
