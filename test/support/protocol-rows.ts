import { App, TerraformStack } from 'cdktf';
import {
  type AddressFamily,
  Basis,
  DocumentedPortRules,
  type IHostGroup,
  type IPeer,
  type Port,
  type PortTable,
} from '../../lib';

/** Returns a table with a row for each port, from nodes to servers: `row-0`, `row-1`. */
function table(ports: readonly Port[], family?: AddressFamily): PortTable {
  const row = (port: Port, at: number): PortTable['flows'][0]['rows'][0] => ({
    name: `row-${at}`,
    port,
    description: `Row ${at}`,
    section: 'Ports',
    protocolBasis: Basis.TABLE,
    ...(family && at === 0 && { family }),
  });
  return {
    id: 'protocols',
    title: 'A table',
    reference: 'https://wiki.example.com/table',
    edition: '2026-10',
    comparedOn: '2026-11-28',
    flows: [
      {
        source: { id: 'node', title: 'Nodes' },
        destination: { id: 'server', title: 'Servers' },
        rows: ports.map(row),
      },
    ],
  };
}

interface OpenedProps {
  readonly ports?: Record<string, Port>;
  readonly omit?: string[];
  /** The only family of the first row. */
  readonly family?: AddressFamily;
}

/** Opens a table with a row for each port, in a stack called `stack`. */
export function openedPorts(
  ports: readonly Port[],
  node: IPeer,
  serverIn: (stack: TerraformStack) => IHostGroup,
  { family, ...props }: OpenedProps = {},
): TerraformStack {
  const stack = new TerraformStack(new App(), 'stack');
  new DocumentedPortRules(stack, 'rules', {
    table: table(ports, family),
    roles: { node, server: serverIn(stack) },
    ...props,
  });
  return stack;
}
