import { CONSOLE_CLIENT, GATEWAY_CLIENT, PORTAL_CLIENT } from '../catalog/roles';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkPortNumber, Port } from '../model/port';
import type { DocumentedFlow, PortTable, Role } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { boundRole, withoutOmitted, type Binding } from './bindings';
import type { EditionedRulesProps } from './documented-rules';

const ENVIRONMENT = /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/;

/** A service of Apinizer that is reached by a NodePort. */
export interface ApinizerService {
  /** Who reaches it. */
  readonly clients: IPeer;
  /**
   * Its NodePort.
   * @default - the documented one
   */
  readonly port?: number;
}

/** The gateway of one environment. */
export interface ApinizerGateway extends ApinizerService {
  /** The name of the environment: at most 20 lower-case letters, digits and hyphens. It is part of rule names. */
  readonly environment: string;
}

/** Which services of Apinizer are reached from outside the cluster, and by whom. At least one is needed. */
export interface ApinizerNodePortsProps extends EditionedRulesProps {
  /** The servers on which Apinizer runs. */
  readonly workers: IHostGroup;
  /**
   * The management console, 32080/tcp.
   * @default - stays closed
   */
  readonly managementConsole?: ApinizerService;
  /**
   * The portal, 30180/tcp.
   * @default - stays closed
   */
  readonly apiPortal?: ApinizerService;
  /**
   * The gateways of the environments, 30080/tcp; each further environment has a NodePort of its own.
   * @default - stay closed
   */
  readonly gateways?: ApinizerGateway[];
}

/** What a construct was asked for, and in which edition. */
interface Asked {
  readonly table: PortTable;
  readonly props: ApinizerNodePortsProps;
  readonly place: string;
}

/** Binds the services that were given clients; refuses two of one NodePort, and one environment twice. */
export function bindServices(asked: Asked): Binding[] {
  const { props, place } = asked;
  const { managementConsole, apiPortal, gateways = [] } = props;
  const [overridden] = Object.keys(props.ports ?? {});
  if (overridden !== undefined) {
    throw refusal(place, 'a NodePort is chosen beside its clients', `ports["${overridden}"]`, '{ clients, port }');
  }
  if (!Array.isArray(gateways)) {
    throw refusal(place, 'gateways must be a list', shown(gateways), '[{ environment, clients }]');
  }
  const bindings = [
    ...(managementConsole !== undefined
      ? [bindService(asked, CONSOLE_CLIENT, 'managementConsole', managementConsole)]
      : []),
    ...(apiPortal !== undefined ? [bindService(asked, PORTAL_CLIENT, 'apiPortal', apiPortal)] : []),
    ...gateways.map((gateway, index) => bindGateway(asked, gateway, `gateways[${index}]`)),
  ];
  if (bindings.length === 0) {
    throw refusal(place, 'at least one of managementConsole, apiPortal and gateways is needed', 'none');
  }
  checkEnvironments(gateways, place);
  checkNodePorts(bindings, asked);
  return bindings;
}

function bindGateway(asked: Asked, gateway: ApinizerGateway, prop: string): Binding {
  const { place } = asked;
  checkService(gateway, prop, place);
  const { environment } = gateway;
  if (typeof environment !== 'string' || !ENVIRONMENT.test(environment)) {
    const need = `${prop}.environment must be at most 20 lower-case letters, digits and hyphens, beginning with a letter`;
    throw refusal(place, need, shown(environment));
  }
  return { ...bindService(asked, GATEWAY_CLIENT, prop, gateway), environment };
}

function bindService({ table, props, place }: Asked, client: Role, prop: string, service: ApinizerService): Binding {
  const documented = table.flows.find((flow) => flow.source === client)!;
  checkService(service, prop, place);
  const { clients, port } = service;
  const ends = { source: boundRole(`${prop}.clients`, clients), destination: boundRole('workers', props.workers) };
  if (port === undefined) return { documented, ...ends };
  return { documented: firstRow(documented), ...ends, port: checkedPort(port, `${place}, ${prop}.port`) };
}

/** A NodePort of its own replaces the alternatives too that an edition has. */
function firstRow(flow: DocumentedFlow): DocumentedFlow {
  return { ...flow, rows: flow.rows.slice(0, 1) };
}

function checkService(service: ApinizerService, prop: string, place: string): void {
  if (typeof service !== 'object' || service === null) {
    throw refusal(place, `${prop} must be given clients`, shown(service), `${prop}: { clients: Peer.cidr(...) }`);
  }
}

function checkedPort(port: number, place: string): Port {
  checkPortNumber(port, place);
  return Port.tcp(port);
}

function checkEnvironments(gateways: readonly ApinizerGateway[], place: string): void {
  const names = gateways.map((gateway) => gateway.environment);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw refusal(
      place,
      'every environment must be given once',
      `"${twice}" twice`,
      'Peer.anyOf(...) with all clients',
    );
  }
}

function checkNodePorts(bindings: readonly Binding[], { props, place }: Asked): void {
  const services = new Map<string, string>();
  const omit = Array.isArray(props.omit) ? props.omit : [];
  const taken = bindings.flatMap(({ documented, source, port }) =>
    withoutOmitted(documented, omit).rows.map((row) => ({
      service: source.prop.replace('.clients', ''),
      numbers: (port ?? row.port).numbers,
    })),
  );
  for (const { service, numbers } of taken) {
    const other = services.get(numbers);
    if (other !== undefined) {
      throw refusal(
        place,
        'every service must have a NodePort of its own',
        `${numbers} for ${other} and ${service}`,
        `${service}: { clients, port }`,
      );
    }
    services.set(numbers, service);
  }
}
