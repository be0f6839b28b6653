import { shown } from '../../input';
import { hasPackets, isIcmp, Port } from '../../net';
import {
  editionsOf,
  HOSTNAME_TABLE_IDS,
  hostnameEditionsOf,
  hostnameTableByKey,
  TABLE_IDS,
  tableByKey,
} from '../../products/catalog';
import type { DocumentJson, FlowJson, HostnameJson, PeerJson, ProvenanceJson, RowJson } from '../../provenance';
import {
  choicesOf,
  type Condition,
  conditionOf,
  conditionText,
  defaultChoices,
  type DocumentedFlow,
  editionChanges,
  hostnamePattern,
  type HostnameRow,
  type HostnameTable,
  laterEdition,
  PortLevel,
  type PortRow,
  type PortTable,
  type Supplement,
  tableKey,
  unmetPart,
} from '../../tables';
import { ANY_MACHINE, type Rule } from '../rule';
import {
  type Bounds,
  boundsOf,
  contains,
  difference,
  FAMILIES,
  isWorldWide,
  NOTHING,
  parsePorts,
  parseRange,
  type PortInterval,
  portTexts,
  sizeOf,
  union,
} from '../sets';

/** A row of a table of this package, with its flow. */
interface BundledRow {
  readonly table: PortTable;
  readonly flow: DocumentedFlow | Supplement;
  readonly row: PortRow;
}

const IDS: ReadonlySet<string> = new Set([...TABLE_IDS, ...HOSTNAME_TABLE_IDS]);

/** Returns a table of this package by the key that descriptions and provenance have: `kubeadm-flannel@2024-12`. */
function bundledTable(key: string): PortTable | HostnameTable | undefined {
  return tableByKey(key) ?? hostnameTableByKey(key);
}

/** The rows of the tables that were asked for, by table. */
const rowsByTable = new Map<string, ReadonlyMap<string, BundledRow>>();

/** Returns the rows of a table by the key that descriptions and provenance have: `kubeadm-flannel@2024-12/worker-to-control-plane/api-server`. */
function bundledRows(key: string): ReadonlyMap<string, BundledRow> {
  const known = rowsByTable.get(key);
  if (known !== undefined) return known;
  const table = tableByKey(key);
  const flows = table === undefined ? [] : [...table.flows, ...(table.supplements ?? [])];
  const rows = new Map(
    flows.flatMap((flow) =>
      flow.rows.map((row): [string, BundledRow] => [
        `${key}/${flow.source.id}-to-${flow.destination.id}/${row.name}`,
        { table: table!, flow, row },
      ]),
    ),
  );
  if (table !== undefined) rowsByTable.set(key, rows);
  return rows;
}

function bundledRow(rowKey: string): BundledRow | undefined {
  return bundledRows(rowKey.slice(0, rowKey.indexOf('/'))).get(rowKey);
}

/** Returns where a row is seen: of a table of this package what the table says, of a different table what the provenance says. */
export function levelOf(rowKey: string, row: Pick<RowJson, 'level'> | undefined): PortLevel {
  const bundled = bundledRow(rowKey);
  const level = bundled === undefined ? row?.level : bundled.row.level;
  return Object.values(PortLevel).find((each) => each === level) ?? PortLevel.HOST;
}

/**
 * Returns the ports of a row of a table of this package, one for each protocol: `53/tcp` and `53/udp`; nothing for a row of a different
 * table, or of a table of hostnames.
 */
export function documentedPortsOf(rowKey: string): readonly PortInterval[] | undefined {
  return bundledRow(rowKey)?.row.port._intervals();
}

/**
 * Compares what a flow of a provenance says about its document with the tables of this package. Returns the contradiction, if there is
 * one. A table of the user cannot be compared, because this package does not have it.
 */
