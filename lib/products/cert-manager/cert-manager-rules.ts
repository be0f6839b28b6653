// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The choices for `webhookNetwork` of `CertManagerRules`. The network of the webhook, host for EKS with a custom CNI, fargate for
 * EKS with Fargate pods.
 */
export enum CertManagerWebhookNetwork {
  /** Opens `webhook` (10250/tcp). */
  POD = 'pod',
  /** Opens `webhook-host-network` (10260/tcp). */
  HOST = 'host',
  /** Opens `webhook-fargate` (10260/tcp). */
  FARGATE = 'fargate',
}

/**
 * The props of `CertManagerRules`.
 *
 * Rows: `webhook`, `webhook-host-network`, `webhook-fargate`, `api-server`, `api-server-openshift`, `dns`, `acmesolver`,
 * `metrics`. Editions: `2026-08` (default).
 */
export interface CertManagerRulesProps extends EditionedRulesProps {
  /** The machines that the document calls "Kubernetes (API server)". */
  readonly kubernetesApi: IHostGroup;
  /** The machines that the document calls "cert-manager (webhook)". */
  readonly webhook: IHostGroup;
  /** The machines that the document calls "cert-manager (controller)". */
  readonly controller: IHostGroup;
  /** The machines that the document calls "cert-manager (cainjector)". */
  readonly cainjector: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "cert-manager (startupapicheck)".
   * @default - none; needed unless `omit` has its rows
   */
  readonly startupapicheck?: IPeer;
  /** The machines that the document calls "Kubernetes DNS". */
  readonly dns: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "ACME (Let's Encrypt), by the ingress load balancer".
   * @default - none; needed with `acmeHttp01` true
   */
  readonly acme?: IPeer;
  /**
   * The machines that the document calls "cert-manager (acmesolver)".
   * @default - none; needed with `acmeHttp01` true
   */
  readonly acmesolver?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "Metrics Collector".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * The network of the webhook, host for EKS with a custom CNI, fargate for EKS with Fargate pods.
   * @default CertManagerWebhookNetwork.POD
   */
  readonly webhookNetwork?: CertManagerWebhookNetwork;
  /**
   * OpenShift. `true` opens `api-server-openshift` (6443/tcp).
   * @default false
   */
  readonly openshift?: boolean;
  /**
   * ACME Issuer configured for HTTP01. `true` opens `acmesolver` (8089/tcp).
   * @default false
   */
  readonly acmeHttp01?: boolean;
  /**
   * The metrics servers. `true` opens `metrics` (9402/tcp).
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of cert-manager, as "Best Practice: Network Requirements; Webhook troubleshooting" documents them:
 * https://github.com/cert-manager/website/blob/776e5dba56510fc9de84206b806b568447077f25/content/docs/installation/best-practice.md
 *
 * Opened by default: 10250/tcp to cert-manager (webhook) from Kubernetes (API server); 443/tcp to Kubernetes (API server) from
 * cert-manager (webhook), cert-manager (controller), cert-manager (cainjector) and cert-manager (startupapicheck); 53/tcp+udp to
 * Kubernetes DNS from cert-manager (webhook), cert-manager (controller), cert-manager (cainjector) and cert-manager
 * (startupapicheck); 9402/tcp to cert-manager (controller) from Metrics Collector; 9402/tcp to cert-manager (webhook) from
 * Metrics Collector; 9402/tcp to cert-manager (cainjector) from Metrics Collector.
 *
 * Ports of pods: `webhook`, `webhook-fargate`, `dns`, `acmesolver`, `metrics`. A firewall of machines sees them only if pods have
 * IP addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `choice-unknown`, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown`
 * and `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new CertManagerRules(stack, 'cert-manager', {
 *   kubernetesApi: firewall.networkTag('kubernetes-api'),
 *   webhook: firewall.networkTag('webhook'),
 *   controller: firewall.networkTag('controller'),
 *   cainjector: firewall.networkTag('cainjector'),
 *   startupapicheck: Peer.named('startupapicheck', '10.5.0.0/16'),
 *   dns: firewall.networkTag('dns'),
 *   prometheus: Peer.named('prometheus', '10.7.0.0/16'),
 * });
 */
export class CertManagerRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('cert-manager')[0]);
  }

  constructor(scope: Construct, id: string, props: CertManagerRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('cert-manager', props));
  }
}
