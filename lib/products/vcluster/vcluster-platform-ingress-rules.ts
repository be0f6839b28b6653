import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep } from '../../input';
import {
  bindGiven,
  boundRole,
  DocumentedRules,
  type EditionedRulesProps,
  type OptionalRole,
  rolesOfEdition,
} from '../../opening';
import { type PortTable, tableOf } from '../../tables';
import { KUBERNETES_API, NODE, PLATFORM, VCLUSTER } from '../roles';
import { VCLUSTER_PLATFORM } from './vcluster-platform@2025-03';
import { VCLUSTER_PLATFORM_2025_04 } from './vcluster-platform@2025-04';
import { VCLUSTER_PLATFORM_2025_10 } from './vcluster-platform@2025-10';

/** The editions of the document; the first is the default. */
const EDITIONS = [VCLUSTER_PLATFORM, VCLUSTER_PLATFORM_2025_04, VCLUSTER_PLATFORM_2025_10];

/**
 * The props of `VClusterPlatformIngressRules`.
 *
 * Rows: `api-service`, `webhook`, `management-api`; since 2025-04: `legacy-metrics`, `coredns-tcp`, `coredns-udp`; since 2025-10:
 * `in-cluster-api`. Editions: `2025-03` (default), `2025-04`, `2025-10`.
 */
export interface VClusterPlatformIngressRulesProps extends EditionedRulesProps {
  /** The source, the Kubernetes API server: the IP range of the control plane, or the cluster security group. */
  readonly kubernetesApi: IPeer;
  /** The destination: the machines on which the platform runs. */
  readonly platform: IHostGroup;
  /**
   * The nodes on which virtual clusters run. They reach each other's CoreDNS on 1053/tcp and 1053/udp.
   * @default - none; required since edition 2025-04 unless `omit` has both rows
   */
  readonly nodes?: IHostGroup;
  /**
   * The machines of virtual clusters that run in the same cluster as the platform. They reach the platform on 10443/tcp.
   * @default - none; required since edition 2025-10 unless `omit` has the row
   */
  readonly virtualClusters?: IPeer;
}

const FORM: PropsForm<VClusterPlatformIngressRulesProps> = {
  needed: 'both ends',
  example: '{ kubernetesApi, platform }',
  names: {
    kubernetesApi: true,
    platform: true,
    nodes: true,
    virtualClusters: true,
    edition: true,
    omit: true,
    ports: true,
    versions: true,
  },
};

/**
 * Opens 8443/tcp, 9443/tcp and 9444/tcp from the Kubernetes API server to vCluster Platform, as vCluster's networking page documents
 * them. Later editions also open 8080/tcp, and ports for `nodes` and `virtualClusters`.
 *
 * On GKE:
 * - In a private cluster with VPC peering, `kubernetesApi` is the whole /28 of the control plane (`master_ipv4_cidr_block`), not
 *   only the IP address of its endpoint.
 * - A cluster with Private Service Connect does not have such a range. Use the range of the private endpoint's subnetwork, or, if it
 *   does not have one, of the subnetwork of the nodes, which GKE opens by itself.
 * - Set the network tag of `platform` with `node_config.tags` of the node pool, or on Autopilot with
 *   `node_pool_auto_config.network_tags` of the cluster.
 * - With a Shared VPC, `project` of the `GcpFirewall` is the host project.
 *
 * On EKS, `kubernetesApi` is the cluster security group. If the nodes are in that group too, no rules are needed.
 *
 * Throws before anything is created: `role-missing` or `role-not-in-edition` if `nodes` or `virtualClusters` do not fit the edition,
 * `world-not-allowed` if a source is open to the world, `row-unknown` and `edition-unknown`.
 *
 * @example
 * new VClusterPlatformIngressRules(stack, 'vcluster-platform', {
 *   kubernetesApi: Peer.named('gke-control-plane', '172.16.0.0/28'),
 *   platform: new GcpFirewall({ network: 'prod' }).networkTag('vcluster-platform'),
 * });
 */
export class VClusterPlatformIngressRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static readonly PORTS: PortTable = readOnlyDeep(VCLUSTER_PLATFORM);

  constructor(scope: Construct, id: string, props: VClusterPlatformIngressRulesProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(EDITIONS, props.edition, place),
      editions: () => EDITIONS,
      bind: (table, place) =>
        bindGiven(table.flows, {
          [KUBERNETES_API.id]: boundRole('kubernetesApi', props.kubernetesApi),
          [PLATFORM.id]: boundRole('platform', props.platform),
          ...rolesOfEdition(table, optionalRoles(props), props.omit, place),
        }),
    });
  }
}

function optionalRoles({ nodes, virtualClusters }: VClusterPlatformIngressRulesProps): OptionalRole[] {
  return [
    { role: NODE, prop: 'nodes', peer: nodes },
    { role: VCLUSTER, prop: 'virtualClusters', peer: virtualClusters },
  ];
}