export function documentDoubt(flow: FlowJson, { rows, documents, peers }: ProvenanceJson): string | undefined {
  const claimed = rows[flow.row];
  const { document: key } = claimed;
  if (!flow.row.startsWith(`${key}/`)) return `the row ${shown(flow.row)} is not one of ${key}`;
  const unknown = unknownDocument(key);
  const isInside = claimed.internal === true || isInternal(flow.row);
  if (isInside && isOpenToWorld(peers[flow.source])) {
    return `${nameOf(flow.row)} is for the inside of a cluster, and its source is open to the world`;
  }
  if (unknown !== undefined || bundledTable(key) === undefined) return unknown ?? movedDoubt(flow);
  const found = bundledRow(flow.row);
  if (found === undefined) return `${key} has no row ${shown(flow.row.slice(key.length + 1))}`;
  if (flow.hostname !== undefined && found.flow.destination.id !== VIRTUAL_ADDRESS) {
    return `${found.row.name} is not for a virtual address, and only that has a hostname`;
  }
  const documented = flow.documentedPort ?? flow.port;
  if (!found.row.port._ofOneProtocol().map(String).includes(documented)) {
    return `${key} has ${String(found.row.port)} for ${found.row.name}`;
  }
  return (
    movedDoubt(flow) ??
    differing({ family: flow.family }, { family: found.row.family }, `${key}, ${found.row.name}`) ??
    differing(documentFacts(documents[key]), documentFacts(found.table), key) ??
    differing(claimedFacts(claimed), rowFacts(found), `${key}, ${found.row.name}`) ??
    optionsDoubt(flow, found)
  );
}

/** Whether a peer is open to the world: it says so, or its ranges are. */
function isOpenToWorld({ openToTheWorld, ranges }: PeerJson): boolean {
  if (openToTheWorld.length > 0) return true;
  const known = ranges.map(parseRange).flatMap((range) => ('problem' in range ? [] : [range]));
  return FAMILIES.some((family) => {
    const bounds = known.filter((range) => range.family === family).map((range) => range.bounds);
    return isWorldWide(family, bounds.reduce(union, NOTHING));
  });
}

/** Whether a rule allows traffic with most of the internet. */
function isOpenRule({ action, peers }: Pick<Rule, 'action' | 'peers'>): boolean {
  const open = action === 'allow' ? peers.filter(({ name }) => name === ANY_MACHINE) : [];
  return FAMILIES.some((family) => {
    const addresses = open.filter((peer) => peer.family === family).map((peer) => peer.addresses);
    return isWorldWide(family, addresses.reduce(union, NOTHING));
  });
}

function nameOf(rowKey: string): string {
  return rowKey.slice(rowKey.lastIndexOf('/') + 1);
}

/** Returns why the choices of a flow cannot have opened its row. */
function optionsDoubt({ options }: FlowJson, { table, flow, row }: BundledRow): string | undefined {
  return choicesDoubt(options, table, { name: row.name, condition: conditionOf(flow, row) });
}

function choicesDoubt(
  options: Readonly<Record<string, string>> | undefined,
  table: PortTable | HostnameTable,
  { name, condition = {} }: { readonly name: string; readonly condition?: Condition },
): string | undefined {
  if (options === undefined) return undefined;
  for (const [id, choice] of Object.entries(options)) {
    const option = table.options?.find((each) => each.id === id);
    if (option === undefined) return `${tableKey(table)} has no option ${shown(id)}`;
    if (!choicesOf(option).includes(choice)) return `${tableKey(table)} has no choice ${shown(choice)} of ${id}`;
  }
  const unmet = unmetPart(condition, { ...defaultChoices(table), ...options });
  return Object.keys(unmet).length === 0
    ? undefined
    : `${tableKey(table)} has ${name} only with ${conditionText(unmet)}`;
}

/** Whether a row of a table of this package is for the inside of a cluster, so that no reason opens it to the world. */
export function isInternal(rowKey: string): boolean {
  return bundledRow(rowKey)?.row.internal === true;
}

/** The same for a hostname of a provenance. */
export function hostnameDoubt(claimed: HostnameJson, { documents }: ProvenanceJson): string | undefined {
  const { document: key, row: name } = claimed;
  const unknown = unknownDocument(key);
  if (unknown !== undefined || bundledTable(key) === undefined) return unknown;
  const table = bundledTable(key)!;
  const found = 'hostnames' in table ? hostnameRows(table).find((row) => row.name === name) : undefined;
  if (found === undefined) return `${key} has no row ${shown(name)}`;
  const { ports, portsBasis, section, remark, reason, reference } = found;
  // the user gives the values of parameters
  const hostname = isHostnameOf(found, claimed.hostname) ? claimed.hostname : found.hostname;
  const facts = { hostname, ports: ports.map(String), portsBasis, section, remark, supplement: reason };
  return (
    differing(documentFacts(documents[key]), documentFacts(table), key) ??
    differing({ ...claimed }, { ...facts, ...supplementReference(claimed, reference) }, `${key}, ${name}`) ??
    choicesDoubt(claimed.options, table, { name, condition: found.when })
  );
}

