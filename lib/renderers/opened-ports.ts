import { firstSentence } from '../model/first-sentence';
import type { FlowJson, HostnameJson, PeerJson, ProvenanceJson, RowJson } from '../model/provenance-json';

/** One port of a stack for people to read. */
export interface OpenedPort {
  readonly destination: string;
  readonly source: string;
  readonly port: string;
  readonly purpose: string;
  readonly document: string;
}

/** What a stack opens, or asks others to open, in the order of the documents. */
export function openedPorts({ flows, rows, peers, hostnames = [] }: ProvenanceJson): OpenedPort[] {
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

/** A host has no source of its own: whoever is behind the filter reaches it. */
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
    purpose: `${external ? 'ask for: ' : ''}${supplement ?? remark ?? 'host of the document'}`,
    document: supplement === undefined ? document : 'none: a supplement',
  };
}

function purposeOf({ environment, external }: FlowJson, { description }: RowJson): string {
  const label = firstSentence(description);
  return `${external ? 'ask for: ' : ''}${label}${environment === undefined ? '' : ` (${environment})`}`;
}

/** A name, with the DNS name and the ranges that it stands for where there are few. */
function labelOf({ label, ranges, references, openToTheWorld }: PeerJson, hostname?: string): string {
  const behind = [...references, ...ranges].filter((range) => !label.includes(range));
  const few = openToTheWorld.length > 0 ? ['open to the world'] : behind.length <= 2 ? behind : [];
  const remarks = hostname === undefined ? few : [hostname, ...few];
  return remarks.length > 0 ? `${label} (${remarks.join(', ')})` : label;
}
