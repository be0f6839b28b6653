import { type AddressFamily, Basis, Port, PortLevel, type PortRow, type PortTable } from '../../../lib';

/** Returns a row of the table below: a port of pods, unless it says otherwise. */
export function row(
  name: string,
  port: Port,
  level: PortLevel | 'unsaid' = PortLevel.POD,
  family?: AddressFamily,
): PortRow {
  return {
    name,
    port,
    description: `The port ${name}`,
    section: 'Ports',
    protocolBasis: Basis.TABLE,
    ...(level !== 'unsaid' && { level }),
    ...(family !== undefined && { family }),
  };
}

/** Returns a table with rows from clients to servers. */
export function tableOf(...rows: PortRow[]): PortTable {
  return {
    id: 'shop',
    title: 'Ports of the shop',
    reference: 'https://wiki.example.com/shop',
    edition: '2026-10',
    comparedOn: '2026-11-28',
    flows: [{ source: { id: 'client', title: 'Clients' }, destination: { id: 'server', title: 'Servers' }, rows }],
  };
}

/** A port of pods, `8080/tcp`. */
export const WEB = tableOf(row('web', Port.tcp(8080), PortLevel.POD));
/** A NodePort, `30080/tcp`. */
export const NODE_PORT = tableOf(row('console', Port.tcp(30080), PortLevel.NODE_PORT));
/** A port of which the table does not say where it is seen, `9090/tcp`. */
export const UNSAID = tableOf(row('metrics', Port.tcp(9090), 'unsaid'));
/** A port of machines, `10250/tcp`, and a port of pods. */
export const HOST = tableOf(row('kubelet', Port.tcp(10250), PortLevel.HOST), row('web', Port.tcp(8080), PortLevel.POD));
