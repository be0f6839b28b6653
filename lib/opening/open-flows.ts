import type { Construct, IConstruct } from 'constructs';
import {
  checkDistinct,
  checkedHostGroup,
  checkedPeer,
  cloudsOf,
  type Cloud,
  type Destination,
  type Flow,
  type FlowGroup,
  hostGroupsIn,
  type IHostGroup,
  type IPeer,
  isHostGroup,
  isOfFamily,
  type NeededEnd,
  type Ownership,
  type ResolvedEnd,
  type WorldReason,
} from '../access';
import { resolvedEnd, stackOf } from '../framework';
import { looksLikeToken, type PropNames, readOnlyCopy, refusal, shown } from '../input';
import {
  AddressFamily,
  type Cidr,
  FAMILY_NAMES,
  isIcmp,
  isPort,
  LAST_PORT,
  type Port,
  portCall,
  Protocol,
  rangesOf,
  suggestedPort,
} from '../net';
import {
  type Choices,
  type DocumentedFlow,
  flowKey,
  type OptionNames,
  type PortRow,
  type PortTable,
  type Supplement,
} from '../tables';
import type { Binding, BoundRole } from './bindings';
import { allFlows, checkNotOmitted, checkRowList, checkRowNames, withoutOmitted } from './chosen-rows';
import { noteLaterEdition, notePodPorts, warnOfRedundantRanges } from './annotations';
import { commit, type Opened, tableAgreement } from './commit';
import { checkNotClosed, conditionalRows, openRows } from './chosen-options';
import type { EndpointPort } from './endpoint';
import { checkedOwnerships } from './ownerships';
import { checkedVersions } from './versions';

/** The props of every construct that opens documented ports. */
export interface DocumentedRulesProps {
  /**
   * Rows that stay closed: the name of a row, such as `kubelet`, for every flow that has it, or the key of one flow, such as
   * `worker>control-plane/api-server`.
   * @default - every row of the document is opened
   */
  readonly omit?: string[];
  /**
   * Ports that replace the documented ones, by the same names as in `omit`. The protocol and the number of ports must stay the
   * same. Provenance and the descriptions of rules keep the port of the document, and every output shows both.
   * @default - the ports of the document
   */
  readonly ports?: Record<string, Port>;
  /**
   * The versions that you run, by product: `{ kubernetes: '1.34.1' }`. They open nothing; access requests and `cluster-ports explain`
   * then say for which of them the vendor has not checked the ports.
   * @default - the outputs name only the versions that the vendor has checked
   */
  readonly versions?: Record<string, string>;
  /**
   * Who wants the ports, why, and until when: `{ owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' }`. It is in the descriptions of
   * rules, in every list and in access requests, and `cluster-ports lint` finds what has expired. It changes no rule.
   * @default - nobody is named
   */
  readonly ownership?: Ownership;
  /**
   * The ownership of single rows, by the same names as in `omit`. It takes the place of `ownership` as a whole.
   * @default - every row has the ownership of the construct
   */
  readonly rowOwnership?: Record<string, Ownership>;
}

/** The props of every construct whose document has several editions in this package. */
export interface EditionedRulesProps extends DocumentedRulesProps {
  /**
   * The edition of the document, such as `2025-10`. `PortTables.all()` lists the editions. A different edition may open and
   * close ports. Rows that both editions have keep their Terraform addresses.
   * @default - the edition of `portTable`
   */
  readonly edition?: string;
}

/** The names of these props. */
export const EDITIONED_RULES_PROPS: PropNames<EditionedRulesProps> = {
  edition: true,
  omit: true,
  ports: true,
  versions: true,
  ownership: true,
  rowOwnership: true,
};

/** What `openFlows` opens. */
interface Request {
  readonly table: PortTable;
  readonly bindings: readonly Binding[];
  readonly props: DocumentedRulesProps;
  /** The editions of the table that this package has. */
  readonly editions: readonly PortTable[];
  /** The choice of every option of the table. */
  readonly choices: Choices;
  readonly optionNames: OptionNames;
  /**
   * The port of an endpoint, and the rows that are open at it.
   * @default - none
   */
  readonly endpoint?: EndpointPort;
}

