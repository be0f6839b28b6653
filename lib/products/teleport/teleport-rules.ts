// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `TeleportRules`.
 *
 * Rows: `tls-routing`, `ssh`, `web`, `mysql`, `postgres`, `mongodb`, `redis`, `reverse-tunnel`, `proxy-peering`, `auth`,
 * `ssh-service`, `kubernetes-service`, `windows-desktop-service`. Editions: `2026-11` (default).
 */
export interface TeleportRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "Teleport clients".
   * @default - none; needed with `tlsRouting` true, or with `tlsRouting` false, or with `tlsRouting` false and `databases` true
   */
  readonly client?: IPeer;
  /** The machines that the document calls "Proxy Service". */
  readonly proxy: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Teleport services that join through the Proxy Service".
   * @default - none; needed with `tlsRouting` true, or with `tlsRouting` false
   */
  readonly agent?: IPeer;
  /** The machines that the document calls "Auth Service". */
  readonly auth: IHostGroup;
  /**
   * The machines that the document calls "agents that join the Auth Service directly".
   * @default - none; needed with `directAgents` true
   */
  readonly directAgent?: IHostGroup;
  /**
   * TLS routing. `true` opens `tls-routing` (443/tcp).
   * @default true
   */
  readonly tlsRouting?: boolean;
  /**
   * Proxy Peering mode. `true` opens `proxy-peering` (3021/tcp).
   * @default false
   */
  readonly proxyPeering?: boolean;
  /**
   * Agents that join the Auth Service directly. `true` opens `auth` (3025/tcp), `ssh-service` (3022/tcp), `kubernetes-service`
   * (3026/tcp), `windows-desktop-service` (3028/tcp).
   * @default false
   */
  readonly directAgents?: boolean;
  /**
   * Listeners for MySQL, Postgres, MongoDB and Redis. `true` opens `mysql` (3036/tcp, with `tlsRouting` false), `postgres`
   * (5432/tcp, with `tlsRouting` false), `mongodb` (27017/tcp, with `tlsRouting` false), `redis` (6379/tcp, with `tlsRouting`
   * false).
   * @default false
   */
  readonly databases?: boolean;
}

/**
 * Opens the ports of Teleport, as "Teleport Networking Reference: Ports" documents them:
 * https://github.com/gravitational/teleport/blob/0040eb76f19bfb361469015d42396f720501e13d/docs/pages/reference/deployment/networking.mdx
 *
 * Opened by default: 443/tcp to Proxy Service from Teleport clients and Teleport services that join through the Proxy Service;
 * 3025/tcp to Auth Service from Proxy Service.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new TeleportRules(stack, 'teleport', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   proxy: firewall.networkTag('proxy'),
 *   agent: Peer.named('agent', '10.3.0.0/16'),
 *   auth: firewall.networkTag('auth'),
 * });
 */
export class TeleportRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('teleport')[0]);
  }

  constructor(scope: Construct, id: string, props: TeleportRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('teleport', props));
  }
}
