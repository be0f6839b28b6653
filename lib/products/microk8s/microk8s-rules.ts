// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `datastore` of `MicroK8sRules`. The datastore of the cluster. */
export enum MicroK8sDatastore {
  /** Opens `dqlite` (19001/tcp). */
  DQLITE = 'dqlite',
  /** Opens `etcd` (12379/tcp). */
  ETCD = 'etcd',
}

/**
 * The props of `MicroK8sRules`.
 *
 * Rows: `api-server`, `kubelet`, `kubelet-read-only`, `cluster-agent`, `etcd`, `controller-manager`, `scheduler`, `dqlite`,
 * `calico-vxlan`. Editions: `2026-11` (default).
 */
export interface MicroK8sRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "hosts of the cluster". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of the API server".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The datastore of the cluster.
   * @default MicroK8sDatastore.DQLITE
   */
  readonly datastore?: MicroK8sDatastore;
  /**
   * Calico networking with VXLAN. `true` opens `calico-vxlan` (4789/udp).
   * @default true
   */
  readonly calicoVxlan?: boolean;
}

/**
 * Opens the ports of MicroK8s, as "Services and ports" documents them: https://microk8s.io/docs/services-and-ports
 *
 * Opened by default: 16443/tcp to hosts of the cluster from hosts of the cluster and clients of the API server; 10250/tcp,
 * 10255/tcp, 25000/tcp, 10257/tcp, 10259/tcp, 19001/tcp, 4789/udp to hosts of the cluster from hosts of the cluster.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new MicroK8sRules(stack, 'microk8s', {
 *   node: firewall.networkTag('node'),
 *   client: Peer.named('client', '10.2.0.0/16'),
 * });
 */
export class MicroK8sRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('microk8s')[0]);
  }

  constructor(scope: Construct, id: string, props: MicroK8sRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('microk8s', props));
  }
}
