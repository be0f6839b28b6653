import { type DocumentedFlow, flowKey, type PortTable } from '../../lib/tables/port-table';

/** Returns the facts of each row of a table, as they are frozen when an edition is published. */
export function rowLines({ flows, supplements = [] }: PortTable): string[] {
  const lines = (flow: DocumentedFlow, remark: string): string[] =>
    flow.rows.map(
      (row) =>
        `${flowKey(flow, row)} ${row.port.toString()} from ${row.protocolBasis}` +
        `${row.internal ? ', internal' : ''}${flow.optional ? ', optional' : ''}${remark}`,
    );
  return [...flows.flatMap((flow) => lines(flow, '')), ...supplements.flatMap((flow) => lines(flow, ', supplement'))];
}
