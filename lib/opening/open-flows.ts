import type { Construct } from 'constructs';
import {
  checkedHostGroup,
  checkedPeer,
  type Flow,
  type FlowGroup,
  type IHostGroup,
  type IPeer,
  isHostGroup,
  type ResolvedEnd,
  type WorldReason,
} from '../access';
import { resolvedEnd, stackOf } from '../framework';
import { looksLikeToken, readOnlyCopy, refusal, shown } from '../input';
import { AddressFamily, isPort, type Port } from '../net';
import { flowKey, type PortRow, type PortTable, type Supplement } from '../tables';
import type { Binding } from './bindings';
import { allFlows, checkRowNames, withoutOmitted } from './chosen-rows';
import { commit, type Opened, tableAgreement, warnOfRedundantRanges } from './commit';

/** The props of every construct that opens documented ports. */
export interface DocumentedRulesProps {
  /**
   * Rows that stay closed: a row name such as `kubelet` for every flow that has it, or the row of one flow such as
   * `worker>control-plane/api-server`.
   * @default - every row of the document is opened
   */
  readonly omit?: string[];
  /**
   * Ports that replace the documented ones, by row name or by flow as in `omit`. The protocol stays the same.
   * @default - the ports of the document
   */
  readonly ports?: Record<string, Port>;
}

/** The props of every construct whose document has several editions in this package. */
export interface EditionedRulesProps extends DocumentedRulesProps {
  /**
   * The edition of the document, such as `2025-10`. `PortTables.all()` lists the editions. A different edition opens and closes
   * ports; a row that stays keeps its Terraform address.
   * @default - the edition of `PORTS`
   */
  readonly edition?: string;
}

/** The flows that a construct opens. */
interface Request {
  readonly table: PortTable;
  readonly bindings: readonly Binding[];
  readonly props: DocumentedRulesProps;
}

/** The flows that a construct has opened, with their resources. */
export interface OpenedFlows extends Opened {
  readonly flows: Flow[];
}

/** Opens documented flows between the machines that a construct was given. Creates nothing if it throws. */
export function openFlows(scope: Construct, { table, bindings, props }: Request): OpenedFlows {
  const place = placeOf(scope);
  const { omit = [], ports = {} } = props;
  if (!Array.isArray(omit)) throw refusal(place, 'row-names-invalid', 'omit must be a list of row names', shown(omit));
  if (typeof ports !== 'object' || ports === null) {
    throw refusal(place, 'ports-invalid', 'ports must be an object of ports by row name', shown(ports));
  }
  checkRowNames('omit', omit, allFlows(table), place);
  const opened = bindings.map(({ documented }) => withoutOmitted(documented, omit));
  checkRowNames('ports', Object.keys(ports), opened, place);

  const groups = bindings
    .map((binding) => flowGroup(binding, { scope, place, table, omit, ports }))
    .filter((group) => group.flows.length > 0);
  if (groups.length === 0) {
    const need = 'every row is omitted, so nothing would be opened; remove this construct instead';
    throw refusal(place, 'nothing-left', need);
  }
  const rules = groups.flatMap((group) => [
    ...group.destination._openIngress(group),
    ...hostGroupsOf(group).flatMap((source) => source._openEgress(group)),
  ]);
  const flows = groups.flatMap((group) => group.flows);
  const committed = commit({ scope, place, flows, rules, agreements: [tableAgreement(table)] });
  warnOfRedundancy(scope, groups);
  return { flows, ...committed };
}

/** Returns the name of a construct in errors. */
export function placeOf(scope: Construct): string {
  const place = `${scope.constructor.name} "${scope.node.path}"`;
  if (looksLikeToken(place)) {
    const need = 'the path must be known at synthesis';
    throw refusal(scope.constructor.name, 'path-not-known', need, shown(scope.node.path));
  }
  return place;
}

/** What the flow groups of one construct have in common. */
interface Common extends Required<DocumentedRulesProps> {
  readonly scope: Construct;
  readonly place: string;
  readonly table: PortTable;
}

function flowGroup(binding: Binding, { scope, place, table, omit, ports }: Common): FlowGroup {
  const { documented, environment, hostname } = binding;
  const source = checkedPeer(binding.source.peer, binding.source.prop, place);
  const destination = checkedHostGroup(binding.destination.peer, binding.destination.prop, place);
  const [sourceEnd, destinationEnd] = [source, destination].map(({ _farEnd }) =>
    resolvedEnd(_farEnd, stackOf(scope, place), place),
  );
  const openedRow = (row: PortRow): Flow =>
    readOnlyCopy({
      key: flowKey(documented, row),
      table,
      row,
      port: portOf(row, binding, ports, place),
      sourceRole: documented.source,
      destinationRole: documented.destination,
      source,
      destination,
      environment,
      hostname,
      supplement: (documented as Partial<Supplement>).reason,
      external: destination._isExternal,
      constructPath: scope.node.path,
    });
  const { rows } = withoutOmitted(documented, omit);
  for (const row of rows) checkWorld(row, sourceEnd.worldReasons, place);
  const flows = rows.map(openedRow);
  return { scope, place, table, documented, environment, source, destination, sourceEnd, destinationEnd, flows };
}

function checkWorld(row: PortRow, reasons: readonly WorldReason[], place: string): void {
  if (row.internal && reasons.length > 0) {
    const need = `row ${row.name} (${String(row.port)}) must not be open to the world`;
    throw refusal(place, 'world-not-allowed', need, reasons.map(worldCall).join(' and '));
  }
}

/** Returns the call that opened a peer to the world. */
function worldCall({ family, reason }: WorldReason): string {
  return `Peer.any${family === AddressFamily.IPV4 ? 'Ipv4' : 'Ipv6'}(${shown(reason)})`;
}

function portOf(row: PortRow, { documented, port }: Binding, ports: Record<string, Port>, place: string): Port {
  const name = [flowKey(documented, row), row.name].find((key) => Object.hasOwn(ports, key));
  const chosen = port ?? (name === undefined ? row.port : ports[name]);
  if (!isPort(chosen)) {
    throw refusal(place, 'port-required', `ports["${name}"] must be a Port`, shown(chosen), asPort(chosen, row));
  }
  const { protocol } = row.port;
  if (chosen.protocol !== protocol) {
    throw refusal(
      place,
      'protocol-differs',
      `row ${row.name} must stay ${protocol}`,
      String(chosen),
      sameNumbers(chosen, row),
    );
  }
  return chosen;
}

function asPort(value: unknown, { port: { protocol } }: PortRow): string | undefined {
  return isPortNumber(value) ? `Port.${protocol}(${value})` : undefined;
}

function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

function sameNumbers({ fromPort, toPort }: Port, { port: { protocol } }: PortRow): string {
  return fromPort === toPort ? `Port.${protocol}(${fromPort})` : `Port.${protocol}Range(${fromPort}, ${toPort})`;
}

/** Looks at each peer once. */
function warnOfRedundancy(scope: Construct, groups: readonly FlowGroup[]): void {
  const ends = groups.flatMap((group) => [
    [group.source, group.sourceEnd] as const,
    [group.destination, group.destinationEnd] as const,
  ]);
  for (const { ranges } of new Map<IPeer, ResolvedEnd>(ends).values()) warnOfRedundantRanges(scope, ranges);
}

/** Returns the host groups that open the connections: the source, or the host groups that it combines. */
function hostGroupsOf({ source }: FlowGroup): IHostGroup[] {
  return source._farEnd.hostGroups.filter(isHostGroup);
}
