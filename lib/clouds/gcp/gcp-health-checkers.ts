import { type IPeer, Peer } from '../../access';

/**
 * The IP ranges of Google's health checkers, which probe the backends of load balancers. Use them for the prop `healthCheckers`
 * of a construct, or for a role of your own port table.
 *
 * External passthrough load balancers, which a Service of type LoadBalancer creates by default, are also checked from
 * 209.85.152.0/22 and 209.85.204.0/22: give `Peer.anyOf(GcpHealthCheckers.IPV4, Peer.cidr(...))`.
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare constants
export class GcpHealthCheckers {
  /** The IPv4 ranges in https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges as of 2026-11-21. */
  public static readonly IPV4: IPeer = Peer.named('Google health checks', '35.191.0.0/16', '130.211.0.0/22');

  private constructor() {
    // only static members
  }
}
