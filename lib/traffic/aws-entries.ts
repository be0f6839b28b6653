import { AddressFamily } from '../model/address-family';
import type { AwsContext, ListSize } from './aws-context';
import type { Block } from './block';
import type { Resource } from './resource';
import { isUnknown } from './unknown-value';

type Entries = Record<AddressFamily, number>;

/** How many rules AWS counts a rule as: one for each range, one of both families for a group, all entries of a prefix list. */
export function ruleEntries(block: Block, { names, listSizes }: AwsContext): Entries {
  const groups = count(block, ['referenced_security_group_id', 'source_security_group_id'], 'security_groups');
  const entries = {
    [AddressFamily.IPV4]: count(block, ['cidr_ipv4'], 'cidr_blocks') + groups + own(block),
    [AddressFamily.IPV6]: count(block, ['cidr_ipv6'], 'ipv6_cidr_blocks') + groups + own(block),
  };
  for (const id of [block.text('prefix_list_id') ?? [], block.texts('prefix_list_ids')].flat()) {
    const size = listSizes.get(names.list(id) ?? '');
    if (size) entries[size.family] += size.maxEntries;
    else entries[AddressFamily.IPV4] += 1;
  }
  return entries;
}

/** The sizes of the prefix lists of a configuration, by address. */
export function prefixListSizes(resources: readonly Resource[]): ReadonlyMap<string, ListSize> {
  const lists = resources.filter(({ type }) => type === 'aws_ec2_managed_prefix_list');
  return new Map(
    lists.map(({ block }) => {
      const maxEntries = block.integer('max_entries');
      const family = block.value('address_family') === 'IPv6' ? AddressFamily.IPV6 : AddressFamily.IPV4;
      return [block.address, { family, maxEntries: isUnknown(maxEntries) ? 1 : (maxEntries ?? 1) }];
    }),
  );
}

function count(block: Block, single: readonly string[], list: string): number {
  return single.filter((name) => block.value(name) !== undefined).length + block.texts(list).length;
}

function own(block: Block): number {
  return block.value('self') === true ? 1 : 0;
}
