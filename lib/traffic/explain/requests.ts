import type { ProvenanceJson } from '../../provenance';
import type { DocumentedRow, DocumentedRowIndex } from '../documented-row';
import { endsOfPeers, type NamedEnd } from '../named-ends';
import { omittedRows } from '../omitted-rows';
import { coversName } from '../permitted';
import type { PeerName } from '../rule';
import { overlap, parsePorts, type PortInterval } from '../sets';
import type { AskedPacket, Request } from './answer';
import { covers, type QuestionEnd } from './ends';

/** Returns the requests to the firewall team to open a port. */
export function requestsFor(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): Request[] {
  const external = flowsFor(from, to, asked).filter(({ isExternal }) => isExternal);
  return external.map(({ file, construct, index }) => {
    return { construct, ...withoutLevel(asked.documented.ofFlow(file, index)) };
  });
}

/** A request to the firewall team to allow a hostname, and the proxy or firewall that allows it. */
interface HostnameRequest {
  readonly request: Request;
  readonly through: string;
}

/** Returns the requests to the firewall team to allow a hostname. One that names no machines is for all of them. */
export function hostnameRequestsFor(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): HostnameRequest[] {
  const { configuration, port } = asked;
  const ends = endsOfPeers(configuration);
  return [...configuration.provenance].flatMap(([file, { hostnames = [] }]) =>
    hostnames.flatMap(({ external, hostname, ports, clients, construct, through }, index): HostnameRequest[] => {
      const isAsked =
        external === true &&
        to.peers.every(({ name }) => coversName<PeerName>(`host:${hostname}`, name)) &&
        ports.some((each) => overlap([parsePorts(each) ?? NO_PORTS], [port])) &&
        (clients === undefined || covers(ends.get(file)![clients], from));
      if (!isAsked) return [];
      return [{ through, request: { construct, ...withoutLevel(asked.documented.ofHostname(file, index)) } }];
    }),
  );
}

/** Returns a reason in the form of answers. */
function withoutLevel({
  documentedBy,
  doubt,
  deviation,
}: ReturnType<DocumentedRowIndex['ofFlow']>): Omit<Request, 'construct'> {
  return { documentedBy, ...(doubt !== undefined && { doubt }), ...(deviation !== undefined && { deviation }) };
}

const NO_PORTS: PortInterval = [0, 0];

/** Returns the rows that constructs open a packet for, although the rules may not. */
export function rowsNeeding(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): DocumentedRow[] {
  const managed = flowsFor(from, to, asked).filter(({ isExternal }) => !isExternal);
  return managed.flatMap(({ file, index }) => asked.documented.rowOf(file, index) ?? []);
}

/** Returns the rows that constructs omit and that need a packet. */
export function omittedRowsNeeding(from: QuestionEnd, to: QuestionEnd, asked: AskedPacket): DocumentedRow[] {
  const { configuration, port, documented } = asked;
  if ([...configuration.provenance.values()].every(({ omitted }) => omitted === undefined)) return [];
  const ends = endsOfPeers(configuration);
  return omittedRows(configuration, documented)
    .filter(({ file, omitted }) => {
      const own = ends.get(file)!;
      return (
        overlap([parsePorts(omitted.port) ?? NO_PORTS], [port]) &&
        covers(own[omitted.source], from) &&
        covers(own[omitted.destination], to)
      );
    })
    .map(({ row }) => row);
}

function flowsFor(from: QuestionEnd, to: QuestionEnd, { configuration, port }: AskedPacket): FlowOfFile[] {
  const ends = endsOfPeers(configuration);
  return [...configuration.provenance].flatMap(([file, provenance]) =>
    flowsOf(file, provenance, ends.get(file)!).filter(
      ({ source, destination, ports }) => overlap([ports], [port]) && covers(source, from) && covers(destination, to),
    ),
  );
}

interface FlowOfFile {
  readonly file: string;
  readonly isExternal: boolean;
  readonly source: NamedEnd;
  readonly destination: NamedEnd;
  readonly ports: PortInterval;
  readonly construct: string;
  /** The index of the flow in the provenance. */
  readonly index: number;
}

function flowsOf(file: string, { flows }: ProvenanceJson, ends: readonly NamedEnd[]): FlowOfFile[] {
  return flows.flatMap(({ external, port, source, destination, construct }, index) => {
    const ports = parsePorts(port);
    if (ports === undefined) return [];
    const isExternal = external === true;
    return [{ file, isExternal, source: ends[source], destination: ends[destination], ports, construct, index }];
  });
}
