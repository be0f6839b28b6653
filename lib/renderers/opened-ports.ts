import { firstSentence } from '../model/first-sentence';
import type { FlowJson, HostJson, PeerJson, ProvenanceJson, RowJson } from '../model/provenance-json';

/** One port of a stack for people to read. */
export interface OpenedPort {
  readonly destination: string;
  readonly source: string;
  readonly port: string;
  readonly purpose: string;
  readonly document: string;
}

/** What a stack opens, or asks others to open, in the order of the documents. */
export function openedPorts({ flows, rows, peers, hosts = [] }: ProvenanceJson): OpenedPort[] {
  const ports = flows.map((flow) => {
    const row = rows[flow.row];
    return {
      destination: labelOf(peers[flow.destination], flow.dnsName),
      source: labelOf(peers[flow.source]),
      port: flow.port,
      purpose: purposeOf(flow, row),
      document: row.supplement === undefined ? row.document : 'none: a supplement',
    };
  });
  return [...ports, ...hosts.map(openedHost)];
}

/** A host has no source of its own: whoever is behind the filter reaches it. */
function openedHost({ host, ports, through, remark, supplement, document, opened }: HostJson): OpenedPort {
  return {
    destination: host,
    source: `through ${through}`,
    port: ports.join(', '),
    purpose: `${opened === 'here' ? '' : 'ask for: '}${supplement ?? remark ?? 'host of the document'}`,
    document: supplement === undefined ? document : 'none: a supplement',
  };
}

function purposeOf({ environment, opened }: FlowJson, { description }: RowJson): string {
  const label = firstSentence(description);
  return `${opened === 'here' ? '' : 'ask for: '}${label}${environment === undefined ? '' : ` (${environment})`}`;
}

/** A name, with the DNS name and the ranges that it stands for where there are few. */
function labelOf({ label, ranges, references, openToTheWorld }: PeerJson, dnsName?: string): string {
  const behind = [...references, ...ranges].filter((range) => !label.includes(range));
  const few = openToTheWorld.length > 0 ? ['open to the world'] : behind.length <= 2 ? behind : [];
  const remarks = dnsName === undefined ? few : [dnsName, ...few];
  return remarks.length > 0 ? `${label} (${remarks.join(', ')})` : label;
}
