import { addTo, refusal, shown } from '../../input';
import { onceEach, withOneNameForEachCluster } from '../clusters';
import type {
  AwsPlace,
  Circumstance,
  Configuration,
  EnforcementOrder,
  InlineGroup,
  IsolatedPods,
  ListSize,
  NotEvaluated,
  SharedList,
  ResourceReference,
  RuleGroups,
  SelectedMachines,
  Stops,
} from '../configuration';
import { inPolicyOrder } from '../permitted';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type EndName,
  type GroupName,
  notAttachedReason,
  type PeerName,
  policyNetwork,
  policyOf,
  type PolicyOrder,
  type Rule,
  type RulePeer,
} from '../rule';
import { outputName } from './from-provenance';
import { withCountedLists } from './aws-far-ends';
import { idIn, placeText } from './aws-ids';
import { isUncertainOrder, uncertainOrders } from './enforcement-orders';
import { enforcedRules, inSharedVpcs } from './hostnames';
import { combinedSubnets } from './network-acls';
import { uncertainNetworks } from './uncertain-names';

/** Names that mean the same in every stack: ids, tags and emails. */
const GLOBAL_NAME =
  /^(?:sg:(?:\d{12}\/)?sg-[0-9a-z]+|tag:[a-z][-a-z0-9]*|account:\S+@\S+|secure-tag:tagValues\/\d+|list:(?:pl-\S+|(?:projects|organizations)\/\S+)|host:.+)$/;
const NETWORK_BY_NAME = /^(?:[\w.:-]+\/)?[-a-z0-9]+$/;

type Name = GroupName | PeerName;

/** Joins stacks into one configuration. Names that have a meaning only within one stack get the name of the stack as a prefix. */
export function combinedConfiguration(
  file: string,
  stacks: readonly (readonly [string, Configuration])[],
): Configuration {
  return withOneNameForEachCluster([withQualifiedNames(file, stacks)])[0];
}

/** Joins stacks whose pods are of different clusters if their names are. */
function withQualifiedNames(file: string, stacks: readonly (readonly [string, Configuration])[]): Configuration {
  checkNames(file, stacks);
  const crossStack = new CrossStackNames(stacks);
  const attachments = combinedAttachments(stacks);
  const parts = stacks.map(([stack, { rules }]) =>
    rulesWithNames(
      rules.flatMap((rule) => inStack(rule, stack, attachments).map((one) => crossStack.withLists(one, stack))),
      (name) => crossStack.nameInApp(...crossStack.origin(name, stack)),
    ),
  );
  const enforcementOrders = combinedOrders(stacks);
  const ruleGroups = combinedRuleGroups(stacks, crossStack);
  const enforced = enforcedRules(parts.flat(), ruleGroups);
  const rules = inPolicyOrder(inSharedVpcs(enforced.rules, ruleGroups), knownOrders(enforcementOrders));
  return {
    file,
    kind: 'combined',
    rules,
    notEvaluated: [
      ...notEvaluatedOf(stacks, crossStack, attachments),
      ...enforced.notEvaluated,
      ...uncertainNetworks(parts, file),
      ...uncertainOrders(rules, enforcementOrders, file),
      ...hierarchicalElsewhere(stacks, crossStack),
    ],
    ...listsIn(stacks),
    circumstances: stacks.flatMap(([stack, { circumstances }]) =>
      circumstances.map((one) => crossStack.withValues(inOneStack(one, stack))),
    ),
    dependencies: combinedDependencies(stacks, crossStack),
    enforcementOrders,
    attachments,
    ...regionalRulesOf(stacks, crossStack),
    requested: allOf('requested', stacks, crossStack),
    omitted: allOf('omitted', stacks, crossStack),
    selectedMachines: () => machinesOf(stacks, crossStack, attachments),
    places: combinedPlaces(stacks, crossStack),
    subnets: combinedSubnets(stacks, crossStack),
    ...namesIn(stacks),
    ...provenanceOf(stacks),
    clusters: combinedClusters(stacks, crossStack),
  };
}

/** Returns what says which clusters the pods of all stacks are in, by stack and provider: `stack/`, `stack/kubernetes.b/`. */
export function combinedClusters(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack = new CrossStackNames(stacks),
): Map<string, string> {
  return new Map(
    stacks.flatMap(([stack, { clusters = new Map<string, string>() }]) =>
      [...clusters].map(([cluster, text]): [string, string] => [
        `${stack}/${cluster}`,
        text.replace(EXPRESSION, (_, expression: string) => crossStack.valueOf(expression, stack)),
      ]),
    ),
  );
}

