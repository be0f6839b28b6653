import { AwsSecurityGroup, AwsEgress, ExternalHosts, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, expectRefusal } from '../support/refusals';

const AWS = [
  '@cdktf/provider-aws/lib/security-group',
  '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule',
  '@cdktf/provider-aws/lib/vpc-security-group-egress-rule',
];
const GOOGLE = '@cdktf/provider-google/lib/compute-firewall';
const props = {
  platform: Peer.address('203.0.113.7'),
  prometheus: new GcpFirewall({ network: 'prod' }).networkTag('web'),
};

function breaks(module: string, error: Error): void {
  jest.doMock(module, () => {
    throw error;
  });
}

function notInstalled(module: string): void {
  breaks(module, Object.assign(new Error(`Cannot find module '${module}'`), { code: 'MODULE_NOT_FOUND' }));
}

afterEach(() => {
  for (const module of [...AWS, GOOGLE]) jest.dontMock(module);
});

test('fails without the Google provider, and says what to install', () => {
  notInstalled(GOOGLE);
  expectNothingMade(
    (stack) => new PrometheusCostMetricsRule(stack, 'rule', props),
    'PrometheusCostMetricsRule "stack/rule": the package @cdktf/provider-google must be installed for these rules, ' +
      'got none; did you mean npm install @cdktf/provider-google?',
  );
});

test('fails without the AWS provider, and says what to install', () => {
  AWS.forEach(notInstalled);
  const need = 'the package @cdktf/provider-aws must be installed for these rules, got none';
  const advice = 'did you mean npm install @cdktf/provider-aws?';
  expectNothingMade(
    (stack) =>
      new PrometheusCostMetricsRule(stack, 'rule', { ...props, prometheus: AwsSecurityGroup.fromId('sg-01234567') }),
    `PrometheusCostMetricsRule "stack/rule": ${need}; ${advice}`,
  );
  expectNothingMade(
    (stack) =>
      new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: 'vpc-01234567', egress: AwsEgress.DOCUMENTED }),
    `AwsSecurityGroup "stack/nodes": ${need}; ${advice}`,
  );
});

test('needs the provider of its own cloud alone', () => {
  AWS.forEach(notInstalled);
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', props);
  expect(opened(stack)).toEqual(['ingress 9090/tcp from 203.0.113.7/32 at web']);
});

test('needs no provider on premises', () => {
  [...AWS, GOOGLE].forEach(notInstalled);
  const prometheus = ExternalHosts.named('prometheus', '10.8.0.0/28');
  expect(new PrometheusCostMetricsRule(newStack(), 'rule', { ...props, prometheus }).flows).toHaveLength(1);
});

test.each([
  Object.assign(new Error("Cannot find module 'something-else'"), { code: 'MODULE_NOT_FOUND' }),
  Object.assign(new Error(`Cannot find module 'cdktf'\nRequire stack:\n- ${GOOGLE}`), { code: 'MODULE_NOT_FOUND' }),
  new SyntaxError(`Unexpected token in ${GOOGLE}`),
])('fails with the error of the provider when it is another one: %s', (error) => {
  breaks(GOOGLE, error);
  expectRefusal(() => new PrometheusCostMetricsRule(newStack(), 'rule', props), error.message);
});
