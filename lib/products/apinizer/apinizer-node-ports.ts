import type { Construct } from 'constructs';
import { checkedOwnership, type IHostGroup, type IPeer, isPeer, type Ownership } from '../../access';
import { checkPropNames, type PropNames, type PropsForm, readOnlyDeep, refusal, shown } from '../../input';
import { checkPortNumber, NODE_PORTS, Port } from '../../net';
import { type Binding, boundRole, DocumentedRules, recordWarning, withoutOmitted } from '../../opening';
import { type DocumentedFlow, type PortTable, tableOf } from '../../tables';
import { editionsOf } from '../catalog';
import { CONSOLE_CLIENT, GATEWAY_CLIENT, PORTAL_CLIENT } from '../roles';

/** A service of Apinizer that clients reach on a NodePort. */
export interface ApinizerService {
  /** The clients of the service. */
  readonly clients: IPeer;
  /**
   * The NodePort of the service. Provenance and the descriptions of rules keep the NodePort of the document, and every output shows both.
   * @default - the documented NodePort
   */
  readonly port?: number;
  /**
   * Who wants the service to be reached, and until when.
   * @default - the ownership of the construct
   */
  readonly ownership?: Ownership;
}

/** The API gateway of one environment. */
export interface ApinizerGateway extends ApinizerService {
  /** The name of the environment, which becomes part of rule names: 1 to 20 lower-case letters, digits and hyphens. */
  readonly environment: string;
}

/**
 * The props of `ApinizerNodePorts`. At least one service is required.
 *
 * Rows: `management-console`, `api-portal`, `api-gateway`; since 2026-03: `api-gateway-alternative`. Editions: `2024-12` (default),
 * `2026-03`.
 */
export interface ApinizerNodePortsProps {
  /**
   * Rows that stay closed, such as `management-console`.
   * @default - every row of a service with clients is opened
   */
  readonly omit?: string[];
  /**
   * The edition of the document, such as `2026-03`. `PortTables.all()` lists the editions.
   * @default - the edition of `portTable`
   */
  readonly edition?: string;
  /**
   * The versions that you run, by product: `{ kubernetes: '1.34.1' }`. They open nothing; access requests and `cluster-ports explain`
   * then say for which of them the vendor has not checked the ports.
   * @default - the outputs name only the versions that the vendor has checked
   */
  readonly versions?: Record<string, string>;
  /**
   * Who wants the ports, why, and until when: `{ owner: 'payments', ticket: 'NET-42', expires: '2027-03-31' }`. It is in the descriptions of
   * rules, in every list and in access requests, and `cluster-ports lint` finds what has expired. It changes no rule.
   * @default - nobody is named
   */
  readonly ownership?: Ownership;
  /** The destination: the servers on which Apinizer runs. */
  readonly workers: IHostGroup;
  /**
   * The management console, 32080/tcp.
   * @default - 32080/tcp stays closed
   */
  readonly managementConsole?: ApinizerService;
  /**
   * The portal, 30180/tcp.
   * @default - 30180/tcp stays closed
   */
  readonly apiPortal?: ApinizerService;
  /**
   * The gateways, one for each environment: 30080/tcp, and also 30090/tcp since edition 2026-03. A second environment needs its own
   * `port`.
   * @default - 30080/tcp stays closed
   */
  readonly gateways?: ApinizerGateway[];
}

const FORM: PropsForm<ApinizerNodePortsProps> = {
  needed: 'workers',
  example: '{ workers, managementConsole: { clients } }',
  names: {
    workers: true,
    managementConsole: true,
    apiPortal: true,
    gateways: true,
    edition: true,
    omit: true,
    versions: true,
    ownership: true,
  },
};
const SERVICE: PropNames<ApinizerService> = { clients: true, port: true, ownership: true };
const GATEWAY: PropNames<ApinizerGateway> = { environment: true, ...SERVICE };
const ENVIRONMENT = /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/;

/** The id of the table. */
const TABLE = 'apinizer-node-ports';

/**
 * Opens the NodePorts of Apinizer on the workers to the clients of each service, as Apinizer documents them: 32080/tcp for the
 * management console, 30180/tcp for the portal, 30080/tcp for gateways. A service without clients stays closed.
 *
 * Warns about a NodePort outside 30000-32767, and says more about one below 1024. Throws before anything is created: `service-missing`, `clients-missing`,
 * `environment-invalid`, `environment-given-twice`, `node-port-taken` if two services have the same NodePort, `host-group-required` if
 * `workers` is not a host group, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new ApinizerNodePorts(stack, 'node-ports', {
 *   workers: new GcpFirewall({ network: 'prod' }).networkTag('k8s-worker'),
 *   managementConsole: { clients: Peer.named('ops-vpn', '10.9.0.0/16') },
 *   gateways: [
 *     { environment: 'prod', clients: Peer.anyIpv4('public API') },
 *     { environment: 'test', clients: Peer.cidr('10.50.0.0/24'), port: 30081 },
 *   ],
 * });
 */
