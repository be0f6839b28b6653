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
import { tableKey, unmetPart } from '../../tables';
import type { Configuration, NotEvaluated } from '../configuration';
import { DocumentedRowIndex } from '../documented-row';
import { ANY_MACHINE, type RulePeer } from '../rule';
import {
  type Bounds,
  difference,
  intersection,
  NOTHING,
  parsePorts,
  type PortInterval,
  portTexts,
  union,
  writtenPorts,
} from '../sets';
import { chosenTableText, type NamedRole, type NeededPair, NeededPairs } from './machines';
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
  /** The rows of the products that were moved to these ports, as the descriptions of the rules say; absent if they say nothing. */
  readonly moved?: readonly MovedRow[];
}

/** A row that the user moved, as the description of a rule says. What was asked for is not known. */
interface MovedRow {
  /** `kubeadm-flannel@2024-12/worker-to-control-plane/kubelet`. */
  readonly row: string;
  /** The port of the document. */
  readonly documentedPort: string;
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
  /** The roles of all these machines, as in `omit`: `agent>server`. `documented` has those of the first. */
  readonly roles: readonly string[];
  /** The ports to which the row was moved, as the descriptions of rules say; absent if they say nothing. */
  readonly movedTo?: readonly string[];
}

/** A documented port that is not open between two groups of machines. */
type MissingPair = Omit<MissingPort, 'from' | 'to' | 'roles' | 'movedTo'> & {
  readonly from: string;
  readonly to: string;
};

