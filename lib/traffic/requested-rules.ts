import type {
  AddressesJson,
  FlowJson,
  HostGroupJson,
  PeerJson,
  ProvenanceJson,
  SelectorJson,
} from '../model/provenance-json';
import { refusal, shown } from '../model/refusal';
import { FAMILIES, parseRange, WHOLE } from './address-space';
import type { AwsNames } from './aws-names';
import type { GcpNames } from './gcp-names';
import { ALL_INSTANCES, ANY_MACHINE, type EndName, type GroupName, type PeerName } from './names';
import { namedPeers } from './peers';
import { ALL_PORTS, parsePorts, type PortInterval } from './port-space';
import { UNORDERED, type Direction, type Rule, type RulePeer } from './rule';
import { isUnknown, type UnknownValue } from './unknown-value';

/** The stack in which provenance is read. */
export interface ProvenanceContext {
  readonly file: string;
  /** The id of the stack. */
  readonly stack: string;
  readonly aws: AwsNames;
  readonly gcp: GcpNames;
  readonly evaluate: (value: unknown) => unknown;
}

/** Machines as rules select them, with what is let out of them. */
export interface SelectedGroup {
  readonly group: GroupName;
  readonly network: string;
  readonly selector: SelectorJson;
}

/**
 * The rules that the flows of a stack need, worked out from who is at their ends and not from any rule.
 *
 * Each is named after the row of the document that asks for it.
 */
export function requestedRules(provenance: ProvenanceJson, context: ProvenanceContext): Rule[] {
  const groups = provenance.peers.map((peer) => selectedGroups(peer, context));
  const peers = provenance.peers.map((peer) => peersOf(peer, context));
  const flows = provenance.flows.flatMap((flow) => {
    const ports = parsePorts(flow.port);
    if (!ports) throw refusal(`${context.file}, metadata.clusterPorts`, 'port must be a port', shown(flow.port));
    return [
      ...ingress(flow, ports, groups[flow.destination], peers[flow.source], context),
      ...egress(flow, ports, groups[flow.source], provenance.peers[flow.destination], context),
    ];
  });
  return [...flows, ...everythingOut(groups.flat(), context)];
}

/** The host groups of a peer for which rules are made. */
export function selectedGroups(peer: PeerJson, context: ProvenanceContext): SelectedGroup[] {
  return peer.hostGroups.flatMap(({ selectedBy }) => {
    if (selectedBy === undefined || selectedBy.kind === 'prefix-list') return [];
    const network = selectedBy.network === undefined ? '' : networkOf(selectedBy, context);
    return [{ group: groupName(selectedBy, context), network, selector: selectedBy }];
  });
}

function ingress(
  flow: FlowJson,
  ports: PortInterval,
  groups: readonly SelectedGroup[],
  peers: readonly RulePeer[],
  context: ProvenanceContext,
): Rule[] {
  if (flow.opened !== 'here') return [];
  if (groups.length === 0) {
    const need = 'a stack must be synthesized by a version that says what its rules select machines by';
    throw refusal(`${context.file}, metadata.clusterPorts`, need, `nothing for ${flow.row}`);
  }
  return groups
    .filter(({ selector }) => selector.isDisabled !== true)
    .map((at) => rule(flow.row, 'ingress', at, ports, peers, context));
}

/** On GCP the far end of what is let out is known by its addresses alone. */
function egress(
  flow: FlowJson,
  ports: PortInterval,
  groups: readonly SelectedGroup[],
  peer: PeerJson,
  context: ProvenanceContext,
): Rule[] {
  return groups
    .filter(({ selector }) => selector.letsOut === 'flows' && selector.isDisabled !== true)
    .map((at) => {
      const far = at.network === '' ? peersOf(peer, context) : addressesOf(peer, context);
      return rule(flow.row, 'egress', at, ports, far, context);
    });
}

