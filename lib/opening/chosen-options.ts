import { refusal, shown } from '../input';
import {
  type Choices,
  type Condition,
  conditionOf,
  defaultChoices,
  type DocumentedFlow,
  flowKey,
  isMet,
  isOpen,
  type OptionNames,
  type PortTable,
  unmetPart,
} from '../tables';
import { allFlows } from './chosen-rows';

/** The names of options in the prop `options`. */
export const IN_OPTIONS: OptionNames = {
  nameOf: (option) => `options[${shown(option)}]`,
  fixOf: (choices) =>
    `options: { ${Object.entries(choices)
      .map(([option, choice]) => `${shown(option)}: ${shown(choice)}`)
      .join(', ')} }`,
};

/** Returns a flow with only the rows that the choices open. */
export function openRows(flow: DocumentedFlow, choices: Choices): DocumentedFlow {
  const rows = flow.rows.filter((row) => isOpen(flow, row, choices));
  return rows.length === flow.rows.length ? flow : { ...flow, rows };
}

/** A row by the names that props may use for it, and when it is open. */
interface ConditionalRow {
  readonly names: readonly string[];
  readonly condition: Condition | undefined;
}

/** A table with the choices of its options. */
interface ChosenTable {
  readonly table: Pick<PortTable, 'options'>;
  /** All rows of the table. */
  readonly rows: () => readonly ConditionalRow[];
  readonly choices: Choices;
  readonly optionNames: OptionNames;
  readonly place: string;
}

/** Returns the rows of a port table by their names and the keys of their flows. */
export function conditionalRows(table: PortTable): ConditionalRow[] {
  return allFlows(table).flatMap((flow) =>
    flow.rows.map((row) => ({ names: [row.name, flowKey(flow, row)], condition: conditionOf(flow, row) })),
  );
}

/** Throws if a prop names a row that the choices close wherever it is. The error says which choices open it. */
export function checkNotClosed(props: Readonly<Record<string, readonly string[]>>, chosen: ChosenTable): void {
  if (chosen.table.options === undefined || Object.values(props).every((names) => names.length === 0)) return;
  const rows = chosen.rows();
  for (const [prop, names] of Object.entries(props)) {
    for (const name of names) {
      const conditions = rows.filter((row) => row.names.includes(name)).map(({ condition }) => condition);
      if (conditions.length === 0 || conditions.some((condition) => isMet(condition, chosen.choices))) continue;
      throw closedRow(prop, name, conditions[0]!, chosen);
    }
  }
}

function closedRow(
  prop: string,
  name: string,
  condition: Condition,
  { table, choices, optionNames, place }: ChosenTable,
): Error {
  const unmet = Object.entries(unmetPart(condition, choices));
  const opens = unmet.map(([option, listed]) => `${option} ${listed.map(shown).join(' or ')}`).join(' and ');
  const need = `${prop} must name rows that are open, and ${name} is open only with ${opens}`;
  const got = unmet.map(([option]) => `${option} ${shown(choices[option])}`).join(' and ');
  const defaults = defaultChoices(table);
  const others = Object.entries(choices).filter(([option, choice]) => choice !== defaults[option]);
  const fixed = {
    ...Object.fromEntries(others),
    ...Object.fromEntries(unmet.map(([option, [first]]) => [option, first])),
  };
  return refusal(place, 'row-closed', need, got, optionNames.fixOf(fixed));
}
