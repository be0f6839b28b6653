import { AddressFamily } from '../model/address-family';
import { refusal, shown } from '../model/refusal';
import type { AwsNames } from './aws-names';
import type { Block } from './block';
import { allPeers, namedPeers, rangePeers, type Peers } from './peers';
import type { Resource } from './resource';
import { isUnknown, type UnknownValue } from './unknown-value';

const LIST = 'aws_ec2_managed_prefix_list';
const ENTRY = 'aws_ec2_managed_prefix_list_entry';

/** The prefix lists of a configuration by address, as far ends. */
export function prefixLists(resources: readonly Resource[], names: AwsNames): ReadonlyMap<string, Peers> {
  const entries = entriesByList(resources, names);
  const lists = resources.filter(({ type }) => type === LIST);
  return new Map(lists.map(({ block }) => [block.address, listPeers(block, entries.get(block.address) ?? [])]));
}

/** A prefix list as a far end: its ranges where the configuration has them, else its name. */
export function prefixListPeers(
  id: string | UnknownValue,
  names: AwsNames,
  lists: ReadonlyMap<string, Peers>,
): Peers | undefined {
  const name = names.list(id);
  if (name === undefined) return undefined;
  return lists.get(name) ?? { peers: namedPeers(`list:${name}`), notEvaluated: [] };
}

function entriesByList(resources: readonly Resource[], names: AwsNames): Map<string, Block[]> {
  const byList = new Map<string, Block[]>();
  for (const { type, block } of resources) {
    if (type !== ENTRY) continue;
    const id = block.text('prefix_list_id');
    const list = id === undefined ? undefined : names.list(id);
    if (list !== undefined) byList.set(list, [...(byList.get(list) ?? []), block]);
  }
  return byList;
}

/** A list without entries in the configuration has its entries elsewhere, where it has any. */
function listPeers(block: Block, separate: readonly Block[]): Peers {
  const inline = block.blocks('entry');
  if (isUnknown(inline) || inline.length + separate.length === 0) {
    return { peers: namedPeers(`list:${block.address}`), notEvaluated: [] };
  }
  const family = block.text('address_family') === 'IPv6' ? AddressFamily.IPV6 : AddressFamily.IPV4;
  return allPeers(
    [...inline, ...separate].map((entry) => {
      const range = entry.text('cidr');
      if (range === undefined) throw refusal(entry.place, 'cidr must be a range', shown(range));
      return rangePeers(entry, 'cidr', [range], [family]);
    }),
  );
}
