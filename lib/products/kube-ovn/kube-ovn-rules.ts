// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `tunnel` of `KubeOvnRules`. The tunnel protocol. */
export enum KubeOvnTunnel {
  /** Opens `geneve` (6081/udp). */
  GENEVE = 'geneve',
  /** Opens `stt` (7471/tcp). */
  STT = 'stt',
  /** Opens `vxlan` (4789/udp). */
  VXLAN = 'vxlan',
}

/**
 * The props of `KubeOvnRules`.
 *
 * Rows: `ovn-nb`, `ovn-sb`, `ovn-northd`, `ovn-raft`, `ovn-ic-nb`, `ovn-ic-sb`, `geneve`, `stt`, `vxlan`, `controller-metrics`,
 * `daemon-metrics`, `monitor-metrics`. Editions: `2025-12` (default).
 */
export interface KubeOvnRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "all nodes". */
  readonly node: IHostGroup;
  /** The machines that the document calls "nodes with ovn-central". */
  readonly ovnCentral: IHostGroup;
  /**
   * The machines that the document calls "machines of the OVN-IC DB".
   * @default - none; needed with `withOvnIc` true
   */
  readonly ovnIc?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The tunnel protocol.
   * @default KubeOvnTunnel.GENEVE
   */
  readonly tunnel?: KubeOvnTunnel;
  /**
   * Cluster Inter-Connection with OVN-IC. `true` opens `ovn-ic-nb` (6645/tcp), `ovn-ic-sb` (6646/tcp).
   * @default false
   */
  readonly withOvnIc?: boolean;
  /**
   * Prometheus collects metrics. `true` opens `controller-metrics` (10660/tcp), `daemon-metrics` (10665/tcp), `monitor-metrics`
   * (10661/tcp).
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Kube-OVN, as "Prerequisites: Ports Need Open" documents them:
 * https://github.com/kubeovn/docs/blob/9f678c1f335d1803d48c7cbad5201961170072d5/docs/start/prepare.en.md
 *
 * Opened by default: 6641/tcp, 6642/tcp to nodes with ovn-central from all nodes; 6643/tcp, 6644/tcp to nodes with ovn-central
 * from nodes with ovn-central; 6081/udp to all nodes from all nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KubeOvnRules(stack, 'kube-ovn', {
 *   node: firewall.networkTag('node'),
 *   ovnCentral: firewall.networkTag('ovn-central'),
 * });
 */
export class KubeOvnRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kube-ovn')[0]);
  }

  constructor(scope: Construct, id: string, props: KubeOvnRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kube-ovn', props));
  }
}
