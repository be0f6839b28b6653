import { addTo } from '../../input';
import { AddressFamily } from '../../net';
import type { AwsPlace, ListSize, NotEvaluated, SharedList, Stops } from '../configuration';
import { ANY_MACHINE, type EndName, type Rule, type RulePeer } from '../rule';
import { type Block, isUnknown, type Resource, type UnknownValue, Unreadable, unreadable } from '../terraform';
import { PlacedIds } from './aws-ids';
import { attributeNotEvaluated, blockNotEvaluated, joinedPeers, namedPeers, type Peers, rangePeers } from './peers';

const GROUP = 'aws_security_group';
const DEFAULT_GROUP = 'aws_default_security_group';
const LIST = 'aws_ec2_managed_prefix_list';
/** The prefix lists of AWS services, which exist as data sources only. */
const SERVICE_LIST = 'aws_prefix_list';
const LISTS: readonly string[] = [LIST, SERVICE_LIST];
const ENTRY = 'aws_ec2_managed_prefix_list_entry';

/** What names of security groups and prefix lists depend on, apart from the resources themselves. */
export interface AroundNames {
  /** The resources before the change, whose ids other resources may still have. */
  readonly prior?: readonly Resource[];
  /** All resources that may refer to security groups or prefix lists by id; if there are none, those that are named. */
  readonly referring?: readonly Resource[];
}

/** A resource with an id. */
interface Identified {
  readonly address: string;
  readonly place: AwsPlace | undefined;
}

/** Finds the one name of a security group or prefix list, whether a rule refers to it by id or by expression. */
export class AwsNames {
  /** The security groups that the configuration creates, with their names and ids in AWS. */
  public readonly groups: ReadonlyMap<EndName, readonly string[]>;
  private readonly addresses = new Set<string>();
  private readonly byId = new Map<string, Identified[]>();
  private readonly placedIds: PlacedIds;
  /** The places of the security groups and prefix lists that the configuration creates. */
  private readonly places = new Map<EndName, AwsPlace>();
  /** The groups of ids: many rules have the same group, and share the text of its name. What was asked for is not part of what two of these are. */
  readonly #groupsById = new Map<AwsPlace | undefined, Map<string, EndName>>();

  constructor(resources: readonly Resource[], { prior = [], referring = resources }: AroundNames = {}) {
    const groups = new Map<EndName, readonly string[]>();
    for (const { type, block, place } of resources) {
      const isList = LISTS.includes(type);
      if (type !== GROUP && type !== DEFAULT_GROUP && !isList) continue;
      if (isData(block) && !isList) continue;
      this.addresses.add(block.address);
      const id = block.value('id');
      if (typeof id === 'string') addTo(this.byId, id, { address: block.address, place });
      const name: EndName = `${isList ? 'list' : 'sg'}:${block.address}`;
      if (place !== undefined) this.places.set(name, place);
      if (!isList) groups.set(name, namesInAws(block.value('name'), block.value('name_prefix'), id));
    }
    this.groups = groups;
    const known = new Set(this.byId.keys());
    for (const { block, place } of prior) {
      const id = block.value('id');
      const isReplaced = this.addresses.has(block.address) && typeof id === 'string' && !known.has(id);
      if (isReplaced) addTo(this.byId, id, { address: block.address, place });
    }
    this.placedIds = new PlacedIds(referring);
  }

  /** Returns where a security group or prefix list is, as far as it is known. */
  public placeOf(name: EndName): AwsPlace | undefined {
    return this.places.get(name) ?? this.placedIds.placeOf(name);
  }

  /**
   * Returns the name of a security group; nothing if it is neither an id nor an expression.
   *
   * @param place where the resource is that refers to the group
   */
  public group(id: string | UnknownValue, place: AwsPlace | undefined): EndName | undefined {
    if (isUnknown(id)) {
      const name = this.nameOf(id, place);
      return name === undefined ? undefined : `sg:${name}`;
    }
    const ofPlace = this.#groupsById.get(place) ?? new Map<string, EndName>();
    this.#groupsById.set(place, ofPlace);
    const known = ofPlace.get(id) ?? (`sg:${this.nameOf(id, place)}` as const);
    ofPlace.set(id, known);
    return known;
  }

  /** Returns the Terraform address or id of a prefix list; nothing if it is neither an id nor an expression. */
  public list(id: string | UnknownValue, place: AwsPlace | undefined): string | undefined {
    return this.nameOf(id, place);
  }

  private nameOf(id: string | UnknownValue, place: AwsPlace | undefined): string | undefined {
    if (isUnknown(id)) {
      if (id.expression === undefined) return undefined;
      const address = id.expression.replace(/\.id$/, '');
      return this.addresses.has(address) ? address : id.expression;
    }
    return this.addressOf(id, place) ?? this.placedIds.nameOf(id, place);
  }

