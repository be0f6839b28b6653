import { grouped } from '../../input';
import { Port } from '../../net';
import {
  type DocumentedPort,
  documentedRows,
  type OptedTable,
  optedTable,
  rowsWithPort,
  type TableRequest,
} from '../../products/catalog';
import { unmetPart } from '../../tables';
import type { Configuration, NotEvaluated } from '../configuration';
import { ANY_MACHINE, type RulePeer } from '../rule';
import { type Bounds, boundsOf, difference, intersection, NOTHING, type PortInterval, portTexts, union } from '../sets';
import { MachinesOfRoles, type NamedRole, rolesOf, chosenTableText } from './machines';
import {
  isAt,
  isWithinDestination,
  isWithinSource,
  openPorts,
  type OpenPorts,
  reaches,
  rulesBehind,
} from './open-ports';

/** The products whose ports are expected, and the machines of their roles. */
interface CoverRequest {
  readonly products: readonly TableRequest[];
  readonly roles: readonly NamedRole[];
}

/** Open ports that no product documents. */
export interface UndocumentedPorts {
  /** What is open, such as `9000-9100/tcp`. */
  readonly port: string;
  /** The part of it that no product documents. */
  readonly undocumented: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly network?: string;
  /** The Terraform addresses of the rules. */
  readonly rules: readonly string[];
  /** The tables that document it: those of the products, with other choices or between other machines; and all others. */
  readonly documentedBy: { readonly named: readonly string[]; readonly others: readonly string[] };
}

/** Whether a documented port is closed, or nobody can tell. */
type MissingState = 'closed' | 'not known';

/** A documented port that is not open. */
export interface MissingPort {
  readonly state: MissingState;
  readonly documented: DocumentedPort;
  /** The part of the port that is not open. */
  readonly ports: readonly string[];
  /** The machines that open the connections; their roles if nobody knows them. */
  readonly from: readonly string[];
  /** The machines that listen, in the same form. */
  readonly to: readonly string[];
}

/** A documented port that is not open between two groups of machines. */
type MissingPair = Omit<MissingPort, 'from' | 'to'> & { readonly from: string; readonly to: string };

/** What products document against what is open. */
export interface Cover {
  /** The tables with their choices: `rke2@2026-05 (cni=cilium)`. */
  readonly tables: readonly string[];
  readonly undocumented: readonly UndocumentedPorts[];
  readonly missing: readonly MissingPort[];
  /** How many rows the documents have, and how many of them are open between all their machines. */
  readonly rows: number;
  readonly found: number;
  /** The roles whose machines nobody knows: `rke2.server`. A port of theirs may be open between any machines. */
  readonly unknownRoles: readonly string[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * Compares the ports that machines of a configuration receive with those that products document. Throws for a table, an option or a role that
 * does not exist, and for machines that the configuration does not have.
 */
export function cover(configuration: Configuration, { products, roles }: CoverRequest): Cover {
  const tables = products.map((product) => optedTable(product, (option) => option, '--product'));
  const machines = new MachinesOfRoles(configuration, tables, roles, '--role');
  const open = openPorts(configuration);
  const rows = tables.flatMap((each) => openedRows(each));
  const required = rows.filter(({ supplement, optional }) => supplement === undefined && optional !== true);
  const judged = required.filter((row) => isSeen(row, configuration));
  const missing = judged.flatMap((row) => missingPorts(row, open, machines));
  const names = new Set(judged.map(nameOfRow));
  const missed = new Set(missing.map(({ documented }) => nameOfRow(documented)));
  return {
    tables: tables.map(chosenTableText),
    undocumented: open.flatMap((each) => undocumentedPorts(each, rows, machines, configuration)),
    missing: merged(missing),
    rows: names.size,
    found: names.size - missed.size,
    unknownRoles: tables.flatMap(({ table }) =>
      rolesOf({ table }).flatMap((role) => (machines.of(table.id, role) === undefined ? [`${table.id}.${role}`] : [])),
    ),
    notEvaluated: configuration.notEvaluated.filter(({ isOfHostnames }) => isOfHostnames !== true),
  };
}

function nameOfRow({ table, row }: DocumentedPort): string {
  return `${table.id}/${row.name}`;
}

/** Merges what differs only in its ends, as long as each source misses the port at each destination. */
function merged(missing: readonly MissingPair[]): MissingPort[] {
  const keyOf = ({ documented, ports, state }: MissingPair): unknown[] => [nameOfRow(documented), ports, state];
  const atEnds = grouped(missing, (each) => JSON.stringify([keyOf(each), each.to]));
  const ofSources = grouped([...atEnds.values()], (group) => {
    return JSON.stringify([keyOf(group[0]), group.map(({ from }) => from).sort()]);
  });
  return [...ofSources.values()].map((groups) => ({
    ...groups[0][0],
    from: [...new Set(groups[0].map(({ from }) => from))],
    to: groups.map(([{ to }]) => to),
  }));
}

/** Returns the rows that the choices of a table open, its supplements included. */
function openedRows({ table, choices }: OptedTable): DocumentedPort[] {
  return documentedRows(table).filter(({ when = {} }) => Object.keys(unmetPart(when, choices)).length === 0);
}

/** A row for one IP family is needed only where rules have IP addresses of this family. */
function isSeen({ row: { family } }: DocumentedPort, { rules }: Configuration): boolean {
  return family === undefined || rules.some(({ peers }) => peers.some((peer) => peer.family === family));
}

function boundsOfRow({ row }: DocumentedPort): Bounds {
  return boundsOf(row.port._intervals().flat());
}

function undocumentedPorts(
  open: OpenPorts,
  rows: readonly DocumentedPort[],
  machines: MachinesOfRoles,
  { rules }: Configuration,
): UndocumentedPorts[] {
  const documented = rows.filter(
    ({ table, source, destination }) =>
      isWithinDestination(open, machines.of(table.id, destination.id)) &&
      isWithinSource(open, machines.of(table.id, source.id)),
  );
  const known = documented.map((row) => wholeTypes(boundsOfRow(row), open)).reduce(union, NOTHING);
  const rest = difference(open.ports, known);
  if (rest.length === 0) return [];
  const { port, from, to, network } = open.row;
  const ids = new Set(rows.map(({ table }) => table.id));
  const documenters = documentersOf(rest);
  return [
    {
      port,
      undocumented: textsOf(rest),
      from,
      to,
      ...(network !== undefined && { network }),
      rules: rulesBehind(open, rules),
      documentedBy: {
        named: documenters.filter((id) => ids.has(id)),
        others: documenters.filter((id) => !ids.has(id)),
      },
    },
  ];
}

/** A firewall on GCP has no ICMP types: it opens all of them for a row that needs one. */
function wholeTypes(ports: Bounds, { ports: open, row: { network } }: OpenPorts): Bounds {
  const isAllTypes = portTexts(open as PortInterval).every((text) => /^icmp(?:v6)?$/.test(text));
  return network !== undefined && isAllTypes && intersection(ports, open).length > 0 ? open : ports;
}

function textsOf(bounds: Bounds): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bounds.length; at += 2) texts.push(...portTexts([bounds[at], bounds[at + 1]] as PortInterval));
  return texts;
}

