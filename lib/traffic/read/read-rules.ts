import {
  type AwsPlace,
  type Circumstance,
  type Configuration,
  type ConfigurationKind,
  type InlineGroup,
  LISTED_ONLY,
  type NotEvaluated,
  type PossibleRule,
  type RuleGroups,
  type SharedList,
  type Stops,
} from '../configuration';
import { clusterOfProvider } from '../clusters';
import { allowedBy, containsTraffic, TrafficSet } from '../permitted';
import { influenceOf, ONLY_IN_REGION } from '../register';
import { ANY_MACHINE, type EndName, type Rule } from '../rule';
import { existsIn, FAMILIES } from '../sets';
import { type Resource, type Resources, UnknownValue, type UnreadPart } from '../terraform';
import {
  type AroundNames,
  type AwsContext,
  AwsNames,
  createdLists,
  knownPrefixLists,
  prefixLists,
  prefixListSizes,
} from './aws-names';
import { readGroupRule, readInlineRules, readVpcRule } from './aws-rules';
import { orderCircumstances, uncertainOrders } from './enforcement-orders';
import { readFirewall } from './gcp-firewall-rules';
import { GcpNames } from './gcp-names';
import { enforcedRules, readDomainList, readWebProxyRule, ruleGroupsIn, WebProxyNames } from './hostnames';
import { isolatedPods, readManifest, readNetworkPolicy } from './kubernetes';
import {
  readHierarchicalRule,
  readPlacelessRule,
  readPolicyRule,
  readRegionalRule,
  readRuleAnywhere,
} from './gcp-policy-rules';
import { HierarchicalPolicies } from './hierarchical-policies/hierarchical-policies';
import { RegionalPolicies } from './regional-policies/regional-policies';
import { moduleRanges } from './module-ranges';
import { subnetsIn } from './network-acls';
import { blockNotEvaluated, joinedResults, readable, type ReadResult } from './peers';
import {
  changesNothing,
  circumstancesOf,
  dependenciesIn,
  notesOn,
  providerCircumstances,
  type ResourceRules,
} from './circumstances';
import { namesIn, type RuleNames, uncertainNames, uncertainNetworks } from './uncertain-names';

interface Context extends AwsContext {
  /** The same for the rules of each account and region. */
  readonly atPlaces: Map<AwsPlace, Context>;
  readonly networks: GcpNames;
  /** Absent if the configuration has no rules of hierarchical policies. */
  readonly hierarchical?: HierarchicalPolicies;
  readonly proxies: WebProxyNames;
  readonly ruleGroups: RuleGroups;
}

const DIRECTIONS = ['ingress', 'egress'] as const;

/** Readers of the resource types that contain rules. */
const READERS: Readonly<Record<string, (resource: Resource, context: Context) => readonly ReadResult[]>> = {
  aws_security_group: ({ block, listsSeparateRules = [] }, context) =>
    DIRECTIONS.filter((direction) => !listsSeparateRules.includes(direction)).map((direction) =>
      readInlineRules(block, direction, context),
    ),
  aws_default_security_group: ({ block, listsSeparateRules = [] }, context) =>
    DIRECTIONS.filter((direction) => !listsSeparateRules.includes(direction)).map((direction) =>
      readInlineRules(block, direction, context),
    ),
  aws_security_group_rule: ({ block }, context) => [readGroupRule(block, context)],
  aws_vpc_security_group_ingress_rule: ({ block }, context) => [readVpcRule(block, 'ingress', context)],
  aws_vpc_security_group_egress_rule: ({ block }, context) => [readVpcRule(block, 'egress', context)],
  kubernetes_network_policy: (resource) => readNetworkPolicy(resource),
  kubernetes_network_policy_v1: (resource) => readNetworkPolicy(resource),
  kubernetes_manifest: (resource, context) => readManifest(resource) ?? notEvaluatedBy(resource, context),
  google_compute_firewall: ({ block }, { networks }) => [readFirewall(block, networks)],
  google_compute_network_firewall_policy_rule: ({ block }, { networks }) => [readPolicyRule(block, networks)],
  google_compute_firewall_policy_rule: ({ block }, { hierarchical, networks }) => [
    readHierarchicalRule(block, hierarchical!, networks),
  ],
  aws_networkfirewall_rule_group: ({ block }) => [readDomainList(block)],
  google_network_security_gateway_security_policy_rule: ({ block }, { proxies }) => [readWebProxyRule(block, proxies)],
};

const HIERARCHICAL_RULE = 'google_compute_firewall_policy_rule';
/** Types of rules of which it is not evaluated where they apply. */
const REGIONAL_RULE = 'google_compute_region_network_firewall_policy_rule';
const PLACELESS = [REGIONAL_RULE];