/** An expression in text. */
const EXPRESSION = /\$\{([^{}]+)\}/g;

/** Returns what could not be evaluated in each stack, and that no other stack explains. */
function notEvaluatedOf(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
  attachments: ReadonlyMap<string, readonly string[]>,
): NotEvaluated[] {
  const attached = new Set([...attachments.keys()].map((policy) => notAttachedReason(policyNetwork(policy))));
  return stacks.flatMap(([stack, configuration]) =>
    configuration.notEvaluated
      .filter((one) => !crossStack.isResolved(one, stack) && !isUncertainOrder(one) && one.isOfHostnames !== true)
      .filter(({ reason }) => !attached.has(reason))
      .map((one) => crossStack.withValues(crossStack.withPossibleNames(notEvaluatedInStack(one, stack), stack))),
  );
}

/** Reports hierarchical firewall policies that may apply to networks of other stacks than their own. */
function hierarchicalElsewhere(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): NotEvaluated[] {
  return stacks.flatMap(([stack, { hierarchicalRules: { rules, networks } = NO_HIERARCHICAL }]) => {
    const known = new Set(networks.map((network) => networkIn(stack, network)));
    const others = stacks
      .filter(([name]) => name !== stack)
      .flatMap(([name, configuration]) => configuration.rules.map(({ network }) => ({ name, network })))
      .filter(({ network }) => network !== '' && notAttachedReason(network) === undefined)
      .filter(({ name, network }) => !known.has(networkIn(name, network)));
    if (others.length === 0) return [];
    const reason = `it is not evaluated whether it applies to the networks of other stacks, such as ${others[0].network} of ${others[0].name}`;
    const elsewhere = [...new Set(others.map(({ name, network }) => networkIn(name, network)))];
    return rules.map((rule) => {
      const { possible = [], ...one } = crossStack.withPossibleNames({ ...rule, reason, stops: ANY_RULE }, stack);
      return { ...one, possible: possible.flatMap((each) => elsewhere.map((network) => ({ ...each, network }))) };
    });
  });
}

const NO_HIERARCHICAL: NonNullable<Configuration['hierarchicalRules']> = { rules: [], networks: [] };
const ANY_RULE: Stops = { added: 'opened', changed: 'opened', removed: 'opened' };

function namesIn(
  stacks: readonly (readonly [string, Configuration])[],
): Pick<Configuration, 'sharedLists' | 'addresses' | 'groups' | 'stackNames'> {
  return {
    sharedLists: new Map(stacks.flatMap(([name, { sharedLists }]) => listsInStack(sharedLists, name))),
    addresses: new Set(stacks.flatMap(([, { addresses }]) => [...addresses])),
    groups: new Map(
      stacks.flatMap(([name, { groups }]) => [...groups].map(([key, called]) => [qualified(key, name), called])),
    ),
    stackNames: new Map(stacks.map(([name, configuration]) => [configuration.file, name])),
  };
}

/** Returns what the configuration of the stacks together has one after the other. */
function listsIn(
  stacks: readonly (readonly [string, Configuration])[],
): Pick<Configuration, 'notes' | 'inlineGroups' | 'isolatedPods' | 'modules'> {
  return {
    notes: stacks.flatMap(([, { notes }]) => notes),
    inlineGroups: stacks.flatMap(([stack, { inlineGroups = [] }]) => groupsInStack(inlineGroups, stack)),
    isolatedPods: onceEach(stacks.flatMap(([stack, { isolatedPods = [] }]) => groupsInStack(isolatedPods, stack))),
    modules: stacks.flatMap(([, { modules = [] }]) => modules),
  };
}

function provenanceOf(
  stacks: readonly (readonly [string, Configuration])[],
): Pick<Configuration, 'provenance' | 'stacks'> {
  return {
    provenance: new Map(stacks.flatMap(([, configuration]) => [...configuration.provenance])),
    stacks: new Map(stacks.flatMap(([, configuration]) => [...configuration.stacks])),
  };
}

