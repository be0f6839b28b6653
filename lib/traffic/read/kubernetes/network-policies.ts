import { AddressFamily, LAST_PORT } from '../../../net';
import { clusterOfProvider, onceEach } from '../../clusters';
import type { IsolatedPods, KnownPart, NotEvaluated, PossibleRule } from '../../configuration';
import { ANY_MACHINE, type Direction, type EndName, type RulePeer, type Rule, UNORDERED } from '../../rule';
import { ALL_PORTS, difference, FAMILIES, portInterval, type PortInterval, protocolNumber, WHOLE } from '../../sets';
import { Block, isUnknown, type Resource, UnknownValue, Unreadable, unreadable } from '../../terraform';
import {
  attributeNotEvaluated,
  blockNotEvaluated,
  joinedPeers,
  joinedResults,
  namedPeers,
  type Peers,
  rangePeers,
  type ReadResult,
} from '../peers';
import { checkShape } from './manifest-shape';
import { checkPolicySpec } from './policy-laws';
import { labelSelector, namespaceSelector, podNames, type Selected } from './selectors';

/** What the rules of each direction of a policy are called. */
const PARTS = { ingress: 'from', egress: 'to' } as const;
const BOTH = [AddressFamily.IPV4, AddressFamily.IPV6];

/** The network policy in a resource; nothing if it is a different object. */
interface Policy {
  readonly address: string;
  readonly file: string;
  /** The prefix of names of its cluster. */
  readonly cluster: string;
  readonly metadata: Block;
  readonly spec: Block;
  readonly isManifest: boolean;
}

/** Reads a `kubernetes_network_policy_v1`. */
export function readNetworkPolicy(resource: Resource): readonly ReadResult[] {
  return readPolicy(resource, () => undefined);
}

/** Reads a policy in the attributes of a `kubernetes_network_policy_v1`. `checkForm` throws if the API does not accept its form. */
function readPolicy(resource: Resource, checkForm: () => void): readonly ReadResult[] {
  const policy = policyOf(resource);
  if ('notEvaluated' in policy) return [policy];
  try {
    checkForm();
    checkPolicySpec(policy.spec);
    return directionsOf(policy).map((direction) => readDirection(policy, direction));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // it may be mended, and allow something then
    const one = blockNotEvaluated(resource.block, error.reason);
    return [refused({ ...one, possible: [{ action: 'allow', ...groupsIn(readablePods(policy)) }] })];
  }
}

function readablePods(policy: Policy): Pods {
  try {
    return podsOf(policy);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { metadata, cluster } = policy;
    const namespace = metadata.value('namespace');
    return typeof namespace === 'string'
      ? { reason: error.reason, within: podNames(cluster, [namespace], ['*']) }
      : { reason: error.reason };
  }
}

/** Reads a `kubernetes_manifest`. Returns nothing if it is not a network policy. */
export function readManifest(resource: Resource): readonly ReadResult[] | undefined {
  const manifest = manifestOf(resource);
  if (manifest === undefined) return undefined;
  const results = readPolicy(manifest.resource, manifest.checkForm);
  return results.map(({ rules, notEvaluated }) => ({
    rules,
    notEvaluated: notEvaluated.map((one) => ({ ...one, reason: inWordsOfTheApi(one.reason) })),
  }));
}