/** Types of rules that nothing else is named after: the rules of other resources are the same, whatever these say. */
const ONLY_RULES: ReadonlySet<string> = new Set([
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
  'google_compute_firewall',
]);

/** What was read of each resource. */
type ResultsByResource = Map<Resource, readonly ReadResult[]>;

/** A configuration without what only a synthesized stack tells. */
type ReadRules = Omit<Configuration, 'provenance' | 'stacks'>;

/**
 * Reads the rules of two sides that share most resources.
 *
 * @param referring the resources of these and of other sides: an id has the same name on each
 */
export function readBothRules(
  given: readonly [Resources, Resources],
  file: string,
  kind: ConfigurationKind,
  referring: readonly Resource[],
): [ReadRules, ReadRules] {
  const [first, second] = given.map(({ resources, data }) => new Set([...resources, ...data]));
  const isOnlyRule = ({ type }: Resource): boolean => ONLY_RULES.has(type);
  const areOnlyRules =
    [...first].filter((one) => !second.has(one)).every(isOnlyRule) &&
    [...second].filter((one) => !first.has(one)).every(isOnlyRule);
  const known: ResultsByResource | undefined = areOnlyRules ? new Map() : undefined;
  const shared = { known, referring };
  return [readRules(given[0], file, kind, shared), readRules(given[1], file, kind, shared)];
}

/** What two sides of a change share. */
export interface SharedParts {
  /** The results of resources, to which those of one side are added. */
  readonly known?: ResultsByResource;
  /** The resources of all sides: an id has the same name on each. */
  readonly referring?: readonly Resource[];
}

/** Reads the rules of all resources. */
export function readRules(
  given: Resources,
  file: string,
  kind: ConfigurationKind,
  { known, referring = given.resources }: SharedParts = {},
): ReadRules {
  const { resources, data, dependenciesOf, modules, notEvaluated, notes, prior = [], impliedProject } = given;
  // large configurations have mostly rules, so what else they have is found once
  const others = resources.filter(({ type }) => !ONLY_RULES.has(type));
  const named = [...others, ...data];
  const context = contextOf(named, { prior, referring }, { resources, impliedProject });
  const read = resources.map((resource) => ({ resource, results: resultsWithContent(resource, context, known) }));
  const found = joinedResults(resultsIn(read));
  const used = namesIn(found.rules);
  const enforcementOrders = context.networks.enforcementOrders();
  const enforced = enforcedRules(withoutForeignIcmp(found.rules), context.ruleGroups);
  const uncertain = [
    ...unexplainedParts(others, { found: found.rules, prior }, context),
    ...uncertainNames(used, file),
    ...uncertainNetworks([found.rules], file),
    ...uncertainOrders(found.rules, enforcementOrders, file),
    ...data.flatMap(runByData),
    ...enforced.notEvaluated,
  ];
  const regional = regionalRulesIn(resources, named, context);
  const unread = notEvaluated.map((one) => withKnownPart({ file, ...one }, context));
  return {
    ...{ file, kind, modules, rules: enforced.rules },
    ...clustersIn(given),
    notEvaluated: [...unread, ...withRegionalRules(found.notEvaluated, regional), ...uncertain],
    notes: [...notes.map((note) => ({ file, ...note })), ...notesOn(others)],
    circumstances: [
      ...decidedByResources(read, given, { file, context }),
      ...orderCircumstances(found.rules, enforcementOrders, file),
    ],
    sharedLists: sharedListsIn(given, others, found, context),
    addresses: new Set(resources.map(({ block }) => block.address)),
    dependencies: dependenciesIn(used, context, dependenciesOf),
    enforcementOrders,
    places: placesIn(used, context),
    ...referredTo(context, named),
    ...hierarchicalRulesIn(resources, context),
    ...regional.evaluated,
    inlineGroups: others.flatMap((resource) => inlineGroupsOf(resource, context)),
  };
}

/** Returns what says which cluster the pods of each provider are in. */
function clustersIn({ clusters }: Resources): Pick<ReadRules, 'clusters'> {
  if (clusters === undefined || clusters.size === 0) return {};
  return { clusters: new Map([...clusters].map(([provider, text]) => [clusterOfProvider(provider), text])) };
}

/** Returns the lists that several rules may refer to: prefix lists and URL lists. */
function sharedListsIn(
  { resources }: Resources,
  others: readonly Resource[],
  found: ReadResult,
  context: Context,
): Map<string, SharedList> {
  return new Map([...createdLists(others, context, found.rules), ...context.proxies.sharedLists(resources, found)]);
}

