import { addTo, grouped, nearestName, refusal, shown } from '../../input';
import { type DocumentedPort, documentedRows, type OptedTable } from '../../products/catalog';
import { defaultChoices, tableKey } from '../../tables';
import type { Configuration } from '../configuration';
import { DocumentedRowIndex } from '../documented-row';
import { EndFinder } from '../explain';
import { endsOfPeers, peersOfEnd } from '../named-ends';
import type { GroupName, RulePeer } from '../rule';
import { type Bounds, boundsOf, parsePorts } from '../sets';

/** The machines of a role of a table. */
export interface RoleMachines {
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

/** Between whom a row must be open, and at which ports. */
export interface NeededPair {
  /** Absent if nobody knows the machines: any machines count. */
  readonly source?: RoleMachines;
  readonly destination?: RoleMachines;
  readonly ports: Bounds;
}

/** A flow that a construct opens, or asks the firewall team to open. */
interface OpenedFlow {
  /** The name of its row. */
  readonly row: string;
  readonly source: RoleMachines;
  readonly destination: RoleMachines;
  /** The port, which the user may have moved. */
  readonly ports: Bounds;
}

/** Between which machines the rows of tables must be open. */
export class NeededPairs {
  private readonly named = new Map<string, readonly RoleMachines[]>();
  /** The flows of each construct, by table: the machines of one cluster do not need the ports of another. */
  private readonly constructs: ReadonlyMap<string, readonly (readonly OpenedFlow[])[]>;

  /**
   * Finds the machines that users name, and those of the constructs in a configuration. Throws for a role that no table has, and for machines
   * that the configuration does not have.
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
      const machines = names.flatMap((name) => {
        const found = finder.find(name, undefined, { name: place, ipAddress: place });
        return found.candidates ?? [found];
      });
      for (const { table, role: id } of roles) {
        const found = machines.map(({ end, peers, name }) => ({
          role: id,
          name,
          groups: end.groups,
          networks: end.networks,
          peers,
        }));
        this.named.set(keyOf(table, id), found);
      }
    }
    this.constructs = flowsOfConstructs(configuration);
  }

  /** Returns between whom a row must be open. */
  public of(documented: DocumentedPort): NeededPair[] {
    const { table, row, source, destination } = documented;
    const ports = boundsOf(row.port._intervals().flat());
    const constructs = this.constructs.get(table.id) ?? [[]];
    const [sources, destinations] = [source, destination].map(({ id }) => this.named.get(keyOf(table.id, id)));
    const pairs = constructs.flatMap((flows): NeededPair[] => {
      const own = flows.filter((flow) => isOf(flow, documented));
      if (sources === undefined && destinations === undefined && own.length > 0) return own;
      return (sources ?? machinesIn(flows, source.id)).flatMap((from) =>
        (destinations ?? machinesIn(flows, destination.id)).map((to) => ({ source: from, destination: to, ports })),
      );
    });
    return [
      ...new Map(
        pairs.map((pair) => [
          JSON.stringify([keyOfMachines(pair.source), keyOfMachines(pair.destination), pair.ports.map(String)]),
          pair,
        ]),
      ).values(),
    ];
  }
}

function isOf(flow: OpenedFlow, { row, source, destination }: DocumentedPort): boolean {
  return flow.row === row.name && flow.source.role === source.id && flow.destination.role === destination.id;
}

/** Returns the machines that a construct has in a role; nothing in a list if nobody knows them. */
function machinesIn(flows: readonly OpenedFlow[], role: string): (RoleMachines | undefined)[] {
  const found = flows.flatMap(({ source, destination }) => [source, destination]).filter((each) => each.role === role);
  return found.length === 0 ? [undefined] : [...new Map(found.map((each) => [keyOfMachines(each), each])).values()];
}

/** Returns a key that is equal for the same machines. Different ones may have the same name. */
function keyOfMachines(machines: RoleMachines | undefined): string {
  if (machines === undefined) return '';
  const { name, groups, networks, peers } = machines;
  return JSON.stringify([name, groups, networks, peers.map((peer) => [peer.name, ...peer.addresses.map(String)])]);
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
function rolesOf({ table }: Pick<OptedTable, 'table'>): string[] {
  const rows = documentedRows(table);
  return [...new Set(rows.flatMap(({ source, destination }) => [source.id, destination.id]))];
}

/** Returns the flows of constructs of this package, as far as what they say holds. */
function flowsOfConstructs(configuration: Configuration): Map<string, OpenedFlow[][]> {
  const ends = endsOfPeers(configuration);
  const index = new DocumentedRowIndex([configuration]);
  const found = new Map<string, OpenedFlow[][]>();
  for (const [file, { flows, rows }] of configuration.provenance) {
    const machinesOf = (at: number, role: string): RoleMachines => {
      const end = ends.get(file)![at];
      // a hostname does not say which of several virtual addresses it is
      const name = end.names.find((each) => end.hostnames?.includes(each) !== true) ?? end.groups[0];
      return { role, name, groups: end.groups, networks: end.networks, peers: peersOfEnd(end) };
    };
    const held = flows.flatMap((flow, at) => (index.rowOf(file, at) === undefined ? [] : [flow]));
    const byConstruct = grouped(held, ({ row, construct }) => `${tableIdOf(rows[row].document)} ${construct}`);
    for (const [key, ofConstruct] of byConstruct) {
      const opened = ofConstruct.map(({ row, port, source, destination }) => ({
        row: row.slice(row.lastIndexOf('/') + 1),
        source: machinesOf(source, rows[row].source.role),
        destination: machinesOf(destination, rows[row].destination.role),
        ports: boundsOf([...(parsePorts(port) ?? [])]),
      }));
      addTo(found, key.slice(0, key.indexOf(' ')), opened);
    }
  }
  return found;
}

function tableIdOf(document: string): string {
  return document.slice(0, document.indexOf('@'));
}

/** Returns a table as text, with the choices that are not the default: `rke2@2026-05 (cni=cilium)`. */
export function chosenTableText({ table, choices }: OptedTable): string {
  const byDefault = defaultChoices(table);
  const options = Object.entries(choices).filter(([option, choice]) => choice !== byDefault[option]);
  return `${tableKey(table)}${options.length === 0 ? '' : ` (${options.map((each) => each.join('=')).join(', ')})`}`;
}
