import { type PropsForm, shown } from '../input';
import type { DocumentedHostnamesProps, HostnamesRequest } from '../opening';
import { type HostnameTable, tableOf } from '../tables';
import { hostnameEditionsOf } from './catalog';
import { checkEdition, choiceProps, givenOptions, propName } from './props-of-table';

/** The props of a construct that is generated from a hostname table. */
interface EditionedHostnamesProps extends DocumentedHostnamesProps {
  /**
   * The edition of the document.
   * @default - the first edition that this package has
   */
  readonly edition?: string;
}

/** One for each option and parameter, in addition to those of every construct. */
type Props = EditionedHostnamesProps & Readonly<Record<string, unknown>>;

/** The names of the props of every construct. */
export const EDITIONED_HOSTNAMES_PROPS: PropsForm<EditionedHostnamesProps>['names'] = {
  through: true,
  omit: true,
  supplements: true,
  ownership: true,
  rowOwnership: true,
  edition: true,
};

/** Returns what a construct needs that is generated from the editions of a hostname table. The default edition is the first. */
export function hostnamesOfTable(id: string, given: EditionedHostnamesProps): HostnamesRequest {
  const editions = hostnameEditionsOf(id);
  const props = given as Props;
  return {
    props,
    form: formOf(editions),
    table: (place) => tableOf(editions, props.edition, place),
    options: (table, place) => {
      checkEdition(table, editions, namesIn, props, place);
      return givenOptions(table, props, place);
    },
    optionNames: { nameOf: propName, fixOf: (choices) => choiceProps(choices, editions) },
    parameters: (table) => givenParameters(table, props),
    parameterNames: { nameOf: propName, fixOf: parameterProps },
    editions,
  };
}

function formOf(editions: readonly HostnameTable[]): PropsForm<object> {
  const names = editions.flatMap(namesIn).map(({ id }) => [propName(id), true] as const);
  return {
    needed: 'a hostname filter',
    example: '{ through }',
    names: { ...Object.fromEntries<true>(names), ...EDITIONED_HOSTNAMES_PROPS },
  };
}

/** Returns the ids of options and parameters. */
function namesIn({ options = [], parameters = [] }: HostnameTable): { id: string; kind: 'option' }[] {
  return [...options, ...parameters].map(({ id }) => ({ id, kind: 'option' }));
}

function givenParameters({ parameters = [] }: HostnameTable, props: Props): Record<string, unknown> {
  const given = parameters.filter(({ id }) => props[propName(id)] !== undefined);
  return Object.fromEntries(given.map(({ id }) => [id, props[propName(id)]]));
}

function parameterProps(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([id, value]) => `${propName(id)}: ${shown(value)}`)
    .join(', ');
}
