import type { TracedFlow, TracedPeer } from '../../lib/provenance/traced-flow';
import {
  type DocumentedFlow,
  type PortRow,
  type PortTable,
  type Supplement,
  tableKey,
} from '../../lib/tables/port-table';

/** Returns the flows of a document between the given peers: the content of a form before names are filled in. */
export function documentFlows(table: PortTable, peers: Readonly<Record<string, TracedPeer>>): TracedFlow[] {
  return table.flows.flatMap((flow) => flow.rows.map((row) => documentFlow(table, flow, row, peers)));
}

/** Returns a peer that a form shows as a blank for the names and ranges of a role. */
export function blank(label: string): TracedPeer {
  return { label, ranges: [], references: [], hostGroups: [], external: true, openToTheWorld: [] };
}

function documentFlow(
  table: PortTable,
  flow: DocumentedFlow & Partial<Pick<Supplement, 'reason'>>,
  row: PortRow,
  peers: Readonly<Record<string, TracedPeer>>,
): TracedFlow {
  const { title, reference, edition, checkedFor, comparedOn } = table;
  return {
    rowKey: `${tableKey(table)}/${flow.source.id}-to-${flow.destination.id}/${row.name}`,
    row: row.name,
    port: row.port,
    sourceRole: flow.source,
    destinationRole: flow.destination,
    source: peers[flow.source.id] ?? blank(`<${flow.source.title}>`),
    destination: peers[flow.destination.id] ?? blank(`<${flow.destination.title}>`),
    document: { key: tableKey(table), title, reference, edition, checkedFor, comparedOn },
    section: row.section,
    basis: row.protocolBasis,
    description: row.description,
    purpose: row.purpose,
    supplement: flow.reason,
    external: true,
    constructPath: '',
    rules: [],
  };
}
