// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `KubeSphereRules`.
 *
 * Rows: `ssh`, `etcd`, `api-server`, `calico`, `bgp`, `node-ports`, `master`, `dns`, `metrics-server`, `local-registry`,
 * `local-apt`, `rpcbind`, `ipip`, `console`. Editions: `4.1` (default).
 */
export interface KubeSphereRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "cluster nodes". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "users of the web console".
   * @default - none; needed unless `omit` has its rows
   */
  readonly consoleUser?: IPeer;
  /**
   * The Calico network plugin. `true` opens `calico` (9099-9100/tcp), `bgp` (179/tcp), `ipip` (4/ip).
   * @default true
   */
  readonly calico?: boolean;
  /**
   * The offline environment. `true` opens `local-registry` (5000/tcp), `local-apt` (5080/tcp).
   * @default false
   */
  readonly offline?: boolean;
  /**
   * NFS as persistent storage. `true` opens `rpcbind` (111/tcp).
   * @default false
   */
  readonly nfs?: boolean;
}

/**
 * Opens the ports of KubeSphere, as "Install Kubernetes and KubeSphere on Linux: Configure Firewall Rules" documents them:
 * https://github.com/kubesphere/website/blob/1324d320306c39bb6784061517f634f02fbaa14e/content/en/docs/v4.1/03-installation-and-upgrade/02-install-kubesphere/02-install-kubernetes-and-kubesphere.adoc
 *
 * Opened by default: 22/tcp, 2379-2380/tcp, 6443/tcp, 9099-9100/tcp, 179/tcp, 30000-32767/tcp, 10250-10258/tcp, 53/tcp+udp,
 * 8443/tcp, 4/ip to cluster nodes from cluster nodes; 30880/tcp to cluster nodes from users of the web console.
 *
 * NodePorts: `node-ports`, `console`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubeSphereRules(stack, 'kubesphere', {
 *   node: firewall.networkTag('node'),
 *   consoleUser: Peer.named('console-user', '10.2.0.0/16'),
 * });
 */
export class KubeSphereRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kubesphere')[0]);
  }

  constructor(scope: Construct, id: string, props: KubeSphereRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kubesphere', props));
  }
}
