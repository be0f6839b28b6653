import type { TerraformStack } from 'cdktf';
import { AwsSecurityGroup, Egress, ExternalHosts, GcpFirewall, Peer, PrometheusCostMetricsRule } from '../../lib';
import { googleCheckProvider } from '../../lib/framework';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { errorOf, expectNothingCreated, expectRefusal } from '../support/refusals';

const AWS = [
  '@cdktf/provider-aws/lib/security-group',
  '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule',
  '@cdktf/provider-aws/lib/vpc-security-group-egress-rule',
];
const GOOGLE = '@cdktf/provider-google/lib/compute-firewall';
const CHECK = '@cdktf/provider-google/lib/data-google-network-management-connectivity-test-run';
const props = {
  platform: Peer.address('203.0.113.7'),
  prometheus: new GcpFirewall({ network: 'prod' }).networkTag('web'),
};

function breaks(module: string, error: Error): void {
  jest.doMock(module, () => {
    throw error;
  });
}

function isMissing(module: string): void {
  breaks(module, Object.assign(new Error(`Cannot find module '${module}'`), { code: 'MODULE_NOT_FOUND' }));
}

/** The package of a module is missing, so that its package.json is missing too. */
function notInstalled(module: string): void {
  for (const missing of [module, manifestOf(module)]) isMissing(missing);
}

function manifestOf(module: string): string {
  return module.replace(/\/lib\/.*/, '/package.json');
}

afterEach(() => {
  for (const module of [...AWS, GOOGLE, CHECK]) {
    jest.dontMock(module);
    jest.dontMock(manifestOf(module));
  }
});

test('fails without the Google provider, and suggests what to install', () => {
  notInstalled(GOOGLE);
  expectNothingCreated((stack) => new PrometheusCostMetricsRule(stack, 'rule', props), 'provider-package-missing');
});

test('fails without the AWS provider, and suggests what to install', () => {
  AWS.forEach(notInstalled);
  expectNothingCreated(
    (stack) =>
      new PrometheusCostMetricsRule(stack, 'rule', { ...props, prometheus: AwsSecurityGroup.fromId('sg-01234567') }),
    'provider-package-missing',
  );
  expectNothingCreated(
    (stack) =>
      new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: 'vpc-01234567', egress: Egress.DOCUMENTED }),
    'provider-package-missing',
  );
});

test('fails with a provider that is too old, and says which versions have the module', () => {
  isMissing(CHECK);
  jest.doMock(manifestOf(CHECK), () => ({ version: '15.0.0' }));
  expectRefusal(() => googleCheckProvider(newStack(), 'checks'), 'provider-module-missing');
  expect(errorOf(() => googleCheckProvider(newStack(), 'checks')).message).toContain(
    `${CHECK}, which is in versions ^16.5.0 of its package, got 15.0.0; did you mean npm install @cdktf/provider-google@^16.5.0?`,
  );
});

test('fails with a provider without a module that all tested versions have', () => {
  isMissing(AWS[0]);
  const group = AwsSecurityGroup.fromId('sg-01234567');
  const open = (stack: TerraformStack): unknown =>
    new PrometheusCostMetricsRule(stack, 'rule', { ...props, prometheus: group });
  expectNothingCreated(open, 'provider-module-missing');
});

test('needs only the provider of its own cloud', () => {
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
])('throws other errors of the provider package unchanged: %s', (error) => {
  breaks(GOOGLE, error);
  expect(() => new PrometheusCostMetricsRule(newStack(), 'rule', props)).toThrow(error);
});
