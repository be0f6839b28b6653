import { holdsToken, nearestName, refusal, shown } from '../input';
import type { HostnameParameter, HostnameTable } from './hostname-table';

const PLACEHOLDER = /\{([^{}]*)\}/g;
const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const LABELS = `${LABEL}(?:\\.${LABEL})*`;
const VALUE = new RegExp(`^${LABELS}$`);

/** The values of the parameters of a table, by the id of the parameter. */
type ParameterValues = Readonly<Record<string, string>>;

/** Returns the ids of the parameters in a hostname: `region` of `eks.{region}.amazonaws.com`. */
export function parametersIn(hostname: string): string[] {
  return [...hostname.matchAll(PLACEHOLDER)].map(([, id]) => id);
}

/** Returns a hostname with the values of its parameters. */
export function filledHostname(hostname: string, values: ParameterValues): string {
  return hostname.replace(PLACEHOLDER, (_all, id: string) => values[id]);
}

/** Returns the source of a regular expression for a hostname with any values of its parameters, each the same wherever it stands. */
export function hostnamePattern(hostname: string): string {
  const seen: string[] = [];
  return hostname
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replaceAll(/[.*]/g, '\\$&');
      if (seen.includes(part)) return `\\${seen.indexOf(part) + 1}`;
      seen.push(part);
      return `(${LABELS})`;
    })
    .join('');
}

/** Whether a parameter can have a value: one or more labels of a DNS name in lower case, such as `eu-central-1` or `example.com`. */
export function isParameterValue(value: unknown): value is string {
  return typeof value === 'string' && VALUE.test(value);
}

/**
 * Returns the given values of the parameters of a table. Throws for an unknown parameter and an impossible value.
 *
 * @param nameOf returns how the caller names a parameter, for errors
 */
export function checkedParameters(
  { parameters = [] }: Pick<HostnameTable, 'parameters'>,
  given: Readonly<Record<string, unknown>> | undefined,
  nameOf: (parameter: string) => string,
  place: string,
): ParameterValues {
  if (given === undefined) return {};
  const ids = parameters.map(({ id }) => id);
  const named = `the parameters of the table (${ids.join(', ') || 'it has none'})`;
  if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Map) {
    throw refusal(place, 'parameters-invalid', `parameters must be an object of texts by ${named}`, shown(given));
  }
  for (const [id, value] of Object.entries(given)) {
    const parameter = parameters.find((each) => each.id === id);
    if (parameter === undefined) {
      const nearest = nearestName(id, ids);
      throw refusal(place, 'parameter-unknown', `parameters must be ${named}`, shown(id), nearest && shown(nearest));
    }
    if (!isParameterValue(value)) throw invalidValue(parameter, value, nameOf(id), place);
  }
  return given as ParameterValues;
}

function invalidValue({ example }: HostnameParameter, value: unknown, name: string, place: string): Error {
  if (typeof value === 'string' && holdsToken(value)) {
    return refusal(place, 'text-not-known', `${name} must be known at synthesis`, shown(value));
  }
  const text = typeof value === 'number' ? String(value) : value;
  const bare =
    typeof text === 'string'
      ? text
          .trim()
          .toLowerCase()
          .replace(/^[.]+|[.]+$/g, '')
      : undefined;
  const need = `${name} must be a part of a DNS name in lower case, such as ${shown(example)}`;
  return refusal(place, 'parameter-invalid', need, shown(value), isParameterValue(bare) ? shown(bare) : undefined);
}

/**
 * Throws unless hostnames have the values of their parameters.
 *
 * @param rows the names and hostnames of rows
 * @param fixOf returns what gives a value to a parameter
 */
export function checkParametersGiven(
  { parameters = [] }: Pick<HostnameTable, 'parameters'>,
  values: ParameterValues,
  rows: readonly { readonly name: string; readonly hostname: string }[],
  { nameOf, fixOf, place }: ParameterNames & { readonly place: string },
): void {
  const missing = parameters.find(({ id }) => values[id] === undefined && rows.some((row) => needs(row, id)));
  if (missing === undefined) return;
  const { id, example } = missing;
  const names = rows.filter((row) => needs(row, id)).map(({ name }) => name);
  const need = `${nameOf(id)} is needed for ${names.join(' and ')}`;
  throw refusal(place, 'parameter-missing', need, 'nothing', fixOf({ ...values, [id]: example }));
}

/** How a caller gives the parameters of a table, for errors. */
export interface ParameterNames {
  /** Returns how the caller names a parameter: `parameters["region"]`. */
  readonly nameOf: (parameter: string) => string;
  /** Returns what gives values: `parameters: { "region": "eu-central-1" }`. */
  readonly fixOf: (values: ParameterValues) => string;
}

function needs({ hostname }: { readonly hostname: string }, parameter: string): boolean {
  return parametersIn(hostname).includes(parameter);
}
