import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformProvider, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
  type IPeer,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

/** As generated bindings of that provider would make it; this package does not depend on them. */
class GoogleBetaProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, { terraformResourceType: 'google-beta', terraformProviderSource: 'hashicorp/google-beta' });
  }
}

const ID = 'sg-0123456789abcdef0';
const address = Peer.address('203.0.113.7');

describe('fails for what is no provider instance:', () => {
  test.each([
    ['google.eu', '"google.eu"'],
    [null, 'nothing'],
    [5, '5'],
    [new Construct(newStack(), 'provider'), 'an object of Construct'],
  ])('%s', (value, got) => {
    const provider = value as TerraformProvider;
    const need = `provider must be a provider instance of the app, got ${got}`;
    expectRefusal(() => AwsSecurityGroup.fromId(ID, { provider }), `AwsSecurityGroup.fromId: ${need}`);
    expectRefusal(() => new GcpFirewall({ network: 'prod', provider }), `GcpFirewall: ${need}`);
  });
});

test('fails for a provider instance of another cloud, which does not have the resources', () => {
  const stack = newStack();
  const aws = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
  const google = new GoogleProvider(stack, 'google', { alias: 'host' });
  const need = 'provider must be one of aws, got "google"';
  const vpcId = 'vpc-0123456789abcdef0';
  const egress = AwsEgress.ALL;
  expectRefusal(() => AwsSecurityGroup.fromId(ID, { provider: google }), `AwsSecurityGroup.fromId: ${need}`);
  expectRefusal(
    () => new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId, egress, provider: google }),
    `AwsSecurityGroup "stack/nodes": ${need}`,
  );
  expectRefusal(
    () => new AwsPrefixList(stack, 'list', { name: 'list', ranges: address, provider: google }),
    `AwsPrefixList "stack/list": ${need}`,
  );
  expectRefusal(
    () => new GcpFirewall({ network: 'prod', provider: aws }),
    'GcpFirewall: provider must be one of google or google-beta, got "aws"',
  );
});

test('a provider of the beta of Google has the same resources', () => {
  const stack = newStack();
  const provider = new GoogleBetaProvider(stack, 'beta');
  const prometheus = new GcpFirewall({ network: 'prod', provider }).networkTag('web');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: address, prometheus });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.provider).toBe('google-beta');
});

describe('fails for rules in another stack than the provider instance of their group, which Terraform would not find:', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const aws = new AwsProvider(left, 'aws', { alias: 'frankfurt' });
  const google = new GoogleProvider(left, 'google', { alias: 'host' });
  const firewall = new GcpFirewall({ network: 'prod', provider: google, documentedEgress: true });
  const vpcId = 'vpc-0123456789abcdef0';

  const ends: [string, IPeer, IHostGroup][] = [
    ['an existing security group', address, AwsSecurityGroup.fromId(ID, { provider: aws })],
    [
      'a new security group',
      address,
      new AwsSecurityGroup(left, 'nodes', { name: 'nodes', vpcId, egress: AwsEgress.DOCUMENTED, provider: aws }),
    ],
    ['a network tag', address, firewall.networkTag('web')],
    ['egress of a network tag', firewall.networkTag('web'), ExternalHosts.named('prometheus', '10.8.0.0/28')],
  ];

  test.each(ends)('%s', (what, platform, prometheus) => {
    expectRefusal(
      () => new PrometheusCostMetricsRule(new Construct(right, what), 'rule', { platform, prometheus }),
      `PrometheusCostMetricsRule "right/${what}/rule": rules must be asked for in the stack of the provider instance ` +
        'of their group, got a provider of stack "left" in stack "right"',
    );
    expect(resourcesOf(right)).toEqual({});
  });
});

test('a provider instance below a stack is one of that stack', () => {
  const stack = newStack();
  const provider = new GoogleProvider(new Construct(stack, 'inner'), 'google', { alias: 'host' });
  const prometheus = new GcpFirewall({ network: 'prod', provider }).networkTag('web');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: address, prometheus });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.provider).toBe('google.host');
});

test('the provider without an alias is the same, named or not, and in either order', () => {
  const rules = (...named: boolean[]): unknown => {
    const stack = newStack();
    const provider = new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    named.forEach((isNamed, index) => {
      const prometheus = AwsSecurityGroup.fromId(ID, isNamed ? { provider } : {});
      new PrometheusCostMetricsRule(stack, `rule-${index}`, { platform: address, prometheus });
    });
    return resourcesOf(stack);
  };
  expect(rules(true, false)).toEqual(rules(false, true));
  expect(rules(true)).toEqual(rules(false));
});
