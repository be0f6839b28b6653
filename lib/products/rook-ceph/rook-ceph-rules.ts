// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `dashboard` of `RookCephRules`. The dashboard by https or http, or none. */
export enum RookCephDashboard {
  /** Opens `dashboard` (8443/tcp). */
  HTTPS = 'https',
  /** Opens `dashboard-http` (7000/tcp). */
  HTTP = 'http',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `RookCephRules`.
 *
 * Rows: `msgr2`, `msgr1`, `mds-to-daemons`, `daemons`, `dashboard`, `dashboard-http`, `metrics`, `exporter-metrics`,
 * `object-store`, `nfs`, `nfs-metrics`, `nvmeof-io`, `nvmeof-gateway`, `nvmeof-discovery`. Editions: `2026-08` (default).
 */
export interface RookCephRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Ceph monitors". */
  readonly mon: IHostGroup;
  /** The machines that the document calls "Ceph managers". */
  readonly mgr: IHostGroup;
  /** The machines that the document calls "Ceph OSDs". */
  readonly osd: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Ceph clients: the CSI driver on the nodes, object gateways, NFS servers".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Rook operator".
   * @default - none; needed unless `omit` has its rows
   */
  readonly operator?: IPeer;
  /** The machines that the document calls "Ceph exporters". */
  readonly exporter: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "crash collectors".
   * @default - none; needed unless `omit` has its rows
   */
  readonly crashCollector?: IPeer;
  /**
   * The machines that the document calls "Ceph metadata servers".
   * @default - none; needed with `filesystem` true, or with `filesystem` true and `requireMsgr2` false
   */
  readonly mds?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "users of the dashboard".
   * @default - none; needed with `dashboard` https, or with `dashboard` http
   */
  readonly dashboardUser?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true, or with `nfs` true and `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The IP ranges or machines that the document calls "clients of the object store".
   * @default - none; needed with `objectStore` true
   */
  readonly objectClient?: IPeer;
  /**
   * The machines that the document calls "object gateways".
   * @default - none; needed with `objectStore` true
   */
  readonly rgw?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "NFS clients".
   * @default - none; needed with `nfs` true
   */
  readonly nfsClient?: IPeer;
  /**
   * The machines that the document calls "NFS servers".
   * @default - none; needed with `nfs` true, or with `nfs` true and `metrics` true
   */
  readonly nfsServer?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "NVMe-oF clients".
   * @default - none; needed with `nvmeof` true
   */
  readonly nvmeofClient?: IPeer;
  /**
   * The machines that the document calls "NVMe-oF gateways".
   * @default - none; needed with `nvmeof` true
   */
  readonly nvmeofGateway?: IHostGroup;
  /**
   * Only messenger v2.
   * @default false
   */
  readonly requireMsgr2?: boolean;
  /**
   * CephFS (metadata servers). `true` opens `msgr2` (3300/tcp), `msgr1` (6789/tcp, with `requireMsgr2` false), `mds-to-daemons`
   * (6800-7300/tcp), `daemons` (6800-7568/tcp).
   * @default false
   */
  readonly filesystem?: boolean;
  /**
   * The dashboard by https or http, or none.
   * @default RookCephDashboard.HTTPS
   */
  readonly dashboard?: RookCephDashboard;
  /**
   * The metrics of the managers and exporters. `true` opens `metrics` (9283/tcp), `exporter-metrics` (9926/tcp), `nfs-metrics`
   * (9587/tcp, with `nfs` true).
   * @default true
   */
  readonly metrics?: boolean;
  /**
   * An object store. `true` opens `object-store` (8080/tcp).
   * @default false
   */
  readonly objectStore?: boolean;
  /**
   * NFS servers. `true` opens `nfs` (2049/tcp), `nfs-metrics` (9587/tcp, with `metrics` true).
   * @default false
   */
  readonly nfs?: boolean;
  /**
   * NVMe-oF gateways. `true` opens `nvmeof-io` (4420/tcp), `nvmeof-gateway` (5500/tcp), `nvmeof-discovery` (8009/tcp).
   * @default false
   */
  readonly nvmeof?: boolean;
}

/**
 * Opens the ports of Rook Ceph, as "Rook: NetworkPolicy definitions, Ceph and CSI Common Issues; Ceph: Network Configuration
 * Reference" documents them:
 * https://github.com/rook/rook/blob/d0c3b9ce6d64ff0c47074437aab7314b7adf7f2c/deploy/examples/networkpolicy.yaml
 *
 * Opened by default: 3300/tcp to Ceph monitors from Ceph monitors, Ceph managers, Ceph OSDs, Ceph clients: the CSI driver on the
 * nodes, object gateways, NFS servers, Rook operator, Ceph exporters and crash collectors; 6789/tcp to Ceph monitors from Ceph
 * monitors, Ceph managers, Ceph OSDs and Ceph clients: the CSI driver on the nodes, object gateways, NFS servers; 6800-7568/tcp
 * to Ceph OSDs from Ceph clients: the CSI driver on the nodes, object gateways, NFS servers, Ceph monitors, Ceph managers and
 * Ceph OSDs; 6800-7568/tcp to Ceph managers from Ceph clients: the CSI driver on the nodes, object gateways, NFS servers, Ceph
 * monitors and Ceph OSDs; 8443/tcp to Ceph managers from users of the dashboard; 9283/tcp to Ceph managers from Prometheus;
 * 9926/tcp to Ceph exporters from Prometheus.
 *
 * Ports of pods: `msgr2`, `msgr1`, `mds-to-daemons`, `daemons`, `dashboard`, `dashboard-http`, `metrics`, `exporter-metrics`,
 * `object-store`, `nfs`, `nfs-metrics`, `nvmeof-io`, `nvmeof-gateway`, `nvmeof-discovery`. A firewall of machines sees them only
 * if pods have IP addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new RookCephRules(stack, 'rook-ceph', {
 *   mon: firewall.networkTag('mon'),
 *   mgr: firewall.networkTag('mgr'),
 *   osd: firewall.networkTag('osd'),
 *   client: Peer.named('client', '10.4.0.0/16'),
 *   operator: Peer.named('operator', '10.5.0.0/16'),
 *   exporter: firewall.networkTag('exporter'),
 *   crashCollector: Peer.named('crash-collector', '10.7.0.0/16'),
 *   dashboardUser: Peer.named('dashboard-user', '10.8.0.0/16'),
 *   prometheus: Peer.named('prometheus', '10.9.0.0/16'),
 * });
 */
export class RookCephRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('rook-ceph')[0]);
  }

  constructor(scope: Construct, id: string, props: RookCephRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('rook-ceph', props));
  }
}