function groupsInStack<T extends InlineGroup | IsolatedPods>(groups: readonly T[], stack: string): T[] {
  return groups.map((one) => ({ ...one, group: qualified(one.group, stack) }));
}

function checkNames(file: string, stacks: readonly (readonly [string, Configuration])[]): void {
  const names = stacks.map(([name]) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate === undefined) return;
  throw refusal(file, 'stack-given-twice', 'every stack must have a different name', `${shown(duplicate)} twice`);
}

/** Returns what the names of all stacks depend on; what a name of a different stack depends on is recorded in that stack. */
function combinedDependencies(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): Map<string, string> {
  return new Map(
    stacks.flatMap(([stack, { dependencies }]) =>
      [...dependencies].flatMap(([name, text]): [string, string][] => {
        const values = `${text}\n${crossStack.valuesIn(`${name} ${text}`)}`;
        if (!NAME_WITH_KIND.test(name)) return [[networkIn(stack, name), values]];
        const [origin, from] = crossStack.origin(name as EndName, stack);
        return origin === name ? [[qualified(origin, from), values]] : [];
      }),
    ),
  );
}

/** Returns the rules of regional firewall policies in the networks of all stacks. */
function regionalRulesOf(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): Pick<Configuration, 'regionalRules'> {
  const found = stacks.flatMap(([stack, { regionalRules = [] }]) =>
    regionalRules.map((one) => {
      const inNetworks = one.rules.map((rule) => ({ ...rule, network: networkIn(stack, rule.network) }));
      return {
        ...one,
        rules: rulesWithNames(inNetworks, (name) => crossStack.nameInApp(...crossStack.origin(name, stack))),
      };
    }),
  );
  return found.length === 0 ? {} : { regionalRules: found };
}

/** Returns where the security groups and prefix lists of all stacks are. */
function combinedPlaces(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): Map<string, AwsPlace> {
  return new Map(
    stacks.flatMap(([stack, { places = new Map<string, AwsPlace>() }]) =>
      [...places].map(([name, place]): [string, AwsPlace] => [crossStack.nameInApp(name as EndName, stack), place]),
    ),
  );
}

/** Joins what the firewall team is asked to open, or what constructs omit, if all stacks can tell. */
function allOf(
  what: 'requested' | 'omitted',
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): Rule[] | undefined {
  if (stacks.some(([, configuration]) => configuration[what] === undefined)) return undefined;
  return stacks.flatMap(([stack, { [what]: rules = [] }]) =>
    rulesWithNames(rules, (name) => crossStack.nameInApp(...crossStack.recordedOrigin(name, stack))),
  );
}

function machinesOf(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
  attachments: ReadonlyMap<string, readonly string[]>,
): ReturnType<NonNullable<Configuration['selectedMachines']>> {
  return new Map(
    stacks.flatMap(([stack, { selectedMachines }]) => {
      // the policy of one stack may be attached in a different one
      const inApp = (network: string): readonly string[] =>
        attachments.get(policyOf(network) ?? '') ?? [networkIn(stack, network)];
      const named = ({ group, network, ofPolicy, place }: SelectedMachines): SelectedMachines => ({
        ...(place && { place }),
        ...(ofPolicy && { ofPolicy: [...new Set(ofPolicy.flatMap(inApp))].sort() }),
        group: crossStack.nameInApp(...crossStack.recordedOrigin(group, stack)),
        network: network === '' ? '' : networkIn(stack, network),
      });
      return [...(selectedMachines?.() ?? [])].map(
        ([file, peers]) => [file, peers.map((groups) => groups.map((each) => each && named(each)))] as const,
      );
    }),
  );
}

/** Returns the orders of the networks of all stacks: what one stack says about a network is true in every stack. */
function combinedOrders(stacks: readonly (readonly [string, Configuration])[]): Map<string, EnforcementOrder> {
  const found = new Map<string, EnforcementOrder>();
  for (const [stack, { enforcementOrders }] of stacks) {
    for (const [name, order] of enforcementOrders) {
      const network = networkIn(stack, name);
      const former = found.get(network);
      if (former?.order !== undefined && (order.order ?? former.order) === former.order) continue;
      const isNew = former === undefined || (former.order === undefined && order.order !== undefined);
      found.set(network, isNew ? order : { content: `${former.content}\n${order.content}` });
    }
  }
  return found;
}