/** Returns where the security groups and prefix lists in rules, and the created ones, are. */
function placesIn({ ends }: RuleNames, { names }: Context): Map<EndName, AwsPlace> {
  const all = [...names.groups.keys(), ...[...ends].filter((name) => /^(?:sg|list):/.test(name))] as EndName[];
  return new Map(
    all.flatMap((name): [EndName, AwsPlace][] => {
      const place = names.placeOf(name);
      return place === undefined ? [] : [[name, place]];
    }),
  );
}

/** Returns the rules of hierarchical firewall policies, which may also apply to networks of other configurations. */
function hierarchicalRulesIn(
  resources: readonly Resource[],
  { networks }: Context,
): Pick<ReadRules, 'hierarchicalRules'> {
  const rules = resources
    .filter(({ type, block }) => type === HIERARCHICAL_RULE && block.flag('disabled') !== true)
    .map((resource) => ({
      file: resource.block.file,
      address: resource.block.address,
      content: resource.content?.(),
      possible: joinedResults(
        readable(resource.block, () => [readRuleAnywhere(resource.block, networks)]),
      ).notEvaluated.flatMap(({ possible = [{}] }) => possible),
    }));
  return rules.length === 0 ? {} : { hierarchicalRules: { rules, networks: networks.allNetworks(resources) } };
}

/** What is known about the rules of regional firewall policies. */
interface RegionalRules {
  /** Those that could be evaluated. */
  readonly evaluated: Pick<ReadRules, 'regionalRules'>;
  /** What the rules of each address may be, wherever they apply; with the reason if not even a region decides. */
  readonly possible: ReadonlyMap<string, Pick<NotEvaluated, 'possible'> & Partial<Pick<NotEvaluated, 'reason'>>>;
}

function regionalRulesIn(
  resources: readonly Resource[],
  named: readonly Resource[],
  { networks }: Context,
): RegionalRules {
  const regional = resources.filter(({ type }) => type === REGIONAL_RULE);
  if (regional.length === 0) return { evaluated: {}, possible: new Map() };
  const policies = new RegionalPolicies(named, networks);
  const read = regional.map(({ block }) => ({ block, ...readRegionalRule(block, policies, networks) }));
  return {
    evaluated: {
      regionalRules: read.flatMap(({ block, rules, notEvaluated }) => {
        const { region } = policies.placesOf(block);
        return region === undefined || notEvaluated.length > 0
          ? []
          : [{ file: block.file, address: block.address, region, rules }];
      }),
    },
    possible: new Map(
      read.map(({ block, rules, notEvaluated }) => {
        const possible = [...rules, ...notEvaluated.flatMap((one) => one.possible ?? [])].map(possibleOf);
        const [unread] = notEvaluated;
        return [block.address, { possible, ...(unread !== undefined && { reason: unread.reason }) }];
      }),
    ),
  };
}

/** Says what the rules of regional firewall policies are, wherever they apply: a packet that none of them matches does not depend on them. */
function withRegionalRules(
  notEvaluated: readonly NotEvaluated[],
  { possible }: Pick<RegionalRules, 'possible'>,
): readonly NotEvaluated[] {
  if (possible.size === 0) return notEvaluated;
  return notEvaluated.map((one) => {
    const known = one.reason === ONLY_IN_REGION ? possible.get(one.address) : undefined;
    return known === undefined ? one : { ...one, ...known };
  });
}

function possibleOf({ action, direction, network, groups, peers, ports, precedence }: PossibleRule): PossibleRule {
  return { action, direction, network, groups, peers, ports, precedence };
}

/** Returns what rules of this and of other configurations may refer to. */
function referredTo(
  { names, lists, listSizes, networks, ruleGroups }: Context,
  named: readonly Resource[],
): Pick<ReadRules, 'attachments' | 'groups' | 'isolatedPods' | 'listRanges' | 'listSizes' | 'ruleGroups' | 'subnets'> {
  return {
    isolatedPods: isolatedPods(named),
    attachments: networks.knownAttachments(),
    groups: names.groups,
    listRanges: knownPrefixLists(lists, named),
    listSizes,
    ruleGroups,
    subnets: subnetsIn(named, names),
  };
}

/** Returns what resources, their providers and modules decide about the rules of other resources. */
function decidedByResources(
  read: readonly ResourceRules[],
  given: Resources,
  { file, context }: { readonly file: string; readonly context: Context },
): Circumstance[] {
  return [
    ...read.flatMap(({ resource }) => circumstancesOf(resource, context)),
    ...providerCircumstances(read, given, file),
    ...(given.circumstances ?? []).map((one) => ({ file, ...one })),
    ...moduleRanges(given.modules ?? [], file),
  ];
}

