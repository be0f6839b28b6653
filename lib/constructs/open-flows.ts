import type { Construct } from 'constructs';
import { commit, type Opened } from '../framework/commit';
import { flowKey, type Flow } from '../model/flow';
import type { FlowGroup } from '../model/flow-group';
import { isHostGroup, type IHostGroup } from '../model/host-group';
import { isPort, type Port } from '../model/port';
import type { PortRow, PortTable, Supplement } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { allFlows, checkedHostGroup, checkedPeer, type Binding } from './bindings';
import type { DocumentedRulesProps } from './documented-rules';
import { checkRowNames, namesRow } from './row-names';

/** What a construct asks for. */
export interface Request {
  readonly table: PortTable;
  readonly bindings: readonly Binding[];
  readonly props: DocumentedRulesProps;
}

/** What a construct has opened. */
export interface OpenedFlows extends Opened {
  readonly flows: Flow[];
}

/** Opens documented flows between the machines that a construct was given: all of them, or none and an error. */
export function openFlows(scope: Construct, { table, bindings, props }: Request): OpenedFlows {
  const place = placeOf(scope);
  const documented = bindings.map((binding) => binding.documented);
  checkRowNames('omit', props.omit ?? [], allFlows(table), place);
  checkRowNames('ports', Object.keys(props.ports ?? {}), documented, place);

  const groups = bindings
    .map((binding) => flowGroup(scope, place, table, binding, props))
    .filter((group) => group.flows.length > 0);
  if (groups.length === 0) throw refusal(place, 'at least one row must be left', 'none', 'no construct at all');
  const rules = groups.flatMap((group) => [
    ...group.destination._openIngress(group),
    ...hostGroupsOf(group).flatMap((source) => source._openEgress(group)),
  ]);
  const flows = groups.flatMap((group) => group.flows);
  return { flows, ...commit({ scope, place, flows, rules }) };
}

/** How errors name a construct. */
export function placeOf(scope: Construct): string {
  return `${scope.constructor.name} "${scope.node.path}"`;
}

function flowGroup(
  scope: Construct,
  place: string,
  table: PortTable,
  binding: Binding,
  props: DocumentedRulesProps,
): FlowGroup {
  const { documented, environment } = binding;
  const source = checkedPeer(binding.source, place);
  const destination = checkedHostGroup(binding.destination, place);
  const flows = documented.rows
    .filter((row) => !namesRow(props.omit ?? [], documented, row))
    .map((row) => {
      checkWorld(row, source._farEnd.worldReasons.length > 0, place);
      return Object.freeze<Flow>({
        key: flowKey(documented, row),
        table,
        row,
        port: portOf(row, binding, props, place),
        sourceRole: documented.source,
        destinationRole: documented.destination,
        source,
        destination,
        environment,
        supplement: (documented as Partial<Supplement>).reason,
        external: destination._openedByOthers,
        askedBy: scope.node.path,
      });
    });
  return { scope, place, table, documented, environment, source, destination, flows };
}

function checkWorld(row: PortRow, isWorld: boolean, place: string): void {
  if (row.clusterInternal && isWorld)
    throw refusal(
      place,
      `row ${row.name} (${String(row.port)}) must not be open to the world`,
      'Peer.anyIpv4 or Peer.anyIpv6',
    );
}

function portOf(
  row: PortRow,
  { documented, port }: Binding,
  { ports = {} }: DocumentedRulesProps,
  place: string,
): Port {
  const name = [flowKey(documented, row), row.name].find((key) => Object.hasOwn(ports, key));
  const chosen = port ?? (name === undefined ? row.port : ports[name]);
  if (!isPort(chosen)) throw refusal(place, `ports["${name}"] must be a Port`, shown(chosen), asPort(chosen, row));
  if (chosen.protocol !== row.port.protocol) {
    throw refusal(
      place,
      `row ${row.name} must stay ${row.port.protocol}`,
      String(chosen),
      `${chosen.numbers}/${row.port.protocol}`,
    );
  }
  return chosen;
}

function asPort(value: unknown, row: PortRow): string | undefined {
  return Number.isInteger(value) ? `Port.${row.port.protocol}(${String(value)})` : undefined;
}

/** The host groups that open the connections: the source itself, or those that it is made of. */
function hostGroupsOf({ source }: FlowGroup): IHostGroup[] {
  const groups = new Set<IHostGroup>(source._farEnd.hostGroups);
  if (isHostGroup(source)) groups.add(source);
  return [...groups];
}
