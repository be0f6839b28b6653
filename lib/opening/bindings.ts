import type { IPeer, Ownership } from '../access';
import { refusal, shown } from '../input';
import type { Port } from '../net';
import type { DocumentedFlow, PortTable, Supplement } from '../tables';
import { openedFlows } from './chosen-rows';

/** A documented flow with the machines of its two roles. */
export interface Binding {
  readonly documented: DocumentedFlow | Supplement;
  readonly source: BoundRole;
  readonly destination: BoundRole;
  /** The name of the installation, if there are several of the same product. */
  readonly environment?: string;
  /** The hostname of the destination, for access requests and documents. */
  readonly hostname?: string;
  /** Replaces the port of every row. */
  readonly port?: Port;
  /** Replaces the ownership of the construct. */
  readonly ownership?: Ownership;
}

/** The machines of a role, with the name of their prop, for errors. */
export interface BoundRole {
  readonly prop: string;
  readonly peer: IPeer;
}

/** A role that some editions do not have, with the name of its prop, and its machines if they were given. */
export interface OptionalRole {
  /** The id of the role. */
  readonly role: string;
  readonly prop: string;
  readonly peer: IPeer | undefined;
}

/** Returns the machines of a role, with the name of their prop. */
export function boundRole(prop: string, peer: IPeer): BoundRole {
  return { prop, peer };
}

/** Returns every flow with the machines of its roles. */
function bindAll(flows: readonly DocumentedFlow[], roles: Readonly<Record<string, BoundRole>>): Binding[] {
  return flows.map((documented) => ({
    documented,
    source: roles[documented.source.id],
    destination: roles[documented.destination.id],
  }));
}

/** Returns the flows for which the machines of both roles were given, with these machines. */
export function bindGiven(flows: readonly DocumentedFlow[], roles: Readonly<Record<string, BoundRole>>): Binding[] {
  return bindAll(
    flows.filter(({ source, destination }) => source.id in roles && destination.id in roles),
    roles,
  );
}

/**
 * Returns the given roles by id. Throws if the edition needs a role that was not given, or does not have a role that was given.
 */
export function rolesOfEdition(
  table: PortTable,
  roles: readonly OptionalRole[],
  omit: readonly string[] | undefined,
  place: string,
): Record<string, BoundRole> {
  const [given, absent] = [
    roles.filter(({ peer }) => peer !== undefined),
    roles.filter(({ peer }) => peer === undefined),
  ];
  const unknown = given.find(({ role }) => !table.flows.some((flow) => hasRole(flow, role)));
  if (unknown !== undefined) {
    const need = `edition ${table.edition} must have rows for ${unknown.prop}`;
    throw refusal(place, 'role-not-in-edition', need, 'none', 'a later edition');
  }
  const missing = absent
    .map(({ role, prop }) => ({ prop, rows: neededRows(table, role, omit) }))
    .filter(({ rows }) => rows.length > 0);
  if (missing.length > 0) throw rolesMissing(table, missing, omit, place);
  return Object.fromEntries(given.map(({ role, prop, peer }) => [role, boundRole(prop, peer!)]));
}

function hasRole({ source, destination }: DocumentedFlow, role: string): boolean {
  return source.id === role || destination.id === role;
}

/** Returns the names of the rows that need machines of a role. */
function neededRows(table: PortTable, role: string, omit: readonly string[] | undefined): string[] {
  const flows = table.flows.filter((flow) => hasRole(flow, role) && !flow.optional);
  if (flows.length === 0) return []; // of most roles that were not given
  return [...new Set(openedFlows(flows, omit).flatMap((flow) => flow.rows.map(({ name }) => name)))];
}

function rolesMissing(
  table: PortTable,
  missing: readonly { readonly prop: string; readonly rows: readonly string[] }[],
  omit: readonly string[] | undefined,
  place: string,
): Error {
  const needs = missing.map(({ prop, rows }) => `${prop} is needed for ${rows.join(' and ')}`);
  const omitted: readonly string[] = Array.isArray(omit) ? omit : [];
  const closed = new Set([...omitted, ...missing.flatMap(({ rows }) => rows)]);
  const fix = `omit: [${[...closed].map(shown).join(', ')}]`;
  return refusal(place, 'role-missing', `${needs.join(', and ')} of edition ${table.edition}`, 'nothing', fix);
}
