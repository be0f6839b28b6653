// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `MinIORules`.
 *
 * Rows: `s3-api`, `console`. Editions: `2025-07` (default).
 */
export interface MinIORulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "clients of the S3 API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "MinIO servers". */
  readonly server: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "external clients of the MinIO Console".
   * @default - none; needed with `console` true
   */
  readonly consoleClient?: IPeer;
  /**
   * A static port of the MinIO Console. `true` opens `console` (9090/tcp).
   * @default false
   */
  readonly console?: boolean;
}

/**
 * Opens the ports of MinIO, as "Security Checklist; Expand a Distributed MinIO Deployment" documents them:
 * https://github.com/minio/docs/blob/35f2bb81280a3573c64947e8bd979e2c7026d2dd/source/operations/checklists/security.rst
 *
 * Opened by default: 9000/tcp to MinIO servers from clients of the S3 API and MinIO servers.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new MinIORules(stack, 'minio', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 * });
 */
export class MinIORules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('minio')[0]);
  }

  constructor(scope: Construct, id: string, props: MinIORulesProps) {
    super(scope, id);
    this._open(rulesOfTable('minio', props));
  }
}