/** Returns the rule groups and firewall policies of all stacks: a policy of one stack may use a rule group of another. */
function combinedRuleGroups(
  stacks: readonly (readonly [string, Configuration])[],
  crossStack: CrossStackNames,
): RuleGroups {
  return {
    groups: stacks.flatMap(([, { ruleGroups }]) => ruleGroups?.groups ?? []),
    policies: stacks.flatMap(([stack, { ruleGroups }]) =>
      (ruleGroups?.policies ?? []).map((policy) => ({
        ...policy,
        groups: policy.groups.map((one) => crossStack.reference(one, stack)),
      })),
    ),
  };
}

function knownOrders(orders: ReadonlyMap<string, EnforcementOrder>): Map<string, PolicyOrder> {
  return new Map([...orders].flatMap(([name, { order }]) => (order === undefined ? [] : [[name, order] as const])));
}

/** A name that begins with its kind, unlike the name of a network. */
const NAME_WITH_KIND = /^(?:sg|tag|account|secure-tag|list|unknown|host|machines|pods):/;

/** Returns a rule in the networks of all stacks. A different stack may attach its policy to networks. */
function inStack(rule: Rule, stack: string, attachments: ReadonlyMap<string, readonly string[]>): Rule[] {
  if (rule.network === '') return [rule];
  const attached = attachments.get(policyOf(rule.network) ?? '');
  return (attached ?? [networkIn(stack, rule.network)]).map((network) => ({ ...rule, network }));
}

/** Returns the networks to which the stacks attach firewall policies. */
function combinedAttachments(stacks: readonly (readonly [string, Configuration])[]): Map<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const [stack, { attachments = new Map<string, readonly string[]>() }] of stacks) {
    for (const [policy, networks] of attachments) {
      networks.forEach((network) => addTo(all, policy, networkIn(stack, network)));
    }
  }
  return new Map([...all].map(([policy, networks]) => [policy, [...new Set(networks)]]));
}

function networkIn(stack: string, network: string): string {
  return NETWORK_BY_NAME.test(network) ? network : `${stack}/${network}`;
}

function notEvaluatedInStack(notEvaluated: NotEvaluated, stack: string): NotEvaluated {
  const { comparedAs } = notEvaluated;
  const content = contentIn(stack, notEvaluated.content);
  return { ...notEvaluated, content, ...(comparedAs && { comparedAs: qualified(comparedAs, stack) }) };
}

function inOneStack(circumstance: Circumstance, stack: string): Circumstance {
  return { ...circumstance, content: contentIn(stack, circumstance.content) };
}

function listsInStack(lists: Configuration['sharedLists'], stack: string): [string, SharedList][] {
  return [...lists].map(([address, list]) => [`${stack}/${address}`, list]);
}

/** The same content in two stacks is not the same. */
function contentIn(stack: string, content: string | undefined): string | undefined {
  return content === undefined ? undefined : `${stack}\n${content}`;
}

function qualified<T extends Name>(name: T, stack: string): T {
  if (name === ANY_MACHINE || name === ALL_INSTANCES || GLOBAL_NAME.test(name)) return name;
  const colon = name.indexOf(':');
  return `${name.slice(0, colon)}:${stack}/${name.slice(colon + 1)}` as T;
}

/** An id of a security group or prefix list in one stack. */
interface PlacedId {
  readonly stack: string;
  readonly name: EndName;
  readonly place: AwsPlace;
}

/**
 * Returns by stack the names of ids that different stacks have in several accounts, regions or providers: with the account and the region
 * if no other has the same, else with the stack.
 */
function namesInPlaces(
  stacks: readonly (readonly [string, Configuration])[],
): Map<string, ReadonlyMap<string, EndName>> {
  const byId = new Map<string, PlacedId[]>();
  for (const [stack, { places = new Map<string, AwsPlace>() }] of stacks) {
    for (const [name, place] of places) {
      const id = idIn(name);
      if (id !== undefined) addTo(byId, id, { stack, name: name as EndName, place });
    }
  }
  const found = new Map<string, Map<string, EndName>>();
  for (const [id, placed] of byId) {
    const texts = new Map(placed.map((one) => [placeKey(one), placeText(one.place)]));
    if (texts.size < 2) continue;
    for (const one of placed) {
      const { stack, name } = one;
      const text = texts.get(placeKey(one))!;
      const isUnique = text !== '' && [...texts.values()].filter((other) => other === text).length === 1;
      const [start, own] = [name.slice(0, name.indexOf(':') + 1), name.slice(name.indexOf(':') + 1)];
      const called = `${start}${isUnique ? `${text}/${id.slice(id.indexOf(':') + 1)}` : `${stack}/${own}`}` as EndName;
      found.set(stack, (found.get(stack) ?? new Map<string, EndName>()).set(name, called));
    }
  }
  return found;
}