/** Rows for more ports than this say nothing about one of them. */
const MANY_PORTS = 5000;

/** Returns the products that document one of some ports; none for so many ports that every product would. */
function documentersOf(rest: Bounds): string[] {
  const texts = textsOf(rest);
  const [only, ...others] = texts;
  if (others.length > 0) return [];
  const port = parsedPort(only);
  if (port === undefined || sizeOf(port) > MANY_PORTS) return [];
  const rows = rowsWithPort(port).filter(({ row }) => sizeOf(row.port) <= MANY_PORTS);
  return [...new Set(rows.map(({ table }) => table.id))];
}

function parsedPort(text: string): Port | undefined {
  try {
    return Port.parse(text);
  } catch {
    return undefined;
  }
}

function sizeOf({ fromPort, toPort }: Port): number {
  return toPort - fromPort + 1;
}

/** Returns the parts of a documented row that are not open: for all its machines if nobody knows them, else between each two of them. */
function missingPorts(
  documented: DocumentedPort,
  open: readonly OpenPorts[],
  machines: MachinesOfRoles,
): MissingPair[] {
  const { table, source, destination } = documented;
  const [sources, destinations] = [source, destination].map(({ id }) => machines.of(table.id, id));
  const needed = boundsOfRow(documented);
  const found: MissingPair[] = [];
  for (const to of destinations ?? [undefined]) {
    // rules of other machines cannot be judged: the firewall team, or somebody else, opens them
    if (to?.groups.length === 0) continue;
    for (const from of sources ?? [undefined]) {
      const at = to === undefined ? open : open.filter((each) => isAt(each, to));
      const rest = restBetween(needed, at, from?.peers);
      if (rest.closed.length === 0) continue;
      found.push({
        state: difference(rest.closed, rest.notKnown).length > 0 ? 'closed' : 'not known',
        documented,
        ports: textsOf(rest.closed),
        from: from?.name ?? source.id,
        to: to?.name ?? destination.id,
      });
    }
  }
  return found;
}

/** Returns the ports that are not open to all far ends, and those among them that may be. */
function restBetween(
  needed: Bounds,
  open: readonly OpenPorts[],
  peers: readonly RulePeer[] | undefined,
): { readonly closed: Bounds; readonly notKnown: Bounds } {
  if (peers === undefined) {
    return { closed: difference(needed, open.map(({ ports }) => ports).reduce(union, NOTHING)), notKnown: NOTHING };
  }
  let [closed, notKnown] = [NOTHING, NOTHING];
  for (const peer of endsOf(peers)) {
    const openTo = (answer: string): Bounds =>
      open
        .filter((each) => peer.some((family) => reaches(each, family) === answer))
        .map(({ ports }) => ports)
        .reduce(union, NOTHING);
    const rest = difference(needed, openTo('yes'));
    closed = union(closed, rest);
    notKnown = union(notKnown, intersection(rest, openTo('not known')));
  }
  return { closed, notKnown };
}

/** A name is one far end, whichever family a rule has. IP ranges are a far end each. */
function endsOf(peers: readonly RulePeer[]): RulePeer[][] {
  const names = [...new Set(peers.map(({ name }) => name).filter((name) => name !== ANY_MACHINE))];
  return [
    ...names.map((name) => peers.filter((peer) => peer.name === name)),
    ...peers.filter(({ name }) => name === ANY_MACHINE).map((peer) => [peer]),
  ];
}