export class ApinizerNodePorts extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf(TABLE)[0]);
  }

  constructor(scope: Construct, id: string, props: ApinizerNodePortsProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      bind: (table, place) => bindServices({ table, props, place }),
    });
    this.warnOutside(props);
  }

  /** Warns about the NodePorts of the props. The port of a flow to pods is that of their containers. */
  private warnOutside({ managementConsole, apiPortal, gateways = [] }: ApinizerNodePortsProps): void {
    const services = [
      { client: CONSOLE_CLIENT, ports: [managementConsole?.port] },
      { client: PORTAL_CLIENT, ports: [apiPortal?.port] },
      { client: GATEWAY_CLIENT, ports: gateways.map(({ port }) => port) },
    ];
    for (const { client, ports } of services) {
      const row = this.flows.find(({ sourceRole }) => sourceRole.id === client)?.row.name;
      for (const port of ports) {
        if (row === undefined || port === undefined || (port >= NODE_PORTS.first && port <= NODE_PORTS.last)) continue;
        recordWarning(this, 'node-port-outside', { numbers: String(port), row });
      }
    }
  }
}

/** The props of a construct, and the edition that they choose. */
interface ServicesRequest {
  readonly table: PortTable;
  readonly props: ApinizerNodePortsProps;
  readonly place: string;
}

/**
 * Returns the flows of the services that have clients. Throws if two services have the same NodePort, or two gateways the same
 * environment.
 */
function bindServices(request: ServicesRequest): Binding[] {
  const { props, place } = request;
  const { managementConsole, apiPortal, gateways = [] } = props;
  if (!Array.isArray(gateways)) {
    throw refusal(place, 'gateways-invalid', 'gateways must be a list', shown(gateways), '[{ environment, clients }]');
  }
  const bindings = [
    ...(managementConsole !== undefined
      ? [bindService(request, CONSOLE_CLIENT, 'managementConsole', managementConsole)]
      : []),
    ...(apiPortal !== undefined ? [bindService(request, PORTAL_CLIENT, 'apiPortal', apiPortal)] : []),
    ...gateways.map((gateway, index) => bindGateway(request, gateway, `gateways[${index}]`)),
  ];
  if (bindings.length === 0) {
    throw refusal(
      place,
      'service-missing',
      'at least one of managementConsole, apiPortal and gateways is required',
      'none',
    );
  }
  checkEnvironments(gateways, place);
  checkNodePorts(bindings, request);
  return bindings;
}

function bindGateway(request: ServicesRequest, gateway: ApinizerGateway, prop: string): Binding {
  const { place } = request;
  checkService(gateway, GATEWAY, prop, place);
  const { environment } = gateway;
  if (typeof environment !== 'string' || !ENVIRONMENT.test(environment)) {
    const need =
      `${prop}.environment must be 1 to 20 lower-case letters, digits and hyphens, beginning with a letter and not ending with a ` +
      'hyphen';
    throw refusal(place, 'environment-invalid', need, shown(environment));
  }
  return { ...bindService(request, GATEWAY_CLIENT, prop, gateway), environment };
}

function bindService(
  { table, props, place }: ServicesRequest,
  client: string,
  prop: string,
  service: ApinizerService,
): Binding {
  const documented = table.flows.find((flow) => flow.source.id === client)!;
  checkService(service, client === GATEWAY_CLIENT ? GATEWAY : SERVICE, prop, place);
  const { clients, port } = service;
  const ownership =
    service.ownership === undefined ? undefined : checkedOwnership(service.ownership, `${prop}.ownership`, place);
  const ends = { source: boundRole(`${prop}.clients`, clients), destination: boundRole('workers', props.workers) };
  if (port === undefined) return { documented, ...ends, ownership };
  return { documented: firstRow(documented), ...ends, ownership, port: checkedPort(port, `${place}, ${prop}.port`) };
}

/** Returns a flow with only its first row, because a `port` in the props also replaces the alternative ports of an edition. */
function firstRow(flow: DocumentedFlow): DocumentedFlow {
  return { ...flow, rows: flow.rows.slice(0, 1) };
}

function checkService(
  service: ApinizerService,
  names: Readonly<Record<string, true>>,
  prop: string,
  place: string,
): void {
  if (typeof service !== 'object' || service === null || isPeer(service)) {
    const fix = prop.startsWith('gateways') ? '{ environment, clients }' : `${prop}: { clients }`;
    throw refusal(place, 'clients-missing', `${prop} must have clients`, shown(service), fix);
  }
  checkPropNames(service, names, `${place}, ${prop}`);
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
      'environment-given-twice',
      'every environment must have one gateway',
      `two for ${shown(twice)}`,
      'clients: Peer.anyOf(...) in one of them',
    );
  }
}

function checkNodePorts(bindings: readonly Binding[], { props, place }: ServicesRequest): void {
  const services = new Map<string, string>();
  const omit = Array.isArray(props.omit) ? props.omit : [];
  const taken = bindings.flatMap(({ documented, source, port }) =>
    withoutOmitted(documented, new Set(omit)).rows.map((row) => ({
      service: source.prop.replace('.clients', ''),
      numbers: (port ?? row.port).numbers,
    })),
  );
  for (const { service, numbers } of taken) {
    const first = services.get(numbers);
    if (first !== undefined) {
      throw refusal(
        place,
        'node-port-taken',
        'every service must have its own NodePort',
        `${numbers} for ${first} and ${service}`,
        `port: ${freeNodePort(Number(numbers), taken)} for ${service}`,
      );
    }
    services.set(numbers, service);
  }
}

/** Returns the first NodePort after `after` that no service has. */
function freeNodePort(after: number, taken: readonly { readonly numbers: string }[]): number {
  const isTaken = (port: number): boolean => taken.some(({ numbers }) => numbers === String(port));
  let port = after;
  do port = port >= NODE_PORTS.last ? NODE_PORTS.first : port + 1;
  while (isTaken(port));
  return port;
}
