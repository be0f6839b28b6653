import { nearestName, refusal, shown } from '../input';
import { type DocumentedFlow, flowKey, type PortTable } from '../tables';

/** Returns all flows of a table: the documented ones and the supplements. */
export function allFlows(table: PortTable): DocumentedFlow[] {
  return [...table.flows, ...(table.supplements ?? [])];
}

/** Returns flows with only the rows for which `keeps` returns true. */
export function flowsWith(flows: readonly DocumentedFlow[], keeps: (row: string) => boolean): DocumentedFlow[] {
  return flows.map((flow) => ({ ...flow, rows: flow.rows.filter((row) => keeps(row.name)) }));
}

/** Returns a flow without the rows that `omit` names. */
export function withoutOmitted(flow: DocumentedFlow, omit: readonly string[]): DocumentedFlow {
  const rows = flow.rows.filter((row) => !omit.includes(row.name) && !omit.includes(flowKey(flow, row)));
  return { ...flow, rows };
}

/** Returns the flows that still have rows without those that `omit` names. */
export function openedFlows(flows: readonly DocumentedFlow[], omit: readonly string[] | undefined): DocumentedFlow[] {
  const names: readonly string[] = Array.isArray(omit) ? omit : [];
  return flows.map((flow) => withoutOmitted(flow, names)).filter(({ rows }) => rows.length > 0);
}

/** Throws if a prop has the name of a row that the flows do not have. */
export function checkRowNames(
  prop: string,
  names: readonly string[],
  flows: readonly DocumentedFlow[],
  place: string,
): void {
  const rows = [...new Set(flows.flatMap((flow) => flow.rows.map((row) => row.name)))];
  const known = flows.flatMap((flow) => flow.rows.flatMap((row) => [row.name, flowKey(flow, row)]));
  for (const name of names as readonly unknown[]) {
    if (known.includes(name as string)) continue;
    const nearest = typeof name === 'string' ? nearestName(name, known) : undefined;
    const need = `${prop} must name rows of the document (${rows.join(', ')})`;
    throw refusal(place, 'row-unknown', need, shown(name), nearest && shown(nearest));
  }
}
