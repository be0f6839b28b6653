// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `etcdTopology` of `KubeadmRules`. Where etcd runs. */
export enum KubeadmEtcdTopology {
  /** Opens `etcd` (2379-2380/tcp). */
  STACKED = 'stacked',
  /** Opens `etcd-client` (2379/tcp), `etcd-peer` (2380/tcp). */
  EXTERNAL = 'external',
}

/**
 * The props of `KubeadmRules`.
 *
 * Rows: `api-server`, `etcd`, `kubelet`, `vrrp`, `etcd-client`, `etcd-peer`, `node-ports`. Editions: `2026-01` (default).
 */
export interface KubeadmRulesProps extends EditionedRulesProps {
  /**
   * The endpoint of the control plane. Its machines are `controlPlane` (its `controlPlane`), `worker` (its `workers`) and
   * `loadBalancer` (its `virtualAddress`). Its port replaces that of `api-server`. Props that differ from it are an error.
   * @default - the machines are given one by one, and the ports are the documented ones
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The machines that the document calls "control plane nodes".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly controlPlane?: IHostGroup;
  /**
   * The machines that the document calls "workers".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly worker?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "All others".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The machines that the document calls "load balancer for kube-apiserver".
   * @default - those of `endpoint`, else none; needed with `withLoadBalancer` true
   */
  readonly loadBalancer?: IHostGroup;
  /**
   * The machines that the document calls "external etcd nodes".
   * @default - none; needed with `etcdTopology` external
   */
  readonly etcd?: IHostGroup;
  /**
   * Where etcd runs.
   * @default KubeadmEtcdTopology.STACKED
   */
  readonly etcdTopology?: KubeadmEtcdTopology;
  /**
   * A load balancer in front of the control plane nodes. `true` opens `api-server` (6443/tcp).
   * @default false
   */
  readonly withLoadBalancer?: boolean;
  /**
   * A virtual IP address by keepalived on the control plane nodes. `true` opens `vrrp` (112/ip).
   * @default false
   */
  readonly keepalived?: boolean;
}

/**
 * Opens the ports of kubeadm, as "High Availability Considerations; Creating Highly Available Clusters with kubeadm; Ports and
 * Protocols" documents them:
 * https://github.com/kubernetes/kubeadm/blob/1ee96035d157d53aa766c8d8945959cdc2fbf75b/docs/ha-considerations.md
 *
 * Opened by default: 6443/tcp to control plane nodes from control plane nodes, workers and All others; 2379-2380/tcp, 10250/tcp
 * to control plane nodes from control plane nodes; 10250/tcp to workers from control plane nodes; 30000-32767/tcp+udp to workers
 * from control plane nodes, workers and All others.
 *
 * NodePorts: `node-ports`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`,
 * `control-plane-endpoint-required`, `endpoint-differs`, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubeadmRules(stack, 'kubeadm', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   worker: firewall.networkTag('worker'),
 *   client: Peer.named('client', '10.3.0.0/16'),
 * });
 */
export class KubeadmRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kubeadm')[0]);
  }

  constructor(scope: Construct, id: string, props: KubeadmRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kubeadm', props));
  }
}
