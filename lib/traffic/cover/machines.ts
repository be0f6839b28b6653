import { nearestName, refusal, shown } from '../../input';
import { documentedRows, type OptedTable } from '../../products/catalog';
import { defaultChoices, tableKey } from '../../tables';
import type { Configuration } from '../configuration';
import { EndFinder } from '../explain';
import { endsOfPeers, peersOfEnd } from '../named-ends';
import type { GroupName, RulePeer } from '../rule';

/** The machines of a role of a table. */
export interface RoleMachines {
  /** The id of the table. */
  readonly table: string;
  readonly role: string;
  /** What the machines are called. */
  readonly name: string;
  /** The names by which rules select them; none if no rule can. */
  readonly groups: readonly GroupName[];
  /** Their networks on GCP, as far as they are known. */
  readonly networks: readonly string[];
  /** The far ends that rules of other machines see. */
  readonly peers: readonly RulePeer[];
}

/** The machines of a role as users name them. */
export interface NamedRole {
  /** The role, such as `server`; or the table and the role, such as `rke2.server`. */
  readonly role: string;
  /** The names of the machines, as outputs print them. */
  readonly names: readonly string[];
}

/** The machines of roles, by table and role. */
export class MachinesOfRoles {
  private readonly byRole = new Map<string, RoleMachines[]>();

  /**
   * Finds the machines that users name, and those of the constructs in a configuration, for the roles that nobody named. Throws for a role
   * that no table has, and for machines that the configuration does not have.
   */
  public constructor(
    configuration: Configuration,
    tables: readonly OptedTable[],
    named: readonly NamedRole[],
    place: string,
  ) {
    const finder = new EndFinder(configuration);
    for (const { role, names } of named) {
      const roles = rolesNamed(role, tables, place);
      const machines = names.map((name) => finder.find(name, undefined, { name: place, ipAddress: place }));
      for (const { table, role: id } of roles) {
        const found = machines.map(({ end, peers, name }) => ({
          table,
          role: id,
          name,
          groups: end.groups,
          networks: end.networks,
          peers,
        }));
        this.byRole.set(keyOf(table, id), found);
      }
    }
    const given = new Set(this.byRole.keys());
    for (const machines of rolesOfConstructs(configuration)) {
      const key = keyOf(machines.table, machines.role);
      if (given.has(key)) continue;
      const known = this.byRole.get(key) ?? [];
      if (!known.some(({ name }) => name === machines.name)) this.byRole.set(key, [...known, machines]);
    }
  }

  /** Returns the machines of a role; nothing if nobody knows them. */
  public of(table: string, role: string): readonly RoleMachines[] | undefined {
    return this.byRole.get(keyOf(table, role));
  }
}

function keyOf(table: string, role: string): string {
  return `${table}.${role}`;
}

/** Returns the roles of the tables with a name. Throws if none has it. */
function rolesNamed(name: string, tables: readonly OptedTable[], place: string): { table: string; role: string }[] {
  const all = tables.flatMap(({ table }) => rolesOf({ table }).map((role) => ({ table: table.id, role })));
  const found = all.filter(({ table, role }) => name === role || name === keyOf(table, role));
  if (found.length > 0) return found;
  const names = [...new Set(all.flatMap(({ table, role }) => [role, keyOf(table, role)]))];
  const roles = [...new Set(all.map(({ role }) => role))];
  const nearest = nearestName(name, names);
  const need = `must be a role of the products (${roles.join(', ')})`;
  throw refusal(place, 'role-unknown', need, shown(name), nearest && shown(nearest));
}

/** Returns the roles of a table, in the order of its flows. */
export function rolesOf({ table }: Pick<OptedTable, 'table'>): string[] {
  const rows = documentedRows(table);
  return [...new Set(rows.flatMap(({ source, destination }) => [source.id, destination.id]))];
}

/** Returns the machines that constructs of this package have in the roles of their tables. */
function rolesOfConstructs(configuration: Configuration): RoleMachines[] {
  const ends = endsOfPeers(configuration);
  return [...configuration.provenance].flatMap(([file, { flows, rows }]) =>
    flows.flatMap((flow): RoleMachines[] => {
      const { document, source, destination } = rows[flow.row];
      const table = document.slice(0, document.indexOf('@'));
      return [
        { role: source.role, at: flow.source },
        { role: destination.role, at: flow.destination },
      ].map(({ role, at }) => {
        const end = ends.get(file)![at];
        return { table, role, name: end.names[0], groups: end.groups, networks: end.networks, peers: peersOfEnd(end) };
      });
    }),
  );
}

/** Returns a table as text, with the choices that are not the default: `rke2@2026-05 (cni=cilium)`. */
export function chosenTableText({ table, choices }: OptedTable): string {
  const byDefault = defaultChoices(table);
  const options = Object.entries(choices).filter(([option, choice]) => choice !== byDefault[option]);
  return `${tableKey(table)}${options.length === 0 ? '' : ` (${options.map((each) => each.join('=')).join(', ')})`}`;
}