/** The flows that a construct has opened, with their resources. */
export interface OpenedFlows extends Opened {
  readonly flows: Flow[];
}

/** Opens documented flows between the machines of their roles. Creates nothing if it throws. */
export function openFlows(scope: Construct, request: Request): OpenedFlows {
  const { table, editions, choices } = request;
  const bindings = openBindings(request);
  const common = checkedRequest(scope, request, bindings);
  const all = bindings.map((binding) => flowGroup(binding, common));
  const groups = all.map(({ group }) => group).filter((group) => group.flows.length > 0);
  if (groups.length === 0) throw nothingLeft(table, common.place);
  const rules = groups.flatMap((group) => [
    ...group.destination._openIngress(group),
    ...hostGroupsOf(group).flatMap((source) => source._openEgress(group)),
  ]);
  const flows = groups.flatMap((group) => group.flows);
  const committed = commit({
    scope,
    place: common.place,
    flows,
    omitted: all.flatMap((one) => one.omitted),
    rules,
    agreements: [tableAgreement(table)],
  });
  warnOfRedundantPeers(scope, groups);
  notePodPorts(scope, flows);
  noteLaterEdition(scope, table, editions, choices);
  return { flows, ...committed };
}

/** Checks what a construct says about rows, and returns what all of its flows have in common. */
function checkedRequest(scope: Construct, request: Request, bindings: readonly Binding[]): Common {
  const { table, choices, endpoint } = request;
  const place = placeOf(scope);
  const checked = checkedProps(request, bindings, place);
  const options = table.options === undefined ? undefined : readOnlyCopy(choices);
  const facing = (prop: string): Cloud[] => cloudsFacing(prop, bindings);
  const listening = new Set(bindings.map(({ destination }) => destination.prop));
  return { scope, place, table, facing, listening, options, endpoint, ...checked };
}

type CheckedProps = Pick<Common, 'omitted' | 'ports' | 'versions' | 'ownership' | 'rowOwnership'>;

/** Checks the props that name rows, and the versions. */
function checkedProps(request: Request, bindings: readonly Binding[], place: string): CheckedProps {
  const { table, props } = request;
  const { omit = [], ports = {} } = props;
  const versions = checkedVersions(props.versions, table, place);
  checkRowList('omit', omit, place);
  checkPorts(ports, place);
  const omitted = new Set(omit);
  const ownerships = checkedOwnerships(props, place);
  const named = { ports: Object.keys(ports), rowOwnership: Object.keys(ownerships.rowOwnership) };
  checkNamedRows(request, { omit, ...named }, place);
  checkOpenedRows(named, bindings, omitted, place);
  return { omitted, ports, versions, ...ownerships };
}

/** The names of rows in props, by prop. */
type NamedRows = Readonly<Record<string, readonly string[]>>;

/** Throws if `omit` names a row that the table does not have, or any prop one that an option closes. */
function checkNamedRows(
  { table, choices, optionNames }: Request,
  named: NamedRows & { readonly omit: readonly string[] },
  place: string,
): void {
  if (Object.values(named).every((names) => names.length === 0)) return;
  checkRowNames('omit', named.omit, allFlows(table), place);
  checkNotClosed(named, { table, rows: () => conditionalRows(table), choices, optionNames, place });
}

/** Throws if a prop names rows that the construct does not open. */
function checkOpenedRows(
  named: NamedRows,
  bindings: readonly Binding[],
  omitted: ReadonlySet<string>,
  place: string,
): void {
  if (Object.values(named).every((names) => names.length === 0)) return;
  const documented = bindings.map((binding) => binding.documented);
  const opened = documented.map((flow) => withoutOmitted(flow, omitted));
  for (const [prop, names] of Object.entries(named)) {
    checkNotOmitted(prop, names, documented, opened, place);
    checkRowNames(prop, names, opened, place);
  }
}

function checkPorts(ports: unknown, place: string): void {
  if (typeof ports === 'object' && ports !== null && !(ports instanceof Map)) return;
  throw refusal(place, 'ports-invalid', 'ports must be an object of ports by row name', shown(ports));
}

