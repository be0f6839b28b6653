// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The choices for `encapsulation` of `CalicoRules`. How pods of different hosts reach each other; none is without encapsulation,
 * flannel is without Calico networking.
 */
export enum CalicoEncapsulation {
  /** Opens `bgp` (179/tcp, with `bgp` true), `ipip` (4/ip). */
  IPIP = 'ipip',
  /** Opens `bgp` (179/tcp, with `bgp` true), `vxlan` (4789/udp). */
  VXLAN = 'vxlan',
  /** Opens `bgp` (179/tcp, with `bgp` true). */
  NONE = 'none',
  /** Opens `flannel-vxlan` (4789/udp). */
  FLANNEL = 'flannel',
}

/** The choices for `datastore` of `CalicoRules`. The key/value store of Calico. */
export enum CalicoDatastore {
  /** Opens nothing in addition. */
  KUBERNETES = 'kubernetes',
  /** Opens `etcd` (2379/tcp). */
  ETCD = 'etcd',
}

/**
 * The props of `CalicoRules`.
 *
 * Rows: `bgp`, `ipip`, `vxlan`, `wireguard`, `wireguard-v6`, `flannel-vxlan`, `typha`, `api-server`, `etcd`. Editions: `2026-06`
 * (default).
 */
export interface CalicoRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "hosts with Calico networking". */
  readonly node: IHostGroup;
  /**
   * The machines that the document calls "Typha agent hosts".
   * @default - none; needed with `withTypha` true
   */
  readonly typha?: IHostGroup;
  /** The machines that the document calls "kube-apiserver host". */
  readonly kubernetesApi: IHostGroup;
  /**
   * The machines that the document calls "etcd hosts".
   * @default - none; needed with `datastore` etcd
   */
  readonly etcd?: IHostGroup;
  /**
   * How pods of different hosts reach each other; none is without encapsulation, flannel is without Calico networking.
   * @default CalicoEncapsulation.IPIP
   */
  readonly encapsulation?: CalicoEncapsulation;
  /**
   * BGP between the hosts, which distributes the routes of pods for ipip and none. `true` opens `bgp` (179/tcp, with
   * `encapsulation` ipip or vxlan or none).
   * @default true
   */
  readonly bgp?: boolean;
  /**
   * Typha. `true` opens `typha` (5473/tcp).
   * @default false
   */
  readonly withTypha?: boolean;
  /**
   * WireGuard. `true` opens `wireguard` (51820/udp), `wireguard-v6` (51821/udp).
   * @default false
   */
  readonly wireguard?: boolean;
  /**
   * The key/value store of Calico.
   * @default CalicoDatastore.KUBERNETES
   */
  readonly datastore?: CalicoDatastore;
}

/**
 * Opens the ports of Calico, as "System requirements: Network requirements" documents them:
 * https://github.com/tigera/docs/blob/f2a2762432b54f20274d42c67bfa828d82872498/calico/_includes/partials/_system-requirements.mdx
 *
 * Opened by default: 179/tcp, 4/ip to hosts with Calico networking from hosts with Calico networking; 6443/tcp to kube-apiserver
 * host from hosts with Calico networking.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new CalicoRules(stack, 'calico', {
 *   node: firewall.networkTag('node'),
 *   kubernetesApi: firewall.networkTag('kubernetes-api'),
 * });
 */
export class CalicoRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('calico')[0]);
  }

  constructor(scope: Construct, id: string, props: CalicoRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('calico', props));
  }
}
