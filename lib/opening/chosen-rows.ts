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
export function withoutOmitted(flow: DocumentedFlow, omit: ReadonlySet<string>): DocumentedFlow {
  if (omit.size === 0) return flow;
  const rows = flow.rows.filter((row) => !omit.has(row.name) && !omit.has(flowKey(flow, row)));
  return { ...flow, rows };
}

/** Returns flows without the rows that `omit` names, and without the flows that have no other rows. */
export function openedFlows(flows: readonly DocumentedFlow[], omit: readonly string[] | undefined): DocumentedFlow[] {
  const names = new Set<string>(Array.isArray(omit) ? omit : []);
  return flows.map((flow) => withoutOmitted(flow, names)).filter(({ rows }) => rows.length > 0);
}

/** Throws unless a prop is a list. */
export function checkRowList(prop: string, names: unknown, place: string): void {
  if (Array.isArray(names)) return;
  const fix = typeof names === 'string' ? `${prop}: [${shown(names)}]` : undefined;
  throw refusal(place, 'row-names-invalid', `${prop} must be a list of row names`, shown(names), fix);
}

/** Throws if a prop names a row that is omitted. */
export function checkNotOmitted(
  prop: string,
  names: readonly string[],
  documented: readonly DocumentedFlow[],
  opened: readonly DocumentedFlow[],
  place: string,
): void {
  if (names.length === 0) return;
  const rows = new Set([...rowNames(opened), ...flowKeys(opened)]);
  const known = new Set([...rowNames(documented), ...flowKeys(documented)]);
  const omitted = names.find((name) => known.has(name) && !rows.has(name));
  if (omitted === undefined) return;
  throw refusal(place, 'row-unknown', `${prop} must not name rows that are omitted`, shown(omitted));
}

/** Throws if a prop has the name of a row that the flows do not have. */
export function checkRowNames(
  prop: string,
  names: readonly string[],
  flows: readonly DocumentedFlow[],
  place: string,
): void {
  if (names.length === 0) return;
  const rows = rowNames(flows);
  const known = new Set<unknown>([...rows, ...flowKeys(flows)]);
  for (const name of names as readonly unknown[]) {
    if (known.has(name)) continue;
    const need = `${prop} must name rows of the document (${rows.join(', ')})`;
    const meant = typeof name === 'string' ? meantNames(name, flows) : [];
    throw refusal(place, 'row-unknown', need, shown(name), meant.map(shown).join(' or ') || undefined);
  }
}

function rowNames(flows: readonly DocumentedFlow[]): string[] {
  return [...new Set(flows.flatMap((flow) => flow.rows.map((row) => row.name)))];
}

function flowKeys(flows: readonly DocumentedFlow[]): string[] {
  return [...new Set(flows.flatMap((flow) => flow.rows.map((row) => flowKey(flow, row))))];
}

/** Returns what the author of a name most likely meant. The key of a flow keeps its row: a different row is a different port. */
function meantNames(name: string, flows: readonly DocumentedFlow[]): string[] {
  const [ends, written] = name.split('/');
  const rows = rowNames(flows);
  const row = written !== undefined && !rows.includes(written) ? nearestName(written, rows) : written;
  if (row === undefined) return nearest(name, rows);
  const keys = flowKeys(flows.map((flow) => ({ ...flow, rows: flow.rows.filter((its) => its.name === row) })));
  const reversed = `${ends.split('>').reverse().join('>')}/${row}`;
  const exact = [`${ends}/${row}`, reversed].find((key) => keys.includes(key));
  if (exact !== undefined) return [exact];
  const isFlow = flowKeys(flows).some((key) => key.startsWith(`${ends}/`));
  return isFlow ? keys : nearest(name, keys);
}

function nearest(name: string, names: readonly string[]): string[] {
  const found = nearestName(name, names);
  return found === undefined ? [] : [found];
}
