import { type ClusterPortsError, refusal, shown } from '../../../input';
import type {
  FlowJson,
  HostGroupJson,
  PeerJson,
  ProvenanceJson,
  RangesJson,
  SelectorJson,
  UnknownRangeJson,
} from '../../../provenance';
import { isListOfRanges } from '../../../provenance';
import { clusterOfProvider } from '../../clusters';
import type { AwsPlace, SelectedMachines } from '../../configuration';
import { AwsNames, prefixListPeers, prefixLists } from '../aws-names';
import { GcpNames } from '../gcp-names';
import { namedPeers, type Peers } from '../peers';
import { asGlobalPolicy } from '../regional-policies/regional-policies';
import {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  type GroupName,
  type PeerName,
  policyNetwork,
  type Rule,
  type RulePeer,
  UNORDERED,
} from '../../rule';
import { ALL_PORTS, existsIn, FAMILIES, parsePorts, parseRange, type PortInterval, WHOLE } from '../../sets';
import { isUnknown, type JsonObject, type SynthesizedResources, type UnknownValue } from '../../terraform';

/** The stack whose provenance is read. */
export interface ProvenanceContext {
  readonly file: string;
  /** The id of the stack. */
  readonly stack: string;
  readonly aws: AwsNames;
  /** The prefix lists of the stack, by Terraform address. */
  readonly lists: ReadonlyMap<string, Peers>;
  readonly gcp: GcpNames;
  /** The project of networks whose names are written without one; absent if that is left out of all names. */
  readonly project?: string | UnknownValue;
  readonly evaluate: (value: unknown) => unknown;
  /** Returns the account and the region of the resources of a provider. */
  readonly placeOf: SynthesizedResources['placeOf'];
}

/** Returns what provenance refers to in a synthesized stack. */
export function provenanceContext(
  json: JsonObject,
  file: string,
  { resources, data, evaluate, placeOf, impliedProject, providedProject: project }: SynthesizedResources,
): ProvenanceContext {
  const all = [...resources, ...data];
  const aws = new AwsNames(all);
  const lists = prefixLists(all, aws);
  const gcp = new GcpNames(all, impliedProject);
  return { file, stack: stackName(json), aws, lists, gcp, project, evaluate, placeOf };
}

function stackName(json: JsonObject): string {
  const metadata = (json['//'] as JsonObject | undefined)?.metadata as JsonObject | undefined;
  return String(metadata?.stackName);
}

/** Machines as rules select them, with the selector in the provenance. */
interface SelectedGroup extends SelectedMachines {
  readonly selector: SelectorJson;
}

/**
 * Returns the rules that the flows of a stack need, derived from the ends of the flows and not from existing rules.
 *
 * The address of each is the row of the document that asks for it.
 */
export function neededRules(provenance: ProvenanceJson, context: ProvenanceContext): Rule[] {
  const rulesOfFlow = neededBy(provenance, context, ({ isDisabled }) => isDisabled !== true);
  const groups = provenance.peers.flatMap((peer) => selectedGroups(peer, context));
  const groupsOf = (peer: number): SelectedGroup[] => selectedGroups(provenance.peers[peer], context);
  return [
    ...provenance.flows.flatMap(rulesOfFlow),
    ...egressToEverything(groups, context),
    ...egressToDns(provenance.flows, groupsOf, context),
  ];
}

/** Returns a function that derives the rules that one flow of a stack needs, or only those for some of the machines. */
export function neededBy(
  provenance: ProvenanceJson,
  context: ProvenanceContext,
  isFor: (selector: SelectorJson) => boolean = () => true,
): (flow: FlowJson) => Rule[] {
  const groups = lazily(provenance.peers, (peer) => selectedGroups(peer, context));
  const peers = lazily(provenance.peers, (peer) => peersOf(peer, context));
  return (flow) => {
    const ports = provenancePorts(flow.port, context);
    const [sending, receiving] = [groups(flow.source), groups(flow.destination)];
    checkEnds(flow, provenance, { source: sending, destination: receiving }, context);
    return [
      ...ingress(flow, ports, receiving, peers(flow.source), context).filter((_, at) => isFor(receiving[at].selector)),
      ...egress(
        flow,
        ports,
        sending.filter(({ selector }) => isFor(selector)),
        provenance.peers[flow.destination],
        context,
      ),
    ].flatMap((needed) => {
      const ofFamily = needed.peers.filter((peer) => isNeeded(peer, flow, ports));
      return ofFamily.length === 0 ? [] : [{ ...needed, peers: ofFamily }];
    });
  };
}