/** Returns the bindings with only the rows that the choices open. */
function openBindings({ bindings, choices }: Request): Binding[] {
  return bindings.map((binding) => ({ ...binding, documented: openRows(binding.documented, choices) }));
}

function nothingLeft(table: PortTable, place: string): Error {
  const closed = table.options === undefined ? 'omitted' : 'omitted, or closed by an option';
  const need = `every row is ${closed}, so nothing would be opened; remove this construct instead`;
  return refusal(place, 'nothing-left', need);
}

/** Returns the name of a construct for errors. Throws if its path contains a token. */
export function placeOf(scope: IConstruct): string {
  const place = `${scope.constructor.name} "${scope.node.path}"`;
  if (looksLikeToken(place)) {
    const need = 'the path must be known at synthesis';
    throw refusal(scope.constructor.name, 'path-not-known', need, shown(scope.node.path));
  }
  return place;
}

/** What the flow groups of one construct have in common. */
interface Common extends Pick<Required<DocumentedRulesProps>, 'ports' | 'rowOwnership'> {
  readonly scope: Construct;
  readonly place: string;
  readonly table: PortTable;
  /** Returns the clouds of the host groups at the other ends of the flows to and from the machines of a prop. */
  readonly facing: (prop: string) => Cloud[];
  /** The props of machines that are a destination. */
  readonly listening: ReadonlySet<string>;
  readonly omitted: ReadonlySet<string>;
  readonly versions?: Record<string, string>;
  readonly options?: Record<string, string>;
  readonly endpoint?: EndpointPort;
  readonly ownership?: Ownership;
}

/** Makes the flow of a row to one of the host groups of its destination. */
type FlowOf = (row: PortRow, port: Port, to: IHostGroup) => Flow;

function flowsOf(binding: Binding, source: IPeer, common: Common): FlowOf {
  const { documented, environment, hostname } = binding;
  const { scope, table, versions, options } = common;
  return (row, port, to) => ({
    key: flowKey(documented, row),
    table,
    row,
    port,
    sourceRole: documented.source,
    destinationRole: documented.destination,
    source,
    destination: to,
    environment,
    hostname,
    versions,
    options,
    ownership: ownershipOf(row, binding, common),
    supplement: (documented as Partial<Supplement>).reason,
    supplementReference: (documented as Partial<Supplement>).reference,
    external: to._isExternal,
    constructPath: scope.node.path,
  });
}

/** Returns the flows of a binding, and those that stay closed because of `omit`. */
function flowGroup(binding: Binding, common: Common): { readonly group: FlowGroup; readonly omitted: readonly Flow[] } {
  const { scope, place, table, omitted } = common;
  const { documented, environment } = binding;
  const { source, destination, stack } = checkedEnds(binding, common);
  const sourceEnd = resolvedEnd(source._farEnd, stack, place);
  const flowOf = flowsOf(binding, source, common);
  const { rows } = withoutOmitted(documented, omitted);
  const opened = openedRows(rows, sourceEnd, binding, common);
  const destinations = hostGroupsIn(destination).map((each) => destinationOf(each, opened, binding, flowOf, common));
  const flows = destinations.flatMap((each) => each.flows);
  return {
    group: { scope, place, table, documented, environment, source, destination, sourceEnd, destinations, flows },
    omitted: rows === documented.rows ? [] : omittedFlows(documented, rows, destination, flowOf),
  };
}

/** Returns one host group of a destination with the flows of opened rows. */
function destinationOf(
  hostGroup: IHostGroup,
  opened: readonly OpenedRow[],
  { documented }: Binding,
  flowOf: FlowOf,
  { scope, place }: Common,
): Destination {
  return {
    hostGroup,
    end: resolvedEnd(hostGroup._farEnd, stackOf(scope, place), place),
    flows: opened.map((each) => flowOf(each.row, portAt(hostGroup, documented, each, place), hostGroup)),
  };
}

/** Returns the flows of the rows that stay closed because of `omit`. */
function omittedFlows(
  documented: DocumentedFlow,
  opened: readonly PortRow[],
  destination: IHostGroup,
  flowOf: FlowOf,
): Flow[] {
  const closed = documented.rows.filter((row) => !opened.includes(row));
  return hostGroupsIn(destination).flatMap((hostGroup) =>
    closed.flatMap((row) => row.port._ofOneProtocol().map((one) => flowOf(row, one, hostGroup))),
  );
}