/** Whether a row has a hostname, with some values of its parameters. */
function isHostnameOf(row: HostnameRow, hostname: string): boolean {
  return new RegExp(`^${hostnamePattern(row.hostname)}$`).test(hostname);
}

function unknownDocument(key: string): string | undefined {
  const [id] = key.split('@');
  return IDS.has(id) && bundledTable(key) === undefined
    ? `this version of cluster-ports does not know ${key}`
    : undefined;
}

/** A row that was moved stays the same protocol and number of ports. */
function movedDoubt({ port, documentedPort }: FlowJson): string | undefined {
  if (documentedPort === undefined) return undefined;
  const [moved, documented] = [port, documentedPort].map((text) => Port._parse(text, 'port'));
  const isSame = isIcmp(moved.protocol)
    ? moved.numbers === ''
    : moved.toPort - moved.fromPort === documented.toPort - documented.fromPort;
  if (moved.protocol === documented.protocol && isSame) return undefined;
  return `${port} is not ${documentedPort} at a different number`;
}

/** The role whose machines may have a hostname. */
const VIRTUAL_ADDRESS = 'virtual-ip';

type Facts = Readonly<Record<string, unknown>>;

/** Returns the first fact that differs from the table. A fact that an earlier version of this package did not record counts as equal. */
function differing(claimed: Facts, facts: Facts, where: string): string | undefined {
  for (const [name, value] of Object.entries(facts)) {
    if (JSON.stringify(claimed[name]) === JSON.stringify(value)) continue;
    if (claimed[name] === undefined && LATER_FACTS.includes(name)) continue;
    return `${where}: ${name} is ${shown(value)}, not ${shown(claimed[name])}`;
  }
  return undefined;
}

const LATER_FACTS: readonly string[] = ['impact', 'supplementReference'];

/** The day of a comparison is left out, because a table may be compared again. */
function documentFacts({ title, reference, edition, checkedFor }: DocumentJson | PortTable | HostnameTable): Facts {
  return { title, reference, edition, checkedFor };
}

function rowFacts({ flow, row }: BundledRow): Facts {
  const { section, protocolBasis, description, purpose, impact } = row;
  const [source, destination] = [flow.source, flow.destination].map(({ id, title }) => `${id} (${title})`);
  const { reason: supplement, reference: supplementReference } = flow as Partial<Supplement>;
  const level = row.level === PortLevel.HOST ? undefined : row.level;
  const text = { section, protocolBasis, description, purpose, impact, level, internal: isInternalRow(row) };
  return { ...text, source, destination, supplement, supplementReference };
}

function isInternalRow({ internal }: PortRow): true | undefined {
  return internal === true ? true : undefined;
}

function claimedFacts(claimed: RowJson): Facts {
  const [source, destination] = [claimed.source, claimed.destination].map(({ role, title }) => `${role} (${title})`);
  return { ...claimed, source, destination };
}

function supplementReference({ supplement }: HostnameJson, reference: string | undefined): Facts {
  return supplement === undefined ? {} : { supplementReference: reference };
}

/** The rows of documents that the description of a rule names, as far as they hold. */
export interface DocumentClaim {
  /** The rows that are in a table of this package, with a port that the rule allows. */
  readonly rows: readonly ClaimedRow[];
  /** Why the description must not be believed, or cannot be checked. */
  readonly doubt?: string;
  /** Whether the tables of this package say something else; not set if they do not have the document. */
  readonly isFalse?: true;
}

/** A row that a description names. */
interface ClaimedRow {
  readonly row: string;
  readonly document: string;
  readonly section: string;
  readonly reference: string;
  readonly supplement?: string;
  /** The ports that no row explains, and the port of the document, if the description says that the row was moved. */
  readonly port?: string;
  readonly documentedPort?: string;
}

/**
 * Returns the day on which this package compared one of its tables with its source; nothing for every other table. A table may be compared
 * again, so a provenance may have a different day.
 */
export function comparedOnOf(key: string): string | undefined {
  return bundledTable(key)?.comparedOn;
}

