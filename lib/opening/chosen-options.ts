import { refusal, shown } from '../input';
import {
  type Choices,
  defaultChoices,
  type DocumentedFlow,
  flowKey,
  isOpen,
  type OptionNames,
  type PortRow,
  type PortTable,
  unmetCondition,
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

/** A table with the choices of its options. */
interface ChosenTable {
  readonly table: PortTable;
  readonly choices: Choices;
  readonly optionNames: OptionNames;
  readonly place: string;
}

/** Throws if a prop names a row that the choices close in all its flows. The error says which choices open it. */
export function checkNotClosed(
  props: Readonly<Record<string, readonly string[]>>,
  { table, choices, optionNames, place }: ChosenTable,
): void {
  if (Object.values(props).every((names) => names.length === 0)) return;
  const rows = allFlows(table).flatMap((flow) => flow.rows.map((row) => ({ flow, row })));
  for (const [prop, names] of Object.entries(props)) {
    for (const name of names) {
      const named = rows.filter(({ flow, row }) => row.name === name || flowKey(flow, row) === name);
      if (named.length === 0 || named.some(({ flow, row }) => isOpen(flow, row, choices))) continue;
      throw closedRow(prop, name, named[0], { table, choices, optionNames, place });
    }
  }
}

function closedRow(
  prop: string,
  name: string,
  { flow, row }: { readonly flow: DocumentedFlow; readonly row: PortRow },
  { table, choices, optionNames, place }: ChosenTable,
): Error {
  const unmet = Object.entries(unmetCondition(flow, row, choices));
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
