import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep, refusal } from '../../input';
import { checkDnsName } from '../../net';
import {
  allFlows,
  bindGiven,
  type Binding,
  boundRole,
  type BoundRole,
  DocumentedRules,
  EDITIONED_RULES_PROPS,
  type EditionedRulesProps,
  endpointPort,
  endpointMachines,
  recordWarning,
} from '../../opening';
import { type PortTable, tableOf } from '../../tables';
import { editionsOf } from '../catalog';
import { CONTROL_PLANE, HEALTH_CHECKER, LOAD_BALANCER, PROXY_SUBNET, VIRTUAL_IP, WORKER } from '../roles';

/** The id of the table. */
const TABLE = 'control-plane-vip';

/**
 * The props of `ControlPlaneVipRules`.
 *
 * Rows: `virtual-ip`, `routing`, `health-check`. Editions: `2024-12` (default), `2026-03`.
 */
export interface ControlPlaneVipRulesProps extends EditionedRulesProps {
  /**
   * The endpoint of the control plane, which has the next four props, `hostname`, and the port of every row. Props that differ from it are an
   * error.
   * @default - the props are given one by one, and the ports are the documented ones
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The servers of the control plane. They reach the virtual address, and the load balancer reaches them.
   * @default - those of `endpoint`; needed without it
   */
  readonly controlPlane?: IHostGroup;
  /**
   * The servers on which workloads run. They reach the virtual address.
   * @default - those of `endpoint`; needed without it
   */
  readonly workers?: IPeer;
  /**
   * The virtual address: the machines or the security group of the load balancer. Use `ExternalHosts` if no rule can be created for it,
   * for example for a managed load balancer of Google or a load balancer of the firewall team.
   * @default - that of `endpoint`; needed without it
   */
  readonly virtualAddress?: IHostGroup;
  /**
   * The machines or IP addresses from which the load balancer connects to the control plane.
   * @default - those of `endpoint`, else `virtualAddress`, with a warning if that is `ExternalHosts`; none if `proxySubnet` is set
   */
  readonly loadBalancer?: IPeer;
  /**
   * The proxy-only subnet from which a Google load balancer connects to the control plane. This is a supplement, because the document
   * does not cover clouds.
   * @default - closed for the proxy-only subnet
   */
  readonly proxySubnet?: IPeer;
  /**
   * The machines that check the health of the control plane for a cloud load balancer, such as `GcpHealthCheckers.IPV4`. This is a
   * supplement.
   * @default - closed for health checks
   */
  readonly healthCheckers?: IPeer;
  /**
   * A hostname of the virtual address, such as `api.k8s.example.com`. It appears in access requests; rules do not use it.
   * @default - that of `endpoint`, else no hostname in access requests
   */
  readonly hostname?: string;
}

const FORM: PropsForm<ControlPlaneVipRulesProps> = {
  needed: 'the servers of the cluster',
  example: '{ controlPlane, workers, virtualAddress, loadBalancer }',
  names: {
    endpoint: true,
    controlPlane: true,
    workers: true,
    virtualAddress: true,
    loadBalancer: true,
    proxySubnet: true,
    healthCheckers: true,
    hostname: true,
    ...EDITIONED_RULES_PROPS,
  },
};

/**
 * Opens 6443/tcp from the servers of a cluster to the virtual address of its control plane, and from the load balancer to the control
 * plane, as Apinizer documents it.
 *
 * On AWS, `virtualAddress` is the security group of the load balancer. On GCP, no firewall rule can protect the IP address of a managed
 * load balancer: every client in the network reaches it, and only the rules between the load balancer and the control plane matter.
 *
 * Throws before anything is created: `host-group-required` if `controlPlane` or `virtualAddress` is not a host group,
 * `world-not-allowed` if a source is open to the world, `hostname-invalid`, `control-plane-endpoint-required`, `endpoint-differs`,
 * `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new ControlPlaneVipRules(stack, 'control-plane-vip', {
 *   controlPlane: firewall.networkTag('k8s-control-plane'),
 *   workers: firewall.networkTag('k8s-worker'),
 *   virtualAddress: ExternalHosts.named('internal load balancer', '10.10.0.100/32'),
 *   proxySubnet: Peer.named('proxy-only subnet', '10.129.0.0/23'),
 *   healthCheckers: GcpHealthCheckers.IPV4,
 * });
 */
