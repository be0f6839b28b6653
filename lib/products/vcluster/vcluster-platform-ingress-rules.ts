import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { type PropsForm, readOnlyDeep } from '../../input';
import {
  bindGiven,
  boundRole,
  DocumentedRules,
  EDITIONED_RULES_PROPS,
  type EditionedRulesProps,
  type OptionalRole,
  rolesOfEdition,
} from '../../opening';
import { type PortTable, tableOf } from '../../tables';
import { editionsOf } from '../catalog';
import { CLUSTER_AGENT, DNS, KUBERNETES_API, NODE, PLATFORM, PLATFORM_ENDPOINT, VCLUSTER } from '../roles';

/** The id of the table. */
const TABLE = 'vcluster-platform';

/**
 * The props of `VClusterPlatformIngressRules`.
 *
 * Rows: `api-service`, `webhook`, `management-api`; since 2025-04: `legacy-metrics`, `coredns-tcp`, `coredns-udp`; since 2025-10:
 * `in-cluster-api`; since 2026-08: `platform-url`, `dns`. Editions: `2025-03` (default), `2025-04`, `2025-10`, `2026-08`.
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
  /**
   * The machines on which agents of the platform run. They reach the platform on 10443/tcp, and `platformEndpoint` and `dns` if these are
   * given.
   * @default - closed for agents; edition 2026-08 has them
   */
  readonly agent?: IHostGroup;
  /**
   * The public URL or the load balancer of the platform, which `agent` reaches on 443/tcp. Use `ExternalHosts` if no rule can be created
   * for it.
   * @default - no rule from agents; edition 2026-08 has it
   */
  readonly platformEndpoint?: IHostGroup;
  /**
   * The DNS resolver of the agents, which `agent` reaches on 53/tcp and 53/udp. Use `ExternalHosts` if no rule can be created for it.
   * @default - no rule from agents; edition 2026-08 has it
   */
  readonly dns?: IHostGroup;
}

const FORM: PropsForm<VClusterPlatformIngressRulesProps> = {
  needed: 'both ends',
  example: '{ kubernetesApi, platform }',
  names: {
    kubernetesApi: true,
    platform: true,
    nodes: true,
    virtualClusters: true,
    agent: true,
    platformEndpoint: true,
    dns: true,
    ...EDITIONED_RULES_PROPS,
  },
};

/**
 * Opens 8443/tcp, 9443/tcp and 9444/tcp from the Kubernetes API server to vCluster Platform, as vCluster's networking page documents
 * them. Later editions also open 8080/tcp, and ports for `nodes`, `virtualClusters` and `agent`.
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
 * All are ports of pods, which the control planes of GKE and EKS reach at their IP addresses. The ports from `virtualClusters`, between
 * `nodes`, and from `agent` to the platform exist for a firewall only if pods have IP addresses of its network.
 *
 * On EKS, `kubernetesApi` is the cluster security group. If the nodes are in that group too, no rules are needed.
 *
 * Throws before anything is created: `role-missing` or `role-not-in-edition` if the optional roles do not fit the edition,
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
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf(TABLE)[0]);
  }

  constructor(scope: Construct, id: string, props: VClusterPlatformIngressRulesProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => tableOf(editionsOf(TABLE), props.edition, place),
      editions: () => editionsOf(TABLE),
      bind: (table, place) =>
        bindGiven(table.flows, {
          [KUBERNETES_API]: boundRole('kubernetesApi', props.kubernetesApi),
          [PLATFORM]: boundRole('platform', props.platform),
          ...rolesOfEdition(table, optionalRoles(props), props.omit, place),
        }),
    });
  }
}

function optionalRoles({
  nodes,
  virtualClusters,
  agent,
  platformEndpoint,
  dns,
}: VClusterPlatformIngressRulesProps): OptionalRole[] {
  return [
    { role: NODE, prop: 'nodes', peer: nodes },
    { role: VCLUSTER, prop: 'virtualClusters', peer: virtualClusters },
    { role: CLUSTER_AGENT, prop: 'agent', peer: agent },
    { role: PLATFORM_ENDPOINT, prop: 'platformEndpoint', peer: platformEndpoint },
    { role: DNS, prop: 'dns', peer: dns },
  ];
}