/** Whether a flow needs a far end: ICMP exists only in one family, and a row may be only for the ranges of one. */
function isNeeded({ name, family }: RulePeer, flow: FlowJson, ports: PortInterval): boolean {
  const isOfRow = flow.family === undefined || flow.family === family || name !== ANY_MACHINE;
  return isOfRow && existsIn(family, ports);
}

/** Throws if this package would not have created rules for a flow between these ends. */
function checkEnds(
  { source, destination, external, row }: FlowJson,
  { peers }: ProvenanceJson,
  groups: { readonly source: readonly SelectedGroup[]; readonly destination: readonly SelectedGroup[] },
  context: ProvenanceContext,
): void {
  if (external) return;
  const refused = (need: string, got: string): Error =>
    refusal(provenancePlace(context), 'provenance-incomplete', need, `${got} for ${row}`);
  const unselected = peers[source].hostGroups.find(({ selectedBy }) => selectedBy === undefined);
  if (unselected !== undefined) throw refused('a source must say how rules select its machines', unselected.label);
  const { ranges, unknownRanges = [] } = peers[destination];
  if (ranges.length + unknownRanges.length > 0) {
    throw refused('a destination of rules must be only the machines that they select', 'IP ranges');
  }
  const networks = new Set(groups.destination.map(({ network }) => network));
  const other = groups.source.find(({ network }) => isOtherNetwork(network, networks));
  if (other !== undefined) {
    const need = 'a network tag or service account is a source only within its own network';
    throw refused(need, `${other.group} of ${other.network}`);
  }
}

/** A network on GCP that is known, with or without its project. */
const NETWORK = /^(?:[\w.:-]+\/)?[-a-z0-9]+$/;

/** Whether a network on GCP is known to be different from all of `others`. */
function isOtherNetwork(network: string, others: ReadonlySet<string>): boolean {
  return NETWORK.test(network) && !others.has(network) && [...others].every((other) => NETWORK.test(other));
}

/** Returns a function that derives something from the member at an index, once. */
function lazily<T, R>(all: readonly T[], derive: (one: T) => R): (index: number) => R {
  const derived = new Map<number, R>();
  return (index) => {
    if (!derived.has(index)) derived.set(index, derive(all[index]));
    return derived.get(index)!;
  };
}

/** Reads a port in provenance. */
export function provenancePorts(text: string, context: ProvenanceContext): PortInterval {
  const ports = parsePorts(text);
  if (ports) return ports;
  const need = 'a port must have a protocol, such as "443/tcp"';
  throw refusal(provenancePlace(context), 'port-invalid', need, shown(text));
}

/** The host groups of a peer that rules can be created for. */
export function selectedGroups(peer: PeerJson, context: ProvenanceContext): SelectedGroup[] {
  return peer.hostGroups.flatMap(({ selectedBy }) => {
    if (selectedBy === undefined || isListOfRanges(selectedBy.kind)) return [];
    const group = groupName(selectedBy, context);
    const place = placeOfGroup(group, selectedBy, context);
    return networksOfSelector(selectedBy, context).map((network) => ({
      group,
      network,
      selector: selectedBy,
      ...(place && { place }),
    }));
  });
}

/** Returns for each host group of each peer how rules select its machines; nothing if no rule does. */
export function selectedMachines(
  { peers }: ProvenanceJson,
  context: ProvenanceContext,
): (SelectedMachines | undefined)[][] {
  return peers.map((peer) =>
    peer.hostGroups.map((group): SelectedMachines | undefined => {
      const found = selectedGroups({ ...peer, hostGroups: [group] }, context);
      const isOfPolicy = found.length > 0 && group.selectedBy?.policy !== undefined;
      return isOfPolicy ? { ...found[0], ofPolicy: found.map(({ network }) => network) } : found[0];
    }),
  );
}

