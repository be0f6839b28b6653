import { Construct, type IConstruct } from 'constructs';
import { CONTROL_PLANE_VIP } from '../catalog/control-plane-vip@2024-12';
import { CONTROL_PLANE, HEALTH_CHECKER, LOAD_BALANCER, PROXY_SUBNET, VIRTUAL_IP, WORKER } from '../catalog/roles';
import { warn } from '../framework/warn';
import { checkDnsName } from '../model/dns-name';
import type { Flow } from '../model/flow';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkObject } from '../model/object-given';
import type { PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import { allFlows, boundRole, type Binding, type BoundRole } from './bindings';
import type { EditionedRulesProps, IDocumentedRules } from './documented-rules';
import { tableOf } from './editions';
import { openFlows, placeOf } from './open-flows';
import { bindGiven } from './optional-roles';

/** A control plane behind a load balancer, and who reaches it there. */
export interface ControlPlaneVipRulesProps extends EditionedRulesProps {
  /** The servers of the control plane, which reach the virtual address and are reached from it. */
  readonly controlPlane: IHostGroup;
  /** The servers on which workloads run. */
  readonly workers: IPeer;
  /**
   * The virtual address: the machines or the security group of the load balancer, or `ExternalHosts` where its address is
   * not ours to open, as that of a managed load balancer of Google.
   */
  readonly virtualAddress: IHostGroup;
  /**
   * The load balancer as the control plane sees it: the addresses from which it opens its own connections.
   * @default - `virtualAddress`, with a warning where that is `ExternalHosts`; nobody where `proxySubnet` is given
   */
  readonly loadBalancer?: IPeer;
  /**
   * The proxy-only subnet of a load balancer of Google, which may reach the control plane: a supplement, because the document
   * knows no cloud.
   * @default - stays closed
   */
  readonly proxySubnet?: IPeer;
  /**
   * The machines that check the health of the control plane for a cloud load balancer, as `GcpHealthCheckers.IPV4`: a
   * supplement.
   * @default - stays closed
   */
  readonly healthCheckers?: IPeer;
  /**
   * A DNS name of the virtual address, for the people who are asked for its ports; no rule has it.
   * @default - none
   */
  readonly hostname?: string;
}

/**
 * Lets the servers of a cluster, and nobody else, reach the virtual address of its control plane, and the load balancer the
 * control plane: 6443/tcp.
 *
 * On AWS, `virtualAddress` is the security group of the load balancer. A managed load balancer of Google has no firewall
 * before its address: every client of the network reaches it, and only the rules behind it can be opened or left closed.
 */
export class ControlPlaneVipRules extends Construct implements IDocumentedRules {
  /** What the vendor documents. */
  public static readonly PORTS: PortTable = frozen(CONTROL_PLANE_VIP);

  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: ControlPlaneVipRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'the servers of the cluster', '{ controlPlane, workers, virtualAddress, loadBalancer }', place);
    const table = tableOf(CONTROL_PLANE_VIP.id, props.edition, place);
    const bindings = bindVip(table, props, place);
    ({
      flows: this.flows,
      addresses: this.addresses,
      resources: this.resources,
    } = openFlows(this, {
      table,
      bindings,
      props,
    }));
    if (isSourceUnknown(props) && this.flows.some((flow) => flow.sourceRole === LOAD_BALANCER)) {
      warn(
        this,
        `${props.virtualAddress.label} may reach the control plane from other addresses than the virtual one: set loadBalancer ` +
          'to those addresses, or to the virtual address itself where it is the only one',
      );
    }
  }
}

function bindVip(table: PortTable, props: ControlPlaneVipRulesProps, place: string): Binding[] {
  const { controlPlane, workers, virtualAddress, loadBalancer, proxySubnet, healthCheckers } = props;
  const hostname = props.hostname === undefined ? undefined : checkDnsName(props.hostname, place, 'hostname');
  const roles: Record<string, BoundRole> = {
    [CONTROL_PLANE.id]: boundRole('controlPlane', controlPlane),
    [WORKER.id]: boundRole('workers', workers),
    [VIRTUAL_IP.id]: boundRole('virtualAddress', virtualAddress),
    ...(proxySubnet !== undefined && { [PROXY_SUBNET.id]: boundRole('proxySubnet', proxySubnet) }),
    ...(healthCheckers !== undefined && { [HEALTH_CHECKER.id]: boundRole('healthCheckers', healthCheckers) }),
  };
  if (loadBalancer !== undefined) {
    roles[LOAD_BALANCER.id] = boundRole('loadBalancer', loadBalancer);
  } else if (proxySubnet === undefined) {
    roles[LOAD_BALANCER.id] = boundRole('virtualAddress', virtualAddress);
  }
  return bindGiven(allFlows(table), roles).map((binding) =>
    binding.documented.destination === VIRTUAL_IP ? { ...binding, hostname } : binding,
  );
}

/** Whether it is left to us from where a load balancer of others opens its connections. */
function isSourceUnknown({ virtualAddress, loadBalancer }: ControlPlaneVipRulesProps): boolean {
  return virtualAddress._isExternal && loadBalancer === undefined;
}
