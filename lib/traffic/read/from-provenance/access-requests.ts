import type {
  FlowJson,
  HostGroupJson,
  OmittedHostnameJson,
  OmittedJson,
  PeerJson,
  ProvenanceJson,
} from '../../../provenance';
import { ANY_MACHINE, type EndName, type GroupName, type Rule, type RulePeer, UNORDERED } from '../../rule';
import { rangesIn, rangeText } from '../../sets';
import { machinesOf, provenancePorts, type ProvenanceContext, rangesOfPeer } from './needed-rules';
import { namedPeers } from '../peers';

/**
 * Returns what the firewall team is asked to open, as the rules that it would make. Its machines are selected by their IP ranges, or by
 * their name if no range is given, so that a different name for the same ranges is the same request.
 *
 * The address of each is the path of the construct that asks for it.
 */
export function accessRequests(provenance: ProvenanceJson, context: ProvenanceContext): Rule[] {
  const { flows, hostnames = [] } = provenance;
  return [
    ...flows
      .filter(({ external }) => external)
      .map((flow) => ({ ...flowRequest(flow, provenance, context), request: flow })),
    ...hostnames
      .filter(({ external }) => external)
      .map((one) => ({ ...hostnameRequest(one, provenance, context), request: one })),
  ];
}

/** Returns what constructs omit, as the rules that would open it, in the form of access requests. */
export function omissions(provenance: ProvenanceJson, context: ProvenanceContext): Rule[] {
  const { omitted = [], omittedHostnames = [] } = provenance;
  return [
    ...omitted.map((one) => ({ ...flowRequest(one, provenance, context), request: one })),
    ...omittedHostnames.map((one) => ({ ...hostnameRequest(one, provenance, context), request: one })),
  ];
}

function flowRequest(flow: FlowJson | OmittedJson, { peers }: ProvenanceJson, context: ProvenanceContext): Rule {
  const { hostname } = { hostname: undefined, ...flow };
  const place = hostname === undefined ? '' : `${hostname}/`;
  return {
    address: flow.construct,
    file: context.file,
    direction: 'ingress',
    network: '',
    groups: groupsOf(peers[flow.destination], place, context),
    peers: endsOf(peers[flow.source], context),
    ports: [provenancePorts(flow.port, context)],
    action: 'allow',
    precedence: UNORDERED,
    description: `[${flow.row}]`,
  };
}

/** A request to a different proxy is a different request, so its name is the place of the machines. */
function hostnameRequest(hostname: OmittedHostnameJson, { peers }: ProvenanceJson, context: ProvenanceContext): Rule {
  const { through, clients, document, row } = hostname;
  return {
    address: hostname.construct,
    file: context.file,
    direction: 'egress',
    network: '',
    groups: clients === undefined ? [`machines:${through}`] : groupsOf(peers[clients], `${through}/`, context),
    peers: namedPeers(`host:${hostname.hostname}`),
    ports: hostname.ports.map((port) => provenancePorts(port, context)),
    action: 'allow',
    precedence: UNORDERED,
    description: `[${document}/${row}]`,
  };
}

/** Returns the machines of a peer as the firewall team selects them. */
function groupsOf(peer: PeerJson, place: string, context: ProvenanceContext): GroupName[] {
  const groups = endsOf(peer, context).flatMap(({ name, family, addresses }): GroupName[] => {
    if (name !== ANY_MACHINE) return [placed(name, place)];
    return rangesIn(addresses).map((range): EndName => `machines:${place}${rangeText(family, range)}`);
  });
  return [...new Set(groups)];
}

function placed(name: EndName, place: string): EndName {
  return name.startsWith('machines:') || name.startsWith('unknown:')
    ? `machines:${place}${name.slice(name.indexOf(':') + 1)}`
    : place === ''
      ? name
      : `machines:${place}${name}`;
}

/** Returns the far ends of a request: IP ranges, and the names of machines without known ranges. */
function endsOf(peer: PeerJson, context: ProvenanceContext): RulePeer[] {
  const ends = [...rangesOfPeer(peer, context), ...peer.hostGroups.flatMap((group) => endsOfGroup(group, context))];
  return ends.length > 0 ? ends : namedPeers(`machines:${peer.label}`);
}

function endsOfGroup(group: HostGroupJson, context: ProvenanceContext): RulePeer[] {
  const { ipRanges, label } = group;
  const ranges = ipRanges === undefined ? [] : rangesOfPeer(ipRanges, context);
  if (ranges.length > 0) return ranges;
  const selected = machinesOf(group, context);
  return selected.length > 0 ? selected : namedPeers(`machines:${label}`);
}
