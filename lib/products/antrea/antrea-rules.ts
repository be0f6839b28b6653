// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `tunnel` of `AntreaRules`. The tunnel protocol, or none without encapsulation. */
export enum AntreaTunnel {
  /** Opens `vxlan` (4789/udp). */
  VXLAN = 'vxlan',
  /** Opens `geneve` (6081/udp). */
  GENEVE = 'geneve',
  /** Opens `stt` (7471/tcp). */
  STT = 'stt',
  /** Opens `gre` (47/ip). */
  GRE = 'gre',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/** The choices for `encryption` of `AntreaRules`. Encryption of the traffic between nodes. */
export enum AntreaEncryption {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `ipsec-esp` (50/ip), `ipsec-ah` (51/ip), `ipsec-ike` (500/udp), `ipsec-nat-t` (4500/udp). */
  IPSEC = 'ipsec',
  /** Opens `wireguard` (51820/udp). */
  WIREGUARD = 'wireguard',
}

/**
 * The props of `AntreaRules`.
 *
 * Rows: `vxlan`, `geneve`, `stt`, `gre`, `ipsec-esp`, `ipsec-ah`, `ipsec-ike`, `ipsec-nat-t`, `wireguard`, `antrea-controller`,
 * `antrea-agent`, `antrea-cluster`, `multicluster-wireguard`, `bgp`, `api-server`, `health`. Editions: `2026-08` (default).
 */
export interface AntreaRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "all nodes". */
  readonly node: IHostGroup;
  /**
   * The machines that the document calls "Multi-cluster Gateway Nodes".
   * @default - none; needed with `multiclusterWireguard` true
   */
  readonly gateway?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "BGP peers".
   * @default - none; needed with `bgpPolicy` true
   */
  readonly bgpPeer?: IPeer;
  /**
   * The machines that the document calls "hosts selected by user-provided BGPPolicies".
   * @default - none; needed with `bgpPolicy` true
   */
  readonly bgpNode?: IHostGroup;
  /** The machines that the document calls "Kube-apiserver host". */
  readonly kubernetesApi: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "external LBs".
   * @default - none; needed with `proxyAll` true
   */
  readonly loadBalancer?: IPeer;
  /**
   * The tunnel protocol, or none without encapsulation.
   * @default AntreaTunnel.GENEVE
   */
  readonly tunnel?: AntreaTunnel;
  /**
   * Encryption of the traffic between nodes.
   * @default AntreaEncryption.NONE
   */
  readonly encryption?: AntreaEncryption;
  /**
   * Antrea Multi-cluster with WireGuard encryption. `true` opens `multicluster-wireguard` (51821/udp).
   * @default false
   */
  readonly multiclusterWireguard?: boolean;
  /**
   * Feature BGPPolicy. `true` opens `bgp` (179/tcp).
   * @default false
   */
  readonly bgpPolicy?: boolean;
  /**
   * ProxyAll, for external load balancers. `true` opens `health` (10256/tcp).
   * @default false
   */
  readonly proxyAll?: boolean;
}

/**
 * Opens the ports of Antrea, as "Network Requirements" documents them:
 * https://github.com/antrea-io/antrea/blob/fc70f2bb7037f398196fd42210d34800cb6aa398/docs/network-requirements.md
 *
 * Opened by default: 6081/udp, 10349/tcp, 10350/tcp, 10351/tcp+udp to all nodes from all nodes; 6443/tcp to Kube-apiserver host
 * from all nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new AntreaRules(stack, 'antrea', {
 *   node: firewall.networkTag('node'),
 *   kubernetesApi: firewall.networkTag('kubernetes-api'),
 * });
 */
export class AntreaRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('antrea')[0]);
  }

  constructor(scope: Construct, id: string, props: AntreaRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('antrea', props));
  }
}
