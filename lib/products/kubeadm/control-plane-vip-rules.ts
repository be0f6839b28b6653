import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep } from '../../input';
import { checkDnsName } from '../../net';
import {
  allFlows,
  bindGiven,
  type Binding,
  boundRole,
  type BoundRole,
  DocumentedRules,
  type EditionedRulesProps,
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
  /** The servers of the control plane. They reach the virtual address, and the load balancer reaches them. */
  readonly controlPlane: IHostGroup;
  /** The servers on which workloads run. They reach the virtual address. */
  readonly workers: IPeer;
  /**
   * The virtual address: the machines or the security group of the load balancer. Use `ExternalHosts` if no rule can be created for it,
   * for example for a managed load balancer of Google or a load balancer of the firewall team.
   */
  readonly virtualAddress: IHostGroup;
  /**
   * The machines or IP addresses from which the load balancer connects to the control plane.
   * @default - `virtualAddress`, with a warning if that is `ExternalHosts`; none if `proxySubnet` is set
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
   * @default - no hostname in access requests
   */
  readonly hostname?: string;
}

const FORM: PropsForm<ControlPlaneVipRulesProps> = {
  needed: 'the servers of the cluster',
  example: '{ controlPlane, workers, virtualAddress, loadBalancer }',
  names: {
    controlPlane: true,
    workers: true,
    virtualAddress: true,
    loadBalancer: true,
    proxySubnet: true,
    healthCheckers: true,
    hostname: true,
    edition: true,
    omit: true,
    ports: true,
    versions: true,
    ownership: true,
    rowOwnership: true,
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
 * `world-not-allowed` if a source is open to the world, `hostname-invalid`, `row-unknown` and `edition-unknown`.
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
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      bind: (table, place) => bindVip(table, props, place),
    });
    if (isSourceUnknown(props) && this.flows.some((flow) => flow.sourceRole.id === LOAD_BALANCER)) {
      recordWarning(this, 'load-balancer-addresses', { virtualAddress: props.virtualAddress.label });
    }
  }
}

function bindVip(table: PortTable, props: ControlPlaneVipRulesProps, place: string): Binding[] {
  const { controlPlane, workers, virtualAddress, loadBalancer, proxySubnet, healthCheckers } = props;
  const hostname = props.hostname === undefined ? undefined : checkDnsName(props.hostname, place, 'hostname');
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
function isSourceUnknown({ virtualAddress, loadBalancer }: ControlPlaneVipRulesProps): boolean {
  return virtualAddress._isExternal && loadBalancer === undefined;
}
