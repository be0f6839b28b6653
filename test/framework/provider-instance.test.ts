import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformProvider, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

/** Like the generated bindings of this provider, on which this package does not depend. */
class GoogleBetaProvider extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, { terraformResourceType: 'google-beta', terraformProviderSource: 'hashicorp/google-beta' });
  }
}

const ID = 'sg-0123456789abcdef0';
const address = Peer.address('203.0.113.7');

describe('fails for a value that is not a provider instance:', () => {
  test.each(['google.eu', null, 5, new Construct(newStack(), 'provider')])('%s', (value) => {
    const provider = value as TerraformProvider;
    expectRefusal(() => AwsSecurityGroup.fromId(ID, { provider }), 'provider-invalid');
    expectRefusal(() => new GcpFirewall({ network: 'prod', provider }), 'provider-invalid');
  });
});

test('fails for a provider instance of a different cloud, which does not have the resources', () => {
  const stack = newStack();
  const aws = new AwsProvider(stack, 'aws', { alias: 'frankfurt' });
  const google = new GoogleProvider(stack, 'google', { alias: 'host' });
  const vpcId = 'vpc-0123456789abcdef0';
  const egress = Egress.ALL;
  expectRefusal(() => AwsSecurityGroup.fromId(ID, { provider: google }), 'provider-cloud-mismatch');
  expectRefusal(
    () => new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId, egress, provider: google }),
    'provider-cloud-mismatch',
  );
  expectRefusal(
    () => new AwsPrefixList(stack, 'list', { name: 'list', ranges: address, provider: google }),
    'provider-cloud-mismatch',
  );
  expectRefusal(() => new GcpFirewall({ network: 'prod', provider: aws }), 'provider-cloud-mismatch');
});

test('the google-beta provider has the same resources', () => {
  const stack = newStack();
  const provider = new GoogleBetaProvider(stack, 'beta');
  const prometheus = new GcpFirewall({ network: 'prod', provider }).networkTag('web');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: address, prometheus });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.provider).toBe('google-beta');
});

describe('fails for rules in a different stack than the provider instance of their group, which Terraform would not find:', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const aws = new AwsProvider(left, 'aws', { alias: 'frankfurt' });
  const google = new GoogleProvider(left, 'google', { alias: 'host' });
  const firewall = new GcpFirewall({ network: 'prod', provider: google, egress: Egress.DOCUMENTED });
  const vpcId = 'vpc-0123456789abcdef0';

  const ends: [string, IPeer, IHostGroup][] = [
    ['an existing security group', address, AwsSecurityGroup.fromId(ID, { provider: aws })],
    [
      'a new security group',
      address,
      new AwsSecurityGroup(left, 'nodes', { name: 'nodes', vpcId, egress: Egress.DOCUMENTED, provider: aws }),
    ],
    ['a network tag', address, firewall.networkTag('web')],
    ['egress of a network tag', firewall.networkTag('web'), ExternalHosts.named('prometheus', '10.8.0.0/28')],
  ];

  test.each(ends)('%s', (what, platform, prometheus) => {
    expectRefusal(
      () => new PrometheusCostMetricsRule(new Construct(right, what), 'rule', { platform, prometheus }),
      'provider-stack-mismatch',
    );
    expect(resourcesOf(right)).toEqual({});
  });
});

test('a provider instance inside a construct belongs to the stack of the construct', () => {
  const stack = newStack();
  const provider = new GoogleProvider(new Construct(stack, 'inner'), 'google', { alias: 'host' });
  const prometheus = new GcpFirewall({ network: 'prod', provider }).networkTag('web');
  new PrometheusCostMetricsRule(stack, 'rule', { platform: address, prometheus });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.provider).toBe('google.host');
});

test('the provider without an alias gives the same rules if it is left out, in either order', () => {
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