/** Returns the peers of a binding, and the stack of the construct. Throws unless each of them can be what the flow needs. */
function checkedEnds(
  { source, destination }: Binding,
  { scope, place, facing, listening }: Common,
): { readonly source: IPeer; readonly destination: IHostGroup; readonly stack: Construct } {
  const needed = ({ prop }: BoundRole): NeededEnd => ({ prop, place, clouds: () => facing(prop) });
  // machines that other flows reach must be a host group, so that the error says it at once
  const checkedSource = listening.has(source.prop) ? checkedHostGroup : checkedPeer;
  const from = checkedSource(source.peer, needed(source));
  const to = checkedHostGroup(destination.peer, needed(destination));
  const stack = stackOf(scope, place);
  if (isHostGroup(from)) checkDistinct(from, stack, place);
  checkDistinct(to, stack, place);
  return { source: from, destination: to, stack };
}

/** A row with one of its protocols. */
interface OpenedRow {
  readonly row: PortRow;
  readonly one: Port;
}

/** Returns rows with each of their protocols. Throws if a row must not be open to its source. */
function openedRows(rows: readonly PortRow[], source: ResolvedEnd, binding: Binding, common: Common): OpenedRow[] {
  const { place } = common;
  return rows.flatMap((row) => {
    checkWorld(row, source, place);
    const port = portOf(row, binding, common);
    checkFamily(row, port, source, place);
    return port._ofOneProtocol().map((one) => ({ row, one }));
  });
}

/** Returns the port at which a host group listens for the connections of a row, which of pods may not be the one that clients see. */
function portAt(hostGroup: IHostGroup, documented: DocumentedFlow, { row, one }: OpenedRow, place: string): Port {
  return hostGroup._portOf?.({ key: flowKey(documented, row), row, port: one }, place) ?? one;
}

function cloudsFacing(prop: string, bindings: readonly Binding[]): Cloud[] {
  const others = bindings.flatMap(({ source, destination }) => [
    ...(source.prop === prop ? [destination.peer] : []),
    ...(destination.prop === prop ? [source.peer] : []),
  ]);
  return [...new Set(others.flatMap(cloudsOf))];
}

function checkWorld(row: PortRow, { ranges, hostGroups, worldReasons }: ResolvedEnd, place: string): void {
  if (!row.internal || worldReasons.every(({ family }) => (row.family ?? family) !== family)) return;
  const need = `row ${row.name} (${String(row.port)}) must not be open to the world`;
  const all = [...ranges, ...hostGroups.flatMap((group) => group._ranges ?? [])];
  const calls = worldReasons.map((reason) => worldCall(reason, all));
  throw refusal(place, 'world-not-allowed', need, [...new Set(calls)].join(' and '));
}

/** Throws if a row is for packets of a family that its source does not have. */
function checkFamily(row: PortRow, port: Port, end: ResolvedEnd, place: string): void {
  const ranges = [...end.ranges, ...end.references];
  if (ranges.length === 0 || end.hostGroups.length > 0) return;
  if (ranges.some(({ family }) => isOfFamily({ row, port }, family))) return;
  const given = new Set(ranges.map(({ family }) => family));
  const families = Object.values(AddressFamily).filter((family) => isOfFamily({ row, port }, family));
  const names = families.map((family) => FAMILY_NAMES[family]);
  const exists = row.family === undefined ? 'exists only in' : 'is only for';
  const need = `row ${row.name} (${String(port)}) ${exists} ${names.join()}, and its source must have such ranges`;
  const got = `only ${[...given].map((family) => FAMILY_NAMES[family]).join()} ranges`;
  throw refusal(place, 'family-missing', need, got, `omit: [${shown(row.name)}]`);
}

/** Returns the call that opened a peer to the world. */
function worldCall({ family, reason }: WorldReason, ranges: readonly Cidr[]): string {
  const isAny = rangesOf(family, ranges).some(({ prefixLength }) => prefixLength === 0);
  if (!isAny) return `Peer.wide(${shown(reason)}, ...)`;
  return `Peer.any${family === AddressFamily.IPV4 ? 'Ipv4' : 'Ipv6'}(${shown(reason)})`;
}

