import { addTo } from '../../input';
import { AddressFamily } from '../../net';
import type { Stops } from '../configuration';
import { ANY_MACHINE, type EndName, type RulePeer } from '../rule';
import { type Block, isUnknown, type Resource, type UnknownValue, Unreadable, unreadable } from '../terraform';
import { attributeNotEvaluated, blockNotEvaluated, joinedPeers, namedPeers, type Peers, rangePeers } from './peers';

const GROUP = 'aws_security_group';
const DEFAULT_GROUP = 'aws_default_security_group';
const LIST = 'aws_ec2_managed_prefix_list';
/** The prefix lists of AWS services, which exist as data sources only. */
const SERVICE_LIST = 'aws_prefix_list';
const LISTS: readonly string[] = [LIST, SERVICE_LIST];
const ENTRY = 'aws_ec2_managed_prefix_list_entry';

/** Finds the one name of a security group or prefix list, whether a rule refers to it by id or by expression. */
export class AwsNames {
  /** The security groups that the configuration creates, with their names and ids in AWS. */
  public readonly groups: ReadonlyMap<EndName, readonly string[]>;
  private readonly addresses = new Map<string, string>();

  /** @param prior the resources before the change, whose ids other resources may still have */
  constructor(resources: readonly Resource[], prior: readonly Resource[] = []) {
    const groups = new Map<EndName, readonly string[]>();
    for (const { type, block } of resources) {
      if (type !== GROUP && type !== DEFAULT_GROUP && !LISTS.includes(type)) continue;
      if (isData(block) && !LISTS.includes(type)) continue;
      this.addresses.set(block.address, block.address);
      const id = block.value('id');
      if (typeof id === 'string') this.addresses.set(id, block.address);
      if (!LISTS.includes(type)) {
        groups.set(`sg:${block.address}`, namesInAws(block.value('name'), block.value('name_prefix'), id));
      }
    }
    this.groups = groups;
    for (const { block } of prior) {
      const id = block.value('id');
      const isReplaced = this.addresses.has(block.address) && typeof id === 'string' && !this.addresses.has(id);
      if (isReplaced) this.addresses.set(id, block.address);
    }
  }

  /** Returns the name of a security group; nothing if it is neither an id nor an expression. */
  public group(id: string | UnknownValue): EndName | undefined {
    const name = this.nameOf(id);
    return name === undefined ? undefined : `sg:${name}`;
  }

  /** Returns the Terraform address or id of a prefix list; nothing if it is neither an id nor an expression. */
  public list(id: string | UnknownValue): string | undefined {
    return this.nameOf(id);
  }

