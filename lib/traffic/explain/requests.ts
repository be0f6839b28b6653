import { allowedNames, type FlowJson, namesBehindFilter, type ProvenanceJson } from '../../provenance';
import type { DocumentedRow, DocumentedRowIndex } from '../documented-row';
import { type FarEnds, farEndsOfPeers } from '../named-ends';
import { omittedHostnames, omittedRows } from '../omitted-rows';
import { coversName } from '../permitted';
import { ALL_INSTANCES, ANY_MACHINE, notAttachedReason, type PeerName, type RulePeer } from '../rule';
import { contains, existsIn, FAMILIES, intersection, overlap, parsePorts, type PortInterval } from '../sets';
import type { AskedPacket, Request } from './answer';
import type { QuestionEnd } from './ends';
import { networkOfGroup } from './network';

/** Returns the requests to the firewall team to open a port. */
export function requestsFor(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): Request[] {
  const external = flowsFor(from, to, asked).filter(({ isExternal }) => isExternal);
  return external.map(({ file, construct, index }) => {
    return { construct, ...withoutLevel(asked.documented.ofFlow(file, index)) };
  });
}

/** Returns the constructs that ask the firewall team for some of the packets of a question, and not for all: at some of its IP addresses. */
export function partlyRequestedBy(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): string[] {
  const found = flowsMeant(from, to, asked, touches).filter(({ isExternal }) => isExternal);
  return [...new Set(found.map(({ construct }) => construct))];
}

/** Returns the constructs that may ask for a packet, and the IP ranges on which it depends, which are known after apply. */
export function maybeRequestedBy(
  from: QuestionEnd,
  to: QuestionEnd,
  asked: AskedPacket,
): { readonly constructs: readonly string[]; readonly unknown: readonly string[] } {
  const isMeant: typeof covers = (own, ends) =>
    ends.length > 0 && (touches(own, ends) || unknownRangesIn(own).length > 0);
  const found = flowsMeant(from, to, asked, isMeant).filter(({ isExternal }) => isExternal);
  const constructs = new Set(found.map(({ construct }) => construct));
  const unknown = new Set(found.flatMap(({ source, destination }) => unknownRangesIn([...source, ...destination])));
  return { constructs: [...constructs], unknown: [...unknown] };
}

const UNKNOWN = 'unknown:';

function unknownRangesIn(ends: readonly FarEnds[]): string[] {
  const names = ends.flatMap(({ peers }) => peers.map(({ name }) => name)).filter((name) => name.startsWith(UNKNOWN));
  return names.map((name) => name.slice(UNKNOWN.length));
}

/** Whether the firewall team is asked to allow hostnames for machines, whichever these are. */
export function areClientsOfProxy(from: QuestionEnd, asked: AskedPacket): boolean {
  const { configuration } = asked;
  const ends = farEndsOfPeers(configuration);
  const source = askedEnds(from, asked);
  return [...configuration.provenance].some(([file, { hostnames = [] }]) =>
    hostnames.some(
      ({ external, clients }) => external === true && clients !== undefined && covers(ends.get(file)![clients], source),
    ),
  );
}

/** Whether a construct opens a packet, in rules or in a request to the firewall team. */
export function isAskedFor(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): boolean {
  return flowsFor(from, to, asked).length > 0;
}

/** A request to the firewall team to allow a hostname, and the proxy or firewall that allows it. */
interface HostnameRequest {
  readonly request: Request;
  readonly through: string;
}

/** Returns the requests to the firewall team to allow a hostname. One that names no machines is for all that may connect through its proxy. */
export function hostnameRequestsFor(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): HostnameRequest[] {
  const { configuration, port } = asked;
  const ends = farEndsOfPeers(configuration);
  const source = askedEnds(from, asked);
  return [...configuration.provenance].flatMap(([file, { hostnames = [] }]) =>
    hostnames.flatMap(({ external, hostname, ports, clients, construct, through }, index): HostnameRequest[] => {
      const isAsked =
        external === true &&
        to.peers.every(({ name }) => coversName<PeerName>(`host:${hostname}`, name)) &&
        ports.some((each) => overlap([parsePorts(each) ?? NO_PORTS], [port])) &&
        (clients === undefined ? mayBeBehind(through, file, from, asked) : covers(ends.get(file)![clients], source));
      if (!isAsked) return [];
      return [{ through, request: { construct, ...withoutLevel(asked.documented.ofHostname(file, index)) } }];
    }),
  );
}

