// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `EtcdRules`.
 *
 * Rows: `client`, `peer`. Editions: `3.7` (default).
 */
export interface EtcdRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "machines that talk to etcd cluster".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "members of the cluster". */
  readonly member: IHostGroup;
}

/**
 * Opens the ports of etcd, as "Configuration options: Member" documents them:
 * https://github.com/etcd-io/website/blob/824597935df6e95992ef61c07e3222f4f796ca6c/content/en/docs/v3.7/op-guide/configuration.md
 *
 * Opened: 2379/tcp to members of the cluster from machines that talk to etcd cluster; 2380/tcp to members of the cluster from
 * members of the cluster.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `role-missing`, `row-unknown` and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new EtcdRules(stack, 'etcd', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   member: firewall.networkTag('member'),
 * });
 */
export class EtcdRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('etcd')[0]);
  }

  constructor(scope: Construct, id: string, props: EtcdRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('etcd', props));
  }
}