  private nameOf(id: string | UnknownValue): string | undefined {
    if (isUnknown(id)) {
      if (id.expression === undefined) return undefined;
      const address = id.expression.replace(/\.id$/, '');
      return this.addresses.get(address) ?? id.expression;
    }
    return this.addresses.get(id) ?? this.addresses.get(id.replace(/^\d{12}\//, '')) ?? id;
  }
}

/** Whether a block is a data source, which may describe a resource of the same type. */
function isData({ address }: Block): boolean {
  return /(?:^|\.)data\.[\w-]+\.[\w-]+(?:\[[^\]]*\])?$/.test(address);
}

function namesInAws(name: unknown, prefix: unknown, id: unknown): string[] {
  const texts = [name, typeof prefix === 'string' ? prefix.replace(/-$/, '') : undefined, id];
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}

/** The parts of a configuration that are needed to read the rule of a security group. */
export interface AwsContext {
  readonly names: AwsNames;
  readonly lists: ReadonlyMap<string, Peers>;
  /** The sizes of prefix lists, by Terraform address. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** The maximum number of entries of a prefix list, which AWS counts in every rule that uses the list. */
interface ListSize {
  readonly family: AddressFamily;
  readonly maxEntries: number;
}

/** Returns the prefix lists of a configuration as far ends, by Terraform address. */
export function prefixLists(resources: readonly Resource[], names: AwsNames): ReadonlyMap<string, Peers> {
  const entries = entriesByList(resources, names);
  const lists = resources.filter(({ type }) => LISTS.includes(type));
  return new Map(lists.map((list) => [list.block.address, readableList(list, entries.get(list.block.address) ?? [])]));
}

/** Returns the IP ranges of the prefix lists whose entries are all known, by Terraform address and id. */
export function knownPrefixLists(
  lists: ReadonlyMap<string, Peers>,
  resources: readonly Resource[],
): Map<EndName, readonly RulePeer[]> {
  const known = new Map<EndName, readonly RulePeer[]>();
  for (const { type, block } of resources) {
    const { peers = [], notEvaluated = [] } = (LISTS.includes(type) ? lists.get(block.address) : undefined) ?? {};
    if (notEvaluated.length > 0 || !peers.some(({ name }) => name === ANY_MACHINE)) continue;
    known.set(`list:${block.address}`, peers);
    const id = block.value('id');
    if (typeof id === 'string') known.set(`list:${id}`, peers);
  }
  return known;
}

/** Returns a prefix list as a far end: its IP ranges if the configuration has them, else its name. */
export function prefixListPeers(
  id: string | UnknownValue,
  names: AwsNames,
  lists: ReadonlyMap<string, Peers>,
): Peers | undefined {
  const name = names.list(id);
  if (name === undefined) return undefined;
  return lists.get(name) ?? { peers: namedPeers(`list:${name}`), notEvaluated: [] };
}

/** Returns the sizes of the prefix lists of a configuration, by Terraform address. */
export function prefixListSizes(resources: readonly Resource[]): ReadonlyMap<string, ListSize> {
  const lists = resources.filter(({ type }) => type === LIST);
  return new Map(
    lists.map(({ block }) => {
      const maxEntries = Number(block.value('max_entries') ?? 1);
      return [
        block.address,
        { family: familyOf(block), maxEntries: Number.isSafeInteger(maxEntries) ? maxEntries : 1 },
      ];
    }),
  );
}

function entriesByList(resources: readonly Resource[], names: AwsNames): Map<string, Block[]> {
  const byList = new Map<string, Block[]>();
  for (const { type, block } of resources) {
    if (type !== ENTRY) continue;
    const id = block.value('prefix_list_id');
    const list = typeof id === 'string' || isUnknown(id) ? names.list(id) : undefined;
    if (list !== undefined) addTo(byList, list, block);
  }
  return byList;
}

/** A list that contradicts itself is a far end by name, because its entries are not known. */
function readableList({ type, block, content }: Resource, separate: readonly Block[]): Peers {
  try {
    if (type === SERVICE_LIST) return serviceListPeers(block);
    return listPeers(block, separate, content);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const missing = { ...blockNotEvaluated(block, error.reason), content: content?.(), stops: ENTRIES };
    return { peers: namedPeers(`list:${block.address}`), notEvaluated: [missing] };
  }
}

/** A list without entries in the configuration is a far end by name, because its entries may be managed elsewhere. */
function listPeers(block: Block, separate: readonly Block[], content: (() => string) | undefined): Peers {
  const name = isData(block) ? 'entries' : 'entry';
  const inline = block.blocks(name);
  if (isUnknown(inline)) {
    const missing = { ...attributeNotEvaluated(block, name, inline), content: content?.(), stops: ENTRIES };
    return { peers: namedPeers(`list:${block.address}`), notEvaluated: [missing] };
  }
  if (inline.length + separate.length === 0) return { peers: namedPeers(`list:${block.address}`), notEvaluated: [] };
  return joinedPeers(
    [...inline, ...separate].map((entry) => {
      const range = entry.text('cidr');
      if (range === undefined) throw unreadable('cidr must be an IP range', 'nothing');
      return rangePeers(entry, 'cidr', [range], [familyOf(block)]);
    }),
  );
}

/** The ranges of a service are in plans and states only. */
function serviceListPeers(block: Block): Peers {
  const { peers } = rangePeers(block, 'cidr_blocks', block.ranges('cidr_blocks'), [AddressFamily.IPV4]);
  const isKnown = peers.length > 0 && peers.every(({ name }) => name === ANY_MACHINE);
  return { peers: isKnown ? peers : namedPeers(`list:${block.address}`), notEvaluated: [] };
}

/** Entries that are not known may be any IP range. */
const ENTRIES: Stops = { added: 'opened', changed: 'opened', removed: 'any' };

function familyOf(list: Block): AddressFamily {
  return list.value('address_family') === 'IPv6' ? AddressFamily.IPV6 : AddressFamily.IPV4;
}