function* resultsIn(read: readonly ResourceRules[]): Generator<ReadResult> {
  for (const { results } of read) yield* results;
}

function contextOf(
  all: readonly Resource[],
  around: AroundNames,
  { resources, impliedProject }: Pick<Resources, 'resources' | 'impliedProject'>,
): Context {
  const names = new AwsNames(all, around);
  const networks = new GcpNames(all, impliedProject);
  return {
    names,
    atPlaces: new Map(),
    lists: prefixLists(all, names, around.prior),
    listSizes: prefixListSizes(all),
    networks,
    hierarchical: resources.some(({ type }) => type === HIERARCHICAL_RULE)
      ? new HierarchicalPolicies(all, { names: networks, all: networks.allNetworks(resources), impliedProject })
      : undefined,
    proxies: new WebProxyNames(all, impliedProject),
    ruleGroups: ruleGroupsIn(all),
  };
}

/** Adds what is known about the rules of a resource whose instances are not known. */
function withKnownPart({ common, ...part }: UnreadPart & { file: string }, context: Context): NotEvaluated {
  if (common === undefined) return part;
  const { rules, notEvaluated } = joinedResults(resultsOfRules(common, context));
  const possible: PossibleRule[] = [
    ...rules,
    ...notEvaluated.flatMap((one) =>
      rules.length > 0 ? [] : (one.possible ?? (one.known ? [{ ...one.known, peers: undefined }] : [{}])),
    ),
  ].map(possibleOf);
  const parts = [...rules, ...notEvaluated.flatMap(({ known }) => known ?? [])];
  // a part that denies decides which gate stops, then one of inbound traffic
  const first =
    parts.find(({ action }) => action !== 'allow') ??
    parts.find(({ direction }) => direction === 'ingress') ??
    parts[0];
  if (first === undefined) return { ...part, possible };
  const { action, direction } = first;
  // ranges that differ between the instances are compared by the content of all of them
  const peers = parts
    .filter((one) => one.action === action && one.direction === direction)
    .flatMap((one) => one.peers.filter(({ name }) => name === ANY_MACHINE));
  return action === 'allow' && peers.length === 0
    ? { ...part, possible }
    : { ...part, possible, known: { action, direction, peers } };
}

/** Returns what security groups list of separate rules, as far as no separate rule explains it. */
function unexplainedParts(
  resources: readonly Resource[],
  { found, prior }: { readonly found: readonly Rule[]; readonly prior: readonly Resource[] },
  context: Context,
): NotEvaluated[] {
  const listing = resources.filter(({ listsSeparateRules = [] }) => listsSeparateRules.length > 0);
  const listed = joinedResults(
    listing.flatMap((resource) => listedRules(resource, context).map((result) => withContent(result, resource))),
  );
  const before = listed.rules.length === 0 ? [] : prior.flatMap((resource) => resultsOf(resource, context));
  const separate = [...found, ...before.flatMap(({ rules }) => rules)];
  return [...listed.notEvaluated, ...unexplainedRules(listed.rules, separate)];
}

function resultsWithContent(resource: Resource, context: Context, known?: ResultsByResource): readonly ReadResult[] {
  // where a hierarchical policy applies depends on the rules of networks
  const shared = resource.type === HIERARCHICAL_RULE ? undefined : known;
  const found = shared?.get(resource) ?? withContents(resultsOf(resource, context), resource);
  shared?.set(resource, found);
  return found;
}

function inlineGroupsOf({ type, block, listsInlineRules = [] }: Resource, { names }: Context): InlineGroup[] {
  if (type !== 'aws_security_group' && type !== 'aws_default_security_group') return [];
  const group = names.group(new UnknownValue(block.address, 'the security group itself'), undefined);
  if (group === undefined) return [];
  return DIRECTIONS.filter((direction) => listsInlineRules.includes(direction)).map((direction) => ({
    file: block.file,
    group,
    direction,
  }));
}

function resultsOf(resource: Resource, context: Context): readonly ReadResult[] {
  const results = resultsOfRules(resource, context);
  return resource.hasProvisioners === true ? [...results, runsCommands(resource)] : results;
}

/** Returns the context of the rules in a resource: in one account and region, ids mean something else than in a different one. */
function contextAt({ place }: Resource, context: Context): Context {
  if (place === undefined) return context;
  const known = context.atPlaces.get(place) ?? { ...context, place };
  context.atPlaces.set(place, known);
  return known;
}

