import { type TerraformStack, Testing } from 'cdktf';
import {
  AddressFamily,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { rowText } from '../../../lib/traffic/permitted/traffic-rows';
import { proof } from '../../../lib/traffic/proof/proof';
import { newStack } from '../../support/clouds';

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
    egress: Egress.DOCUMENTED,
  });
  new PrometheusCostMetricsRule(stack, 'a', { platform: platform(stack), prometheus });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const { isExact, missing, extra } = proof(json, 'cdk.tf.json');
  return { isExact, missing: missing.map(rowText), extra: extra.map(rowText) };
}

const EXACT = { isExact: true, missing: [], extra: [] };

test('a new prefix list permits its ranges', () => {
  const list = (stack: TerraformStack): IPeer =>
    new AwsPrefixList(stack, 'list', {
      name: 'offices',
      ranges: Peer.cidr('10.1.0.0/16', '10.2.0.0/16', '2001:db8::/48'),
    });
  expect(proofWith(list)).toEqual(EXACT);
});

test('an existing prefix list permits its entries, which are not known', () => {
  const list = (): IPeer =>
    AwsPrefixList.fromId('pl-0123456789abcdef0', { maxEntries: 5, addressFamily: AddressFamily.IPV4 });
  expect(proofWith(list)).toEqual(EXACT);
});