/** What Terraform calls differently, unless it is quoted from the manifest. */
const WORDS_OF_TERRAFORM =
  /(?<!")\b(?:pod_selector|namespace_selector|ip_block|policy_types|match_labels|match_expressions|end_port)\b/g;

function inWordsOfTheApi(reason: string): string {
  return reason.replace(WORDS_OF_TERRAFORM, (name) => inCamelCase(name));
}

function inCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The network policy in a manifest. */
interface ManifestPolicy {
  /** The policy with the attributes of a `kubernetes_network_policy_v1`. */
  readonly resource: Resource;
  /** Throws if the API does not accept the form of the manifest. */
  readonly checkForm: () => void;
}

/** Returns the network policy in a manifest; nothing for a different kind of object. */
function manifestOf(resource: Resource): ManifestPolicy | undefined {
  const manifest = resource.block.value('manifest');
  if (typeof manifest !== 'object' || manifest === null || isUnknown(manifest)) return undefined;
  const { apiVersion, kind, metadata, spec } = manifest as Record<string, unknown>;
  if (kind !== 'NetworkPolicy' || apiVersion !== 'networking.k8s.io/v1') return undefined;
  const appliedBy = resource.block.value('applied_by') === 'kubectl' ? 'kubectl' : 'terraform';
  const checkForm = (): void => {
    checkShape(spec, appliedBy);
  };
  return { resource: policyResource(resource, metadata, spec), checkForm };
}

/** Returns the resource of a manifest with the attributes of a `kubernetes_network_policy_v1`. */
function policyResource(resource: Resource, metadata: unknown, spec: unknown): Resource {
  const { block } = resource;
  const attributes: Record<string, unknown> = { metadata, spec: specOf(spec), is_manifest: true };
  return {
    type: resource.type,
    // a resource works it out when asked for, so that a copy has none
    provider: resource.provider,
    contentOf: (names) => resource.contentOf(names),
    reachability: resource.reachability,
    block: new Block(block.address, block.file, (name) => attributes[name], Object.keys(attributes)),
  };
}

/** The members of the API whose own members are named by users. */
const NAMED_BY_USERS: ReadonlySet<string> = new Set(['matchLabels']);

/** Returns the specification of a manifest. For the API, a selector that is missing or null is empty, and so is the whole specification. */
function specOf(spec: unknown): unknown {
  const given = inTerraformCase(spec ?? {});
  if (typeof given !== 'object' || Array.isArray(given) || isUnknown(given)) return given;
  const { pod_selector: selector } = given as Record<string, unknown>;
  return { ...given, pod_selector: selector ?? {} };
}

/** Returns a part of a manifest with the names that Terraform gives to its members: `matchLabels` is `match_labels`. */
function inTerraformCase(value: unknown): unknown {
  // a member that is null is one without anything
  if (Array.isArray(value)) return value.map((member) => inTerraformCase(member ?? {}));
  if (typeof value !== 'object' || value === null || isUnknown(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      NAMED_BY_USERS.has(name) ? member : inTerraformCase(member),
    ]),
  );
}

/** Returns the policy in a resource, or why there is none. */
function policyOf({ block, provider = '' }: Resource): Policy | ReadResult {
  const { address, file } = block;
  // what has no metadata has no namespace either, and is read as far as possible
  const hasMetadata = block.value('metadata') !== undefined;
  const metadata = hasMetadata ? oneBlock(block, 'metadata') : new Block(`${address}.metadata`, file, () => undefined);
  const spec = oneBlock(block, 'spec');
  if (isUnknown(spec)) return refused(attributeNotEvaluated(block, 'spec', spec));
  if (isUnknown(metadata)) return refused(attributeNotEvaluated(block, 'metadata', metadata));
  // an alias tells clusters apart
  return {
    address,
    file,
    cluster: clusterOfProvider(provider),
    metadata,
    spec,
    isManifest: block.flag('is_manifest') === true,
  };
}

/** Reports a policy that could not be read. It may allow everything unless `possible` says otherwise. */
function refused(one: NotEvaluated): ReadResult {
  return { rules: [], notEvaluated: [{ possible: [{ action: 'allow' }], ...one }] };
}

/** Returns the only nested block of a name. */
function oneBlock(block: Block, name: string): Block | UnknownValue {
  const blocks = block.blocks(name);
  if (isUnknown(blocks)) return blocks;
  if (blocks.length === 1) return blocks[0];
  throw unreadable(`${name} must be given once`, String(blocks.length));
}

/**
 * Returns the directions in which a policy isolates its pods. Without `policy_types` these are ingress, and egress if there are rules for
 * it: https://github.com/kubernetes/kubernetes/blob/030880a5dc5449403c6d1f0aa146a7dc21d6c6dc/pkg/apis/networking/v1/defaults.go
 */
