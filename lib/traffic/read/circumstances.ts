import type { Circumstance, Note, Stops } from '../configuration';
import { ALLOWS, BY_ATTRIBUTES, type CircumstanceInfluence, influenceOf, MOVES } from '../register';
import { ALL_INSTANCES, ANY_MACHINE, type EndName } from '../rule';
import {
  attributeAt,
  type Block,
  holdsUnknown,
  isUnknown,
  type Resource,
  type Resources,
  stableText,
  withoutInstance,
} from '../terraform';
import type { AwsContext } from './aws-names';
import type { GcpNames } from './gcp-names';
import type { ReadResult } from './peers';
import type { RuleNames } from './uncertain-names';

const IGNORED = 'changes of these attributes are ignored, so the values in the cloud may differ';

const NONE: readonly never[] = [];

/** Returns what a resource decides about the rules of other resources. */
export function circumstancesOf(
  resource: Resource,
  { names, lists, networks }: AwsContext & { readonly networks: GcpNames },
): readonly Circumstance[] {
  const { type, block } = resource;
  const influence = influenceOf(type);
  const { address, file } = block;
  if (influence === undefined) return decidedByAttributes(resource);
  const circumstance = (reason: string, stops: Stops, text: string | undefined): Circumstance[] => [
    { file, address, reason, content: text, stops },
  ];
  if (influence.kind === 'evaluated') {
    const ignored = ignoredChanges(block.value('lifecycle'));
    if (ignored !== undefined) return circumstance(IGNORED, MOVES, ignored);
  }
  if (type === 'aws_networkfirewall_rule_group') {
    return circumstance('decides when a rule group is evaluated', { changed: 'any' }, orderOf(block));
  }
  if (changesNothing(resource)) {
    return circumstance('decides whether IPv6 is allowed', { changed: 'world' }, directionsOfIpv6(resource));
  }
  if (type === 'aws_security_group') {
    return circumstance('decides the network of a security group', { changed: 'any' }, resource.contentOf(['vpc_id']));
  }
  if (type === 'aws_ec2_managed_prefix_list_entry') {
    const id = block.value('prefix_list_id');
    const list = typeof id === 'string' || isUnknown(id) ? names.list(id, resource.place) : undefined;
    return list !== undefined && lists.has(list)
      ? NONE
      : circumstance(
          'adds IP ranges to a prefix list whose other ranges are not in this file',
          ALLOWS,
          resource.content?.(),
        );
  }
  if (type === 'google_compute_network_firewall_policy_association') {
    return networks.isRead(address)
      ? NONE
      : circumstance('decides where a firewall policy applies', MOVES, resource.content?.());
  }
  return influence.kind === 'circumstance' ? decidedBy(resource, influence) : NONE;
}

/** Returns what the attributes of a resource decide whose type is not in the register. */
function decidedByAttributes(resource: Resource): readonly Circumstance[] {
  const { block, reachability } = resource;
  if (reachability.length === 0) return NONE;
  const { reason, stops } = BY_ATTRIBUTES;
  const content = resource.contentOf(reachability);
  return [{ file: block.file, address: block.address, reason, content, stops, isOpenWithout: true }];
}

/** Returns what the attributes of a resource decide. */
function decidedBy(resource: Resource, influence: CircumstanceInfluence): readonly Circumstance[] {
  const { type, block } = resource;
  const { reason, attributes, isOpenByDefault, members, names, where } = influence;
  const decided = (content: string | undefined, stops = influence.stops): Circumstance[] => [
    { file: block.file, address: block.address, reason, content, stops },
  ];
  if (names !== undefined && !mayBeNamed(block, names)) return NONE;
  if (where !== undefined && !mayBe(block.value(where.attribute), where.value)) return NONE;
  if (members !== undefined) {
    const found = membersIn(Object.fromEntries(attributes.map((name) => [name, block.value(name)])), members);
    if (found.length === 0) return NONE;
    const opensPorts = found.some(([name]) => name.startsWith('host_'));
    const content = holdsUnknown(found) ? resource.contentOf(attributes) : stableText(found);
    return decided(content, opensPorts ? ALLOWS : influence.stops);
  }
  if (attributes.length === 0) return decided(resource.content?.(namesOnly(type)));
  const isGivenAny = [...attributes, 'dynamic'].some((path) => isGiven(attributeAt((name) => block.value(name), path)));
  return isGivenAny || isOpenByDefault ? decided(resource.contentOf(attributes)) : NONE;
}