/** Returns the name by which a map has a row: the key of its flow comes before the name of the row. */
function nameIn(values: object, flow: DocumentedFlow, row: PortRow): string | undefined {
  const key = flowKey(flow, row);
  if (Object.hasOwn(values, key)) return key;
  return Object.hasOwn(values, row.name) ? row.name : undefined;
}

function ownershipOf(row: PortRow, binding: Binding, { ownership, rowOwnership }: Common): Ownership | undefined {
  const name = nameIn(rowOwnership, binding.documented, row);
  return name === undefined ? (binding.ownership ?? ownership) : rowOwnership[name];
}

function portOf(row: PortRow, { documented, port }: Binding, { ports, place, endpoint }: Common): Port {
  const name = nameIn(ports, documented, row);
  const declared = endpoint?.rows.includes(row.name) ? endpoint.port : undefined;
  const chosen = port ?? (name === undefined ? (declared ?? row.port) : ports[name]);
  if (chosen === row.port) return chosen;
  if (!isPort(chosen)) {
    throw refusal(
      place,
      'port-required',
      `ports["${name}"] must be a Port`,
      shown(chosen),
      suggestedPort(chosen, row.port.protocol),
    );
  }
  if (declared !== undefined && !isSamePort(chosen, declared)) {
    const need = `ports["${name}"] must be the port of the endpoint, ${String(declared)}`;
    throw refusal(
      place,
      'endpoint-differs',
      need,
      String(chosen),
      portCall(Protocol.TCP, declared.fromPort, declared.toPort),
    );
  }
  const { protocol } = row.port;
  const fix = `${sameSize(row.port, chosen)}, or a table of your own for DocumentedPortRules`;
  if (chosen.protocol !== protocol || protocol === Protocol.IP) {
    if (isSamePort(chosen, row.port)) return chosen;
    throw refusal(place, 'protocol-differs', `row ${row.name} must stay ${String(row.port)}`, String(chosen), fix);
  }
  // every type is the only other form of a row for ICMP: firewalls on GCP have no types
  if (isIcmp(protocol)) {
    if (isSamePort(chosen, row.port) || chosen.numbers === '') return chosen;
    const need = `row ${row.name} must stay ${String(row.port)}, or open every type`;
    throw refusal(place, 'protocol-differs', need, String(chosen), `Port.${protocol}()`);
  }
  const count = countOf(row.port);
  if (countOf(chosen) !== count) {
    const need = `row ${row.name} must stay ${count === 1 ? 'one port' : `${count} ports`}`;
    throw refusal(place, 'port-count-differs', need, String(chosen), fix);
  }
  return chosen;
}

function isSamePort(a: Port, b: Port): boolean {
  return String(a) === String(b);
}

function countOf({ fromPort, toPort }: Port): number {
  return toPort - fromPort + 1;
}

/** Returns the call for ports of the same protocol and number as those of a row, from where `chosen` begins. */
function sameSize(documented: Port, chosen: Port): string {
  if (documented.protocol === Protocol.IP || isIcmp(documented.protocol)) {
    return portCall(documented.protocol, documented.fromPort, documented.toPort);
  }
  const count = countOf(documented);
  const fromPort = Math.min(chosen.fromPort, LAST_PORT - count + 1);
  return portCall(documented.protocol, fromPort, fromPort + count - 1);
}

/** Warns about redundant ranges of the peers. Checks each peer only once. */
function warnOfRedundantPeers(scope: Construct, groups: readonly FlowGroup[]): void {
  const ends = groups.flatMap((group) => [
    [group.source, group.sourceEnd] as const,
    ...group.destinations.map(({ hostGroup, end }) => [hostGroup, end] as const),
  ]);
  for (const { ranges } of new Map<IPeer, ResolvedEnd>(ends).values()) warnOfRedundantRanges(scope, ranges);
}

/** Returns the host groups of the source: itself, or those that it combines. */
function hostGroupsOf({ source }: FlowGroup): IHostGroup[] {
  return source._farEnd.hostGroups.filter(isHostGroup);
}
