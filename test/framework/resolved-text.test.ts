import { Lazy, Token, type TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
} from '../../lib';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';
const address = Peer.address('203.0.113.7');
const GROUPS: [string, IHostGroup][] = [
  ['GCP', new GcpFirewall({ network: 'prod' }).networkTag('web')],
  ['AWS', AwsSecurityGroup.fromId(ID)],
  ['premises', ExternalHosts.named('prometheus', '10.8.0.0/28')],
];

/** Text that the framework hides until it synthesizes. */
function later(text: string): string {
  return Lazy.stringValue({ produce: () => text });
}

function open(stack: TerraformStack, platform: Peer, prometheus: IHostGroup): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
}

const place = 'PrometheusCostMetricsRule "stack/rule"';

describe.each(GROUPS)('text that is known only later is checked as a range on %s, and fails', (_cloud, group) => {
  test('as the whole internet without a reason', () => {
    expectNothingMade(
      (stack) => open(stack, Peer.cidr(later('0.0.0.0/0')), group),
      `${place}: opening to the whole internet needs a reason, got ["0.0.0.0/0"]; ` +
        'did you mean Peer.anyIpv4("why it is open")?',
    );
  });

  test('as the half of the internet of which the other half is given', () => {
    expectNothingMade(
      (stack) => open(stack, Peer.cidr(later('0.0.0.0/1'), '128.0.0.0/1'), group),
      `${place}: opening to the whole internet needs a reason, got ["0.0.0.0/1", "128.0.0.0/1"]; ` +
        'did you mean Peer.anyIpv4("why it is open")?',
    );
  });

  test('with host bits', () => {
    expectNothingMade(
      (stack) => open(stack, Peer.cidr(later('10.0.0.1/8')), group),
      `${place}: a range must have no bits set after its prefix, got "10.0.0.1/8"; did you mean "10.0.0.0/8"?`,
    );
  });

  test('as no range', () => {
    expectNothingMade(
      (stack) => open(stack, Peer.cidr(later('the VPN')), group),
      `${place}: a range must be an address and a prefix length, got "the VPN"`,
    );
  });
});

test('text that is known only later has the address of the same text', () => {
  const addresses = (range: string): string[] =>
    open(newStack(), Peer.cidr(range), AwsSecurityGroup.fromId(ID)).addresses;
  expect(addresses(later('10.0.0.0/8'))).toEqual(addresses('10.0.0.0/8'));
  expect(addresses(Token.asString('10.0.0.0/8'))).toEqual(addresses('10.0.0.0/8'));
});

test('text that is known only later is opened in its canonical form', () => {
  const stack = newStack();
  open(stack, Peer.cidr(later('2001:DB8:0::/32'), '2001:db8::/32'), AwsSecurityGroup.fromId(ID));
  expect(opened(stack)).toEqual([`ingress 9090/tcp from 2001:db8::/32 at ${ID}`]);
});

test('the id of a group that is known only later as text is checked, and is the group of that id', () => {
  const need = 'a security group id must be "sg-" and 8 or 17 hexadecimal digits, or the id of a resource';
  expectNothingMade(
    (stack) => open(stack, address, AwsSecurityGroup.fromId(later('nodes'))),
    `${place}: ${need}, got "nodes"`,
  );
  const addresses = (id: string): string[] => open(newStack(), address, AwsSecurityGroup.fromId(id)).addresses;
  expect(addresses(later(ID))).toEqual(addresses(ID));
});