function ingress(
  flow: FlowJson,
  ports: PortInterval,
  groups: readonly SelectedGroup[],
  peers: readonly RulePeer[],
  context: ProvenanceContext,
): Rule[] {
  if (flow.external) return [];
  if (groups.length === 0) {
    const need = 'a stack must be synthesized by a version that records how its rules select machines';
    throw refusal(provenancePlace(context), 'provenance-incomplete', need, `none for ${flow.row}`);
  }
  return groups.map((at) => rule(flow.row, 'ingress', at, ports, peers, context));
}

/** On GCP, outbound rules select their far end only by IP ranges. */
function egress(
  flow: FlowJson,
  ports: PortInterval,
  groups: readonly SelectedGroup[],
  peer: PeerJson,
  context: ProvenanceContext,
): Rule[] {
  return groups
    .filter(({ selector }) => selector.egress === 'documented')
    .map((at) => {
      const isPods = at.selector.kind === 'pods';
      const far = isPods
        ? peersSeenByPods(peer, context)
        : at.network === ''
          ? peersOf(peer, context)
          : allRangesOf(peer, context);
      return rule(flow.row, 'egress', at, ports, far, context);
    });
}

/** The far ends of pods: other pods by their labels, and everything else by its IP ranges. */
function peersSeenByPods(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  const [pods, others] = [true, false].map((arePods) =>
    peer.hostGroups.filter(({ selectedBy }) => (selectedBy?.kind === 'pods') === arePods),
  );
  return [
    ...allRangesOf({ ...peer, hostGroups: others }, context),
    ...pods.flatMap((group) => machinesOf(group, context)),
  ];
}

/** Returns the rules by which pods with documented egress reach their name servers, if flows start at them. */
export function egressToDns(
  flows: readonly FlowJson[],
  groupsOf: (peer: number) => readonly SelectedGroup[],
  context: ProvenanceContext,
): Rule[] {
  const sources = [...new Set(flows.map(({ source }) => source))];
  return sources.flatMap(groupsOf).flatMap((at) => egressToServers(at, context));
}

function egressToServers(at: SelectedGroup, context: ProvenanceContext): Rule[] {
  const { egress, dns } = at.selector;
  if (egress !== 'documented' || dns === undefined) return [];
  const peers = [
    ...rangesOfPeer({ ...dns, references: [] }, context),
    ...dns.pods.flatMap((name) => namedPeers(dnsPods(name, at.selector))),
  ];
  if (peers.length === 0) return [];
  return ['tcp', 'udp'].map((protocol) =>
    rule('DNS', 'egress', at, provenancePorts(`${dns.port}/${protocol}`, context), peers, context),
  );
}

function dnsPods(name: string, { provider = '' }: SelectorJson): EndName {
  const text = `${clusterOfProvider(provider)}${name}`;
  return name.startsWith('{') ? `unknown:pods ${text}` : `pods:${text}`;
}

/** Returns the rules of machines whose outbound traffic this library allows without a limit. */
export function egressToEverything(groups: readonly SelectedGroup[], context: ProvenanceContext): Rule[] {
  const everywhere = FAMILIES.map((family) => ({ name: ANY_MACHINE, family, addresses: WHOLE[family] }) as const);
  return groups
    .filter(({ selector }) => selector.egress === 'everything' && selector.isDisabled !== true)
    .map((at) => rule('all outbound traffic', 'egress', at, ALL_PORTS, everywhere, context));
}

function rule(
  address: string,
  direction: Direction,
  { group, network }: SelectedGroup,
  ports: PortInterval,
  peers: readonly RulePeer[],
  { file }: ProvenanceContext,
): Rule {
  return {
    address,
    file,
    direction,
    network,
    groups: [group],
    peers: network === '' && !group.startsWith('pods:') ? peers : peers.flatMap(ofBothFamilies),
    ports: [ports],
    action: 'allow',
    precedence: UNORDERED,
  };
}

/** On GCP and in network policies, a range that is known after apply may belong to either family. */
function ofBothFamilies(peer: RulePeer): RulePeer[] {
  return peer.name.startsWith('unknown:') ? namedPeers(peer.name as EndName) : [peer];
}

