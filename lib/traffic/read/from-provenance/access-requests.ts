import type {
  FlowJson,
  HostGroupJson,
  OmittedHostnameJson,
  OmittedJson,
  PeerJson,
  ProvenanceJson,
} from '../../../provenance';
import { ANY_MACHINE, type EndName, type GroupName, type Rule, type RulePeer, UNORDERED } from '../../rule';
import { existsIn, FAMILIES, rangesIn, rangeText } from '../../sets';
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
      .flatMap((flow) => flowRequests(flow, provenance, context).map((rule) => ({ ...rule, request: flow }))),
    ...hostnames
      .filter(({ external }) => external)
      .map((one) => ({ ...hostnameRequest(one, provenance, context), request: one })),
  ];
}

/** Returns what constructs omit, as the rules that would open it, in the form of access requests. */
export function omissions(provenance: ProvenanceJson, context: ProvenanceContext): Rule[] {
  const { omitted = [], omittedHostnames = [] } = provenance;
  return [
    ...omitted.flatMap((one) => flowRequests(one, provenance, context).map((rule) => ({ ...rule, request: one }))),
    ...omittedHostnames.map((one) => ({ ...hostnameRequest(one, provenance, context), request: one })),
  ];
}

/** Returns a rule for each IP family, or one for both if its machines are the same: no packet goes from the one to the other. */
function flowRequests(flow: FlowJson | OmittedJson, { peers }: ProvenanceJson, context: ProvenanceContext): Rule[] {
  const { hostname, family: ofRow } = { hostname: undefined, family: undefined, ...flow };
  const place = hostname === undefined ? '' : `${hostname}/`;
  const ports = provenancePorts(flow.port, context);
  const [sources, destinations] = [flow.source, flow.destination].map((end) => endsOf(peers[end], context));
  const byGroups = new Map<string, { groups: GroupName[]; peers: RulePeer[] }>();
  for (const family of FAMILIES) {
    if ((ofRow ?? family) !== family || !existsIn(family, ports)) continue;
    const [from, to] = [sources, destinations].map((ends) => ends.filter((end) => end.family === family));
    if (from.length === 0 || to.length === 0) continue;
    const groups = groupsOf(to, place);
    const known = byGroups.get(groups.join('\n')) ?? { groups, peers: [] };
    known.peers.push(...from);
    byGroups.set(groups.join('\n'), known);
  }
  return [...byGroups.values()].map((ends) => ({
    ...ends,
    address: flow.construct,
    file: context.file,
    direction: 'ingress',
    network: '',
    ports: [ports],
    action: 'allow',
    precedence: UNORDERED,
    description: `[${flow.row}]`,
  }));
}

/** A request to a different proxy is a different request, so its name is the place of the machines. */
function hostnameRequest(hostname: OmittedHostnameJson, { peers }: ProvenanceJson, context: ProvenanceContext): Rule {
  const { through, clients, document, row } = hostname;
  return {
    address: hostname.construct,
    file: context.file,
    direction: 'egress',
    network: '',
    groups: clients === undefined ? [`machines:${through}`] : groupsOf(endsOf(peers[clients], context), `${through}/`),
    peers: namedPeers(`host:${hostname.hostname}`),
    ports: hostname.ports.map((port) => provenancePorts(port, context)),
    action: 'allow',
    precedence: UNORDERED,
    description: `[${document}/${row}]`,
  };
}

/** Returns machines as the firewall team selects them. */
function groupsOf(ends: readonly RulePeer[], place: string): GroupName[] {
  const groups = ends.flatMap(({ name, family, addresses }): GroupName[] => {
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
