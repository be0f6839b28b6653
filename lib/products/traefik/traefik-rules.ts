// Generated from the tables in this folder by `npm run products`. Change these.
import type { Construct } from 'constructs';
import type { IHostGroup, IPeer } from '../../access';
import { readOnlyDeep } from '../../input';
import { DocumentedRules, type EditionedRulesProps } from '../../opening';
import type { PortTable } from '../../tables';
import { editionsOf } from '../catalog';
import { rulesOfTable } from '../rules-of-table';

/**
 * The props of `TraefikRules`.
 *
 * Rows: `web`, `websecure`, `websecure-http3`, `web-pod`, `websecure-pod`, `websecure-http3-pod`, `dashboard`, `metrics`.
 * Editions: `41.3` (default).
 */
export interface TraefikRulesProps extends EditionedRulesProps {
  /**
   * The IP ranges or machines that the document calls "clients of the entry points".
   * @default - none; needed unless `omit` has its rows
   */
  readonly client?: IPeer;
  /** The machines that the document calls "load balancer of the service". */
  readonly loadBalancer: IHostGroup;
  /** The machines that the document calls "nodes on which Traefik runs". */
  readonly traefik: IHostGroup;
  /**
   * The IP ranges or machines that the document calls "users of the dashboard".
   * @default - none; needed with `dashboard` true
   */
  readonly admin?: IPeer;
  /**
   * The IP ranges or machines that the document calls "Prometheus".
   * @default - none; needed with `metrics` true
   */
  readonly prometheus?: IPeer;
  /**
   * HTTP/3 on the entry point websecure. `true` opens `websecure-http3` (443/udp), `websecure-http3-pod` (8443/udp).
   * @default false
   */
  readonly http3?: boolean;
  /**
   * The entry point traefik is exposed. `true` opens `dashboard` (8080/tcp).
   * @default false
   */
  readonly dashboard?: boolean;
  /**
   * Prometheus metrics. `true` opens `metrics` (9100/tcp).
   * @default true
   */
  readonly metrics?: boolean;
}

/**
 * Opens the ports of Traefik, as "Traefik Helm chart: ports" documents them:
 * https://github.com/traefik/traefik-helm-chart/blob/a8a66d0098703627b2cf352c66b1725c196a734a/traefik/values.yaml
 *
 * Opened by default: 80/tcp, 443/tcp to load balancer of the service from clients of the entry points; 8000/tcp, 8443/tcp to
 * nodes on which Traefik runs from load balancer of the service; 9100/tcp to nodes on which Traefik runs from Prometheus.
 *
 * Ports of pods: `web-pod`, `websecure-pod`, `websecure-http3-pod`, `dashboard`, `metrics`. A firewall of machines sees them only
 * if pods have IP addresses of its network; under an overlay it sees only the encapsulation.
 *
 * Throws before anything is created: `host-group-required` if a role that listens is not a host group, `world-not-allowed` for
 * rows of the inside of a cluster, `not-a-boolean`, `row-closed`, `role-closed`, `role-missing`, `row-unknown` and
 * `edition-unknown`.
 *
 * @example
 * const firewall = new GcpFirewall({ network: 'prod' });
 * new TraefikRules(stack, 'traefik', {
 *   client: Peer.named('client', '10.1.0.0/16'),
 *   loadBalancer: firewall.networkTag('load-balancer'),
 *   traefik: firewall.networkTag('traefik'),
 *   prometheus: Peer.named('prometheus', '10.4.0.0/16'),
 * });
 */
export class TraefikRules extends DocumentedRules {
  /** The port table of the default edition. */
  public static get portTable(): PortTable {
    return readOnlyDeep(editionsOf('traefik')[0]);
  }

  constructor(scope: Construct, id: string, props: TraefikRulesProps) {
    super(scope, id);
    this._open(rulesOfTable('traefik', props));
  }
}