const ROW_KEY = /\[([a-z][a-z0-9-]*@\d[\d.-]*)\/([a-z][a-z0-9-]*-to-[a-z0-9-]+)\/([a-z0-9,-]+)\]$/;
const OMITTED_NAMES = /^and-\d+-more$/;
const MOVED = /; (?:document|its source): ([^;[]*)/;

type ClaimingRule = Pick<Rule, 'action' | 'description' | 'ports' | 'peers'>;

/** Compares the row key at the end of a description with the tables of this package, and with what the rule allows. */
export function claimInDescription(rule: ClaimingRule): DocumentClaim | undefined {
  const { description, ports } = rule;
  const [, document, flow, list] = ROW_KEY.exec(description ?? '') ?? [];
  if (document === undefined) return hostnameInDescription(rule);
  if (bundledTable(document) === undefined) {
    const isFalse = IDS.has(document.split('@')[0]) ? true : undefined;
    return { rows: [], doubt: `this version of cluster-ports does not know ${document}`, isFalse };
  }
  const names = list.split(',');
  const keys = names.filter((name) => !OMITTED_NAMES.test(name)).map((name) => `${document}/${flow}/${name}`);
  const missing = keys.find((key) => bundledRow(key) === undefined);
  if (missing !== undefined) {
    return { rows: [], doubt: `${document} has no row ${shown(missing.slice(document.length + 1))}`, isFalse: true };
  }
  const inside = keys.find(isInternal);
  if (inside !== undefined && isOpenRule(rule)) {
    const doubt = `${nameOf(inside)} is for the inside of a cluster, and the rule is open to the world`;
    return { rows: [], doubt, isFalse: true };
  }
  const moved = movedIn(description!);
  const allowed = boundsOf(ports.flat());
  const rows = keys.map((key) => ({ key, ...bundledRow(key)! })).filter(({ row }) => hasPacketsIn(row, rule));
  // on AWS a rule has only one protocol of a row that has two
  const isAllowed = (row: PortRow): boolean => row.port._intervals().some((one) => contains(allowed, boundsOf(one)));
  const wrong = rows.find(({ row }) => !isAllowed(row) && documentedPorts(row, moved).length === 0);
  if (wrong !== undefined) {
    return { rows: [], doubt: `${document} has ${String(wrong.row.port)} for ${wrong.row.name}`, isFalse: true };
  }
  const known = names.length > keys.length ? rowsOfFlow(`${document}/${flow}/`) : rows.map(({ row }) => row);
  // a row of ICMP is moved to every type
  const everyType = known.filter((row) => isIcmp(row.port.protocol) && documentedPorts(row, moved).length > 0);
  const types = everyType.map(({ port }) => parsePorts(port.protocol)!);
  const extra = difference(allowed, [...known.map(portsOf), ...types].reduce(union, NOTHING));
  const renumbered = moved.filter(({ port }) => !everyType.some((row) => String(row.port) === port));
  const movedSize = renumbered.reduce((sum, { port }) => sum + sizeOf(parsePorts(port) ?? NOTHING), 0n);
  if (sizeOf(extra) > movedSize) {
    const doubt = `it also allows ${textsOf(extra)}, and ${document} does not have this in its row`;
    return { rows: [], doubt, isFalse: true };
  }
  // a row may be moved to the port that the document has for another one
  const kept = known.filter((row) => documentedPorts(row, moved).length === 0).map(portsOf);
  const texts = textsOf(difference(allowed, [...kept, ...types].reduce(union, NOTHING)));
  return { rows: rows.map((row) => claimedRow(row, movedTo(row.row, texts, moved))) };
}

/** The port that the document has for a row that was moved. If a rule has only one row, its description does not name it. */
interface MovedPort {
  readonly row?: string;
  readonly port: string;
}

function movedIn(description: string): MovedPort[] {
  const [, text = ''] = MOVED.exec(description) ?? [];
  return [...text.matchAll(/(?:([a-z][a-z0-9-]*) )?(\d+(?:\.\d+)?(?:-\d+)?\/[a-z\d]+)/g)].map(([, row, port]) => ({
    row,
    port,
  }));
}

const HOSTNAME_KEY = /\[([a-z][a-z0-9-]*@\d[\d.-]*)\/([a-z0-9-]+)\]$/;

/** The same for the row key of a hostname. */
function hostnameInDescription({ description, peers }: Pick<Rule, 'description' | 'peers'>): DocumentClaim | undefined {
  const [, document, name] = HOSTNAME_KEY.exec(description ?? '') ?? [];
  if (document === undefined) return undefined;
  const table = bundledTable(document);
  if (table === undefined) {
    const isFalse = IDS.has(document.split('@')[0]) ? true : undefined;
    return { rows: [], doubt: `this version of cluster-ports does not know ${document}`, isFalse };
  }
  const found = 'hostnames' in table ? hostnameRows(table).find((row) => row.name === name) : undefined;
  if (found === undefined) return { rows: [], doubt: `${document} has no row ${shown(name)}`, isFalse: true };
  const own = new RegExp(`^host:${hostnamePattern(found.hostname)}`);
  const other = peers.find((peer) => !own.test(peer.name));
  if (other !== undefined) {
    return { rows: [], doubt: `${document} has only ${found.hostname} for ${name}`, isFalse: true };
  }
  const { section, reason, reference } = found;
  const row = { row: `${document}/${name}`, document, section, reference: reference ?? table.reference };
  return { rows: [{ ...row, ...(reason !== undefined && { supplement: reason }) }] };
}

/** A row of a table of hostnames, or a supplement with its reason and page. */
type AnyHostnameRow = HostnameRow & { readonly reason?: string; readonly reference?: string };

function hostnameRows(table: HostnameTable): readonly AnyHostnameRow[] {
  return [...table.hostnames, ...(table.supplements ?? [])];
}

function claimedRow(
  { key, table, flow, row }: BundledRow & { readonly key: string },
  moved: Pick<ClaimedRow, 'port' | 'documentedPort'> | undefined,
): ClaimedRow {
  const { reason, reference } = flow as Partial<Supplement>;
  return {
    row: key,
    document: tableKey(table),
    section: row.section,
    reference: reference ?? table.reference,
    ...(reason !== undefined && { supplement: reason }),
    ...moved,
  };
}

function rowsOfFlow(prefix: string): PortRow[] {
  const rows = [...bundledRows(prefix.slice(0, prefix.indexOf('/')))];
  return rows.filter(([key]) => key.startsWith(prefix)).map(([, { row }]) => row);
}

function portsOf({ port }: PortRow): Bounds {
  return boundsOf(port._intervals().flat());
}

/** Whether packets of a row exist in a family of the far ends: one rule of GCP has both families, and is read as a rule for each. */
function hasPacketsIn({ port }: PortRow, { peers }: Pick<Rule, 'peers'>): boolean {
  return peers.length === 0 || peers.some(({ family }) => hasPackets(port, family));
}

/** Returns the ports that the document has for a row, one for each protocol in which a description says that it was moved. */
function documentedPorts({ name, port }: PortRow, moved: readonly MovedPort[]): Port[] {
  const own = moved.filter(({ row }) => row === undefined || row === name);
  return port._ofOneProtocol().filter((one) => own.some((each) => each.port === String(one)));
}

/** Returns where a row was moved to, and its port in the document; nothing if it was not moved. */
function movedTo(
  row: PortRow,
  to: string,
  moved: readonly MovedPort[],
): Pick<ClaimedRow, 'port' | 'documentedPort'> | undefined {
  const ports = documentedPorts(row, moved);
  if (ports.length === 0) return undefined;
  const { port } = row;
  return {
    port: isIcmp(port.protocol) ? port.protocol : to,
    documentedPort: String(ports.length === 1 ? ports[0] : port),
  };
}

function textsOf(bounds: Bounds): string {
  return intervalsOf(bounds).flatMap(portTexts).join(', ');
}

function intervalsOf(bounds: Bounds): PortInterval[] {
  const numbers = bounds.map(Number);
  return numbers.flatMap((from, at): PortInterval[] => (at % 2 === 0 ? [[from, numbers[at + 1]]] : []));
}

/**
 * Returns what a later edition of a table of this package would change with the chosen options, if there is one: `a later edition exists:
 * 2026-03; it adds ...`.
 */
export function editionNote(key: string, choices?: Readonly<Record<string, string>>): string | undefined {
  const table = bundledTable(key);
  if (table === undefined) return undefined;
  const later = laterEdition(table, [...editionsOf(table.id), ...hostnameEditionsOf(table.id)]);
  return later === undefined
    ? undefined
    : `a later edition exists: ${later.edition}; it ${editionChanges(table, later, choices)}`;
}