  /** Returns the only resource with an id that is not known to be in a different account or region. */
  private addressOf(id: string, place: AwsPlace | undefined): string | undefined {
    const [, account, own = id] = OTHER_ACCOUNT.exec(id) ?? [];
    const known = this.byId.get(own);
    if (known === undefined) return undefined;
    const at = { region: place?.region, account: account ?? place?.account };
    const possible = known.filter((one) => !isElsewhere(at, one.place));
    const same = possible.filter((one) => one.place?.key === place?.key);
    const [only, ...others] = same.length === 1 ? same : possible;
    return others.length === 0 ? (only as Identified | undefined)?.address : undefined;
  }
}

/** A reference to a security group of a different account: `123456789012/sg-0123456789abcdef0`. */
const OTHER_ACCOUNT = /^(\d{12})\/(.+)$/;

type KnownPlace = Partial<Pick<AwsPlace, 'account' | 'region'>>;

/** Whether two places are known to be different accounts or regions. */
function isElsewhere(one: KnownPlace, other: KnownPlace = {}): boolean {
  const isOther = (a: string | undefined, b: string | undefined): boolean =>
    a !== undefined && b !== undefined && a !== b;
  return isOther(one.account, other.account) || isOther(one.region, other.region);
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
  /** Where the rule is. */
  readonly place?: AwsPlace;
  readonly lists: ReadonlyMap<string, Peers>;
  /** The sizes of prefix lists, by Terraform address. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** Returns the prefix lists of a configuration as far ends, by Terraform address; `prior` are the resources before the change. */
export function prefixLists(
  resources: readonly Resource[],
  names: AwsNames,
  prior: readonly Resource[] = [],
): ReadonlyMap<string, Peers> {
  const [entries, priorEntries] = [entriesOf(resources, names), entriesOf(prior, names)];
  const lists = resources.filter(({ type }) => LISTS.includes(type));
  return new Map(
    lists.map((list) => {
      const { address } = list.block;
      const separate = entries.get(address) ?? [];
      return [address, readableList(list, { separate, prior: priorEntries.get(address) ?? [] })];
    }),
  );
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
  place: AwsPlace | undefined,
  { names, lists }: Pick<AwsContext, 'names' | 'lists'>,
): Peers | undefined {
  const name = names.list(id, place);
  if (name === undefined) return undefined;
  return lists.get(name) ?? { peers: namedPeers(`list:${name}`), notEvaluated: [] };
}

/** Returns the prefix lists that a configuration creates, with the rules that use them. */
export function createdLists(
  resources: readonly Resource[],
  { names, lists }: Pick<AwsContext, 'names' | 'lists'>,
  rules: readonly Rule[],
): ReadonlyMap<string, SharedList> {
  const created = resources.filter(({ type }) => type === LIST);
  if (created.length === 0) return new Map();
  const entries = entriesOf(resources, names);
  const users = usersOf(lists, rules);
  return new Map(
    created.map((resource) => {
      const { file, address } = resource.block;
      const { peers, notEvaluated } = lists.get(address)!;
      const contents = [resource, ...(entries.get(address) ?? [])].map((one) => one.content?.());
      const content = contents.includes(undefined) ? undefined : contents.join('\n');
      const isKnown = notEvaluated.length === 0;
      return [address, { file, address, peers, isKnown, content, users: users.get(address) ?? [] }];
    }),
  );
}

/** Returns the Terraform addresses of the rules whose far end is a prefix list, by that of the list. */
function usersOf(lists: AwsContext['lists'], rules: readonly Rule[]): Map<string, string[]> {
  const listOf = new Map([...lists].flatMap(([list, { peers }]) => peers.map((peer) => [peer, list] as const)));
  const users = new Map<string, string[]>();
  for (const { address, peers } of rules) {
    for (const list of new Set(peers.map((peer) => listOf.get(peer)))) {
      if (list !== undefined) addTo(users, list, address);
    }
  }
  return users;
}

/** How many rules the lists that AWS manages count for in a quota, by the end of their names, as AWS documents it. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'cloudfront.origin-facing': 55,
  dynamodb: 1,
  'ec2-instance-connect': 2,
  groundstation: 5,
  'route53-healthchecks': 25,
  s3: 1,
  s3express: 6,
  'vpc-lattice': 10,
};

/** Returns the sizes of the prefix lists of a configuration, by Terraform address; lists whose size is not known are left out. */
export function prefixListSizes(resources: readonly Resource[]): ReadonlyMap<string, ListSize> {
  const lists = resources.filter(({ type }) => type === LIST);
  return new Map(
    lists.flatMap(({ block }): [string, ListSize][] => {
      const maxEntries = Number(block.value('max_entries') ?? weightOf(block.value('name')));
      return Number.isSafeInteger(maxEntries) ? [[block.address, { family: familyOf(block), maxEntries }]] : [];
    }),
  );
}

function weightOf(name: unknown): number | undefined {
  if (typeof name !== 'string' || !name.startsWith('com.amazonaws.')) return undefined;
  return Object.entries(WEIGHTS).find(([service]) => name.endsWith(`.${service}`))?.[1];
}

function entriesOf(resources: readonly Resource[], names: AwsNames): Map<string, Resource[]> {
  const byList = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (resource.type !== ENTRY) continue;
    const id = resource.block.value('prefix_list_id');
    const list = typeof id === 'string' || isUnknown(id) ? names.list(id, resource.place) : undefined;
    if (list !== undefined) addTo(byList, list, resource);
  }
  return byList;
}

