import { TerraformVariable, type TerraformStack, Token } from 'cdktf';
import {
  AwsEndpoint,
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpEndpoint,
  GcpFirewall,
  GcpFirewallPolicy,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectNothingCreated, expectRefusal } from '../support/refusals';

/** Text of a user in the shape of tokens that the framework did not create. */
const FORGED = ['${TfToken[TOKEN.987654]}', '${TfToken[secret.1]}'];
const FIREWALL = new GcpFirewall({ network: 'prod' });
const GROUP_ID = 'sg-0123456789abcdef0';
const GROUP = AwsSecurityGroup.fromId(GROUP_ID);

function open(stack: TerraformStack, platform: IPeer, prometheus: IHostGroup): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, 'rules', { platform, prometheus });
}

describe.each(FORGED)('text of a user such as %s', (text) => {
  const newGroup = (stack: TerraformStack, props: object): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, 'group', {
      name: 'group',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.UNMANAGED,
      ...props,
    });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['network tag', () => FIREWALL.networkTag(text)],
    ['service account', () => FIREWALL.serviceAccount(text)],
    ['network', () => new GcpFirewall({ network: text })],
    ['project', () => new GcpFirewall({ network: 'prod', project: text })],
    ['firewall policy', () => new GcpFirewallPolicy({ policy: text })],
    ['instance', () => GcpEndpoint.instance(text)],
    ['IP address of an endpoint', () => GcpEndpoint.address(text, 'projects/prod/global/networks/main')],
    ['network of an endpoint', () => GcpEndpoint.address('10.0.0.7', text)],
    ['GKE cluster', () => GcpEndpoint.gkeControlPlane(text)],
    ['security group id', () => AwsSecurityGroup.fromId(text)],
    ['tag of the rules of a group', () => AwsSecurityGroup.fromId(GROUP_ID, { tags: { team: text } })],
    ['security group id of a peer', () => AwsPeer.securityGroup(text, { ownerId: '123456789012' })],
    ['account', () => AwsPeer.securityGroup(GROUP_ID, { ownerId: text })],
    ['prefix list id', () => AwsPrefixList.fromId(text, { maxEntries: 5 })],
    ['endpoint', () => AwsEndpoint.fromId(text)],
    ['tag', (stack) => newGroup(stack, { tags: { team: text } })],
    ['VPC', (stack) => newGroup(stack, { vpcId: text })],
    ['range', (stack) => open(stack, Peer.cidr(text), GROUP)],
    ['list of ranges', (stack) => open(stack, Peer.cidr(text.replace('$', '#')), GROUP)],
    ['part of a range', (stack) => open(stack, Peer.cidr(`${text}/16`), GROUP)],
    ['range of external hosts', (stack) => open(stack, GROUP, ExternalHosts.named('hosts', text))],
  ])('is refused as %s', (_what, act) => {
    expectNothingCreated(act, 'token-unknown');
  });
});

test('accepts the tokens of the framework', () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
  expect(() => FIREWALL.networkTag(variable)).not.toThrow();
  expect(() => new GcpFirewall({ network: Token.asString({ a: 1 }) })).not.toThrow();
  expect(() => AwsSecurityGroup.fromId(GROUP_ID, { tags: { team: variable } })).not.toThrow();
  expectRefusal(() => FIREWALL.networkTag(`${variable}x`), 'network-tag-invalid');
  const network = 'projects/prod/global/networks/main';
  expect(() => GcpEndpoint.address(variable, network)).not.toThrow();
  expectRefusal(() => GcpEndpoint.address(`${variable}x`, network), 'ip-address-invalid');
});
