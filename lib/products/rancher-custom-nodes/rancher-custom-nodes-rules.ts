// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `RancherCustomNodesRules`.
 *
 * Rows: `rancher-https`, `etcd-client`, `etcd-peer`, `overlay`, `overlay-windows`, `kubelet`, `api-server`, `node-ports`,
 * `ingress-http`, `ingress-https`. Editions: `2026-07` (default).
 */
export interface RancherCustomNodesRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "etcd Plane Nodes". */
  readonly etcd: IHostGroup;
  /**
   * The machines that the document calls "Rancher Nodes".
   * @default - none; needed with `externalLoadBalancer` false
   */
  readonly rancher?: IHostGroup;
  /** The machines that the document calls "Control Plane Nodes". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "Worker Plane Nodes". */
  readonly worker: IHostGroup;
  /**
   * The machines that the document calls "External Rancher Load Balancer".
   * @default - none; needed with `externalLoadBalancer` true
   */
  readonly loadBalancer?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Kubernetes API Clients".
   * @default - none; needed with `authorizedClusterEndpoints` true
   */
  readonly client?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Workload Clients or Load Balancer".
   * @default - none; needed unless `omit` has its rows
   */
  readonly workloadClient?: IPeer;
  /**
   * An external load balancer is in front of Rancher. `true` opens `rancher-https` (443/tcp).
   * @default false
   */
  readonly externalLoadBalancer?: boolean;
  /**
   * Overlay mode on a Windows cluster. `true` opens `overlay-windows` (4789/udp).
   * @default false
   */
  readonly windows?: boolean;
  /**
   * Authorized Cluster Endpoints are activated. `true` opens `api-server` (6443/tcp).
   * @default false
   */
  readonly authorizedClusterEndpoints?: boolean;
}

/**
 * Opens the ports of Rancher custom nodes, as "Port Requirements: Ports for Rancher Launched Kubernetes Clusters using Custom
 * Nodes" documents them:
 * https://github.com/rancher/rancher-product-docs/blob/8b3996c83bb771b71a3a81a2c103e46bc5507bd7/shared/modules/ROOT/partials/en/ports-custom-nodes.adoc
 *
 * Opened by default: 443/tcp to Rancher Nodes from etcd Plane Nodes, Control Plane Nodes and Worker Plane Nodes; 2379/tcp,
 * 2380/tcp to etcd Plane Nodes from etcd Plane Nodes and Control Plane Nodes; 8472/udp to etcd Plane Nodes from etcd Plane Nodes,
 * Control Plane Nodes and Worker Plane Nodes; 10250/tcp to etcd Plane Nodes from Control Plane Nodes; 6443/tcp, 8472/udp to
 * Control Plane Nodes from etcd Plane Nodes, Control Plane Nodes and Worker Plane Nodes; 10250/tcp to Control Plane Nodes from
 * Control Plane Nodes; 8472/udp to Worker Plane Nodes from etcd Plane Nodes, Control Plane Nodes and Worker Plane Nodes;
 * 10250/tcp to Worker Plane Nodes from Control Plane Nodes; 30000-32767/tcp+udp, 80/tcp, 443/tcp to Worker Plane Nodes from
 * Workload Clients or Load Balancer.
 *
 * NodePorts: `node-ports`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new RancherCustomNodesRules(stack, 'rancher-custom-nodes', {
 *   etcd: firewall.networkTag('etcd'),
 *   rancher: firewall.networkTag('rancher'),
 *   controlPlane: firewall.networkTag('control-plane'),
 *   worker: firewall.networkTag('worker'),
 *   workloadClient: Peer.named('workload-client', '10.5.0.0/16'),
 * });
 */
export class RancherCustomNodesRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('rancher-custom-nodes')[0]);
  }

  constructor(scope: Construct, id: string, props: RancherCustomNodesRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('rancher-custom-nodes', props));
  }
}
