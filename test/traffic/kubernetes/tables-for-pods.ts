import { App, TerraformStack } from 'cdktf';
import {
  DocumentedPortRules,
  Egress,
  type IHostGroup,
  KubernetesDns,
  KubernetesPods,
  type KubernetesPodsProps,
  Port,
  PortLevel,
  type PortRow,
  type PortTable,
  Protocol,
} from '../../../lib';

const TRANSPORTS: readonly Protocol[] = [Protocol.TCP, Protocol.UDP, Protocol.TCP_AND_UDP, Protocol.SCTP];
const CONTAINER = 4242;

/** Whether a network policy for pods can open a row. */
const isOpened = ({ level, port }: PortRow): boolean => level !== PortLevel.HOST && TRANSPORTS.includes(port.protocol);

function rowsOf({ flows }: PortTable): PortRow[] {
  return flows.flatMap(({ rows }) => rows);
}

/** Whether a construct asks at which port the containers listen for a row. */
const isStated = (row: PortRow): boolean => isOpened(row) && row.level !== PortLevel.POD;

/** Returns the port of containers behind a NodePort. */
function atContainer({ protocol }: Port): Port {
  if (protocol === Protocol.TCP) return Port.tcp(CONTAINER);
  return protocol === Protocol.UDP ? Port.udp(CONTAINER) : Port.tcpAndUdp(CONTAINER);
}

/** Pods for every role of a table, with a container port for each row of which the table does not say that it is one. */
function pods(
  table: PortTable,
  common: Pick<KubernetesPodsProps, 'namespace' | 'manifestsOnly'>,
): Record<string, IHostGroup> {
  const asked = new Map(rowsOf(table).flatMap((row) => (isStated(row) ? [[row.name, row]] : [])));
  const ports = [...asked.values()].map(({ name, level, port }) => ({
    row: name,
    port: level === undefined ? port : atContainer(port),
  }));
  const roles = new Set(table.flows.flatMap(({ source, destination }) => [source.id, destination.id]));
  return Object.fromEntries(
    [...roles].map((role) => [
      role,
      KubernetesPods.labelled({
        ...common,
        labels: { role },
        ports,
        egress: Egress.DOCUMENTED,
        dns: KubernetesDns.kubeDns(),
      }),
    ]),
  );
}

/** Whether the default choices of a table open a row or a flow. */
function isDefault({ options = [] }: PortTable, when: Record<string, string[]> = {}): boolean {
  const choices = new Map(options.map((option) => [option.id, option.default]));
  return Object.entries(when).every(([option, values]) => values.includes(choices.get(option)!));
}

/** Opens a table for pods without the rows that a policy cannot open; returns nothing if no row is left. */
export function opened(
  table: PortTable,
  namespace = 'product',
  settings: Pick<KubernetesPodsProps, 'manifestsOnly'> = {},
): TerraformStack | undefined {
  const rows = table.flows
    .filter(({ when }) => isDefault(table, when))
    .flatMap(({ source, destination, rows }) =>
      rows
        .filter(({ when }) => isDefault(table, when))
        .map((row) => ({ row, key: `${source.id}>${destination.id}/${row.name}` })),
    );
  if (!rows.some(({ row }) => isOpened(row))) return undefined;
  const omit = rows.filter(({ row }) => !isOpened(row)).map(({ key }) => key);
  const stack = new TerraformStack(new App(), 'stack');
  new DocumentedPortRules(stack, 'rules', {
    table,
    roles: pods(table, { namespace, ...settings }),
    omit: [...new Set(omit)],
  });
  return stack;
}
