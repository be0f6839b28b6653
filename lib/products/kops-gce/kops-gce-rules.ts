// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/** The choices for `cni` of `KOpsGceRules`. The network plugin. */
export enum KOpsGceCni {
  /**
   * Opens `cilium-vxlan` (8472/udp), `cilium-etcd` (4003/tcp, with `ciliumEtcd` true), `cilium-etcd` (4003/tcp, with
   * `apiLoadBalancer` true and `ciliumEtcd` true).
   */
  CILIUM = 'cilium',
  /** Opens `all-ipip` (4/ip), `calico-ipip` (4/ip), `calico-bgp` (179/tcp). */
  CALICO = 'calico',
  /**
   * Opens `all-tcp` (1-65535/tcp), `all-udp` (1-65535/udp), `all-icmp` (icmp), `all-esp` (50/ip), `all-ah` (51/ip), `all-sctp`
   * (1-65535/sctp), `api-server` (443/tcp).
   */
  GCP = 'gcp',
  /**
   * Opens `all-tcp` (1-65535/tcp), `all-udp` (1-65535/udp), `all-icmp` (icmp), `all-esp` (50/ip), `all-ah` (51/ip), `all-sctp`
   * (1-65535/sctp), `api-server` (443/tcp).
   */
  KINDNET = 'kindnet',
  /**
   * Opens `all-tcp` (1-65535/tcp), `all-udp` (1-65535/udp), `all-icmp` (icmp), `all-esp` (50/ip), `all-ah` (51/ip), `all-sctp`
   * (1-65535/sctp).
   */
  KUBENET = 'kubenet',
  /** Opens nothing in addition. */
  OTHER = 'other',
}

/**
 * The props of `KOpsGceRules`.
 *
 * Rows: `health-checks`, `all-tcp`, `all-udp`, `all-icmp`, `all-esp`, `all-ah`, `all-sctp`, `all-ipip`, `api-server`, `kubelet`,
 * `kops-controller`, `controller-manager-metrics`, `scheduler-metrics`, `kube-proxy-metrics`, `etcd-metrics`,
 * `etcd-events-metrics`, `node-exporter-metrics`, `calico-ipip`, `calico-bgp`, `cilium-vxlan`, `cilium-etcd`, `ssh`,
 * `node-ports`. Editions: `2026-08` (default).
 */
export interface KOpsGceRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "load balancer health checks".
   * @default - none; needed with `apiLoadBalancer` true
   */
  readonly healthChecker?: IPeer;
  /** The machines that the document calls "masters". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "nodes". */
  readonly node: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "pods (PodCIDR)".
   * @default - none; needed with `cni` gcp or kindnet or kubenet, or with `cni` gcp or kindnet
   */
  readonly pod?: IPeer;
  /**
   * The IP ranges or machines that the document calls "administrators (SSH access)".
   * @default - the rows of this role stay closed
   */
  readonly sshClient?: IPeer;
  /**
   * The machines that the document calls "bastion".
   * @default - none; needed with `sshBastion` true
   */
  readonly bastion?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of node ports (NodePort access)".
   * @default - none; needed with `nodePortAccess` true
   */
  readonly nodePortClient?: IPeer;
  /**
   * The IP ranges or machines that the document calls "clients of the API (API access)".
   * @default - the rows of this role stay closed
   */
  readonly apiClient?: IPeer;
  /**
   * The network plugin.
   * @default KOpsGceCni.CILIUM
   */
  readonly cni?: KOpsGceCni;
  /**
   * An etcd cluster of its own for Cilium. `true` opens `cilium-etcd` (4003/tcp, with `cni` cilium), `cilium-etcd` (4003/tcp,
   * with `apiLoadBalancer` true and `cni` cilium).
   * @default false
   */
  readonly ciliumEtcd?: boolean;
  /**
   * A load balancer for the API. `true` opens `health-checks` (1-65535/tcp), `kops-controller` (3988/tcp, with
   * `kopsControllerLoadBalancer` true), `cilium-etcd` (4003/tcp, with `cni` cilium and `ciliumEtcd` true).
   * @default true
   */
  readonly apiLoadBalancer?: boolean;
  /**
   * Nodes reach kops-controller by the load balancer, as in a cluster without DNS. `true` opens `kops-controller` (3988/tcp, with
   * `apiLoadBalancer` true).
   * @default true
   */
  readonly kopsControllerLoadBalancer?: boolean;
  /**
   * SSH by a bastion only. `true` opens `ssh` (22/tcp).
   * @default false
   */
  readonly sshBastion?: boolean;
  /**
   * Node ports for clients outside the cluster. `true` opens `node-ports` (30000-32767/tcp+udp).
   * @default false
   */
  readonly nodePortAccess?: boolean;
}

/**
 * Opens the ports of kOps on GCE, as "Firewall rules that kOps creates on GCE" documents them:
 * https://github.com/kubernetes/kops/blob/268927e26409f861634e18f3632c9dd483c350cf/pkg/model/gcemodel/firewall.go
 *
 * Opened by default: 1-65535/tcp to masters from load balancer health checks and masters; 1-65535/tcp, 1-65535/udp, icmp, 50/ip,
 * 51/ip, 1-65535/sctp to nodes from nodes and masters; 1-65535/udp, icmp, 50/ip, 51/ip, 1-65535/sctp to masters from masters;
 * 443/tcp, 10250/tcp, 3988/tcp, 10257/tcp, 10259/tcp, 10249/tcp, 2382/tcp, 2384/tcp, 9100/tcp, 8472/udp to masters from nodes.
 *
 * NodePorts: `node-ports`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new KOpsGceRules(stack, 'kops-gce', {
 *   healthChecker: Peer.named('health-checker', '10.1.0.0/16'),
 *   controlPlane: firewall.networkTag('control-plane'),
 *   node: firewall.networkTag('node'),
 * });
 */
export class KOpsGceRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('kops-gce')[0]);
  }

  constructor(scope: Construct, id: string, props: KOpsGceRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('kops-gce', props));
  }
}
