import { Construct, type IConstruct } from 'constructs';
import { KUBERNETES_API, NODE, PLATFORM, VCLUSTER } from '../catalog/roles';
import { VCLUSTER_PLATFORM } from '../catalog/vcluster-platform@2025-03';
import type { Flow } from '../model/flow';
import type { IHostGroup, IPeer } from '../model/host-group';
import { checkObject } from '../model/object-given';
import type { PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import { boundRole } from './bindings';
import type { EditionedRulesProps, IDocumentedRules } from './documented-rules';
import { tableOf } from './editions';
import { openFlows, placeOf } from './open-flows';
import { bindGiven, rolesOfEdition } from './optional-roles';

/** Who reaches the vCluster Platform, and where it runs. */
export interface VClusterPlatformIngressRulesProps extends EditionedRulesProps {
  /** The Kubernetes API server: the range of the control plane, or the security group of the cluster. */
  readonly kubernetesApi: IPeer;
  /** The machines on which the platform runs. */
  readonly platform: IHostGroup;
  /**
   * The nodes on which virtual clusters run, which reach the DNS of these among each other: 1053/tcp and 1053/udp.
   * @default - none; needed by editions since 2025-04
   */
  readonly nodes?: IHostGroup;
  /**
   * The machines on which virtual clusters run in the cluster of the platform, which reach the platform: 10443/tcp.
   * @default - none; needed by editions since 2025-10
   */
  readonly virtualClusters?: IPeer;
}

/**
 * Lets the Kubernetes API server reach the vCluster Platform: 8443/tcp, 9443/tcp and 9444/tcp.
 *
 * What to give on GKE:
 * - a private cluster with VPC peering: `kubernetesApi` is the whole /28 of the control plane
 *   (`master_ipv4_cidr_block`), not the one address of its endpoint;
 * - a cluster with Private Service Connect has no such range: give that of the private endpoint's subnetwork, else the
 *   subnetwork of the nodes, which GKE itself opens already;
 * - Autopilot: nodes get the tag of `platform` by `node_pool_auto_config.network_tags` of the cluster; on Standard clusters
 *   by `node_config.tags` of the node pool;
 * - a Shared VPC: `project` of the `GcpFirewall` is the host project.
 *
 * Later editions of the document open 8080/tcp for metrics too, and ports for `nodes` and `virtualClusters`.
 *
 * On EKS, `kubernetesApi` is the cluster security group. Where the nodes are in that group too, nothing needs opening.
 */
export class VClusterPlatformIngressRules extends Construct implements IDocumentedRules {
  /** What the vendor documents. */
  public static readonly PORTS: PortTable = frozen(VCLUSTER_PLATFORM);

  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: VClusterPlatformIngressRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'both ends', '{ kubernetesApi, platform }', place);
    const table = tableOf(VCLUSTER_PLATFORM.id, props.edition, place);
    const optional = [
      { role: NODE, prop: 'nodes', peer: props.nodes },
      { role: VCLUSTER, prop: 'virtualClusters', peer: props.virtualClusters },
    ];
    const bindings = bindGiven(table.flows, {
      [KUBERNETES_API.id]: boundRole('kubernetesApi', props.kubernetesApi),
      [PLATFORM.id]: boundRole('platform', props.platform),
      ...rolesOfEdition(table, optional, props.omit, place),
    });
    ({
      flows: this.flows,
      addresses: this.addresses,
      resources: this.resources,
    } = openFlows(this, {
      table,
      bindings,
      props,
    }));
  }
}
