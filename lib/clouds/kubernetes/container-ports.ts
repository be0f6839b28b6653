import type { RowToOpen } from '../../access';
import { nearestName, refusal, shown } from '../../input';
import { type Port, portCall } from '../../net';
import { type PortRow, PortLevel } from '../../tables';
import { isPolicyProtocol } from './forms';
import type { ContainerPort } from './kubernetes-pods-props';

/**
 * Returns the port at which containers listen for the connections of a row: that of a row of pods, or else the one that the user gave.
 *
 * Throws if the row is a port of the machine, because no network policy applies to processes in the network of the host. Throws for a
 * NodePort, and for a row of which the table does not say where its port is seen, unless the user gave the port of the containers: for
 * all that is known, a process of the machine listens there.
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
  // a protocol that no policy has is refused with the policy
  if (row.level === PortLevel.POD || (row.level === undefined && !isPolicyProtocol(port.protocol))) return port;
  const need =
    row.level === PortLevel.NODE_PORT
      ? `row ${row.name} (${String(port)}) is a NodePort, and a network policy sees the port of the containers: ` +
        `ports of ${label} must have it`
      : `the table does not say that row ${row.name} (${String(port)}) is a port of pods: if these pods listen there, ` +
        `ports of ${label} must say so`;
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

function example(row: PortRow, { protocol, fromPort, toPort }: Port): string {
  // only the port of a NodePort is surely not that of the containers
  const [from, to] = row.level === PortLevel.NODE_PORT ? [EXAMPLE_PORT, EXAMPLE_PORT] : [fromPort, toPort];
  return `ports: [{ row: ${shown(row.name)}, port: ${portCall(protocol, from, to)} }]`;
}

const EXAMPLE_PORT = 8080;
