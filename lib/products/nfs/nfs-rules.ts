// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `NfsRules`.
 *
 * Rows: `nfs`, `nfs-udp`, `rpcbind`, `rpcbind-udp`. Editions: `2026-01` (default).
 */
export interface NfsRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "NFS clients".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "NFS servers". */
  readonly server: IHostGroup;
  /**
   * NFS version 3 (or 2). `true` opens `nfs-udp` (2049/udp, with `udp` true), `rpcbind` (111/tcp), `rpcbind-udp` (111/udp, with
   * `udp` true).
   * @default false
   */
  readonly version3?: boolean;
  /**
   * NFS by UDP. `true` opens `nfs-udp` (2049/udp, with `version3` true), `rpcbind-udp` (111/udp, with `version3` true).
   * @default false
   */
  readonly udp?: boolean;
}

/**
 * Opens the ports of NFS, as "nfs(5): Mounting through a firewall; rpc.nfsd(8)" documents them:
 * https://github.com/linux-nfs/nfs-utils/blob/7acc8b943c9ae89c711712c73df64b46572a44c9/utils/mount/nfs.man
 *
 * Opened by default: 2049/tcp to NFS servers from NFS clients.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new NfsRules(stack, 'nfs', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 * });
 */
export class NfsRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('nfs')[0]);
  }

  constructor(scope: Construct, id: string, props: NfsRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('nfs', props));
  }
}
