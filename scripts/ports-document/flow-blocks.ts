import { conditionOf, conditionText } from '../../lib/tables/options';
import type { DocumentedFlow, PortRow, Role } from '../../lib/tables/port-table';

/** Rows that are the same between each source and each destination. */
export interface FlowBlock {
  readonly sources: readonly Role[];
  readonly destinations: readonly Role[];
  /** The first flow that has the rows: its name, and whether it is optional. */
  readonly flow: DocumentedFlow;
  readonly rows: readonly { readonly row: PortRow; readonly condition: string }[];
}

interface RowPairs {
  readonly row: PortRow;
  readonly condition: string;
  readonly flow: DocumentedFlow;
  readonly pairs: DocumentedFlow[];
}

/** Joins rows that are the same between several pairs of roles, in the order of the table. */
export function flowBlocks(flows: readonly DocumentedFlow[]): FlowBlock[] {
  const rows = new Map<string, RowPairs>();
  for (const flow of flows) {
    for (const row of flow.rows) {
      const condition = conditionText(conditionOf(flow, row));
      const key = JSON.stringify([
        flow.name,
        flow.optional ?? false,
        condition,
        { ...row, port: String(row.port), when: undefined },
      ]);
      const known = rows.get(key);
      if (known === undefined) rows.set(key, { row, condition, flow, pairs: [flow] });
      else known.pairs.push(flow);
    }
  }
  const blocks = new Map<string, FlowBlock & { readonly rows: { row: PortRow; condition: string }[] }>();
  for (const { row, condition, flow, pairs } of rows.values()) {
    for (const { sources, destinations } of rectangles(pairs)) {
      const ends = [sources, destinations].map((roles) => idsOf(roles).sort());
      const key = JSON.stringify([flow.name, flow.optional ?? false, ends]);
      const known = blocks.get(key);
      if (known === undefined) blocks.set(key, { sources, destinations, flow, rows: [{ row, condition }] });
      else known.rows.push({ row, condition });
    }
  }
  return [...blocks.values()];
}

/** Splits pairs of roles into lists of sources and destinations, of which every source goes with every destination. */
function rectangles(pairs: readonly DocumentedFlow[]): Pick<FlowBlock, 'sources' | 'destinations'>[] {
  const byDestination = new Map<string, { destination: Role; sources: Role[] }>();
  for (const { source, destination } of pairs) {
    const known = byDestination.get(destination.id);
    if (known === undefined) byDestination.set(destination.id, { destination, sources: [source] });
    else known.sources.push(source);
  }
  const bySources = new Map<string, { sources: Role[]; destinations: Role[] }>();
  for (const { destination, sources } of byDestination.values()) {
    const key = idsOf(sources).sort().join(' ');
    const known = bySources.get(key);
    if (known === undefined) bySources.set(key, { sources, destinations: [destination] });
    else known.destinations.push(destination);
  }
  return [...bySources.values()];
}

function idsOf(roles: readonly Role[]): string[] {
  return roles.map(({ id }) => id);
}