/** What products document against what is open. */
export interface Cover {
  /** The tables with their choices: `rke2@2026-05 (cni=cilium)`. */
  readonly tables: readonly string[];
  readonly undocumented: readonly UndocumentedPorts[];
  readonly missing: readonly MissingPort[];
  /** How many rows the documents have, and how many of them are open between all their machines. */
  readonly rows: number;
  readonly found: number;
  /** The roles whose machines nobody knows: `rke2.server`. One of their ports may be open between any machines. */
  readonly unknownRoles: readonly string[];
  /** The Terraform addresses of outbound rules, which are not compared: documents say who listens. */
  readonly outboundRules: readonly string[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/**
 * Compares the ports that machines of a configuration receive with those that products document. Throws for a table, an option or a role that
 * does not exist, and for machines that the configuration does not have.
 */
export function cover(configuration: Configuration, { products, roles }: CoverRequest): Cover {
  const tables = products.map((product) => optedTable(product, (option) => option, '--product'));
  const pairs = new NeededPairs(configuration, tables, roles, '--role');
  const open = openPorts(configuration);
  const rows = tables.flatMap((each) => openedRows(each));
  const required = rows.filter(({ supplement, optional }) => supplement === undefined && optional !== true);
  const needed = rows.flatMap((row) => pairs.of(row).map((pair) => ({ row, pair })));
  const judged = required.filter((row) => isSeen(row, configuration));
  const missing = judged.flatMap((row) => missingPorts(row, open, pairs.of(row)));
  const names = new Set(judged.map(nameOfRow));
  const missed = new Set(missing.map(({ documented }) => nameOfRow(documented)));
  const undocumented = withMovedRows(
    open.flatMap((each) => undocumentedPorts(each, needed, configuration)),
    tables.map(({ table }) => tableKey(table)),
    configuration,
  );
  return {
    tables: tables.map(chosenTableText),
    undocumented,
    missing: merged(missing).map((each) => withMovedPorts(each, undocumented)),
    rows: names.size,
    found: names.size - missed.size,
    unknownRoles: [...new Set(judged.flatMap((row) => pairs.of(row).flatMap((pair) => unknownRoles(row, pair))))],
    outboundRules: outboundRules(configuration),
    notEvaluated: configuration.notEvaluated.filter(({ isOfHostnames }) => isOfHostnames !== true),
  };
}

/** Adds the rows that were moved, as the descriptions of rules say of which nothing better is known. */
function withMovedRows(
  undocumented: readonly UndocumentedPorts[],
  tables: readonly string[],
  configuration: Configuration,
): UndocumentedPorts[] {
  if (undocumented.length === 0) return [];
  const index = new DocumentedRowIndex([configuration]);
  const rules = grouped(configuration.rules, ({ address }) => address);
  return undocumented.map((each) => {
    const ports = each.undocumented.map(parsePorts).filter((one) => one !== undefined);
    const rows = each.rules
      .flatMap((address) => rules.get(address) ?? [])
      .flatMap((rule) => index.reasonOf(rule, { ports, peers: [] }).documentedBy)
      .flatMap(({ row, document, documentedPort, construct }) =>
        construct === undefined && documentedPort !== undefined && tables.includes(document)
          ? [{ row, documentedPort }]
          : [],
      );
    const moved = [...new Map(rows.map((row) => [row.row, row])).values()];
    return moved.length === 0 ? each : { ...each, moved };
  });
}

/** Adds the ports to which a row that is not open was moved, as the descriptions of rules say. */
function withMovedPorts(missing: MissingPort, undocumented: readonly UndocumentedPorts[]): MissingPort {
  const { table, row } = missing.documented;
  const isRow = (key: string): boolean => key.startsWith(`${tableKey(table)}/`) && key.endsWith(`/${row.name}`);
  const movedTo = undocumented.flatMap(({ moved = [], undocumented: ports }) =>
    moved.some((each) => isRow(each.row)) ? ports : [],
  );
  return movedTo.length === 0 ? missing : { ...missing, movedTo: [...new Set(movedTo)] };
}

function outboundRules({ rules }: Configuration): string[] {
  const outbound = rules.filter(({ direction, action }) => direction === 'egress' && action === 'allow');
  return [...new Set(outbound.map(({ address }) => address))].sort();
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
    to: [...new Set(groups.map(([{ to }]) => to))],
    roles: [
      ...new Set(groups.flat().map(({ documented: { source, destination } }) => `${source.id}>${destination.id}`)),
    ],
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

/** Returns the roles of a row whose machines nobody knows. */
function unknownRoles({ table, source, destination }: DocumentedPort, pair: NeededPair): string[] {
  return [
    ...(pair.source === undefined ? [`${table.id}.${source.id}`] : []),
    ...(pair.destination === undefined ? [`${table.id}.${destination.id}`] : []),
  ];
}

/** A row, and one of the pairs of machines between which it must be open. */
interface NeededRow {
  readonly row: DocumentedPort;
  readonly pair: NeededPair;
}

function undocumentedPorts(
  open: OpenPorts,
  needed: readonly NeededRow[],
  { rules }: Configuration,
): UndocumentedPorts[] {
  const documented = needed.filter(
    ({ pair }) => isWithinDestination(open, pair.destination) && isWithinSource(open, pair.source),
  );
  const known = documented.map(({ pair }) => wholeTypes(pair.ports, open)).reduce(union, NOTHING);
  const rest = difference(open.ports, known);
  if (rest.length === 0) return [];
  const { port, from, to, network } = open.row;
  const ids = new Set(needed.map(({ row }) => row.table.id));
  const documenters = documentersOf(rest);
  return [
    {
      port,
      undocumented: writtenPorts(rest),
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

/** Rows for more ports than this say nothing about one of them. */
const MANY_PORTS = 5000;

/** Returns the products that document one of some ports; none for so many ports that every product would. */
function documentersOf(rest: Bounds): string[] {
  const texts = writtenPorts(rest);
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

/** Returns the parts of a documented row that are not open between machines that need it. */
function missingPorts(
  documented: DocumentedPort,
  open: readonly OpenPorts[],
  pairs: readonly NeededPair[],
): MissingPair[] {
  return pairs.flatMap(({ source, destination, ports }) => {
    // rules of other machines cannot be judged: the firewall team, or somebody else, opens them
    if (destination?.groups.length === 0) return [];
    const at = destination === undefined ? open : open.filter((each) => isAt(each, destination));
    const { closed, notKnown } = restBetween(ports, at, source?.peers);
    if (closed.length === 0) return [];
    return [
      {
        state: difference(closed, notKnown).length > 0 ? 'closed' : 'not known',
        documented,
        ports: writtenPorts(closed),
        from: source?.name ?? documented.source.id,
        to: destination?.name ?? documented.destination.id,
      },
    ];
  });
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