function directionsOf({ spec }: Policy): Direction[] {
  const types = spec.texts('policy_types');
  if (types.length === 0) {
    const egress = spec.blocks('egress');
    return isUnknown(egress) || egress.length > 0 ? ['ingress', 'egress'] : ['ingress'];
  }
  const isOne = (name: string): boolean => types.some((type) => isUnknown(type) || type === name);
  const other = types.find((type) => !isUnknown(type) && type !== 'Ingress' && type !== 'Egress');
  if (other !== undefined) throw unreadable('policy_types must be Ingress or Egress', JSON.stringify(other));
  return [...(isOne('Ingress') ? ['ingress' as const] : []), ...(isOne('Egress') ? ['egress' as const] : [])];
}

/** The pods that a policy selects, or why they are not known, and among which they are if at least that is known. */
type Pods = { readonly names: readonly EndName[] } | { readonly reason: string; readonly within?: readonly EndName[] };

function podsOf(policy: Policy): Pods {
  const { cluster, spec } = policy;
  const namespace = namespaceOf(policy);
  if (isUnknown(namespace)) return { reason: `metadata.namespace is ${namespace.reason}` };
  const given = spec.value('pod_selector');
  // a selector without a condition is every pod of the namespace
  if (Array.isArray(given) && given.length === 0) return { names: podNames(cluster, [namespace], ['*']) };
  const selector = oneBlock(spec, 'pod_selector');
  const within = podNames(cluster, [namespace], ['*']);
  if (isUnknown(selector)) return { reason: `pod_selector is ${selector.reason}`, within };
  const selected = labelSelector(selector);
  return 'reason' in selected
    ? { reason: selected.reason, within }
    : { names: podNames(cluster, [namespace], selected.alternatives) };
}

/** Returns the namespace of a policy. The resource of Terraform has a default; for a manifest, kubectl decides. */
function namespaceOf({ metadata, isManifest }: Policy): string | UnknownValue {
  const namespace = metadata.text('namespace');
  if (namespace !== undefined) return namespace;
  return isManifest ? new UnknownValue(undefined, 'missing, so that the context of kubectl decides') : 'default';
}

function readDirection(policy: Policy, direction: Direction): ReadResult {
  const { spec } = policy;
  const items = spec.blocks(direction);
  const pods = podsOf(policy);
  if (isUnknown(items)) {
    return refused(
      withPossible(attributeNotEvaluated(spec, direction, items), policy, { direction, ...groupsIn(pods) }),
    );
  }
  if (items.length === 0 && 'reason' in pods) return refused({ ...blockNotEvaluated(spec, pods.reason), possible: [] });
  return joinedResults(items.map((item) => readItem(policy, item, direction, pods)));
}

function groupsIn(pods: Pods): Pick<PossibleRule, 'groups'> {
  const groups = 'names' in pods ? pods.names : pods.within;
  return groups === undefined ? {} : { groups };
}

function withPossible(one: NotEvaluated, { address, file }: Policy, possible: PossibleRule): NotEvaluated {
  return { ...one, address, file, possible: [{ action: 'allow', ...possible }] };
}

/** Reads far ends and ports, which all other packets of the pods need not match. */
function readItem(policy: Policy, item: Block, direction: Direction, pods: Pods): ReadResult {
  const far = farEnds(policy, item, PARTS[direction]);
  const { ports, missing } = portsOf(item);
  const known: KnownPart = { action: 'allow', direction, peers: far.peers };
  const possible = (part: PossibleRule): PossibleRule[] => [{ ...known, ...groupsIn(pods), ...part }];
  const unread = missing.map(({ within, ...one }) => ({ ...one, known, possible: possible({ ports: within }) }));
  if ('reason' in pods) {
    const one = { ...blockNotEvaluated(item, pods.reason), known, possible: possible({ ports }) };
    return { rules: [], notEvaluated: [one, ...unread] };
  }
  const notEvaluated = [...far.notEvaluated, ...unread];
  if (far.peers.length === 0 || ports.length === 0 || pods.names.length === 0) return { rules: [], notEvaluated };
  const rule: Rule = {
    address: policy.address,
    file: policy.file,
    direction,
    network: '',
    groups: pods.names,
    peers: far.peers,
    ports,
    action: 'allow',
    precedence: UNORDERED,
    ...descriptionIn(policy),
  };
  return { rules: [rule], notEvaluated };
}

