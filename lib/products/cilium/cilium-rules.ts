// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `tunnel` of `CiliumRules`. The encapsulation mode, or none for native routing. */
export enum CiliumTunnel {
  /** Opens `vxlan` (8472/udp). */
  VXLAN = 'vxlan',
  /** Opens `geneve` (6081/udp). */
  GENEVE = 'geneve',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/** The choices for `encryption` of `CiliumRules`. Encryption between nodes. */
export enum CiliumEncryption {
  /** Opens nothing in addition. */
  NONE = 'none',
  /** Opens `esp` (50/ip). */
  IPSEC = 'ipsec',
  /** Opens `wireguard` (51871/udp). */
  WIREGUARD = 'wireguard',
}

/** The choices for `health` of `CiliumRules`. The methods by which cilium-health monitors connectivity among nodes. */
export enum CiliumHealth {
  /** Opens `ping` (8/icmp), `health` (4240/tcp). */
  BOTH = 'both',
  /** Opens `ping` (8/icmp). */
  ICMP = 'icmp',
  /** Opens `health` (4240/tcp). */
  TCP = 'tcp',
  /** Opens nothing in addition. */
  NONE = 'none',
}

/**
 * The props of `CiliumRules`.
 *
 * Rows: `ping`, `health`, `vxlan`, `geneve`, `esp`, `wireguard`, `hubble-server`, `mutual-authentication`, `etcd`,
 * `hubble-relay`, `agent-metrics`, `operator-metrics`, `envoy-metrics`. Editions: `2026-11` (default).
 */
export interface CiliumRulesProps extends EditionedRulesProps {
  /**
   * The machines that the document calls "nodes running Cilium".
   * @default - none; needed with `health` both or icmp, or with `health` both or tcp, or with `tunnel` vxlan, or with `tunnel`
   * geneve, or with `encryption` ipsec, or with `encryption` wireguard, or with `hubble` true, or with `mutualAuthentication`
   * true, or with `kvstore` true, or with `hubbleRelay` true
   */
  readonly node?: IHostGroup;
  /**
   * The machines that the document calls "master nodes on which etcd is running".
   * @default - none; needed with `kvstore` true
   */
  readonly etcd?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of Hubble Relay".
   * @default - none; needed with `hubbleRelay` true
   */
  readonly hubbleClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - the rows of this role stay closed
   */
  readonly prometheus?: IPeer;
  /**
   * The encapsulation mode, or none for native routing.
   * @default CiliumTunnel.VXLAN
   */
  readonly tunnel?: CiliumTunnel;
  /**
   * Encryption between nodes.
   * @default CiliumEncryption.NONE
   */
  readonly encryption?: CiliumEncryption;
  /**
   * The methods by which cilium-health monitors connectivity among nodes.
   * @default CiliumHealth.BOTH
   */
  readonly health?: CiliumHealth;
  /**
   * Etcd on master nodes as key-value store. `true` opens `etcd` (2379-2380/tcp).
   * @default false
   */
  readonly kvstore?: boolean;
  /**
   * Hubble. `true` opens `hubble-server` (4244/tcp).
   * @default true
   */
  readonly hubble?: boolean;
  /**
   * Hubble Relay. `true` opens `hubble-relay` (4245/tcp).
   * @default false
   */
  readonly hubbleRelay?: boolean;
  /**
   * Mutual Authentication. `true` opens `mutual-authentication` (4250/tcp).
   * @default false
   */
  readonly mutualAuthentication?: boolean;
  /**
   * Metrics of cilium-agent and cilium-envoy. `true` opens `agent-metrics` (9962/tcp), `envoy-metrics` (9964/tcp).
   * @default false
   */
  readonly agentMetrics?: boolean;
}

/**
 * Opens the ports of Cilium, as "System Requirements: Firewall Rules" documents them:
 * https://github.com/cilium/cilium/blob/00c88111b78be84b2bb583ad20634819e94abd09/Documentation/operations/system_requirements.rst
 *
 * Opened by default: 8/icmp, 4240/tcp, 8472/udp, 4244/tcp to nodes running Cilium from nodes running Cilium.
 *
 * Ports of pods: `hubble-relay`. A firewall of machines sees them only if pods have IP addresses of its network; under an overlay
 * it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new CiliumRules(stack, 'cilium', {
 *   node: firewall.networkTag('node'),
 *   // firewalls on GCP have no ICMP types
 *   ports: { ping: Port.icmp() },
 * });
 */
export class CiliumRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('cilium')[0]);
  }

  constructor(scope: Construct, id: string, props: CiliumRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('cilium', props));
  }
}
