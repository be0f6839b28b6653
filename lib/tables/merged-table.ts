import type { DocumentedFlow, PortTable } from './port-table';

/**
 * Returns a table with one flow for each pair of roles. The flows keep their order, and so do the rows. The condition of a flow that is
 * merged becomes part of the conditions of its rows. Returns the same table if there is nothing to merge.
 */
export function mergedTable(table: PortTable): PortTable {
  const pairs = new Map<string, DocumentedFlow[]>();
  for (const flow of table.flows) {
    const pair = `${flow.source.id}>${flow.destination.id}`;
    const others = pairs.get(pair);
    if (others === undefined) pairs.set(pair, [flow]);
    else others.push(flow);
  }
  if (pairs.size === table.flows.length) return table;
  return { ...table, flows: [...pairs.values()].map(merged) };
}

function merged(flows: readonly DocumentedFlow[]): DocumentedFlow {
  const [first] = flows;
  if (flows.length === 1) return first;
  const rows = flows.flatMap(({ when, rows: ofFlow }) =>
    when === undefined ? ofFlow : ofFlow.map((row) => ({ ...row, when: { ...when, ...row.when } })),
  );
  const entries = Object.entries({ ...first, rows }).filter(([name]) => name !== 'when');
  return Object.fromEntries(entries) as unknown as DocumentedFlow;
}