/** The entries of a prefix list that are resources of their own. */
interface SeparateEntries {
  readonly separate: readonly Resource[];
  /** Those before the change, which the list may still have among its entries. */
  readonly prior: readonly Resource[];
}

/** A list that contradicts itself is a far end by name, because its entries are not known. */
function readableList(list: Resource, entries: SeparateEntries): Peers {
  const { type, block } = list;
  try {
    if (type === SERVICE_LIST) return serviceListPeers(block);
    return listPeers(list, entries);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const missing = { ...blockNotEvaluated(block, error.reason), content: list.content?.(), stops: ENTRIES };
    return { peers: namedPeers(`list:${block.address}`), notEvaluated: [missing] };
  }
}

/** A list without entries in the configuration is a far end by name, because its entries may be managed elsewhere. */
function listPeers(list: Resource, { separate, prior }: SeparateEntries): Peers {
  const { block, listsSeparateRules = [] } = list;
  const name = isData(block) ? 'entries' : 'entry';
  const shown = block.blocks(name);
  if (isUnknown(shown)) {
    const missing = { ...attributeNotEvaluated(block, name, shown), content: list.content?.(), stops: ENTRIES };
    return { peers: namedPeers(`list:${block.address}`), notEvaluated: [missing] };
  }
  const family = familyOf(block);
  const isListing = listsSeparateRules.includes(name);
  const [own, listed] = isListing ? [[], shown] : [shown, []];
  const known = [...separate, ...prior].map((entry) => entry.block);
  const unexplained = { peers: [], notEvaluated: unexplainedEntries(list, listed, known) };
  if (own.length + separate.length === 0) {
    return joinedPeers([{ peers: namedPeers(`list:${block.address}`), notEvaluated: [] }, unexplained]);
  }
  const ofList = own.map((entry) => entryPeers(entry, family, list));
  const ofEntries = separate.map((entry) => entryPeers(entry.block, family, entry));
  return joinedPeers([...ofList, ...ofEntries, unexplained]);
}

/** Reads an entry. One that is not known is compared by the resource that it is written in, not by a rule that uses the list. */
function entryPeers(entry: Block, family: AddressFamily, resource: Resource): Peers {
  const range = entry.text('cidr');
  if (range === undefined) throw unreadable('cidr must be an IP range', 'nothing');
  const { peers, notEvaluated } = rangePeers(entry, 'cidr', [range], [family]);
  const content = notEvaluated.length === 0 ? undefined : resource.content?.();
  return { peers, notEvaluated: notEvaluated.map((one) => ({ ...one, content })) };
}

/**
 * Reports entries that a prefix list shows beside separate ones and that are not among these: they were created by hand, or deleted
 * since the last refresh.
 */
function unexplainedEntries(
  list: Resource,
  listed: readonly Block[],
  separate: readonly Block[],
): readonly NotEvaluated[] {
  const family = familyOf(list.block);
  const known = new Set(separate.map((entry) => entry.text('cidr')));
  return listed
    .filter((entry) => !known.has(entry.text('cidr')))
    .map((entry) => ({ entry, peers: entryPeers(entry, family, list).peers }))
    .map(({ entry, peers }) => ({
      ...blockNotEvaluated(entry, 'the prefix list lists this range, but no separate entry resource creates it'),
      content: peers.map(({ addresses }) => addresses.map(String)).join(),
      // a list may be the far end of either direction
      known: { action: 'allow', direction: 'ingress', peers },
    }));
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
  const name = list.value('name');
  const isIpv6OfAws = typeof name === 'string' && name.startsWith('com.amazonaws.') && name.includes('.ipv6.');
  return isIpv6OfAws || list.value('address_family') === 'IPv6' ? AddressFamily.IPV6 : AddressFamily.IPV4;
}
