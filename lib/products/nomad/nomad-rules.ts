// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `NomadRules`.
 *
 * Rows: `http`, `rpc`, `serf`. Editions: `2.0` (default).
 */
export interface NomadRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "users of the HTTP API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly httpClient?: IPeer;
  /** The machines that the document calls "Nomad servers". */
  readonly server: IHostGroup;
  /** The machines that the document calls "Nomad clients". */
  readonly client: IHostGroup;
  /**
   * Migration of ephemeral disks between clients. `true` opens `http` (4646/tcp).
   * @default false
   */
  readonly diskMigration?: boolean;
}

/**
 * Opens the ports of Nomad, as "Nomad installation requirements: Ports used" documents them:
 * https://github.com/hashicorp/web-unified-docs/blob/104a4e311d1ff5f80726600beadb0da53582567a/content/nomad/v2.0.x/content/docs/deploy/production/requirements.mdx
 *
 * Opened by default: 4646/tcp to Nomad servers from users of the HTTP API; 4646/tcp to Nomad clients from users of the HTTP API;
 * 4647/tcp to Nomad servers from Nomad clients and Nomad servers; 4648/tcp+udp to Nomad servers from Nomad servers.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new NomadRules(stack, 'nomad', {
 *   httpClient: Peer.named('http-client', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 *   client: firewall.networkTag('client'),
 * });
 */
export class NomadRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('nomad')[0]);
  }

  constructor(scope: Construct, id: string, props: NomadRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('nomad', props));
  }
}
