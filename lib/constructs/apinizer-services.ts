import { APINIZER_NODE_PORTS } from '../catalog/apinizer-node-ports@2024-12';
import { CONSOLE_CLIENT, GATEWAY_CLIENT, PORTAL_CLIENT } from '../catalog/roles';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkPortNumber, Port } from '../model/port';
import type { Role } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { given, type Binding } from './bindings';
import type { DocumentedRulesProps } from './documented-rules';

const ENVIRONMENT = /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/;

/** A service of Apinizer that is reached by a NodePort. */
export interface ApinizerService {
  /** Who reaches it. */
  readonly clients: IPeer;
  /**
   * Its NodePort.
   * @default - the documented one
   */
  readonly nodePort?: number;
}

/** The gateway of one environment. */
export interface ApinizerGateway extends ApinizerService {
  /** The name of the environment: at most 20 lower-case letters, digits and hyphens. It is part of rule names. */
  readonly environment: string;
}

/** Which services of Apinizer are reached from outside the cluster, and by whom. At least one is needed. */
export interface ApinizerNodePortsProps extends DocumentedRulesProps {
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

/** Binds the services that were given clients; refuses two of one NodePort, and one environment twice. */
export function bindServices(props: ApinizerNodePortsProps, place: string): Binding[] {
  const { managementConsole, apiPortal, gateways = [] } = props;
  const [overridden] = Object.keys(props.ports ?? {});
  if (overridden !== undefined) {
    throw refusal(place, 'a NodePort is chosen beside its clients', `ports["${overridden}"]`, '{ clients, nodePort }');
  }
  if (!Array.isArray(gateways)) {
    throw refusal(place, 'gateways must be a list', shown(gateways), '[{ environment, clients }]');
  }
  const bindings = [
    ...(managementConsole !== undefined
      ? [bindService(props, CONSOLE_CLIENT, 'managementConsole', managementConsole, place)]
      : []),
    ...(apiPortal !== undefined ? [bindService(props, PORTAL_CLIENT, 'apiPortal', apiPortal, place)] : []),
    ...gateways.map((gateway, index) => bindGateway(props, gateway, `gateways[${index}]`, place)),
  ];
  if (bindings.length === 0) {
    throw refusal(place, 'at least one of managementConsole, apiPortal and gateways is needed', 'none');
  }
  checkEnvironments(gateways, place);
  checkNodePorts(bindings, place);
  return bindings;
}

function bindGateway(props: ApinizerNodePortsProps, gateway: ApinizerGateway, prop: string, place: string): Binding {
  checkService(gateway, prop, place);
  const { environment } = gateway;
  if (typeof environment !== 'string' || !ENVIRONMENT.test(environment)) {
    const need = `${prop}.environment must be at most 20 lower-case letters, digits and hyphens, beginning with a letter`;
    throw refusal(place, need, shown(environment));
  }
  return { ...bindService(props, GATEWAY_CLIENT, prop, gateway, place), environment };
}

function bindService(
  { workers }: ApinizerNodePortsProps,
  client: Role,
  prop: string,
  service: ApinizerService,
  place: string,
): Binding {
  const documented = APINIZER_NODE_PORTS.flows.find((flow) => flow.source === client)!;
  checkService(service, prop, place);
  const { clients, nodePort } = service;
  return {
    documented,
    source: given(`${prop}.clients`, clients),
    destination: given('workers', workers),
    port: nodePort === undefined ? undefined : checkedPort(nodePort, `${place}, ${prop}.nodePort`),
  };
}

function checkService(service: ApinizerService, prop: string, place: string): void {
  if (typeof service !== 'object' || service === null) {
    throw refusal(place, `${prop} must be given clients`, shown(service), `${prop}: { clients: Peer.cidr(...) }`);
  }
}

function checkedPort(nodePort: number, place: string): Port {
  checkPortNumber(nodePort, place);
  return Port.tcp(nodePort);
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

function checkNodePorts(bindings: readonly Binding[], place: string): void {
  const services = new Map<string, string>();
  for (const { documented, source, port } of bindings) {
    const service = source.prop.replace('.clients', '');
    const { numbers } = port ?? documented.rows[0].port;
    const other = services.get(numbers);
    if (other !== undefined) {
      throw refusal(
        place,
        'every service must have a NodePort of its own',
        `${numbers} for ${other} and ${service}`,
        `${service}: { clients, nodePort }`,
      );
    }
    services.set(numbers, service);
  }
}
