import { TerraformStack, Testing } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';

export const ROW = { port: '9090/tcp', from: '10.0.0.0/8', to: 'tag:prometheus' };
export const CLOSED = { ...ROW, port: '22/tcp' };

/** A stack like those of users. */
export function ownStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const prometheus = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  return stack;
}

/** How a runner declares a test. */
export type Declare = (name: string, run: () => void) => unknown;