export class ControlPlaneVipRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf(TABLE)[0]);
  }

  constructor(scope: Construct, id: string, props: ControlPlaneVipRulesProps) {
    super(scope, id);
    let bound: BoundProps | undefined;
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      endpoint: (place) => endpointPort(props.endpoint, ROWS, place),
      bind: (table, place) => {
        bound = boundProps(this, props, place);
        return bindVip(table, bound);
      },
    });
    if (bound && isSourceUnknown(bound) && this.flows.some((flow) => flow.sourceRole.id === LOAD_BALANCER)) {
      recordWarning(this, 'load-balancer-addresses', { virtualAddress: bound.virtualAddress.label });
    }
  }
}

/** The rows that have the port of the endpoint: all. */
const ROWS = ['virtual-ip', 'routing', 'health-check'];

/** The props with what the endpoint gives. */
type BoundProps = ControlPlaneVipRulesProps &
  Required<Pick<ControlPlaneVipRulesProps, 'controlPlane' | 'workers' | 'virtualAddress'>>;

/** Returns the props with what the endpoint gives. Machines that are missing are an error of the roles. */
function boundProps(scope: Construct, props: ControlPlaneVipRulesProps, place: string): BoundProps {
  const { endpoint } = props;
  const machines = Object.fromEntries(
    PARTS.map((prop) => [prop, endpointMachines<IPeer>(props[prop], endpoint, { scope, place, prop, part: prop })]),
  );
  const { hostname = endpoint?.hostname } = props;
  if (hostname !== undefined) checkDnsName(hostname, place, 'hostname');
  if (endpoint?.hostname !== undefined && hostname !== endpoint.hostname) {
    const need = `hostname must be the one that the endpoint has, ${endpoint.hostname}`;
    throw refusal(place, 'endpoint-differs', need, hostname, 'hostname left out');
  }
  return { ...props, ...machines, hostname } as BoundProps;
}

const PARTS = ['controlPlane', 'workers', 'virtualAddress', 'loadBalancer'] as const;

function bindVip(table: PortTable, props: BoundProps): Binding[] {
  const { controlPlane, workers, virtualAddress, loadBalancer, proxySubnet, healthCheckers, hostname } = props;
  const roles: Record<string, BoundRole> = {
    [CONTROL_PLANE]: boundRole('controlPlane', controlPlane),
    [WORKER]: boundRole('workers', workers),
    [VIRTUAL_IP]: boundRole('virtualAddress', virtualAddress),
    ...(proxySubnet !== undefined && { [PROXY_SUBNET]: boundRole('proxySubnet', proxySubnet) }),
    ...(healthCheckers !== undefined && { [HEALTH_CHECKER]: boundRole('healthCheckers', healthCheckers) }),
  };
  if (loadBalancer !== undefined) {
    roles[LOAD_BALANCER] = boundRole('loadBalancer', loadBalancer);
  } else if (proxySubnet === undefined) {
    roles[LOAD_BALANCER] = boundRole('virtualAddress', virtualAddress);
  }
  return bindGiven(allFlows(table), roles).map((binding) =>
    binding.documented.destination.id === VIRTUAL_IP ? { ...binding, hostname } : binding,
  );
}

/** Returns whether the firewall team manages the load balancer, and the props do not say from where it connects. */
function isSourceUnknown({ virtualAddress, loadBalancer }: BoundProps): boolean {
  return virtualAddress._isExternal && loadBalancer === undefined;
}
