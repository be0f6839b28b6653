import type { IPeer } from '../model/host-group';
import { Peer } from '../model/peer';

/**
 * Google's machines that check the health of backends of load balancers. No vendor's table has them: they are for a table of
 * your own, where a cloud load balancer stands before the documented ports.
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare constants
export class GcpHealthCheckers {
  /** The ranges as of https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges, read on 2026-11-21. */
  public static readonly IPV4: IPeer = Peer.named('Google health checks', '35.191.0.0/16', '130.211.0.0/22');
}
