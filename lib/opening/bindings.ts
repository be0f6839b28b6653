import type { IPeer } from '../access';
import { refusal, shown } from '../input';
import type { Port } from '../net';
import type { DocumentedFlow, PortTable, Role, Supplement } from '../tables';
import { openedFlows } from './chosen-rows';

/** A documented flow with the machines of its two roles. */
export interface Binding {
  readonly documented: DocumentedFlow | Supplement;
  readonly source: BoundRole;
  readonly destination: BoundRole;
  /** The installation, if there are several of the same product. */
  readonly environment?: string;
  /** The hostname of the destination, for access requests and documents. */
  readonly hostname?: string;
  /** Replaces the port of every row. */
  readonly port?: Port;
}

/** The machines of a role, with the name of the prop that gave them. */
export interface BoundRole {
  readonly prop: string;
  readonly peer: IPeer;
}

/** A role that some editions do not have, with the prop for its machines and the machines if they were given. */
export interface OptionalRole {
  readonly role: Role;
  readonly prop: string;
  readonly peer: IPeer | undefined;
}

/** Returns the machines of a role, with the name of the prop that gave them. */
export function boundRole(prop: string, peer: IPeer): BoundRole {
  return { prop, peer };
}

/** Binds every flow to the machines of its roles. */
export function bindAll(flows: readonly DocumentedFlow[], roles: Readonly<Record<string, BoundRole>>): Binding[] {
  return flows.map((documented) => ({
    documented,
    source: roles[documented.source.id],
    destination: roles[documented.destination.id],
  }));
}

/** Binds the flows for which the machines of both roles were given. */
export function bindGiven(flows: readonly DocumentedFlow[], roles: Readonly<Record<string, BoundRole>>): Binding[] {
  return bindAll(
    flows.filter(({ source, destination }) => source.id in roles && destination.id in roles),
    roles,
  );
}

/** Throws if the edition needs a role that was not given, or does not have a role that was given. */
export function rolesOfEdition(
  table: PortTable,
  roles: readonly OptionalRole[],
  omit: readonly string[] | undefined,
  place: string,
): Record<string, BoundRole> {
  for (const { role, prop, peer } of roles) {
    const flows = table.flows.filter(({ source, destination }) => source === role || destination === role);
    const rows = [...new Set(openedFlows(flows, omit).flatMap((flow) => flow.rows.map(({ name }) => name)))];
    if (peer === undefined && rows.length > 0) {
      const need = `${prop} is needed for ${rows.join(' and ')} of edition ${table.edition}`;
      throw refusal(place, 'role-missing', need, 'nothing', `omit: [${rows.map(shown).join(', ')}]`);
    }
    if (peer !== undefined && flows.length === 0) {
      const need = `edition ${table.edition} must have rows for ${prop}`;
      throw refusal(place, 'role-not-in-edition', need, 'none', 'a later edition');
    }
  }
  const given = roles.filter(({ peer }) => peer !== undefined);
  return Object.fromEntries(given.map(({ role, prop, peer }) => [role.id, boundRole(prop, peer!)]));
}
