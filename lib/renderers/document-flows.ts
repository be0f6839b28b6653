import { tableKey } from '../model/flow';
import type { DocumentedFlow, PortRow, PortTable, Supplement } from '../model/port-table';
import { rowKeyOf } from '../model/rule-description';
import type { TracedFlow, TracedPeer } from '../model/traced-flow';

/** The flows of a document between nobody in particular: what a form has before names are put in. */
export function documentFlows(table: PortTable, peers: Readonly<Record<string, TracedPeer>>): TracedFlow[] {
  return table.flows.flatMap((flow) => flow.rows.map((row) => documentFlow(table, flow, row, peers)));
}

/** A place in a form where the names and ranges of a role go. */
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
    rowKey: rowKeyOf(table, flow, row),
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