/** The far ends of flows with a peer. */
function peersOf(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  return [...rangesOfPeer(peer, context), ...peer.hostGroups.flatMap((group) => machinesOf(group, context))];
}

/** The machines of a host group as far ends, as rules select them; none if no rule selects them. */
export function machinesOf({ selectedBy, ipRanges }: HostGroupJson, context: ProvenanceContext): RulePeer[] {
  if (selectedBy === undefined) return [];
  if (selectedBy.kind === 'prefix-list') return listedPeers(selectedBy, ipRanges, context);
  if (selectedBy.kind === 'address-group') {
    const id = evaluatedText(selectedBy.value, selectedBy.stack, context);
    return [...(context.gcp.addressGroup(id)?.peers ?? namedPeers(`list:${selectedBy.value}`))];
  }
  const { kind, namespaceLabels, provider = '', value } = selectedBy;
  if (kind === 'pods' && namespaceLabels !== undefined) {
    // which namespaces have the labels is not in the file
    return namedPeers(
      `unknown:pods ${clusterOfProvider(provider)}{${namespaceLabels}}:${value.slice(value.indexOf(':') + 1)}`,
    );
  }
  const name = groupName(selectedBy, context);
  return name === ALL_INSTANCES ? [] : namedPeers(name);
}

/** A prefix list of this stack has the IP ranges that the code gives; an existing list has the entries in the configuration, if any. */
function listedPeers(
  { value, otherValue, stack, provider = 'aws' }: SelectorJson,
  ipRanges: RangesJson | undefined,
  context: ProvenanceContext,
): RulePeer[] {
  const ids = [value, ...(otherValue === undefined ? [] : [otherValue])].map((id) => evaluatedText(id, stack, context));
  const place = context.placeOf(provider);
  const { aws: names, lists } = context;
  const isOfStack = ids.some((id) => lists.has(names.list(id, place) ?? ''));
  if (isOfStack && ipRanges !== undefined) return rangesOfPeer(ipRanges, context);
  return ids.flatMap((id) => prefixListPeers(id, place, { names, lists })?.peers ?? namedPeers(`list:${value}`));
}

/** The IP ranges of a peer and of the host groups in it. */
function allRangesOf(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  const given = peer.hostGroups.flatMap(({ ipRanges }) => (ipRanges === undefined ? [] : [ipRanges]));
  return [peer, ...given].flatMap((ranges) => rangesOfPeer(ranges, context));
}

/** The IP ranges of a peer as far ends. */
export function rangesOfPeer({ ranges, unknownRanges = [] }: RangesJson, context: ProvenanceContext): RulePeer[] {
  const unknown = unknownRanges.flatMap((range) => unknownRange(range, context));
  return [...ranges.map((text) => knownRange(text, context)), ...unknown];
}

function unknownRange({ family, value, stack }: UnknownRangeJson, context: ProvenanceContext): RulePeer[] {
  const found = valueOf(value, stack, context);
  const members: readonly unknown[] = Array.isArray(found) ? found : [found];
  return members.map((member) => {
    if (typeof member === 'string') return knownRange(member, context);
    if (!isUnknown(member)) {
      throw refusal(provenancePlace(context), 'value-not-text', 'a range must be text', shown(member));
    }
    const name: PeerName = `unknown:${member.expression ?? value}`;
    return { name, family, addresses: WHOLE[family] };
  });
}

function knownRange(text: string, context: ProvenanceContext): RulePeer {
  const range = parseRange(text);
  if ('problem' in range) {
    throw refusal(provenancePlace(context), range.code, `a range ${range.problem}`, shown(text));
  }
  return { name: ANY_MACHINE, family: range.family, addresses: range.bounds };
}

/** The name by which rules select machines. */
function groupName({ kind, value, stack, provider = 'aws' }: SelectorJson, context: ProvenanceContext): GroupName {
  if (kind === 'all-instances') return ALL_INSTANCES;
  if (kind === 'pods') return `pods:${clusterOfProvider(provider)}${value}`;
  const found = evaluatedText(value, stack, context);
  if (kind === 'sg') return context.aws.group(found, context.placeOf(provider)) ?? `sg:${value}`;
  if (kind === 'prefix-list') return `list:${context.aws.list(found, context.placeOf(provider)) ?? value}`;
  if (kind === 'address-group') return context.gcp.addressGroup(found)?.name ?? `list:${value}`;
  return `${kind}:${isUnknown(found) ? (found.expression ?? value) : found}`;
}

