import type * as ClusterPorts from '../../lib';
import { AwsSecurityGroup, Peer, PrometheusCostMetricsRule } from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

test('fails in a stack where a second copy of this package has opened ports', () => {
  const stack = newStack();
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a copy of its own
    const copy = require('../../lib') as typeof ClusterPorts;
    expect(copy.PrometheusCostMetricsRule).not.toBe(PrometheusCostMetricsRule);
    const prometheus = copy.AwsSecurityGroup.fromId('sg-01234567');
    new copy.PrometheusCostMetricsRule(stack, 'copy', { platform: copy.Peer.cidr('10.0.0.0/8'), prometheus });
  });
  const prometheus = AwsSecurityGroup.fromId('sg-01234567');
  expectRefusal(
    () => new PrometheusCostMetricsRule(stack, 'first', { platform: Peer.cidr('10.0.0.0/8'), prometheus }),
    'package-loaded-twice',
  );
});
