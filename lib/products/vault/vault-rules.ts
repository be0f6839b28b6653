// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `storage` of `VaultRules`. The storage backend. */
export enum VaultStorage {
  /** Opens nothing in addition. */
  RAFT = 'raft',
  /**
   * Opens `consul-rpc` (8300/tcp), `consul-wan` (8302/tcp+udp, with `consulWan` true), `consul-lan` (8301/tcp+udp), `consul-http`
   * (8500/tcp), `consul-dns` (8600/tcp+udp, with `consulDns` true).
   */
  CONSUL = 'consul',
  /**
   * Opens `consul-rpc` (8300/tcp), `consul-wan` (8302/tcp+udp, with `consulWan` true), `consul-lan` (8301/tcp+udp),
   * `consul-https` (8501/tcp), `consul-dns` (8600/tcp+udp, with `consulDns` true).
   */
  CONSUL_TLS = 'consul-tls',
  /** Opens nothing in addition. */
  CLOUD = 'cloud',
}

/**
 * The props of `VaultRules`.
 *
 * Rows: `load-balancer`, `api`, `bootstrap`, `cluster`, `replication-api`, `replication`, `consul-rpc`, `consul-wan`,
 * `consul-lan`, `consul-http`, `consul-https`, `consul-dns`, `kmip`, `ldap`, `ldaps`, `radius`, `kerberos`, `postgresql`,
 * `mysql`, `mssql`, `oracle`, `mongodb`, `cassandra`, `ssh`, `statsd`, `syslog`. Editions: `2` (default).
 */
export interface VaultRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "Clients/admin".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "Load balancer". */
  readonly loadBalancer: IHostGroup;
  /** The machines that the document calls "Vault servers". */
  readonly vault: IHostGroup;
  /**
   * The machines that the document calls "DR secondary cluster".
   * @default - none; needed with `replication` true
   */
  readonly secondary?: IHostGroup;
  /**
   * The machines that the document calls "Consul servers".
   * @default - none; needed with `storage` consul or consul-tls, or with `storage` consul or consul-tls and `consulWan` true, or
   * with `storage` consul, or with `storage` consul-tls, or with `storage` consul or consul-tls and `consulDns` true
   */
  readonly consulServer?: IHostGroup;
  /**
   * The machines that the document calls "Consul agents that are not servers".
   * @default - none; needed with `storage` consul or consul-tls
   */
  readonly consulAgent?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "KMIP clients".
   * @default - none; needed with `kmip` true
   */
  readonly kmipClient?: IPeer;
  /**
   * The machines that the document calls "LDAP server".
   * @default - none; needed with `withLdap` true
   */
  readonly ldap?: IHostGroup;
  /**
   * The machines that the document calls "RADIUS server".
   * @default - none; needed with `withRadius` true
   */
  readonly radius?: IHostGroup;
  /**
   * The machines that the document calls "KDC".
   * @default - none; needed with `kerberos` true
   */
  readonly kdc?: IHostGroup;
  /**
   * The machines that the document calls "Database".
   * @default - none; needed with `postgresql` true, or with `mysql` true, or with `mssql` true, or with `oracle` true, or with
   * `mongodb` true, or with `cassandra` true
   */
  readonly database?: IHostGroup;
  /**
   * The machines that the document calls "Target host".
   * @default - none; needed with `ssh` true
   */
  readonly sshTarget?: IHostGroup;
  /**
   * The machines that the document calls "StatsD collector".
   * @default - none; needed with `withStatsd` true
   */
  readonly statsd?: IHostGroup;
  /**
   * The machines that the document calls "Syslog server".
   * @default - none; needed with `withSyslog` true
   */
  readonly syslog?: IHostGroup;
  /**
   * The storage backend.
   * @default VaultStorage.RAFT
   */
  readonly storage?: VaultStorage;
  /**
   * DR / Performance Replication. `true` opens `replication-api` (8200/tcp), `replication` (8201/tcp).
   * @default false
   */
  readonly replication?: boolean;
  /**
   * More than one Consul datacenter. `true` opens `consul-wan` (8302/tcp+udp, with `storage` consul or consul-tls).
   * @default false
   */
  readonly consulWan?: boolean;
  /**
   * Consul DNS interface. `true` opens `consul-dns` (8600/tcp+udp, with `storage` consul or consul-tls).
   * @default false
   */
  readonly consulDns?: boolean;
  /**
   * KMIP secrets engine. `true` opens `kmip` (5696/tcp).
   * @default false
   */
  readonly kmip?: boolean;
  /**
   * LDAP auth method or secrets engine. `true` opens `ldap` (389/tcp), `ldaps` (636/tcp).
   * @default false
   */
  readonly withLdap?: boolean;
  /**
   * RADIUS auth method. `true` opens `radius` (1812/udp).
   * @default false
   */
  readonly withRadius?: boolean;
  /**
   * Kerberos auth method. `true` opens `kerberos` (88/tcp+udp).
   * @default false
   */
  readonly kerberos?: boolean;
  /**
   * Secrets engine for PostgreSQL. `true` opens `postgresql` (5432/tcp).
   * @default false
   */
  readonly postgresql?: boolean;
  /**
   * Secrets engine for MySQL / MariaDB. `true` opens `mysql` (3306/tcp).
   * @default false
   */
  readonly mysql?: boolean;
  /**
   * Secrets engine for MSSQL. `true` opens `mssql` (1433/tcp).
   * @default false
   */
  readonly mssql?: boolean;
  /**
   * Secrets engine for Oracle. `true` opens `oracle` (1521/tcp).
   * @default false
   */
  readonly oracle?: boolean;
  /**
   * Secrets engine for MongoDB. `true` opens `mongodb` (27017/tcp).
   * @default false
   */
  readonly mongodb?: boolean;
  /**
   * Secrets engine for Cassandra. `true` opens `cassandra` (9042/tcp).
   * @default false
   */
  readonly cassandra?: boolean;
  /**
   * SSH secrets engine. `true` opens `ssh` (22/tcp).
   * @default false
   */
  readonly ssh?: boolean;
  /**
   * StatsD telemetry. `true` opens `statsd` (8125/udp).
   * @default false
   */
  readonly withStatsd?: boolean;
  /**
   * Remote syslog forwarding. `true` opens `syslog` (514/tcp+udp).
   * @default false
   */
  readonly withSyslog?: boolean;
}

/**
 * Opens the ports of Vault, as "Vault cluster network port reference" documents them:
 * https://github.com/hashicorp/web-unified-docs/blob/a1a0b43590d36983b880eea495fd749b0b577406/content/vault/v2.x/content/docs/internals/ports.mdx
 *
 * Opened by default: 8200/tcp to Load balancer from Clients/admin; 8200/tcp to Vault servers from Load balancer and Vault
 * servers; 8201/tcp to Vault servers from Vault servers.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new VaultRules(stack, 'vault', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   loadBalancer: firewall.networkTag('load-balancer'),
 *   vault: firewall.networkTag('vault'),
 * });
 */
export class VaultRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('vault')[0]);
  }

  constructor(scope: Construct, id: string, props: VaultRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('vault', props));
  }
}
