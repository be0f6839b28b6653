import { firstSentence } from '../model/first-sentence';
import type { FlowJson, PeerJson, ProvenanceJson, RowJson } from '../model/provenance-json';

/** One port of a stack for people to read. */
export interface OpenedPort {
  readonly destination: string;
  readonly source: string;
  readonly port: string;
  readonly purpose: string;
  readonly document: string;
}

/** What a stack opens, or asks others to open, in the order of the documents. */
export function openedPorts({ flows, rows, peers }: ProvenanceJson): OpenedPort[] {
  return flows.map((flow) => {
    const row = rows[flow.row];
    return {
      destination: labelOf(peers[flow.destination], flow.dnsName),
      source: labelOf(peers[flow.source]),
      port: flow.port,
      purpose: purposeOf(flow, row),
      document: row.supplement === undefined ? row.document : 'none: a supplement',
    };
  });
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