/** Whether machines may connect through a proxy of a stack: not those that are named after a different filter. */
function mayBeBehind(through: string, file: string, { end }: QuestionEnd, { configuration }: AskedPacket): boolean {
  const isOfFilter =
    end.names.some((name) => BEHIND_FILTER.test(name)) ||
    (end.groups.length > 0 && end.groups.every((group) => group.startsWith('machines:') && !IP_RANGE.test(group)));
  const stack = configuration.stackNames?.get(file);
  const [behind] = namesBehindFilter(through, undefined);
  return !isOfFilter || end.names.includes(stack === undefined ? behind : `${stack}/${behind}`);
}

const BEHIND_FILTER = /^(?:[^/]+\/)?machines behind /;
const IP_RANGE = /^machines:[\da-f.:]+\/\d+$/;

/** Returns a reason in the form of answers. */
function withoutLevel({
  documentedBy,
  doubt,
  deviation,
}: ReturnType<DocumentedRowIndex['ofFlow']>): Omit<Request, 'construct'> {
  return { documentedBy, ...(doubt !== undefined && { doubt }), ...(deviation !== undefined && { deviation }) };
}

const NO_PORTS: PortInterval = [0, 0];

/** A row that constructs open a packet for. */
interface NeedingRow {
  readonly row: DocumentedRow;
  /** Whether the code disables its firewall. */
  readonly isDisabled: boolean;
}

/** Returns the rows that constructs omit and that need a packet. */
export function omittedRowsNeeding(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): DocumentedRow[] {
  const { configuration, port, documented } = asked;
  if ([...configuration.provenance.values()].every(({ omitted }) => omitted === undefined)) return [];
  const ends = farEndsOfPeers(configuration);
  const [ofSource, ofDestination] = askedEndsOf(from, to, asked);
  return omittedRows(configuration, documented)
    .filter(({ file, omitted }) => {
      const own = ends.get(file)!;
      return (
        overlap([parsePorts(omitted.port) ?? NO_PORTS], [port]) &&
        covers(own[omitted.source], ofSource) &&
        covers(own[omitted.destination], ofDestination)
      );
    })
    .map(({ row }) => row);
}

/** Returns the rows of the hostnames that constructs omit and that a packet is for. One that names no machines is for those behind its filter. */
export function omittedHostnamesNeeding(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): DocumentedRow[] {
  const { configuration, port, documented } = asked;
  const found = omittedHostnames(configuration, documented);
  if (found.length === 0) return [];
  const ends = farEndsOfPeers(configuration);
  const source = askedEnds(from, asked);
  return found
    .filter(({ file, omitted: { hostname, ports, clients, through, filter, external } }) => {
      const allowed = ports.flatMap((each) => allowedNames(hostname, each, filter?.kind));
      const names = [...allowed, hostname].map((name): PeerName => `host:${name}`);
      const isNamed = to.peers.every(({ name }) => names.some((one) => coversName<PeerName>(one, name)));
      const isAtPort =
        filter?.kind === 'domain-list' || ports.some((each) => overlap([parsePorts(each) ?? NO_PORTS], [port]));
      const [behind] = namesBehindFilter(through, undefined);
      const isBehind =
        clients === undefined
          ? (external === true && mayBeBehind(through, file, from, asked)) ||
            from.end.groups.length > 0 ||
            from.end.names.includes(behind)
          : covers(ends.get(file)![clients], source);
      return isNamed && isAtPort && isBehind;
    })
    .map(({ row }) => row);
}

/** Returns the rows that constructs open a packet for, although the rules may not. */
export function rowsNeeding(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): NeedingRow[] {
  const managed = flowsFor(from, to, asked).filter(({ isExternal }) => !isExternal);
  return managed.flatMap(({ file, index }) => {
    const row = asked.documented.rowOf(file, index);
    const isDisabled = asked.documented.claimsOf(file).flows[index]?.isDisabled === true;
    return row === undefined ? [] : [{ row, isDisabled }];
  });
}

