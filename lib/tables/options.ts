import { type DocumentedFlow, type PortRow, type PortTable, type TableOption } from './port-table';

/** The choice of every option of a table, by the id of the option. */
export type Choices = Readonly<Record<string, string>>;

/** Options with the choices of which each must have one. */
type Condition = Readonly<Record<string, readonly string[]>>;

const FLAG: readonly string[] = ['true', 'false'];

/** Returns the choices of an option. */
export function choicesOf({ choices }: Pick<TableOption, 'choices'>): readonly string[] {
  return choices ?? FLAG;
}

/** Returns the documented default of every option. */
export function defaultChoices({ options = [] }: Pick<PortTable, 'options'>): Choices {
  return Object.fromEntries(options.map((option) => [option.id, option.default]));
}

/** Returns when a row is open: the condition of its flow and its own. */
export function conditionOf(flow: DocumentedFlow, row: PortRow): Condition {
  return { ...flow.when, ...row.when };
}

/** Returns the part of the condition of a row that is not met. It is empty if the row is open. */
export function unmetCondition(flow: DocumentedFlow, row: PortRow, choices: Choices): Condition {
  const entries = Object.entries(conditionOf(flow, row));
  return Object.fromEntries(entries.filter(([option, listed]) => !listed.includes(choices[option])));
}

/** Returns whether the choices open a row. */
export function isOpen(flow: DocumentedFlow, row: PortRow, choices: Choices): boolean {
  return Object.keys(unmetCondition(flow, row, choices)).length === 0;
}

/** Returns a condition as text: `cni: canal or flannel, windows: true`. */
export function conditionText(condition: Condition): string {
  return Object.entries(condition)
    .map(([option, listed]) => `${option}: ${listed.join(' or ')}`)
    .join(', ');
}

/** Returns a table with only the rows that the choices open, as a table without options and supplements. */
export function openTable(table: PortTable, choices: Choices): PortTable {
  const flows = table.flows.map((flow) => ({
    ...flow,
    when: undefined,
    rows: flow.rows.filter((row) => isOpen(flow, row, choices)).map((row) => ({ ...row, when: undefined })),
  }));
  return { ...table, options: undefined, supplements: undefined, flows };
}
