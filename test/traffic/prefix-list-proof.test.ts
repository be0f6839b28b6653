import { Testing, type TerraformStack } from 'cdktf';
import {
  AddressFamily,
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  Peer,
  PrometheusCostMetricsRule,
  type IPeer,
} from '../../lib';
import { proof } from '../../lib/traffic/proof';
import { rowText } from '../../lib/traffic/traffic-rows';
import { newStack } from '../support/clouds';

function proofWith(platform: (stack: TerraformStack) => IPeer): {
  isExact: boolean;
  missing: string[];
  extra: string[];
} {
  Testing.setupJest();
  const stack = newStack();
  const prometheus = new AwsSecurityGroup(stack, 'p', {
    name: 'p',
    vpcId: 'vpc-12345678',
    egress: AwsEgress.DOCUMENTED,
  });
  new PrometheusCostMetricsRule(stack, 'a', { platform: platform(stack), prometheus });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const { isExact, missing, extra } = proof(json, 'cdk.tf.json');
  return { isExact, missing: missing.map(rowText), extra: extra.map(rowText) };
}

const EXACT = { isExact: true, missing: [], extra: [] };

test('a prefix list that we make permits its ranges', () => {
  const list = (stack: TerraformStack): IPeer =>
    new AwsPrefixList(stack, 'list', {
      name: 'offices',
      ranges: Peer.cidr('10.1.0.0/16', '10.2.0.0/16', '2001:db8::/48'),
    });
  expect(proofWith(list)).toEqual(EXACT);
});

test('a prefix list of others permits what it has, whatever that is', () => {
  const list = (): IPeer =>
    AwsPrefixList.fromId('pl-0123456789abcdef0', { maxEntries: 5, addressFamily: AddressFamily.IPV4 });
  expect(proofWith(list)).toEqual(EXACT);
});
