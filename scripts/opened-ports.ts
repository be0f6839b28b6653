import { firstSentence } from '../lib/access/rule-description';
import {
  type FlowJson,
  type HostnameJson,
  type PeerJson,
  type RowJson,
  withEachFlow,
  type WrittenProvenanceJson,
} from '../lib/provenance/provenance-json';

const ASK = 'ask the firewall team: ';

/** One port of a stack, as text for a table. */
export interface OpenedPort {
  readonly destination: string;
  readonly source: string;
  readonly port: string;
  readonly purpose: string;
  readonly document: string;
}

/** Returns all ports and hostnames of a stack, external ones included, in the order of the documents. */
export function openedPorts(provenance: WrittenProvenanceJson): OpenedPort[] {
  const { flows, rows, peers, hostnames = [] } = withEachFlow(provenance);
  const ports = flows.map((flow) => {
    const row = rows[flow.row];
    return {
      destination: labelOf(peers[flow.destination], flow.hostname),
      source: labelOf(peers[flow.source]),
      port: flow.port,
      purpose: purposeOf(flow, row),
      document: row.supplement === undefined ? row.document : 'none: a supplement',
    };
  });
  return [...ports, ...hostnames.map(openedHostname)];
}

/** A hostname has no source: all machines behind the filter reach it. */
function openedHostname({
  hostname,
  ports,
  through,
  remark,
  supplement,
  document,
  external,
}: HostnameJson): OpenedPort {
  return {
    destination: hostname,
    source: `through ${through}`,
    port: ports.join(', '),
    purpose: `${external ? ASK : ''}${supplement ?? remark ?? 'hostname of the document'}`,
    document: supplement === undefined ? document : 'none: a supplement',
  };
}

function purposeOf({ environment, external }: FlowJson, { description }: RowJson): string {
  const label = firstSentence(description);
  return `${external ? ASK : ''}${label}${environment === undefined ? '' : ` (${environment})`}`;
}

/** Returns the label of a peer, with its hostname, and with its ranges if they are few. */
function labelOf({ label, ranges, references, openToTheWorld }: PeerJson, hostname?: string): string {
  const all = [...references, ...ranges].filter((range) => !label.includes(range));
  const few = openToTheWorld.length > 0 ? ['open to the world'] : all.length <= 2 ? all : [];
  const remarks = hostname === undefined ? few : [hostname, ...few];
  return remarks.length > 0 ? `${label} (${remarks.join(', ')})` : label;
}
