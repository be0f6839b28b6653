// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The choices for `backingStore` of `VClusterRules`. The backing store: a database (embedded SQLite, or external), embedded etcd
 * or deployed etcd.
 */
export enum VClusterBackingStore {
  /** Opens nothing in addition. */
  DATABASE = 'database',
  /** Opens `etcd-client` (2379/tcp), `etcd-peer` (2380/tcp). */
  EMBEDDED_ETCD = 'embedded-etcd',
  /** Opens `etcd-client` (2379/tcp), `etcd-peer` (2380/tcp). */
  DEPLOYED_ETCD = 'deployed-etcd',
}

/**
 * The props of `VClusterRules`.
 *
 * Rows: `api-server`, `coredns`, `host-api-443`, `host-api-8443`, `host-api-6443`, `etcd-client`, `etcd-peer`. Editions:
 * `2026-08` (default).
 */
export interface VClusterRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "kubectl, ingress controllers, Gateway API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "vcluster control plane". */
  readonly controlPlane: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "private nodes".
   * @default - none; needed with `privateNodes` true
   */
  readonly node?: IPeer;
  /**
   * The IP ranges or machines that the document calls "vcluster workloads".
   * @default - none; needed with `privateNodes` false, or with `privateNodes` false and `embeddedCoredns` true, or with
   * `embeddedCoredns` false
   */
  readonly workload?: IPeer;
  /**
   * The machines that the document calls "CoreDNS in the tenant cluster".
   * @default - none; needed with `embeddedCoredns` false, or with `privateNodes` false and `embeddedCoredns` false
   */
  readonly coredns?: IHostGroup;
  /** The machines that the document calls "host control plane". */
  readonly kubernetesApi: IHostGroup;
  /**
   * The machines that the document calls "deployed etcd".
   * @default - none; needed with `backingStore` deployed-etcd
   */
  readonly etcd?: IHostGroup;
  /**
   * Private nodes, instead of nodes of the control plane cluster. `true` opens `api-server` (8443/tcp).
   * @default false
   */
  readonly privateNodes?: boolean;
  /**
   * CoreDNS as a part of the control plane pod, instead of a separate pod. `true` opens `coredns` (1053/tcp+udp, with
   * `privateNodes` false).
   * @default false
   */
  readonly embeddedCoredns?: boolean;
  /**
   * The backing store: a database (embedded SQLite, or external), embedded etcd or deployed etcd.
   * @default VClusterBackingStore.DATABASE
   */
  readonly backingStore?: VClusterBackingStore;
}

/**
 * Opens the ports of vCluster, as "Network policy; CoreDNS; network policies and services of the chart" documents them:
 * https://github.com/loft-sh/vcluster-docs/blob/0f45a068f4c65baa8df49daef2868bb1644fbf53/vcluster/configure/vcluster-yaml/policies/network-policy.mdx
 *
 * Opened by default: 8443/tcp to vcluster control plane from kubectl, ingress controllers, Gateway API, vcluster workloads and
 * CoreDNS in the tenant cluster; 1053/tcp+udp to CoreDNS in the tenant cluster from vcluster workloads; 443/tcp, 8443/tcp,
 * 6443/tcp to host control plane from vcluster control plane.
 *
 * Ports of pods: `api-server`, `coredns`, `etcd-client`, `etcd-peer`. A firewall of machines sees them only if pods have IP
 * addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new VClusterRules(stack, 'vcluster', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   controlPlane: firewall.networkTag('control-plane'),
 *   workload: Peer.named('workload', '10.3.0.0/16'),
 *   coredns: firewall.networkTag('coredns'),
 *   kubernetesApi: firewall.networkTag('kubernetes-api'),
 * });
 */
export class VClusterRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('vcluster')[0]);
  }

  constructor(scope: Construct, id: string, props: VClusterRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('vcluster', props));
  }
}