function placeKey({ stack, place: { key, isOfStack } }: PlacedId): string {
  return isOfStack === true ? `${stack} ${key}` : key;
}

/** A reference to an output of a different stack of the app, as cdktf writes it. */
const CROSS_STACK_NAME =
  /^(sg|list):data\.terraform_remote_state\.cross-stack-reference-input-(.+)\.outputs\.([\w-]+)$/;
/** The same without its kind. */
const CROSS_STACK_EXPRESSION = /^data\.terraform_remote_state\.cross-stack-reference-input-(.+)\.outputs\.([\w-]+)$/;
const MAX_DEPTH = 20;
/** The same anywhere in a text. */
const CROSS_STACK_VALUE = /data\.terraform_remote_state\.cross-stack-reference-input-(.+?)\.outputs\.([\w-]+)/g;

/** Resolves names that refer to values of different stacks of the same app. */
class CrossStackNames {
  private readonly stacks: ReadonlyMap<string, Configuration>;
  /** The names of ids that mean something else in a different stack, by stack. */
  private readonly placedNames: ReadonlyMap<string, ReadonlyMap<string, EndName>>;

  constructor(stacks: readonly (readonly [string, Configuration])[]) {
    this.stacks = new Map(stacks);
    this.placedNames = namesInPlaces(stacks);
  }

  /** Returns the name that something in a stack has among all stacks. */
  public nameInApp<T extends Name>(name: T, stack: string): T {
    return (this.placedNames.get(stack)?.get(name) as T | undefined) ?? qualified(name, stack);
  }

  /** Returns the stack that a name comes from, and its name there; a name that does not come from a known stack is unchanged. */
  public origin<T extends Name>(name: T, stack: string, depth = 0): readonly [T, string] {
    const [, kind, from, output] = CROSS_STACK_NAME.exec(name) ?? [];
    const source = this.stacks.get(from ?? '');
    const value = source?.outputs?.get(output);
    if (value === undefined || depth > MAX_DEPTH) return [name, stack];
    const address = value.replace(/\.id$/, '');
    const own = kind === 'list' || source!.groups.has(`sg:${address}`) ? address : value;
    return this.origin(`${kind}:${own}` as T, from, depth + 1);
  }

  /**
   * Returns the same for a name in the provenance, which says the stack of its machines. If no rule needs the value, the stack has no output
   * for it.
   */
  public recordedOrigin<T extends Name>(name: T, stack: string): readonly [T, string] {
    const [found, from] = this.origin(name, stack);
    const [, kind, owner, output] = CROSS_STACK_NAME.exec(found) ?? [];
    const groups = kind === 'sg' ? [...(this.stacks.get(owner)?.groups.keys() ?? [])] : [];
    const own = groups.find((group) => outputName(`${group.slice('sg:'.length)}.id`) === output);
    return own === undefined ? [found, from] : [own as T, owner];
  }

  /** Returns the name that the machines of a group have among all stacks, whichever stack creates it. */
  public group(name: EndName, stack: string): EndName {
    return this.nameInApp(...this.origin(name, stack));
  }

  /** Returns a resource as the stack that creates it calls it. */
  public reference(reference: ResourceReference, stack: string, depth = 0): ResourceReference {
    const [, from, output] = CROSS_STACK_EXPRESSION.exec(reference.text) ?? [];
    const source = this.stacks.get(from ?? stack);
    const value = source?.outputs?.get(output);
    if (source === undefined || value === undefined || depth > MAX_DEPTH) return reference;
    return this.reference({ file: source.file, text: value.replace(/\.(?:arn|id|name)$/, '') }, from, depth + 1);
  }

