import { nearestName, refusal, shown } from '../input';
import { type DocumentedFlow, type PortRow, type PortTable, type TableOption } from './port-table';

/** The choice of every option of a table, by the id of the option. */
export type Choices = Readonly<Record<string, string>>;

/** Options with the choices of which each must have one. */
export type Condition = Readonly<Record<string, readonly string[]>>;

const FLAG: readonly string[] = ['true', 'false'];

/** Returns the choices of an option. */
export function choicesOf({ choices }: Pick<TableOption, 'choices'>): readonly string[] {
  return choices ?? FLAG;
}

/** Returns the documented default of every option. */
export function defaultChoices({ options = [] }: Pick<PortTable, 'options'>): Choices {
  return Object.fromEntries(options.map((option) => [option.id, option.default]));
}

/** How a caller gives the options of a table, for errors. */
export interface OptionNames {
  /** Returns how the caller names an option: `options["cni"]`. */
  readonly nameOf: (option: string) => string;
  /** Returns what chooses: `options: { "cni": "cilium" }`. */
  readonly fixOf: (choices: Choices) => string;
}

/** Returns the choice of every option of a table: the given ones, and the documented defaults. Throws for other options and choices. */
export function checkedChoices(
  table: Pick<PortTable, 'options'>,
  given: Record<string, string> | undefined,
  { nameOf }: Pick<OptionNames, 'nameOf'>,
  place: string,
): Choices {
  if (given === undefined) return defaultChoices(table);
  const { options = [] } = table;
  const ids = options.map(({ id }) => id);
  const named = `the options of the table (${ids.join(', ') || 'it has none'})`;
  if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Map) {
    throw refusal(place, 'options-invalid', `options must be an object of choices by ${named}`, shown(given));
  }
  for (const [id, choice] of Object.entries<unknown>(given)) {
    const option = options.find((each) => each.id === id);
    if (option === undefined) {
      const nearest = nearestName(id, ids);
      throw refusal(place, 'option-unknown', `options must be ${named}`, shown(id), nearest && shown(nearest));
    }
    const choices = choicesOf(option);
    if (choices.includes(choice as string)) continue;
    const need = `${nameOf(id)} must be one of ${choices.map(shown).join(', ')}`;
    const meant =
      typeof choice === 'string' ? nearestName(choice, choices) : choices.find((text) => text === String(choice));
    throw refusal(place, 'choice-unknown', need, shown(choice), meant && shown(meant));
  }
  return { ...defaultChoices(table), ...given };
}

/** Returns when a row is open: the condition of its flow and its own. */
export function conditionOf(flow: DocumentedFlow, row: PortRow): Condition {
  return { ...flow.when, ...row.when };
}

/** Returns the part of the condition of a row that is not met. It is empty if the row is open. */
export function unmetCondition(flow: DocumentedFlow, row: PortRow, choices: Choices): Condition {
  return unmetPart(conditionOf(flow, row), choices);
}

/** Returns the part of a condition that is not met. */
export function unmetPart(condition: Condition, choices: Choices): Condition {
  const entries = Object.entries(condition);
  return Object.fromEntries(entries.filter(([option, listed]) => !listed.includes(choices[option])));
}

/** Returns whether the choices meet a condition. */
export function isMet(condition: Condition | undefined, choices: Choices): boolean {
  return condition === undefined || Object.keys(unmetPart(condition, choices)).length === 0;
}

/** Returns whether the choices open a row. */
export function isOpen(flow: DocumentedFlow, row: PortRow, choices: Choices): boolean {
  const isAlways = flow.when === undefined && row.when === undefined;
  return isAlways || Object.keys(unmetCondition(flow, row, choices)).length === 0;
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
