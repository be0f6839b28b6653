// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `mode` of `RedisRules`. How several Redis nodes work together. */
export enum RedisMode {
  /** Opens `cluster-bus` (16379/tcp). */
  CLUSTER = 'cluster',
  /** Opens `sentinel` (26379/tcp), `redis` (6379/tcp). */
  SENTINEL = 'sentinel',
}

/**
 * The props of `RedisRules`.
 *
 * Rows: `redis`, `cluster-bus`, `sentinel`. Editions: `2026-07` (default).
 */
export interface RedisRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "clients".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "Redis nodes". */
  readonly node: IHostGroup;
  /**
   * The machines that the document calls "Sentinels".
   * @default - none; needed with `mode` sentinel
   */
  readonly sentinel?: IHostGroup;
  /**
   * How several Redis nodes work together.
   * @default RedisMode.CLUSTER
   */
  readonly mode?: RedisMode;
}

/**
 * Opens the ports of Redis, as "Scale with Redis Cluster: Redis Cluster TCP ports; High availability with Redis Sentinel"
 * documents them:
 * https://github.com/redis/docs/blob/63f31f69985905d997fa5b0c02e1559b5d04c8b2/content/operate/oss_and_stack/management/scaling.md
 *
 * Opened by default: 6379/tcp to Redis nodes from clients and Redis nodes; 16379/tcp to Redis nodes from Redis nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new RedisRules(stack, 'redis', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   node: firewall.networkTag('node'),
 * });
 */
export class RedisRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('redis')[0]);
  }

  constructor(scope: Construct, id: string, props: RedisRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('redis', props));
  }
}