function mayBe(value: unknown, text: string): boolean {
  return isUnknown(value) || value === text;
}

/** Whether the name of a resource of Kubernetes may match. */
function mayBeNamed(block: Block, names: RegExp): boolean {
  const found = membersIn(block.value('metadata'), ['name']);
  return found.some(([, name]) => typeof name !== 'string' || names.test(name));
}

/** Returns the members of some names, wherever they are in a value. What is not known may have them. */
function membersIn(value: unknown, names: readonly string[], at = ''): [string, unknown][] {
  if (isUnknown(value)) return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, member]): [string, unknown][] => {
    if (names.includes(name)) return isGiven(member) && member !== 0 ? [[name, member]] : [];
    return membersIn(member, names, name);
  });
}

/** Attributes that no rule selects machines by. The labels of other clouds decide which firewalls apply. */
function namesOnly(type: string): readonly string[] {
  if (/^(?:aws|azurerm)_/.test(type)) return ['description', 'tag', 'tags', 'tags_all'];
  if (!type.startsWith('google_')) return NONE;
  return ['description', 'labels', 'resource_labels', 'effective_labels', 'terraform_labels'];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);
}

function ignoredChanges(lifecycle: unknown): string | undefined {
  if (lifecycle === undefined) return undefined;
  const [first] = Array.isArray(lifecycle) ? (lifecycle as unknown[]) : [lifecycle];
  const ignored = (first as { readonly ignore_changes?: unknown } | null | undefined)?.ignore_changes;
  return isGiven(ignored) ? JSON.stringify(ignored) : undefined;
}

/**
 * Returns the settings of the providers of each group and network, and of what is not evaluated: the same text in a different region or
 * account is something different.
 */
export function providerCircumstances(
  read: readonly ResourceRules[],
  { providers, providersNotRead = [] }: Pick<Resources, 'providers' | 'providersNotRead'>,
  file: string,
): Circumstance[] {
  const settings = new Map<string, Set<string>>();
  const regions: Circumstance[] = [];
  const add = (place: string, setting: string): void => {
    const known = settings.get(place);
    if (known === undefined) settings.set(place, new Set([setting]));
    else known.add(setting);
  };
  const notRead = new Set(providersNotRead);
  const shared = new Map<string, string>();
  for (const { resource, results } of read) {
    const { provider } = resource;
    if (provider === undefined) continue;
    if (decidesUnevaluated(resource, results)) {
      notRead.add(provider);
      const region = regionOf(resource);
      if (region !== undefined) regions.push({ file, address: resource.block.address, ...ITS_REGION, content: region });
    }
    const ofProvider = shared.get(provider) ?? settingsIn(providers, provider);
    shared.set(provider, ofProvider);
    const setting = withRegion(ofProvider, resource);
    for (const { rules } of results) {
      for (const { network, groups } of rules) {
        if (network !== '') add(network, setting);
        else for (const group of groups) add(group, setting);
      }
    }
  }
  notRead.forEach((provider) => add(`provider.${provider}`, settingsIn(providers, provider)));
  const ofProviders = [...settings].map(([address, all]): Circumstance => ({
    file,
    address,
    reason: `the settings of its provider decide its ${IN_CLUSTERS.test(address) ? 'cluster' : 'region, account or project'}`,
    content: [...all].sort().join('\n'),
    stops: { changed: 'any' },
  }));
  return [...ofProviders, ...regions];
}

/** Pods, and the providers of what is in clusters. */
const IN_CLUSTERS = /^(?:pods:|provider\.(?:kubernetes|kubectl|helm)\b)/;
const ITS_REGION = { reason: 'its region', stops: MOVES };

/** Whether a resource decides something that is not evaluated. */
function decidesUnevaluated({ type }: Resource, results: readonly ReadResult[]): boolean {
  const influence = influenceOf(type);
  if (influence === undefined) return false;
  return influence.kind !== 'evaluated' || results.some(({ notEvaluated }) => notEvaluated.length > 0);
}

/** A resource with the rules that were read from it. */
export interface ResourceRules {
  readonly resource: Resource;
  readonly results: readonly ReadResult[];
}

function withRegion(settings: string, resource: Resource): string {
  const region = regionOf(resource);
  return region === undefined ? settings : `${settings}\n${region}`;
}