function resultsOfRules(resource: Resource, context: Context): readonly ReadResult[] {
  const { type, block } = resource;
  if (Object.hasOwn(READERS, type)) return readable(block, () => READERS[type](resource, contextAt(resource, context)));
  return notEvaluatedBy(resource, context);
}

/** Reports a resource of a type that is not evaluated. */
function notEvaluatedBy(resource: Resource, { networks }: Context): readonly ReadResult[] {
  const { type, block } = resource;
  const influence = influenceOf(type);
  if (influence?.kind !== 'not evaluated' || changesNothing(resource)) return [];
  if (PLACELESS.includes(type)) return readable(block, () => [readPlacelessRule(block, influence.reason, networks)]);
  return [{ rules: [], notEvaluated: [{ ...blockNotEvaluated(block, influence.reason), stops: influence.stops }] }];
}

function runsCommands({ block }: Resource): ReadResult {
  const reason = 'a provisioner runs a command, which may open anything';
  return { rules: [], notEvaluated: [{ ...blockNotEvaluated(block, reason), stops: ANY_COMMAND }] };
}

/** Data sources that run a program or send a request. */
const RUNNING = new Set(['external', 'http', 'aws_lambda_invocation']);

function runByData(resource: Resource): NotEvaluated[] {
  const { type, block } = resource;
  if (!RUNNING.has(type)) return [];
  const reason = 'it runs a program or sends a request, which may open anything';
  return [{ ...blockNotEvaluated(block, reason), content: resource.content?.(), stops: ANY_COMMAND }];
}

const ANY_COMMAND: Stops = { added: 'opened', changed: 'opened', removed: 'any' };

/** Reads the rules that a security group lists although they are separate resources. */
function listedRules(resource: Resource, context: Context): ReadResult[] {
  const { block, listsSeparateRules = [] } = resource;
  const directions = DIRECTIONS.filter((direction) => listsSeparateRules.includes(direction));
  return directions.map((direction) => readInlineRules(block, direction, contextAt(resource, context)));
}

/** Drops the far ends of one family from the ICMP of the other: such packets do not exist. */
function withoutForeignIcmp(rules: readonly Rule[]): readonly Rule[] {
  return rules.every(isOfBothFamilies) ? rules : rules.flatMap(inOwnFamilies);
}

function inOwnFamilies(rule: Rule): Rule[] {
  if (isOfBothFamilies(rule)) return [rule];
  return FAMILIES.map((family) => ({
    ...rule,
    peers: rule.peers.filter((peer) => peer.family === family),
    ports: rule.ports.filter((interval) => existsIn(family, interval)),
  })).filter(({ peers, ports }) => peers.length > 0 && ports.length > 0);
}

function isOfBothFamilies({ ports }: Rule): boolean {
  return ports.every((interval) => FAMILIES.every((family) => existsIn(family, interval)));
}

function withContents(results: readonly ReadResult[], resource: Resource): readonly ReadResult[] {
  const isComplete = results.every(({ notEvaluated }) => notEvaluated.length === 0);
  return isComplete ? results : results.map((result) => withContent(result, resource));
}

/** Adds everything known about the resource to the parts of it that could not be evaluated, for comparisons. */
function withContent(result: ReadResult, resource: Resource): ReadResult {
  const { rules, notEvaluated } = result;
  const content = notEvaluated.length === 0 ? undefined : resource.content?.();
  if (content === undefined) return result;
  return { rules, notEvaluated: notEvaluated.map((one) => ({ content, ...one })) };
}

/**
 * Reports rules that a security group lists and that are not separate resources: they were created by hand, or deleted since the
 * last refresh.
 */
function unexplainedRules(listed: readonly Rule[], separate: readonly Rule[]): NotEvaluated[] {
  const known = new Map<string, Rule[]>(listed.map((rule) => [keyOf(rule), []]));
  if (listed.length > 0) separate.forEach((rule) => known.get(keyOf(rule))?.push(rule));
  const permitted = new Map([...known].map(([key, rules]) => [key, allowedBy(rules)]));
  return listed
    .filter((rule) => !containsTraffic(permitted.get(keyOf(rule)) ?? TrafficSet.NONE, allowedBy([rule])))
    .map(({ file, address, action, direction, ports, peers }) => ({
      file,
      address,
      reason: LISTED_ONLY,
      content: JSON.stringify([ports, peers.map(({ name, addresses }) => [name, addresses.map(String)])]),
      known: { action, direction, peers },
    }));
}

function keyOf({ direction, groups }: Rule): string {
  return `${direction} ${groups.join(' ')}`;
}
