import { refusal, shown } from '../input';
import type { Choices, PortTable } from '../tables';

/** The options of a port table or a hostname table. */
type AnyTable = Pick<PortTable, 'options'>;

/** The props of a construct that is generated from a table. */
type Props = Readonly<Record<string, unknown>>;

/** Returns the name of the prop for a role, an option or a parameter: `controlPlane` for `control-plane`. */
export function propName(id: string): string {
  return id.replaceAll(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
}

/** Why a construct has a prop. */
interface PropSource {
  readonly id: string;
  readonly kind: keyof typeof NOT_IN_EDITION;
}

/** The codes for what only other editions have. A parameter of hostnames counts as an option. */
const NOT_IN_EDITION = { role: 'role-not-in-edition', option: 'option-not-in-edition' } as const;

/** Throws if the props have a role, option or parameter that only other editions have. The suggestion is the first that has it. */
export function checkEdition<Table extends { readonly edition: string }>(
  table: Table,
  editions: readonly Table[],
  namesIn: (table: Table) => readonly PropSource[],
  props: Props,
  place: string,
): void {
  const own = new Set(namesIn(table).map(({ id }) => id));
  for (const edition of editions) {
    for (const { id, kind } of namesIn(edition)) {
      if (own.has(id) || props[propName(id)] === undefined) continue;
      const need = `edition ${table.edition} must have ${propName(id)}`;
      throw refusal(place, NOT_IN_EDITION[kind], need, 'none', `edition: ${shown(edition.edition)}`);
    }
  }
}

/** Returns the options that the props give. Throws for a flag that is neither true nor false. */
export function givenOptions({ options = [] }: AnyTable, props: Props, place: string): Record<string, string> {
  const given = options.filter(({ id }) => props[propName(id)] !== undefined);
  return Object.fromEntries(
    given.map((option) => {
      const value = props[propName(option.id)];
      if (option.choices === undefined && typeof value !== 'boolean') {
        throw refusal(place, 'not-a-boolean', `${propName(option.id)} must be true or false`, shown(value));
      }
      return [option.id, option.choices === undefined ? String(value) : (value as string)];
    }),
  );
}

/** Returns the props that choose: `cni: "cilium", windows: true`. */
export function choiceProps(choices: Choices, editions: readonly AnyTable[]): string {
  const options = editions.flatMap(({ options: ofTable = [] }) => ofTable);
  const isFlag = (id: string): boolean => options.some((option) => option.id === id && option.choices === undefined);
  return Object.entries(choices)
    .map(([id, choice]) => `${propName(id)}: ${isFlag(id) ? choice : shown(choice)}`)
    .join(', ');
}
