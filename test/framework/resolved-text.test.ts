import { Lazy, type TerraformStack, Token } from 'cdktf';
import {
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { newStack } from '../support/clouds';
import { opened, terraformAddresses } from '../support/opened';
import { expectNothingCreated } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';
const address = Peer.address('203.0.113.7');
const GROUPS: [string, IHostGroup][] = [
  ['GCP', new GcpFirewall({ network: 'prod' }).networkTag('web')],
  ['AWS', AwsSecurityGroup.fromId(ID)],
  ['premises', ExternalHosts.named('prometheus', '10.8.0.0/28')],
];

/** Text that the framework encodes as a token until synthesis. */
function later(text: string): string {
  return Lazy.stringValue({ produce: () => text });
}

function open(stack: TerraformStack, platform: Peer, prometheus: IHostGroup): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
}

describe.each(GROUPS)('a token that resolves to text is checked as a range on %s, and fails', (_cloud, group) => {
  test('as the whole internet without a reason', () => {
    expectNothingCreated((stack) => open(stack, Peer.cidr(later('0.0.0.0/0')), group), 'world-without-reason');
  });

  test('as one half of the internet if the other half is given too', () => {
    expectNothingCreated(
      (stack) => open(stack, Peer.cidr(later('0.0.0.0/1'), '128.0.0.0/1'), group),
      'world-without-reason',
    );
  });

  test('with host bits', () => {
    expectNothingCreated((stack) => open(stack, Peer.cidr(later('10.0.0.1/8')), group), 'range-with-host-bits');
  });

  test('as text that is not a range', () => {
    expectNothingCreated((stack) => open(stack, Peer.cidr(later('the VPN')), group), 'range-invalid');
  });
});

test('a token that resolves to text has the Terraform address of the same text', () => {
  const addresses = (range: string): string[] =>
    terraformAddresses(open(newStack(), Peer.cidr(range), AwsSecurityGroup.fromId(ID)));
  expect(addresses(later('10.0.0.0/8'))).toEqual(addresses('10.0.0.0/8'));
  expect(addresses(Token.asString('10.0.0.0/8'))).toEqual(addresses('10.0.0.0/8'));
});

test('a token that resolves to text is opened in its canonical form', () => {
  const stack = newStack();
  open(stack, Peer.cidr(later('2001:DB8:0::/32'), '2001:db8::/32'), AwsSecurityGroup.fromId(ID));
  expect(opened(stack)).toEqual([`ingress 9090/tcp from 2001:db8::/32 at ${ID}`]);
});

test('the id of a group in a token that resolves to text is checked, and is the group of that id', () => {
  expectNothingCreated(
    (stack) => open(stack, address, AwsSecurityGroup.fromId(later('nodes'))),
    'security-group-id-invalid',
  );
  const addresses = (id: string): string[] =>
    terraformAddresses(open(newStack(), address, AwsSecurityGroup.fromId(id)));
  expect(addresses(later(ID))).toEqual(addresses(ID));
});
