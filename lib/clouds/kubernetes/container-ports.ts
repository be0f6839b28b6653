import type { RowToOpen } from '../../access';
import { nearestName, refusal, shown } from '../../input';
import { type Port, portCall } from '../../net';
import { type PortRow, PortLevel } from '../../tables';
import type { ContainerPort } from './kubernetes-pods-props';

/**
 * Returns the port at which containers listen for the connections of a row. It is the port of the row, unless that is a NodePort.
 *
 * Throws if the row is a port of the machine, because pods do not listen there, or a NodePort whose container port nobody gave.
 */
export function portOfContainer(
  given: readonly ContainerPort[],
  { row, key, port }: RowToOpen,
  label: string,
  place: string,
): Port {
  if (row.level === PortLevel.HOST) {
    const need = `row ${row.name} (${String(port)}) is a port of the machine, which a network policy for pods cannot open`;
    throw refusal(place, 'port-of-the-machine', need, label, `omit: [${shown(row.name)}]`);
  }
  const entries = given.filter((one) => one.row === key || one.row === row.name);
  const found = entries.sort((a, b) => Number(b.row === key) - Number(a.row === key));
  const ports = found.flatMap((one) => one.port._ofOneProtocol());
  const own = ports.find(({ protocol }) => protocol === port.protocol);
  if (own !== undefined) return checkedLevel(own, row, port, place);
  if (ports.length > 0 && row.level === PortLevel.NODE_PORT) {
    const need = `the containers of row ${row.name} must have a port in ${port.protocol}`;
    throw refusal(place, 'container-port-invalid', need, ports.map(String).join(' and '), example(row, port));
  }
  if (row.level !== PortLevel.NODE_PORT) return port;
  const need =
    `row ${row.name} (${String(port)}) is a NodePort, and a network policy sees the port of the containers: ` +
    `ports of ${label} must have it`;
  const misspelled = nearestName(
    row.name,
    given.map((one) => one.row),
  );
  throw refusal(
    place,
    'container-port-missing',
    need,
    misspelled === undefined ? 'none' : shown(misspelled),
    example(row, port),
  );
}

function checkedLevel(own: Port, row: PortRow, port: Port, place: string): Port {
  if (row.level !== PortLevel.POD || String(own) === String(port)) return own;
  const need = `row ${row.name} (${String(port)}) is a port of pods already, which only the construct moves`;
  const fix = `ports: { ${shown(row.name)}: ${portCall(own.protocol, own.fromPort, own.toPort)} } of the construct`;
  throw refusal(place, 'container-port-invalid', need, String(own), fix);
}

function example(row: PortRow, { protocol }: Port): string {
  return `ports: [{ row: ${shown(row.name)}, port: ${portCall(protocol, EXAMPLE_PORT, EXAMPLE_PORT)} }]`;
}

const EXAMPLE_PORT = 8080;
