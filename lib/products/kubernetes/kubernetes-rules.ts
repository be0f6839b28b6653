// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { ControlPlaneEndpoint, IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KubernetesRules`.
 *
 * Rows: `api-server`, `etcd`, `kubelet`, `node-ports`, `kube-proxy-health`. Editions: `2026-11` (default).
 */
export interface KubernetesRulesProps extends EditionedRulesProps {
  /**
   * The endpoint of the control plane. Its machines are `controlPlane` (its `controlPlane`) and `worker` (its `workers`). Its
   * port replaces that of `api-server`. Props that differ from it are an error.
   * @default - the machines are given one by one, and the ports are the documented ones
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * The machines that the document calls "Control plane".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly controlPlane?: IHostGroup;
  /**
   * The machines that the document calls "Worker node(s)".
   * @default - those of `endpoint`, else none; needed unless `omit` has its rows
   */
  readonly worker?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Load balancers".
   * @default - none; needed unless `omit` has its rows
   */
  readonly loadBalancer?: IPeer;
  /**
   * The IP ranges or machines that the document calls "All others".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
}

/**
 * Opens the ports of Kubernetes, as "Ports and Protocols" documents them:
 * https://github.com/kubernetes/website/blob/0ad55a1d7af988509e59bf13df6e4f0c663ddd40/content/zh-cn/docs/reference/networking/ports-and-protocols.md
 *
 * Opened: 6443/tcp to Control plane from Control plane, Worker node(s), Load balancers and All others; 2379-2380/tcp, 10250/tcp
 * to Control plane from Control plane; 10250/tcp to Worker node(s) from Control plane; 30000-32767/tcp+udp to Worker node(s) from
 * Control plane, Load balancers, Worker node(s) and All others; 10256/tcp to Worker node(s) from Load balancers.
 *
 * NodePorts: `node-ports`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `control-plane-endpoint-required`, `endpoint-differs`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubernetesRules(stack, 'kubernetes', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   worker: firewall.networkTag('worker'),
 *   loadBalancer: Peer.named('load-balancer', '10.3.0.0/16'),
 *   client: Peer.named('client', '10.4.0.0/16'),
 * });
 */
export class KubernetesRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kubernetes')[0]);
  }

  constructor(scope: Construct, id: string, props: KubernetesRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kubernetes', props));
  }
}
