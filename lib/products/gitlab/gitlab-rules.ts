// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `praefect` of `GitLabRules`. Praefect, without or with TLS. */
export enum GitLabPraefect {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `praefect` (2305/tcp). */
  TCP = 'tcp',
  /** Opens `praefect-tls` (3305/tcp). */
  TLS = 'tls',
}

/** The choices for `kerberos` of `GitLabRules`. Kerberos on a port of its own, by https or http. */
export enum GitLabKerberos {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `kerberos` (8443/tcp). */
  HTTPS = 'https',
  /** Opens `kerberos-http` (8088/tcp). */
  HTTP = 'http',
}

/**
 * The props of `GitLabRules`.
 *
 * Rows: `http`, `https`, `ssh`, `registry-users`, `kerberos`, `kerberos-http`, `nginx-status`, `prometheus`, `node-exporter`,
 * `redis-exporter`, `postgresql-exporter`, `gitlab-exporter`, `sidekiq-exporter`, `sidekiq-health`, `kas`, `gitaly-exporter`,
 * `workhorse-exporter`, `postgresql`, `redis`, `puma`, `workhorse`, `gitaly`, `gitaly-tls`, `praefect`, `praefect-tls`,
 * `pgbouncer`, `pgbouncer-exporter`, `patroni`, `consul-rpc`, `consul-serf`, `consul-http`, `consul-dns`, `sentinel`,
 * `geo-postgresql`, `registry`, `registry-exporter`, `mattermost`, `web-exporter`. Editions: `2026-11` (default).
 */
export interface GitLabRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "users and Git clients".
   * @default - none; needed unless `omit` has its rows
   */
  readonly user?: IPeer;
  /** The machines that the document calls "GitLab nodes". */
  readonly gitlab: IHostGroup;
  /**
   * Components on several nodes, by ports instead of sockets. `true` opens `postgresql` (5432/tcp), `redis` (6379/tcp), `puma`
   * (8080/tcp), `workhorse` (8181/tcp), `gitaly` (8075/tcp).
   * @default false
   */
  readonly separateNodes?: boolean;
  /**
   * Gitaly by TLS. `true` opens `gitaly-tls` (9999/tcp).
   * @default false
   */
  readonly gitalyTls?: boolean;
  /**
   * Praefect, without or with TLS.
   * @default GitLabPraefect.NONE
   */
  readonly praefect?: GitLabPraefect;
  /**
   * PgBouncer. `true` opens `pgbouncer` (6432/tcp), `pgbouncer-exporter` (9188/tcp).
   * @default false
   */
  readonly pgbouncer?: boolean;
  /**
   * Patroni. `true` opens `patroni` (8008/tcp).
   * @default false
   */
  readonly patroni?: boolean;
  /**
   * Consul. `true` opens `consul-rpc` (8300/tcp), `consul-serf` (8301/tcp+udp), `consul-http` (8500/tcp), `consul-dns`
   * (8600/tcp+udp).
   * @default false
   */
  readonly consul?: boolean;
  /**
   * Redis Sentinel. `true` opens `sentinel` (26379/tcp).
   * @default false
   */
  readonly redisSentinel?: boolean;
  /**
   * Geo PostgreSQL. `true` opens `geo-postgresql` (5431/tcp).
   * @default false
   */
  readonly geo?: boolean;
  /**
   * GitLab Registry. `true` opens `registry-users` (5050/tcp), `registry` (5000/tcp), `registry-exporter` (5001/tcp).
   * @default false
   */
  readonly registry?: boolean;
  /**
   * Mattermost. `true` opens `mattermost` (8065/tcp).
   * @default false
   */
  readonly mattermost?: boolean;
  /**
   * Web exporter. `true` opens `web-exporter` (8083/tcp).
   * @default false
   */
  readonly webExporter?: boolean;
  /**
   * Kerberos on a port of its own, by https or http.
   * @default GitLabKerberos.NONE
   */
  readonly kerberos?: GitLabKerberos;
}

/**
 * Opens the ports of GitLab, as "Package defaults: Ports" documents them:
 * https://github.com/gitlabhq/gitlabhq/blob/04027f81f0f468809a95eff2f7105a34dd7e69cf/doc/administration/package_information/defaults.md
 *
 * Opened by default: 80/tcp, 443/tcp, 22/tcp to GitLab nodes from users and Git clients; 8060/tcp, 9090/tcp, 9100/tcp, 9121/tcp,
 * 9187/tcp, 9168/tcp, 8082/tcp, 8092/tcp, 8150/tcp, 9236/tcp, 9229/tcp to GitLab nodes from GitLab nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new GitLabRules(stack, 'gitlab', {
 *   user: Peer.named('user', '10.1.0.0/16'),
 *   gitlab: firewall.networkTag('gitlab'),
 * });
 */
export class GitLabRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('gitlab')[0]);
  }

  constructor(scope: Construct, id: string, props: GitLabRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('gitlab', props));
  }
}
