// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `RancherRules`.
 *
 * Rows: `rancher-http`, `rancher-https`, `registered-api`; since 2026-07: `webhook-8443`, `webhook-9443`, `node-driver-ssh`,
 * `node-driver-docker`. Editions: `2025-11` (default), `2026-07`.
 */
export interface RancherRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "load balancer or proxy that does external SSL termination".
   * @default - none; needed unless `omit` has its rows
   */
  readonly tlsProxy?: IPeer;
  /** The machines that the document calls "Rancher nodes". */
  readonly rancher: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "any source that needs the Rancher UI or API".
   * @default - none; needed unless `omit` has its rows
   */
  readonly rancherClient?: IPeer;
  /** The machines that the document calls "hosted or registered Kubernetes". */
  readonly registeredCluster: IHostGroup;
  /**
   * The machines that the document calls "nodes created using Node Driver".
   * @default - none; needed with `nodeDriver` true
   */
  readonly driverNode?: IHostGroup;
  /**
   * A load balancer or proxy does external SSL termination. `true` opens `rancher-http` (80/tcp).
   * @default false
   */
  readonly externalSslTermination?: boolean;
  /**
   * Rancher creates nodes using Node Driver. `true` opens `rancher-https` (443/tcp), `node-driver-ssh` (22/tcp),
   * `node-driver-docker` (2376/tcp).
   * @default false
   */
  readonly nodeDriver?: boolean;
}

/**
 * Opens the ports of Rancher, as "Port Requirements: Rancher nodes" documents them:
 * https://github.com/rancher/rancher-docs/blob/cba36f00a7ef9474d07590c4cafbd92814552267/versioned_docs/version-2.13/getting-started/installation-and-upgrade/installation-requirements/port-requirements.md
 *
 * Opened: 80/tcp to Rancher nodes from load balancer or proxy that does external SSL termination; 443/tcp to Rancher nodes from
 * any source that needs the Rancher UI or API and hosted or registered Kubernetes; 6443/tcp to hosted or registered Kubernetes
 * from Rancher nodes.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new RancherRules(stack, 'rancher', {
 *   tlsProxy: Peer.named('tls-proxy', '10.1.0.0/16'),
 *   rancher: firewall.networkTag('rancher'),
 *   rancherClient: Peer.named('rancher-client', '10.3.0.0/16'),
 *   registeredCluster: firewall.networkTag('registered-cluster'),
 * });
 */
export class RancherRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('rancher')[0]);
  }

  constructor(scope: Construct, id: string, props: RancherRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('rancher', props));
  }
}
