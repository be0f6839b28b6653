import type { FlowJson, PeerJson, ProvenanceJson, SelectorJson } from '../model/provenance-json';
import { refusal, shown } from '../model/refusal';
import { FAMILIES, WHOLE } from './address-space';
import { ANY_MACHINE, type EndName, type GroupName } from './names';
import { namedPeers } from './peers';
import { ALL_PORTS, parsePorts, type PortInterval } from './port-space';
import { textIn, type ProvenanceContext } from './provenance-context';
import { requestedRanges, groupName, peersOf } from './requested-peers';
import { UNORDERED, type Direction, type Rule, type RulePeer } from './rule';

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
  if (flow.external) return [];
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
    .filter(({ selector }) => selector.egress === 'documented' && selector.isDisabled !== true)
    .map((at) => {
      const far = at.network === '' ? peersOf(peer, context) : requestedRanges(peer, context);
      return rule(flow.row, 'egress', at, ports, far, context);
    });
}

function everythingOut(groups: readonly SelectedGroup[], context: ProvenanceContext): Rule[] {
  const everywhere = FAMILIES.map((family) => ({ name: ANY_MACHINE, family, addresses: WHOLE[family] }) as const);
  return groups
    .filter(({ selector }) => selector.egress === 'everything')
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

function networkOf({ network, project, stack }: SelectorJson, context: ProvenanceContext): string {
  const found = textIn(network!, stack, context);
  const owner = project === undefined ? undefined : textIn(project, stack, context);
  return context.gcp.find(found, owner) ?? network!;
}
