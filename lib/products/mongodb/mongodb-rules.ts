// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `topology` of `MongoDBRules`. A replica set (or one standalone instance), or a sharded cluster. */
export enum MongoDBTopology {
  /** Opens `mongod` (27017/tcp). */
  REPLICA_SET = 'replica-set',
  /** Opens `mongos` (27017/tcp), `config-server` (27019/tcp), `shard-server` (27018/tcp). */
  SHARDED_CLUSTER = 'sharded-cluster',
}

/**
 * The props of `MongoDBRules`.
 *
 * Rows: `mongod`, `mongos`, `config-server`, `shard-server`. Editions: `8.0` (default).
 */
export interface MongoDBRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "application servers".
   * @default - none; needed with `topology` replica-set, or with `topology` sharded-cluster
   */
  readonly application?: IPeer;
  /**
   * The machines that the document calls "mongod instances, standalone or of a replica set".
   * @default - none; needed with `topology` replica-set
   */
  readonly mongod?: IHostGroup;
  /**
   * The machines that the document calls "mongos instances".
   * @default - none; needed with `topology` sharded-cluster
   */
  readonly mongos?: IHostGroup;
  /**
   * The machines that the document calls "config servers".
   * @default - none; needed with `topology` sharded-cluster
   */
  readonly configServer?: IHostGroup;
  /**
   * The machines that the document calls "mongod instances of the shards".
   * @default - none; needed with `topology` sharded-cluster
   */
  readonly shard?: IHostGroup;
  /**
   * A replica set (or one standalone instance), or a sharded cluster.
   * @default MongoDBTopology.REPLICA_SET
   */
  readonly topology?: MongoDBTopology;
}

/**
 * Opens the ports of MongoDB, as "Configure Linux iptables Firewall for Self-Managed Deployments" documents them:
 * https://github.com/mongodb/docs/blob/8a1a705d13fcbd2902a1752b204f65d3bdde90a8/content/manual/v8.0/source/tutorial/configure-linux-iptables-firewall.txt
 *
 * Opened by default: 27017/tcp to mongod instances, standalone or of a replica set from application servers and mongod instances,
 * standalone or of a replica set.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new MongoDBRules(stack, 'mongodb', {
 *   application: Peer.named('application', '10.1.0.0/16'),
 *   mongod: firewall.networkTag('mongod'),
 * });
 */
export class MongoDBRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('mongodb')[0]);
  }

  constructor(scope: Construct, id: string, props: MongoDBRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('mongodb', props));
  }
}
