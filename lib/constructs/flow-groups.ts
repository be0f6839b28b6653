import type { Construct } from 'constructs';
import { stackOf } from '../framework/framework';
import { resolvedEnd } from '../framework/resolved-end';
import { AddressFamily } from '../model/address-family';
import type { WorldReason } from '../model/far-end';
import { flowKey, type Flow } from '../model/flow';
import type { FlowGroup } from '../model/flow-group';
import { isPort, type Port } from '../model/port';
import type { PortRow, PortTable, Supplement } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { checkedHostGroup, checkedPeer, withoutOmitted, type Binding } from './bindings';
import type { DocumentedRulesProps } from './documented-rules';

/** The flows of one binding, between machines that were checked, in the stack of the construct. */
export function flowGroup(
  scope: Construct,
  place: string,
  table: PortTable,
  binding: Binding,
  { omit, ports }: Required<DocumentedRulesProps>,
): FlowGroup {
  const { documented, environment, hostname } = binding;
  const source = checkedPeer(binding.source, place);
  const destination = checkedHostGroup(binding.destination, place);
  const [sourceEnd, destinationEnd] = [source, destination].map(({ _farEnd }) =>
    resolvedEnd(_farEnd, stackOf(scope, place), place),
  );
  const openedRow = (row: PortRow): Flow =>
    Object.freeze({
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
    throw refusal(place, need, reasons.map(worldCall).join(' and '));
  }
}

/** The call by which a peer was opened to the world. */
function worldCall({ family, reason }: WorldReason): string {
  return `Peer.any${family === AddressFamily.IPV4 ? 'Ipv4' : 'Ipv6'}(${shown(reason)})`;
}

function portOf(row: PortRow, { documented, port }: Binding, ports: Record<string, Port>, place: string): Port {
  const name = [flowKey(documented, row), row.name].find((key) => Object.hasOwn(ports, key));
  const chosen = port ?? (name === undefined ? row.port : ports[name]);
  if (!isPort(chosen)) throw refusal(place, `ports["${name}"] must be a Port`, shown(chosen), asPort(chosen, row));
  const { protocol } = row.port;
  if (chosen.protocol !== protocol) {
    throw refusal(place, `row ${row.name} must stay ${protocol}`, String(chosen), `${chosen.numbers}/${protocol}`);
  }
  return chosen;
}

function asPort(value: unknown, row: PortRow): string | undefined {
  return Number.isInteger(value) ? `Port.${row.port.protocol}(${String(value)})` : undefined;
}