/** Returns the description of a policy; without its rows if it has several items, because it does not say which of them is for what. */
function descriptionIn({ metadata, spec }: Policy): Pick<Rule, 'description'> {
  const annotations = metadata.value('annotations') as Record<string, unknown> | undefined;
  const description = isUnknown(annotations) ? undefined : annotations?.['kubernetes.io/description'];
  if (typeof description !== 'string') return {};
  const items = (['ingress', 'egress'] as const).map((direction) => spec.blocks(direction));
  const count = items.reduce((sum, some) => sum + (isUnknown(some) ? 2 : some.length), 0);
  return { description: count === 1 ? description : description.replace(/ \[[^\]]*\]$/, '') };
}

/** Reads the far ends of an item. Without any, everyone is meant. */
function farEnds(policy: Policy, item: Block, part: 'from' | 'to'): Peers {
  const given = item.blocks(part);
  if (isUnknown(given)) return unknownFarEnd(item, part, attributeNotEvaluated(item, part, given).reason, part);
  if (given.length === 0) return { peers: everyone(), notEvaluated: [] };
  return joinedPeers(given.map((peer) => farEnd(policy, peer)));
}

function everyone(): RulePeer[] {
  return FAMILIES.map((family) => ({ name: ANY_MACHINE, family, addresses: WHOLE[family] }));
}

function unknownFarEnd({ address, file }: Block, part: string, reason: string, text: string): Peers {
  const name: EndName = `unknown:${text === part ? `${part} of ${address}` : text}`;
  return { peers: namedPeers(name), notEvaluated: [{ file, address, reason, comparedAs: name, farEnd: name }] };
}

function farEnd(policy: Policy, peer: Block): Peers {
  const [range] = blocksOf(peer, 'ip_block');
  if (range !== undefined) return ipBlock(range);
  const [pods] = blocksOf(peer, 'pod_selector');
  const [namespaces] = blocksOf(peer, 'namespace_selector');
  if (pods === undefined && namespaces === undefined) throw unreadable('a far end must have a selector', '{}');
  const inNamespaces = namespaces === undefined ? ownNamespace(policy) : namespaceSelector(namespaces);
  const labels: Selected = pods === undefined ? { alternatives: ['*'] } : labelSelector(pods);
  if ('alternatives' in inNamespaces && 'alternatives' in labels) {
    const names = podNames(policy.cluster, inNamespaces.alternatives, labels.alternatives);
    return { peers: names.flatMap(namedPeers), notEvaluated: [] };
  }
  const texts = [inNamespaces, labels].map((one) => ('text' in one ? one.text : one.alternatives.join('|')));
  const reason = [inNamespaces, labels].flatMap((one) => ('reason' in one ? [one.reason] : [])).join('; ');
  return unknownFarEnd(peer, '', reason, `pods ${policy.cluster}${texts.join(':')}`);
}

function ownNamespace(policy: Policy): Selected {
  const namespace = namespaceOf(policy);
  if (!isUnknown(namespace)) return { alternatives: [namespace] };
  return { reason: `metadata.namespace is ${namespace.reason}`, text: namespace.expression ?? 'its own namespace' };
}

function blocksOf(block: Block, name: string): readonly Block[] {
  const blocks = block.blocks(name);
  if (isUnknown(blocks)) throw unreadable(`${name} must be known`, blocks.reason);
  return blocks;
}

