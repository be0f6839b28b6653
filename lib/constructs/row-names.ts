import { flowKey } from '../model/flow';
import { nearestName } from '../model/nearest-name';
import type { DocumentedFlow, PortRow } from '../model/port-table';
import { refusal, shown } from '../model/refusal';

/** Refuses a name of a row or flow that the table does not have. */
export function checkRowNames(
  prop: string,
  names: readonly string[],
  flows: readonly DocumentedFlow[],
  place: string,
): void {
  const known = flows.flatMap((flow) => flow.rows.flatMap((row) => [row.name, flowKey(flow, row)]));
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = typeof name === 'string' ? nearestName(name, known) : undefined;
    throw refusal(
      place,
      `${prop} must name rows of the document (${rowNames(flows).join(', ')})`,
      shown(name),
      nearest && shown(nearest),
    );
  }
}

/** Whether a list of names has a row, by its own name or by that of its flow. */
export function namesRow(names: readonly string[], flow: DocumentedFlow, row: PortRow): boolean {
  return names.includes(row.name) || names.includes(flowKey(flow, row));
}

function rowNames(flows: readonly DocumentedFlow[]): string[] {
  return [...new Set(flows.flatMap((flow) => flow.rows.map((row) => row.name)))];
}
