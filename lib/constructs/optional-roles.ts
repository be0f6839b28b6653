import type { IPeer } from '../model/host-group';
import type { DocumentedFlow, PortTable, Role } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { bindAll, boundRole, withoutOmitted, type Binding, type BoundRole } from './bindings';

/** A role that not every edition has, the property that gives its machines, and the machines where it was given them. */
export interface OptionalRole {
  readonly role: Role;
  readonly prop: string;
  readonly peer: IPeer | undefined;
}

/** Binds the flows of which both roles were given machines. */
export function bindGiven(flows: readonly DocumentedFlow[], roles: Readonly<Record<string, BoundRole>>): Binding[] {
  return bindAll(
    flows.filter(({ source, destination }) => source.id in roles && destination.id in roles),
    roles,
  );
}

/** Refuses a role that a row of the edition needs and nobody gave, and machines for a role that it does not have. */
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
      const need = `${prop} must be given for ${rows.join(' and ')} of edition ${table.edition}`;
      throw refusal(place, need, 'nothing', `omit: [${rows.map(shown).join(', ')}]`);
    }
    if (peer !== undefined && flows.length === 0) {
      throw refusal(place, `${prop} must have ports in edition ${table.edition}`, 'none', 'a later edition');
    }
  }
  const known = roles.filter(({ peer }) => peer !== undefined);
  return Object.fromEntries(known.map(({ role, prop, peer }) => [role.id, boundRole(prop, peer!)]));
}

/** The flows with the rows that stay, without those that have no row left. */
export function openedFlows(flows: readonly DocumentedFlow[], omit: readonly string[] | undefined): DocumentedFlow[] {
  const names: readonly string[] = Array.isArray(omit) ? omit : [];
  return flows.map((flow) => withoutOmitted(flow, names)).filter(({ rows }) => rows.length > 0);
}
