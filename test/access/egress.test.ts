import { AwsSecurityGroup, GcpFirewall } from 'cdktf-cluster-ports';
import { suggestionOf } from '../support/fixes';

const onGcp = (egress: unknown): unknown => new GcpFirewall({ network: 'prod', egress } as never);
const onAws = (egress: unknown): unknown => AwsSecurityGroup.fromId('sg-01234567', { egress } as never);

test.each([
  ['ALL', 'Egress.ALL'],
  ['Egress.ALL', 'Egress.ALL'],
  ['Documented', 'Egress.DOCUMENTED'],
  ['UNMANGED', 'Egress.UNMANAGED'],
  [false, 'Egress.UNMANAGED'],
  ['managed', undefined],
  ['none', undefined],
  ['', undefined],
  [true, undefined],
  [null, undefined],
  [7, undefined],
])('suggests for %j as egress on both clouds what it means: %s', (egress, member) => {
  expect([onGcp, onAws].map((act) => suggestionOf(() => act(egress)))).toEqual([member, member]);
});