function settingsIn(providers: ReadonlyMap<string, string>, provider: string): string {
  const name = withoutInstance(provider);
  const instance = provider.slice(name.length);
  const settings = providers.get(name) ?? '';
  return instance === '' ? settings : `${instance} ${settings}`;
}

/** Returns the region of a resource; since version 6 of the provider of AWS, a resource may have one of its own. */
function regionOf(resource: Resource): string | undefined {
  const region = resource.type.startsWith('aws_') ? resource.block.value('region') : undefined;
  if (!isGiven(region)) return undefined;
  return isUnknown(region) ? resource.contentOf(['region']) : String(region);
}

/** Returns what the names in rules depend on, for names that are expressions. */
export function dependenciesIn(
  { networks, ends }: RuleNames,
  { names, lists }: Pick<AwsContext, 'names' | 'lists'>,
  dependenciesOf: ((expression: string) => string | undefined) | undefined,
): Map<string, string> {
  const found = new Map<string, string>();
  if (dependenciesOf === undefined) return found;
  const add = (name: string, expression: string): void => {
    const text = dependenciesOf(expression);
    if (text !== undefined) found.set(name, text);
  };
  networks.forEach((network) => add(network, network));
  for (const name of ends) {
    if (
      name === ALL_INSTANCES ||
      name === ANY_MACHINE ||
      name.startsWith('host:') ||
      names.groups.has(name as EndName)
    ) {
      continue;
    }
    const expression = name.slice(name.indexOf(':') + 1);
    if (!lists.has(expression) || /(?:^|\.)data\./.test(expression)) add(name, expression);
  }
  return found;
}

const DEFAULT_ACL = 'aws_default_network_acl';
const EVERYTHING = { cidr_block: '0.0.0.0/0', ipv6_cidr_block: '::/0' } as const;
type AclRange = keyof typeof EVERYTHING;

/** Whether a resource is as the provider makes it by default, so that it blocks nothing. */
export function changesNothing(resource: Resource): boolean {
  if (resource.type !== DEFAULT_ACL) return false;
  const rules = aclRules(resource);
  const blocksNone = rules.every((some) => some?.every((rule) => rule.value('action') === 'allow') === true);
  if (!blocksNone || !rules.every((some) => allowsEverything(some!, 'cidr_block'))) return false;
  // the default network ACL of a network without IPv6 has no rule for it
  return rules.every((some) => !hasRange(some!, 'ipv6_cidr_block') || allowsEverything(some!, 'ipv6_cidr_block'));
}

/** Returns the inbound and the outbound rules of a network ACL; nothing for those that are not known. */
function aclRules({ block }: Resource): (readonly Block[] | undefined)[] {
  return [block.blocks('ingress'), block.blocks('egress')].map((rules) => (isUnknown(rules) ? undefined : rules));
}

function hasRange(rules: readonly Block[], range: AclRange): boolean {
  return rules.some((rule) => isGiven(rule.value(range)));
}

function allowsEverything(rules: readonly Block[], range: AclRange): boolean {
  const ofFamily = rules.filter((rule) => isGiven(rule.value(range)));
  const [first] = [...ofFamily].sort((a, b) => Number(a.value('rule_no')) - Number(b.value('rule_no')));
  const isAll = first !== undefined && ['-1', 'all'].includes(String(first.value('protocol')));
  return isAll && first.value('action') === 'allow' && first.value(range) === EVERYTHING[range];
}

/** Returns the directions in which a default network ACL that changes nothing in IPv4 also allows IPv6. */
function directionsOfIpv6(resource: Resource): string {
  return JSON.stringify(aclRules(resource).map((rules) => rules !== undefined && hasRange(rules, 'ipv6_cidr_block')));
}

/** Returns what a reader should know about resources that change nothing. */
export function notesOn(resources: readonly Resource[]): Note[] {
  return resources.filter(changesNothing).map(({ block: { file, address } }) => ({
    file,
    address,
    text: 'it has no effect: like the default network ACL of every VPC, it allows everything',
  }));
}

/** Returns the order in which a rule group of AWS Network Firewall is evaluated among others, as text. */
function orderOf(block: Block): string {
  const path = ['stateful_rule_options', 'rule_order'];
  const order = path.reduce<unknown>((part, name) => memberOf(part, name), first(block.value('rule_group')));
  return isUnknown(order) ? order.reason : String(order);
}

function memberOf(part: unknown, name: string): unknown {
  return typeof part === 'object' && part !== null
    ? first((part as Readonly<Record<string, unknown>>)[name])
    : undefined;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}
