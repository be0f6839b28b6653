// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `federation` of `ConsulRules`. WAN federation. */
export enum ConsulFederation {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `wan-serf` (8302/tcp+udp), `server-rpc` (8300/tcp). */
  DIRECT = 'direct',
  /** Opens `server-rpc` (8300/tcp), `wan-serf` (8302/tcp+udp). */
  MESH_GATEWAYS = 'mesh-gateways',
}

/** The choices for `peering` of `ConsulRules`. Cluster peering connections. */
export enum ConsulPeering {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `grpc-tls` (8503/tcp). */
  DIRECT = 'direct',
  /** Opens `grpc-tls` (8503/tcp). */
  MESH_GATEWAYS = 'mesh-gateways',
}

/**
 * The props of `ConsulRules`.
 *
 * Rows: `dns`, `http`, `https`, `grpc`, `grpc-tls`, `server-rpc`, `lan-serf`, `wan-serf`. Editions: `2.0` (default).
 */
export interface ConsulRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "workloads".
   * @default - none; needed unless `omit` has its rows
   */
  readonly workload?: IPeer;
  /** The machines that the document calls "Consul servers". */
  readonly server: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "dataplanes".
   * @default - none; needed unless `omit` has its rows
   */
  readonly dataplane?: IPeer;
  /** The machines that the document calls "Consul clients". */
  readonly client: IHostGroup;
  /**
   * The machines that the document calls "servers of federated datacenters or remote server peers".
   * @default - none; needed with `federation` direct, or with `peering` direct
   */
  readonly remoteServer?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "mesh gateways in the local datacenter".
   * @default - none; needed with `federation` mesh-gateways, or with `peering` mesh-gateways
   */
  readonly meshGateway?: IPeer;
  /**
   * The IP ranges or machines that the document calls "gateways and Envoy proxies registered to a client".
   * @default - none; needed with `grpc` true, or with `clientGrpcTls` true
   */
  readonly proxy?: IPeer;
  /**
   * The HTTPS API. `true` opens `https` (8501/tcp).
   * @default false
   */
  readonly https?: boolean;
  /**
   * The gRPC API without TLS. `true` opens `grpc` (8502/tcp).
   * @default false
   */
  readonly grpc?: boolean;
  /**
   * The gRPC API of clients with TLS connections. `true` opens `grpc-tls` (8503/tcp).
   * @default false
   */
  readonly clientGrpcTls?: boolean;
  /**
   * WAN federation.
   * @default ConsulFederation.NONE
   */
  readonly federation?: ConsulFederation;
  /**
   * Cluster peering connections.
   * @default ConsulPeering.NONE
   */
  readonly peering?: ConsulPeering;
}

/**
 * Opens the ports of Consul, as "Consul ports reference" documents them:
 * https://github.com/hashicorp/web-unified-docs/blob/f64e60c1e77480074e761baf15631559cedf4edf/content/consul/v2.0.x/content/docs/reference/architecture/ports.mdx
 *
 * Opened by default: 8600/tcp+udp, 8500/tcp to Consul servers from workloads; 8503/tcp to Consul servers from dataplanes;
 * 8300/tcp, 8301/tcp+udp to Consul servers from Consul servers and Consul clients; 8301/tcp+udp to Consul clients from Consul
 * servers and Consul clients; 8600/tcp+udp, 8500/tcp to Consul clients from workloads.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new ConsulRules(stack, 'consul', {
 *   workload: Peer.named('workload', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 *   dataplane: Peer.named('dataplane', '10.3.0.0/16'),
 *   client: firewall.networkTag('client'),
 * });
 */
export class ConsulRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('consul')[0]);
  }

  constructor(scope: Construct, id: string, props: ConsulRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('consul', props));
  }
}