/** Reads an IP range without its exceptions. */
function ipBlock(block: Block): Peers {
  const cidr = block.text('cidr');
  if (cidr === undefined) throw unreadable('cidr must be an IP range', 'nothing');
  const range = rangePeers(block, 'cidr', [cidr], BOTH);
  const exceptions = block.ranges('except');
  if (exceptions.length === 0) return range;
  const except = rangePeers(block, 'except', exceptions, BOTH);
  if (except.notEvaluated.length > 0 || range.notEvaluated.length > 0) {
    const text = `ranges of ${block.address}`;
    return unknownFarEnd(block, '', 'its IP range or its exceptions are not known', text);
  }
  const without = range.peers.map((peer) =>
    except.peers
      .filter(({ family }) => family === peer.family)
      .reduce((rest, { addresses }) => ({ ...rest, addresses: difference(rest.addresses, addresses) }), peer),
  );
  return { peers: without.filter(({ addresses }) => addresses.length > 0), notEvaluated: [] };
}

/** Ports that are not known, and among which they are if their protocol is known. */
interface MissingPorts {
  readonly reason: string;
  readonly within?: readonly PortInterval[];
}

/** Reads the ports of an item. Without any, every port of every protocol is meant. */
function portsOf(item: Block): {
  readonly ports: readonly PortInterval[];
  readonly missing: readonly (NotEvaluated & MissingPorts)[];
} {
  const given = item.blocks('ports');
  if (isUnknown(given)) return { ports: [], missing: [attributeNotEvaluated(item, 'ports', given)] };
  if (given.length === 0) return { ports: [ALL_PORTS], missing: [] };
  const read = given.map(portOf);
  return {
    ports: read.flatMap((one) => ('reason' in one ? [] : [one])),
    missing: read.flatMap((one) => ('reason' in one ? [{ ...blockNotEvaluated(item, one.reason), ...one }] : [])),
  };
}

function portOf(block: Block): PortInterval | MissingPorts {
  const protocol = block.text('protocol') ?? 'TCP';
  if (isUnknown(protocol)) return { reason: `protocol is ${protocol.reason}` };
  const number = ['TCP', 'UDP', 'SCTP'].includes(protocol) ? protocolNumber(protocol.toLowerCase()) : undefined;
  if (number === undefined) throw unreadable('protocol must be TCP, UDP or SCTP', JSON.stringify(protocol));
  const port = block.text('port');
  const within = [portInterval(number)];
  if (port === undefined || port === '') return within[0];
  if (isUnknown(port)) return { reason: `port is ${port.reason}`, within };
  if (!/^\d+$/.test(port)) return { reason: `the port "${port}" is a name, which each pod decides`, within };
  const last = block.integer('end_port');
  if (isUnknown(last)) return { reason: `end_port is ${last.reason}`, within };
  const [from, to] = [Number(port), last === undefined || last === 0 ? Number(port) : last];
  if (from < 1 || to > LAST_PORT || to < from) {
    throw unreadable('ports must be from 1 to 65535, upwards', `${from}-${to}`);
  }
  return portInterval(number, from, to);
}

const TYPES: ReadonlySet<string> = new Set([
  'kubernetes_network_policy',
  'kubernetes_network_policy_v1',
  'kubernetes_manifest',
]);

/** Returns the pods that policies isolate, as far as they are known, each once. */
export function isolatedPods(resources: readonly Resource[]): IsolatedPods[] {
  return onceEach(resources.filter(({ type }) => TYPES.has(type)).flatMap(isolatedBy));
}

function isolatedBy(resource: Resource): IsolatedPods[] {
  try {
    const manifest =
      resource.type === 'kubernetes_manifest' ? manifestOf(resource) : { resource, checkForm: undefined };
    if (manifest === undefined) return [];
    const policy = policyOf(manifest.resource);
    const pods = 'notEvaluated' in policy ? undefined : podsOf(policy);
    if ('notEvaluated' in policy || pods === undefined || 'reason' in pods) return [];
    manifest.checkForm?.();
    checkPolicySpec(policy.spec);
    const { file, address } = policy;
    return directionsOf(policy).flatMap((direction) =>
      pods.names.map((group) => ({ file, group, direction, policies: [address] })),
    );
  } catch (error) {
    if (error instanceof Unreadable) return []; // the policy is listed as not evaluated
    throw error;
  }
}
