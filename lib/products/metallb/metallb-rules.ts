// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `mode` of `MetalLBRules`. The operating mode. */
export enum MetalLBMode {
  /** Opens `memberlist` (7946/tcp+udp). */
  LAYER2 = 'layer2',
  /** Opens `bgp` (179/tcp). */
  BGP = 'bgp',
}

/**
 * The choices for `bgpBackend` of `MetalLBRules`. The manifest that is installed, by the backend that handles BGP sessions.
 */
export enum MetalLBBgpBackend {
  /** Opens `frr-k8s-webhook` (19443/tcp), `frr-k8s-metrics` (9140/tcp), `frr-metrics` (9141/tcp). */
  FRR_K8S = 'frr-k8s',
  /** Opens nothing in addition. */
  NATIVE = 'native',
  /** Opens `frr-mode-metrics` (9121/tcp). */
  FRR = 'frr',
}

/**
 * The props of `MetalLBRules`.
 *
 * Rows: `memberlist`, `bgp`, `webhook`, `frr-k8s-webhook`, `metrics`, `frr-k8s-metrics`, `frr-metrics`, `frr-mode-metrics`.
 * Editions: `2026-03` (default).
 */
export interface MetalLBRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "nodes". */
  readonly node: IHostGroup;
  /**
   * The machines that the document calls "routers capable of speaking BGP".
   * @default - none; needed with `mode` bgp
   */
  readonly router?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "the API server of Kubernetes".
   * @default - none; needed unless `omit` has its rows
   */
  readonly kubernetesApi?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - the rows of this role stay closed
   */
  readonly prometheus?: IPeer;
  /**
   * The operating mode.
   * @default MetalLBMode.LAYER2
   */
  readonly mode?: MetalLBMode;
  /**
   * The manifest that is installed, by the backend that handles BGP sessions.
   * @default MetalLBBgpBackend.FRR_K8S
   */
  readonly bgpBackend?: MetalLBBgpBackend;
}

/**
 * Opens the ports of MetalLB, as "Requirements" documents them:
 * https://github.com/metallb/metallb/blob/7938d3f89b8bd808dae2e42d97d6ae7e18e9ed54/website/content/_index.md
 *
 * Opened by default: 7946/tcp+udp to nodes from nodes; 9443/tcp, 19443/tcp to nodes from the API server of Kubernetes.
 *
 * Ports of pods: `webhook`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new MetalLBRules(stack, 'metallb', {
 *   node: firewall.networkTag('node'),
 *   kubernetesApi: Peer.named('kubernetes-api', '10.2.0.0/16'),
 * });
 */
export class MetalLBRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('metallb')[0]);
  }

  constructor(scope: Construct, id: string, props: MetalLBRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('metallb', props));
  }
}