/** The far ends of a question that have one name, and the network on GCP that it belongs to; empty if it belongs to none. */
interface AskedEnd {
  readonly peer: RulePeer;
  readonly network: string;
}

function askedEnds({ end, peers }: QuestionEnd, { configuration, network }: AskedPacket): AskedEnd[] {
  const networks = new Map(
    end.groups.map((group) => [
      group === ALL_INSTANCES ? ANY_MACHINE : group,
      networkOfGroup(group, end, configuration, network),
    ]),
  );
  return peers.map((peer) => ({ peer, network: networks.get(peer.name) ?? '' }));
}

/** Returns the far ends of both ends of a question, in the families that both have and the port exists in. */
function askedEndsOf(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): AskedEnd[][] {
  const families = FAMILIES.filter(
    (family) =>
      existsIn(family, asked.port) && [from, to].every(({ peers }) => peers.some((peer) => peer.family === family)),
  );
  return [from, to].map((end) => askedEnds(end, asked).filter(({ peer }) => families.includes(peer.family)));
}

/** Whether the machines of a flow are those of a question: by their name in their network, or by their IP addresses. */
function covers(own: readonly FarEnds[], asked: readonly AskedEnd[]): boolean {
  return (
    asked.length > 0 &&
    asked.every(({ peer, network }) =>
      own.some(({ peers, networks }) => isIn(networks, network) && peers.some((each) => isSame(each, peer))),
    )
  );
}

/** Whether some machines of a flow are among those of a question. */
function touches(own: readonly FarEnds[], asked: readonly AskedEnd[]): boolean {
  return asked.some(({ peer, network }) =>
    own.some(({ peers, networks }) => isIn(networks, network) && peers.some((each) => overlaps(each, peer))),
  );
}

function overlaps(own: RulePeer, { name, family, addresses }: RulePeer): boolean {
  return own.family === family && own.name === name && intersection(own.addresses, addresses).length > 0;
}

function isSame(own: RulePeer, { name, family, addresses }: RulePeer): boolean {
  if (own.family !== family) return false;
  if (own.name === ANY_MACHINE) return contains(own.addresses, addresses);
  return own.name === name;
}

/** Whether machines of some networks may be in a network. Those of a policy may be in any, until it is attached to one. */
function isIn(networks: readonly string[], network: string): boolean {
  const isKnown = networks.length > 0 && network !== '' && notAttachedReason(network) === undefined;
  return !isKnown || networks.includes(network);
}

function flowsFor(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): FlowOfFile[] {
  return flowsMeant(from, to, asked, covers);
}

/** Returns the flows at the ports of a question of which both ends are those of the question, or some of them. */
function flowsMeant(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket, isMeant: typeof covers): FlowOfFile[] {
  const { configuration, port } = asked;
  const ends = farEndsOfPeers(configuration);
  const [ofSource, ofDestination] = askedEndsOf(from, to, asked);
  return [...configuration.provenance].flatMap(([file, provenance]) =>
    flowsOf(file, provenance, ends.get(file)!).filter(
      ({ source, destination, ports, family }) =>
        overlap([ports], [port]) &&
        isMeant(source, inFamily(ofSource, family)) &&
        isMeant(destination, inFamily(ofDestination, family)),
    ),
  );
}

/** Returns the ends of a question that packets of a row can have, which may be for one IP family. */
function inFamily(asked: readonly AskedEnd[], family: FlowJson['family']): readonly AskedEnd[] {
  return family === undefined ? asked : asked.filter(({ peer }) => peer.family === family);
}

interface FlowOfFile {
  readonly file: string;
  readonly isExternal: boolean;
  readonly source: readonly FarEnds[];
  readonly destination: readonly FarEnds[];
  readonly ports: PortInterval;
  readonly family: FlowJson['family'];
  readonly construct: string;
  /** The index of the flow in the provenance. */
  readonly index: number;
}

function flowsOf(file: string, { flows }: ProvenanceJson, ends: readonly (readonly FarEnds[])[]): FlowOfFile[] {
  return flows.flatMap(({ external, port, source, destination, construct, family }, index) => {
    const ports = parsePorts(port);
    if (ports === undefined) return [];
    const isExternal = external === true;
    const bound = { source: ends[source], destination: ends[destination], ports, family };
    return [{ file, isExternal, ...bound, construct, index }];
  });
}
