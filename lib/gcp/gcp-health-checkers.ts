import type { IPeer } from '../model/host-group';
import { Peer } from '../model/peer';

/**
 * Google's machines that check the health of backends of load balancers, for `healthCheckers` of the constructs that have it, or a
 * role of a table of your own. No vendor's table has them.
 *
 * External passthrough load balancers, which a Service of type LoadBalancer makes where nothing else is said, are checked from
 * 209.85.152.0/22 and 209.85.204.0/22 too: give `Peer.anyOf(GcpHealthCheckers.IPV4, Peer.cidr(...))`.
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare constants
export class GcpHealthCheckers {
  /** The ranges as of https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges, read on 2026-11-21. */
  public static readonly IPV4: IPeer = Peer.named('Google health checks', '35.191.0.0/16', '130.211.0.0/22');
}