  /** Returns the value of an expression if a stack has it as text, else the expression with the stack in which it means something. */
  public valueOf(expression: string, stack: string, depth = 0): string {
    const [, from, output] = CROSS_STACK_EXPRESSION.exec(expression) ?? [];
    const value = this.stacks.get(from)?.outputs?.get(output);
    if (value === undefined || depth > MAX_DEPTH) return `\${${stack}: ${expression}}`;
    if (value.includes('${')) return value.replace(EXPRESSION, (_, one: string) => this.valueOf(one, from, depth + 1));
    return value.includes('://') ? value : this.valueOf(value, from, depth + 1);
  }

  /** Returns everything known about the values of different stacks that a text refers to, and about those that these refer to. */
  public valuesIn(text: string, depth = 0): string {
    if (depth > MAX_DEPTH) return '';
    return [...text.matchAll(CROSS_STACK_VALUE)]
      .map(([, stack, output]) => this.stacks.get(stack)?.outputContents?.get(output) ?? '')
      .map((content) => `${content}\n${this.valuesIn(content, depth + 1)}`)
      .join('\n');
  }

  /** Adds the values of different stacks to everything known about a part. */
  public withValues<T extends { readonly content?: string }>(part: T): T {
    const values = part.content === undefined ? '' : this.valuesIn(part.content);
    return values === '' ? part : { ...part, content: `${part.content}\n${values}` };
  }

  /** Returns the IP ranges of a prefix list, if a stack of the app has its entries. */
  public listRanges(name: PeerName, stack: string): readonly RulePeer[] | undefined {
    if (!name.startsWith('list:')) return undefined;
    const [origin, from] = this.origin(name as EndName, stack);
    const own = this.stacks.get(from)?.listRanges?.get(origin);
    if (own !== undefined || !GLOBAL_NAME.test(origin)) return own;
    const listing = [...this.stacks].filter(
      ([other]) => this.nameInApp(origin, other) === this.nameInApp(origin, from),
    );
    return listing.map(([, { listRanges }]) => listRanges?.get(origin)).find((one) => one !== undefined);
  }

  /** Returns a rule with the IP ranges and the sizes of prefix lists that other stacks have. */
  public withLists(rule: Rule, stack: string): Rule {
    return withCountedLists(
      withKnownLists(rule, (name) => this.listRanges(name, stack)),
      (list) => this.listSize(list, stack),
    );
  }

  private listSize(list: string, stack: string): ListSize | undefined {
    const [origin, from] = this.origin(`list:${list}`, stack);
    const name = origin.slice('list:'.length);
    const own = this.stacks.get(from)?.listSizes?.get(name);
    if (own !== undefined || !GLOBAL_NAME.test(origin)) return own;
    const listing = [...this.stacks].filter(
      ([other]) => this.nameInApp(origin, other) === this.nameInApp(origin, from),
    );
    return listing.map(([, { listSizes }]) => listSizes?.get(name)).find((size) => size !== undefined);
  }

  /** Returns what could not be evaluated with the names of all stacks in the rules that it may be. */
  public withPossibleNames(one: NotEvaluated, stack: string): NotEvaluated {
    const nameOf = <T extends Name>(name: T): T => this.nameInApp(...this.origin(name, stack));
    const possible = one.possible?.map(({ network, groups, peers, ...rest }) => ({
      ...rest,
      network: network === undefined || network === '' ? network : networkIn(stack, network),
      groups: groups?.map(nameOf),
      peers: peers?.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
    }));
    return possible === undefined ? one : { ...one, possible };
  }

  /** Whether a name that could not be evaluated in one stack comes from a known stack. */
  public isResolved({ comparedAs }: NotEvaluated, stack: string): boolean {
    return comparedAs !== undefined && this.origin(comparedAs, stack)[0] !== comparedAs;
  }
}

/** Returns a rule with IP ranges in place of prefix lists whose entries are in a different file. */
function withKnownLists(rule: Rule, rangesOf: (name: PeerName) => readonly RulePeer[] | undefined): Rule {
  const peers = rule.peers.flatMap((peer) => {
    const known = rangesOf(peer.name);
    return known === undefined ? [peer] : known.filter(({ family }) => family === peer.family);
  });
  return { ...rule, peers };
}

/** Returns the rules with every name replaced. */
function rulesWithNames(rules: readonly Rule[], nameOf: <T extends Name>(name: T) => T): Rule[] {
  return rules.map((rule) => ({
    ...rule,
    groups: rule.groups.map((group) => nameOf(group)),
    peers: rule.peers.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
  }));
}