function everythingOut(groups: readonly SelectedGroup[], context: ProvenanceContext): Rule[] {
  const everywhere = FAMILIES.map((family) => ({ name: ANY_MACHINE, family, addresses: WHOLE[family] }) as const);
  return groups
    .filter(({ selector }) => selector.letsOut === 'everything')
    .map((at) => rule('everything out', 'egress', at, ALL_PORTS, everywhere, context));
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
    peers: network === '' ? peers : peers.flatMap(ofBothFamilies),
    ports: [ports],
    action: 'allow',
    precedence: UNORDERED,
  };
}

/** A rule on GCP does not say of which family a range is that only Terraform knows. */
function ofBothFamilies(peer: RulePeer): RulePeer[] {
  return peer.name.startsWith('unknown:') ? namedPeers(peer.name as EndName) : [peer];
}

function peersOf(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  return [...rangesOf(peer, context), ...peer.hostGroups.flatMap((group) => groupPeers(group, context))];
}

/** Machines by what selects them, a prefix list by its ranges where those are known. */
function groupPeers({ selectedBy, addresses }: HostGroupJson, context: ProvenanceContext): RulePeer[] {
  if (selectedBy === undefined) return [];
  if (selectedBy.kind === 'prefix-list' && addresses) return rangesOf(addresses, context);
  const name = groupName(selectedBy, context);
  return name === ALL_INSTANCES ? [] : namedPeers(name);
}

/** The ranges of a peer, with those that were given of the groups in it. */
function addressesOf(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  const given = peer.hostGroups.flatMap(({ addresses }) => (addresses === undefined ? [] : [addresses]));
  return [peer, ...given].flatMap((ranges) => rangesOf(ranges, context));
}

function rangesOf({ ranges, unknownRanges = [] }: AddressesJson, context: ProvenanceContext): RulePeer[] {
  const unknown = unknownRanges.map(({ family, value, stack }): RulePeer => {
    const found = valueIn(value, stack, context);
    if (typeof found === 'string') return known(found, context);
    const name: PeerName = `unknown:${found.expression ?? value}`;
    return { name, family, addresses: WHOLE[family] };
  });
  return [...ranges.map((text) => known(text, context)), ...unknown];
}

function known(text: string, { file }: ProvenanceContext): RulePeer {
  const range = parseRange(text);
  if ('problem' in range) throw refusal(`${file}, metadata.clusterPorts`, `a range ${range.problem}`, shown(text));
  return { name: ANY_MACHINE, family: range.family, addresses: range.bounds };
}

function groupName({ kind, value, stack }: SelectorJson, context: ProvenanceContext): GroupName {
  if (kind === 'all-instances') return ALL_INSTANCES;
  const found = valueIn(value, stack, context);
  if (kind === 'sg') return context.aws.group(found) ?? `sg:${value}`;
  if (kind === 'prefix-list') return `list:${context.aws.list(found) ?? value}`;
  return `${kind}:${isUnknown(found) ? (found.expression ?? value) : found}`;
}

function networkOf({ network, project, stack }: SelectorJson, context: ProvenanceContext): string {
  const found = valueIn(network!, stack, context);
  const owner = project === undefined ? undefined : valueIn(project, stack, context);
  return context.gcp.find(found, owner) ?? network!;
}

/** A value of the stack, or of another one under the name by which the framework takes it over. */
function valueIn(
  value: string,
  owner: string | undefined,
  { stack, evaluate, file }: ProvenanceContext,
): string | UnknownValue {
  const isForeign = owner !== undefined && owner !== stack && !owner.endsWith(`/${stack}`);
  const text = isForeign
    ? value.replace(/\$\{([^}]*)\}/g, (_, expression: string) => takenOver(owner, expression))
    : value;
  const found = evaluate(text);
  if (typeof found === 'string' || isUnknown(found)) return found;
  throw refusal(`${file}, metadata.clusterPorts`, 'a value must be text', shown(found));
}

function takenOver(stack: string, expression: string): string {
  const output = `cross-stack-output-${expression.replace(/[^\w-]/g, '')}`;
  return `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.${output}}`;
}
