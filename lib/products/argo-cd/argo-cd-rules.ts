// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `ArgoCdRules`.
 *
 * Rows: `server`, `repo-server`, `redis`, `redis-ha-proxy`, `sentinel-ha-proxy`, `redis-ha`, `sentinel-ha`, `dex-http`,
 * `dex-grpc`, `commit-server`, `applicationset-webhook`, `application-controller-metrics`, `server-metrics`,
 * `repo-server-metrics`, `commit-server-metrics`, `applicationset-metrics`, `notifications-metrics`, `dex-metrics`,
 * `redis-ha-proxy-metrics`. Editions: `2026-08` (default).
 */
export interface ArgoCdRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "users of the web interface and the CLI".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "argocd-server". */
  readonly server: IHostGroup;
  /** The machines that the document calls "argocd-repo-server". */
  readonly repoServer: IHostGroup;
  /** The machines that the document calls "argocd-application-controller". */
  readonly applicationController: IHostGroup;
  /** The machines that the document calls "argocd-notifications-controller". */
  readonly notificationsController: IHostGroup;
  /** The machines that the document calls "argocd-applicationset-controller". */
  readonly applicationsetController: IHostGroup;
  /**
   * The machines that the document calls "argocd-redis".
   * @default - none; needed with `ha` false
   */
  readonly redis?: IHostGroup;
  /**
   * The machines that the document calls "argocd-redis-ha-haproxy".
   * @default - none; needed with `ha` true, or with `metrics` true and `ha` true
   */
  readonly redisHaProxy?: IHostGroup;
  /**
   * The machines that the document calls "argocd-redis-ha".
   * @default - none; needed with `ha` true
   */
  readonly redisHa?: IHostGroup;
  /**
   * The machines that the document calls "argocd-dex-server".
   * @default - none; needed with `withDex` true, or with `metrics` true and `withDex` true
   */
  readonly dex?: IHostGroup;
  /**
   * The machines that the document calls "argocd-commit-server".
   * @default - none; needed with `withCommitServer` true, or with `metrics` true and `withCommitServer` true
   */
  readonly commitServer?: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "senders of webhooks, in any namespace".
   * @default - none; needed unless `omit` has its rows
   */
  readonly webhookSender?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus, in any namespace".
   * @default - none; needed with `metrics` true, or with `metrics` true and `withCommitServer` true, or with `metrics` true and
   * `withDex` true, or with `metrics` true and `ha` true
   */
  readonly prometheus?: IPeer;
  /**
   * The manifests for high availability. `true` opens `redis-ha-proxy` (6379/tcp), `sentinel-ha-proxy` (26379/tcp), `redis-ha`
   * (6379/tcp), `sentinel-ha` (26379/tcp), `redis-ha-proxy-metrics` (9101/tcp, with `metrics` true).
   * @default false
   */
  readonly ha?: boolean;
  /**
   * Dex. `true` opens `dex-http` (5556/tcp), `dex-grpc` (5557/tcp), `dex-metrics` (5558/tcp, with `metrics` true).
   * @default true
   */
  readonly withDex?: boolean;
  /**
   * The commit server, for the source hydrator. `true` opens `commit-server` (8086/tcp), `commit-server-metrics` (8087/tcp, with
   * `metrics` true).
   * @default false
   */
  readonly withCommitServer?: boolean;
  /**
   * Prometheus metrics. `true` opens `application-controller-metrics` (8082/tcp), `server-metrics` (8083/tcp),
   * `repo-server-metrics` (8084/tcp), `commit-server-metrics` (8087/tcp, with `withCommitServer` true), `applicationset-metrics`
   * (8080/tcp), `notifications-metrics` (9001/tcp), `dex-metrics` (5558/tcp, with `withDex` true), `redis-ha-proxy-metrics`
   * (9101/tcp, with `ha` true).
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Argo CD, as "Network policies of the manifests" documents them:
 * https://github.com/argoproj/argo-cd/tree/37ee0097cf851bc2dd7665fc081bbce61a7e836e/manifests/base
 *
 * Opened by default: 8080/tcp to argocd-server from users of the web interface and the CLI; 8081/tcp to argocd-repo-server from
 * argocd-server, argocd-application-controller, argocd-notifications-controller and argocd-applicationset-controller; 6379/tcp to
 * argocd-redis from argocd-server, argocd-repo-server and argocd-application-controller; 5556/tcp, 5557/tcp to argocd-dex-server
 * from argocd-server; 7000/tcp to argocd-applicationset-controller from senders of webhooks, in any namespace; 8082/tcp to
 * argocd-application-controller from Prometheus, in any namespace; 8083/tcp to argocd-server from Prometheus, in any namespace;
 * 8084/tcp to argocd-repo-server from Prometheus, in any namespace; 8080/tcp to argocd-applicationset-controller from Prometheus,
 * in any namespace; 9001/tcp to argocd-notifications-controller from Prometheus, in any namespace; 5558/tcp to argocd-dex-server
 * from Prometheus, in any namespace.
 *
 * Ports of pods: `server`, `repo-server`, `redis`, `redis-ha-proxy`, `sentinel-ha-proxy`, `redis-ha`, `sentinel-ha`, `dex-http`,
 * `dex-grpc`, `commit-server`, `applicationset-webhook`, `application-controller-metrics`, `server-metrics`,
 * `repo-server-metrics`, `commit-server-metrics`, `applicationset-metrics`, `notifications-metrics`, `dex-metrics`,
 * `redis-ha-proxy-metrics`. A firewall of machines sees them only if pods have IP addresses of its network; under an overlay it
 * sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new ArgoCdRules(stack, 'argo-cd', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   server: firewall.networkTag('server'),
 *   repoServer: firewall.networkTag('repo-server'),
 *   applicationController: firewall.networkTag('application-controller'),
 *   notificationsController: firewall.networkTag('notifications-controller'),
 *   applicationsetController: firewall.networkTag('applicationset-controller'),
 *   redis: firewall.networkTag('redis'),
 *   dex: firewall.networkTag('dex'),
 *   webhookSender: Peer.named('webhook-sender', '10.9.0.0/16'),
 *   prometheus: Peer.named('prometheus', '10.10.0.0/16'),
 * });
 */
export class ArgoCdRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('argo-cd')[0]);
  }

  constructor(scope: Construct, id: string, props: ArgoCdRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('argo-cd', props));
  }
}
