// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `OpenShiftRules`.
 *
 * Rows: `icmp`, `metrics`, `host-services`, `kubernetes-reserved`, `machine-config`, `geneve`, `host-services-udp`, `ipsec-ike`,
 * `ipsec-nat-t`, `ntp`, `ipsec-esp`, `node-ports`, `api-server`, `etcd`, `https`, `http`. Editions: `2026-11` (default).
 */
export interface OpenShiftRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "control plane machines". */
  readonly controlPlane: IHostGroup;
  /** The machines that the document calls "compute machines". */
  readonly compute: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "clients of the API and of applications".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "API load balancer". */
  readonly apiLoadBalancer: IHostGroup;
  /**
   * The machines that the document calls "bootstrap machine".
   * @default - the rows of this role stay closed
   */
  readonly bootstrap?: IHostGroup;
  /** The machines that the document calls "Application Ingress load balancer". */
  readonly ingressLoadBalancer: IHostGroup;
  /**
   * IPsec between machines. `true` opens `ipsec-ike` (500/udp), `ipsec-nat-t` (4500/udp), `ipsec-esp` (50/ip).
   * @default false
   */
  readonly ipsec?: boolean;
  /**
   * An external NTP time server is configured. `true` opens `ntp` (123/udp).
   * @default false
   */
  readonly externalNtp?: boolean;
}

/**
 * Opens the ports of OpenShift Container Platform, as "Networking requirements for user-provisioned infrastructure; Load
 * balancing requirements" documents them:
 * https://github.com/openshift/openshift-docs/blob/main/modules/installation-network-user-infra.adoc
 *
 * Opened by default: icmp, 1936/tcp, 9000-9999/tcp, 10250-10259/tcp, 6081/udp, 9000-9999/udp, 30000-32767/tcp+udp to control
 * plane machines from control plane machines and compute machines; 22623/tcp, 6443/tcp to control plane machines from control
 * plane machines, compute machines and API load balancer; 2379-2380/tcp to control plane machines from control plane machines;
 * icmp, 1936/tcp, 9000-9999/tcp, 10250-10259/tcp, 22623/tcp, 6081/udp, 9000-9999/udp, 30000-32767/tcp+udp to compute machines
 * from control plane machines and compute machines; 6443/tcp to API load balancer from clients of the API and of applications,
 * control plane machines and compute machines; 22623/tcp to API load balancer from control plane machines and compute machines;
 * 443/tcp, 80/tcp to Application Ingress load balancer from clients of the API and of applications, control plane machines and
 * compute machines; 443/tcp, 80/tcp to compute machines from Application Ingress load balancer.
 *
 * NodePorts: `node-ports`.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new OpenShiftRules(stack, 'openshift', {
 *   controlPlane: firewall.networkTag('control-plane'),
 *   compute: firewall.networkTag('compute'),
 *   client: Peer.named('client', '10.3.0.0/16'),
 *   apiLoadBalancer: firewall.networkTag('api-load-balancer'),
 *   ingressLoadBalancer: firewall.networkTag('ingress-load-balancer'),
 * });
 */
export class OpenShiftRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('openshift')[0]);
  }

  constructor(scope: Construct, id: string, props: OpenShiftRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('openshift', props));
  }
}