/** Returns where a security group is; nothing for one of a different stack, whose providers are in its file. */
function placeOfGroup(
  group: GroupName,
  { kind, stack, value, provider = 'aws' }: SelectorJson,
  context: ProvenanceContext,
): AwsPlace | undefined {
  const isElsewhere = kind !== 'sg' || value.includes('/') || isForeign(stack, context);
  return isElsewhere ? undefined : (context.aws.placeOf(group as EndName) ?? context.placeOf(provider));
}

function isForeign(owner: string | undefined, { stack }: ProvenanceContext): owner is string {
  return owner !== undefined && owner !== stack && !owner.endsWith(`/${stack}`);
}

/** Returns the networks of machines: their own, or those to which their firewall policy is attached; empty text on AWS. */
function networksOfSelector(selector: SelectorJson, context: ProvenanceContext): readonly string[] {
  const { network, policy, project, region } = selector;
  if (policy !== undefined) return networksOfPolicy({ policy, project, region }, context);
  return [network === undefined ? '' : selectorNetwork(selector, context)];
}

/**
 * Returns the networks to which a firewall policy is attached; the policy in their place if it is attached to none, and for a regional
 * policy, which applies to only a part of its network.
 */
export function networksOfPolicy(
  { policy, project, region }: { readonly policy: string; readonly project?: string; readonly region?: string },
  context: ProvenanceContext,
): readonly string[] {
  const owner = project === undefined ? undefined : evaluatedText(project, undefined, context);
  const text = evaluatedText(policy, undefined, context);
  const name = context.gcp.find(typeof text === 'string' ? asGlobalPolicy(text) : text, owner) ?? policy;
  if (region !== undefined) return [policyNetwork(`${name} in ${region}`)];
  const attached = context.gcp.networksOf(name);
  return attached.length > 0 ? attached : [policyNetwork(name)];
}

function selectorNetwork({ network, project, stack }: SelectorJson, context: ProvenanceContext): string {
  const found = evaluatedText(network!, stack, context);
  const owner = project === undefined ? context.project : evaluatedText(project, stack, context);
  return context.gcp.find(found, owner) ?? network!;
}

/** Evaluates a value that must be text. */
export function evaluatedText(
  value: string,
  owner: string | undefined,
  context: ProvenanceContext,
): string | UnknownValue {
  const found = valueOf(value, owner, context);
  if (typeof found === 'string' || isUnknown(found)) return found;
  throw refusal(provenancePlace(context), 'value-not-text', 'a value must be text', shown(found));
}

/** Evaluates a value of this stack or of a different one. cdktf passes values between stacks as outputs. */
function valueOf(value: string, owner: string | undefined, context: ProvenanceContext): unknown {
  const { evaluate } = context;
  const text = isForeign(owner, context)
    ? value.replace(/\$\{([^}]*)\}/g, (_, expression: string) => outputReference(owner, expression))
    : value;
  return evaluate(text);
}

function outputReference(stack: string, expression: string): string {
  return `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${outputName(expression)}}`;
}

/** Returns the name of the output with which cdktf passes the value of an expression to a different stack. */
export function outputName(expression: string): string {
  return `cross-stack-output-${expression.replace(/[^\w-]/g, '')}`;
}

/** Returns why a flow cannot be opened as its provenance says, for a reader who does not know the file: `got x` becomes `(x)`. */
export function refusalInWords(
  { sentence }: ClusterPortsError,
  { row }: Pick<FlowJson, 'row'>,
  context: ProvenanceContext,
): string {
  const place = `${provenancePlace(context)}: `;
  const [, need = sentence, got] = /^(.*), got (.*)$/s.exec(sentence.replace(` for ${row}`, '')) ?? [];
  const words = need.startsWith(place) ? need.slice(place.length) : need;
  return got === undefined || got === 'none' ? words : `${words} (${got})`;
}

function provenancePlace({ file }: ProvenanceContext): string {
  return `${file}, metadata.clusterPorts`;
}
