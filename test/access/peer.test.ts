import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformVariable, Token } from 'cdktf';
import type { FarEnd, IPeer } from '../../lib/access/far-end';
import { Peer } from '../../lib/access/peer';
import { GcpFirewall } from '../../lib/clouds/gcp/gcp-firewall';
import { AddressFamily } from '../../lib/net/ip-address';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const stack = newStack();
const vpc = new Vpc(stack, 'main', { cidrBlock: '10.0.0.0/16' });
const [ipv4Token, ipv6Token] = [vpc.cidrBlock, vpc.ipv6CidrBlock]; // every read of a property returns a new token
const list = Token.asList(new TerraformVariable(stack, 'ranges', { type: 'list(string)' }).value);
const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');

function rangesOf(peer: IPeer): string[] {
  return peer._farEnd.ranges.map(String);
}

function unknownOf(peer: IPeer): FarEnd['unknownRanges'] {
  return peer._farEnd.unknownRanges;
}

describe('ranges', () => {
  test('are canonical, sorted by family and address, and without duplicates', () => {
    const peer = Peer.cidr(
      '2001:DB8::/32',
      '10.51.0.0/24',
      '9.0.0.0/8',
      '10.51.0.0/24',
      '10.50.0.0/24',
      '10.50.0.0/16',
    );
    expect(rangesOf(peer)).toEqual(['9.0.0.0/8', '10.50.0.0/16', '10.50.0.0/24', '10.51.0.0/24', '2001:db8::/32']);
  });

  test('are not merged, because documents show the list of the user', () => {
    expect(rangesOf(Peer.cidr('10.0.0.0/9', '10.128.0.0/9'))).toEqual(['10.0.0.0/9', '10.128.0.0/9']);
  });

  test('name the peer, the first three of them', () => {
    expect(Peer.cidr('10.50.0.0/24').label).toBe('10.50.0.0/24');
    expect(Peer.cidr('10.3.0.0/16', '10.1.0.0/16', '10.2.0.0/16').label).toBe('10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16');
    expect(Peer.cidr('10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.5.0.0/16').label).toBe(
      '10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16 and 2 more',
    );
  });

  test('are copied, so that later changes to the list have no effect', () => {
    const ranges = ['10.0.0.0/8'];
    const peer = Peer.cidr(...ranges);
    ranges.push('0.0.0.0/0');
    expect(rangesOf(peer)).toEqual(['10.0.0.0/8']);
    expect(() => (peer._farEnd.ranges as unknown[]).push('0.0.0.0/0')).toThrow(TypeError);
    expect(() => Object.assign(peer, { label: 'another' })).toThrow(TypeError);
  });

  test('may be IPv6 ranges given to Peer.cidrIpv6', () => {
    expect(rangesOf(Peer.cidrIpv6('2001:db8:1::/48', '2001:db8::/48'))).toEqual(['2001:db8::/48', '2001:db8:1::/48']);
  });

  test.each([
    ['Peer.cidr', () => Peer.cidr()],
    ['Peer.cidrIpv6', () => Peer.cidrIpv6()],
    ['Peer.address', () => Peer.address()],
    ['Peer.named', () => Peer.named('nobody')],
  ])('fail if there are none for %s', (_place, act) => {
    expectRefusal(act, 'ranges-missing');
  });

  test('fail with the call that the user wrote in the error', () => {
    expectRefusal(() => Peer.cidr('10.1.0.0/8'), 'range-with-host-bits');
    expectRefusal(() => Peer.cidr('10.2.0.0/16', '10.1.0.0/8'), 'range-with-host-bits');
    expectRefusal(() => Peer.cidrIpv6('10.1.0.0/8'), 'range-with-host-bits');
    expectRefusal(() => Peer.named('office', '10.1.0.0/8'), 'range-with-host-bits');
  });

  test('fail if they are given as one list', () => {
    expectRefusal(() => Peer.cidr(['10.0.0.0/8', '192.168.0.0/16'] as never), 'ranges-in-a-list');
  });

  test('fail as IPv4 for Peer.cidrIpv6', () => {
    expectRefusal(() => Peer.cidrIpv6('2001:db8::/32', '10.0.0.0/8'), 'range-not-ipv6');
  });
});

describe('an address', () => {
  test('becomes a range with one IP address', () => {
    expect(rangesOf(Peer.address('203.0.113.7', '2001:DB8::7'))).toEqual(['203.0.113.7/32', '2001:db8::7/128']);
    expect(Peer.address('203.0.113.7').label).toBe('203.0.113.7/32');
  });

  test.each([
    '10.0.0.0/8',
    '2001:db8::/32',
    'db.example.com',
    '10.0.0.1/8',
    new String('203.0.113.7'),
    '010.0.0.1',
    'fe80::1%eth0',
    '',
    7,
    undefined,
  ])('fails as %j', (address) => {
    expectRefusal(() => Peer.address(address as string), 'ip-address-invalid');
  });
});

test('fails as an IPv4 address written as IPv6', () => {
  expectRefusal(() => Peer.address('::ffff:10.0.0.1'), 'ip-address-ambiguous');
});

describe('a name', () => {
  test('is the label of the peer, and does not change its ranges', () => {
    const peer = Peer.named('ops-vpn', '10.9.0.0/16');
    expect(peer.label).toBe('ops-vpn');
    expect(peer._farEnd).toEqual(Peer.cidr('10.9.0.0/16')._farEnd);
  });

  test.each([
    ['', 'text-required'],
    [' ', 'text-required'],
    [undefined, 'text-required'],
    ['two\nlines', 'text-invalid'],
    ['n'.repeat(256), 'text-too-long'],
    ['${TfToken[TOKEN.0]}', 'text-not-known'],
    ['at -8.1095622125913805e+298', 'text-not-known'],
  ])('fails as %j', (name, code) => {
    expectRefusal(() => Peer.named(name!, '10.0.0.0/8'), code);
  });
});

describe('several peers', () => {
  test('are one peer, with the ranges and host groups of all', () => {
    const peer = Peer.anyOf(Peer.cidr('10.2.0.0/16'), tag, Peer.named('vpn', '10.1.0.0/16', '10.2.0.0/16'), tag);
    expect(rangesOf(peer)).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
    expect(peer._farEnd.hostGroups).toEqual([tag]);
    expect(peer.label).toBe('10.2.0.0/16, network tag web, vpn and 1 more');
  });

  test('keep the reason of the peer that is open to the world', () => {
    const peer = Peer.anyOf(Peer.anyOf(Peer.anyIpv4('public API')), Peer.cidr('10.0.0.0/8'));
    expect(peer._farEnd.worldReasons).toEqual([{ family: AddressFamily.IPV4, reason: 'public API' }]);
  });

  test('keep ranges that are known after apply', () => {
    const peer = Peer.anyOf(Peer.cidr('10.0.0.0/8', ipv4Token), Peer.cidrIpv6(ipv6Token));
    expect(unknownOf(peer)).toEqual([
      { family: AddressFamily.IPV4, text: ipv4Token },
      { family: AddressFamily.IPV6, text: ipv6Token },
    ]);
  });

  test.each([
    '10.0.0.0/8',
    '2001:db8::/32',
    '203.0.113.7',
    '2001:DB8::7',
    '::ffff:10.0.0.1',
    '::ffff:10.0.0.0/104',
    'web',
    undefined,
    null,
    {},
  ])('fail if one is %j', (value) => {
    expectRefusal(() => Peer.anyOf(Peer.cidr('10.0.0.0/8'), value as IPeer), 'peer-required');
  });

  test('fail if there are none', () => {
    expectRefusal(() => Peer.anyOf(), 'ranges-missing');
  });
});

describe('the world', () => {
  test('is open for a reason', () => {
    const [ipv4, ipv6] = [Peer.anyIpv4('public API'), Peer.anyIpv6('public site')];
    expect([ipv4.label, ipv6.label]).toEqual(['any IPv4 address', 'any IPv6 address']);
    expect([rangesOf(ipv4), rangesOf(ipv6)]).toEqual([['0.0.0.0/0'], ['::/0']]);
    expect(ipv4._farEnd.worldReasons).toEqual([{ family: AddressFamily.IPV4, reason: 'public API' }]);
    expect(ipv6._farEnd.worldReasons).toEqual([{ family: AddressFamily.IPV6, reason: 'public site' }]);
  });

  test.each([
    [undefined, 'text-required'],
    ['', 'text-required'],
    ['r'.repeat(101), 'text-too-long'],
    ['a\tb', 'text-invalid'],
    ['the ${TfToken[TOKEN.0]}', 'text-not-known'],
    ['a\u202eb', 'text-invalid'],
  ])('fails for the reason %j', (reason, code) => {
    expectRefusal(() => Peer.anyIpv4(reason!), code);
    expectRefusal(() => Peer.anyIpv6(reason!), code);
  });

  test.each([
    ['its range', ['0.0.0.0/0']],
    ['a different spelling of its range', ['0::0/0']],
    ['its two halves', ['128.0.0.0/1', '0.0.0.0/1']],
    ['two halves of IPv6', ['::/1', '8000::/1']],
    ['its parts', ['0.0.0.0/1', '192.0.0.0/2', '128.0.0.0/2']],
    ['its parts that overlap', ['0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8']],
    ['one family in addition to the other', ['10.0.0.0/8', '::/0']],
  ])('fails without a reason, by %s', (_what, ranges) => {
    expectRefusal(() => Peer.cidr(...ranges), 'world-without-reason');
    expectRefusal(() => Peer.named('all', ...ranges), 'world-without-reason');
  });

  test('fails without a reason, by several peers that together are the world', () => {
    expectRefusal(() => Peer.anyOf(Peer.cidr('0.0.0.0/1'), tag, Peer.cidr('128.0.0.0/1')), 'world-without-reason');
  });

  test('fails for one family with a reason for the other', () => {
    expectRefusal(
      () => Peer.anyOf(Peer.anyIpv4('public API'), Peer.cidr('::/1'), Peer.cidr('8000::/1')),
      'world-without-reason',
    );
  });

  test.each(['0.0.0.0/1', '16.0.0.0/7', '2000::/3', '2400::/15'])('needs a reason for %s, and takes it', (range) => {
    expectRefusal(() => Peer.cidr(range), 'world-without-reason');
    const { _farEnd: end, label } = Peer.wide('a public service', range);
    expect([label, end.worldReasons.map(({ reason }) => reason)]).toEqual([range, ['a public service']]);
  });

  test('needs no reason for less; Peer.wide takes one, because other constructs may open more at the same port', () => {
    expect(Peer.cidr('16.0.0.0/8').ipRanges).toEqual(['16.0.0.0/8']);
    expect(Peer.wide('half of it', '16.0.0.0/8')._farEnd.worldReasons).toEqual([
      { family: AddressFamily.IPV4, reason: 'half of it' },
    ]);
    expect(Peer.wide('private', '10.0.0.0/8')._farEnd.worldReasons).toEqual([]);
    expectRefusal(() => Peer.wide('', '16.0.0.0/7'), 'text-required');
    expectRefusal(() => Peer.wide('a reason'), 'ranges-missing');
  });

  test('fails by 33 ranges that together contain every address', () => {
    const allButOne = Array.from({ length: 32 }, (_, bit) => {
      const first = 2 ** 32 - 2 ** (32 - bit);
      return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bit + 1}`;
    });
    expectRefusal(() => Peer.cidr(...allButOne, '255.255.255.255/32'), 'world-without-reason');
    expectRefusal(() => Peer.cidr(...allButOne), 'world-without-reason');
    expect(rangesOf(Peer.wide('all but one', ...allButOne))).toHaveLength(32);
  });
});

test('has no unknown ranges if all ranges are known', () => {
  expect(unknownOf(Peer.anyIpv4('public API'))).toEqual([]);
  expect(unknownOf(Peer.cidr('10.0.0.0/8'))).toEqual([]);
});

describe('a value known after apply', () => {
  test('counts as IPv4', () => {
    expect(unknownOf(Peer.cidr(ipv4Token))).toEqual([{ family: AddressFamily.IPV4, text: ipv4Token }]);
    expect(unknownOf(Peer.named('vpc', ipv4Token))).toEqual(unknownOf(Peer.cidr(ipv4Token)));
    expect(Peer.cidr('10.0.0.0/8', ipv4Token).label).toBe('10.0.0.0/8, a range known after apply');
  });

  test('counts as IPv6 in Peer.cidrIpv6', () => {
    expect(unknownOf(Peer.cidrIpv6(ipv6Token))).toEqual([{ family: AddressFamily.IPV6, text: ipv6Token }]);
  });

  test('becomes a range of one address', () => {
    const address = Token.asString({ resolve: () => '${aws_eip.one.public_ip}' });
    const host = { family: AddressFamily.IPV4, text: `${address}/32`, isHost: true };
    expect(unknownOf(Peer.address(address))).toEqual([host]);
  });

  test('may be the address of a range', () => {
    const address = Token.asString({ resolve: () => '${aws_instance.one.private_ip}' });
    expect(unknownOf(Peer.cidr(`${address}/28`))).toEqual([{ family: AddressFamily.IPV4, text: `${address}/28` }]);
  });

  test('may be a whole list of ranges', () => {
    const unknown = { text: list[0], isList: true };
    expect(unknownOf(Peer.cidr(...list))).toEqual([{ ...unknown, family: AddressFamily.IPV4 }]);
    expect(unknownOf(Peer.cidrIpv6(...list))).toEqual([{ ...unknown, family: AddressFamily.IPV6 }]);
    expect(Peer.cidr('10.0.0.0/8', ...list).label).toBe('10.0.0.0/8, ranges known after apply');
  });

  test('fails as an object of text', () => {
    expectRefusal(() => Peer.cidr(new String(ipv4Token) as string), 'range-invalid');
  });

  test('fails as a list of addresses', () => {
    expectRefusal(() => Peer.address(...list), 'list-of-ranges-required');
  });

  test('fails as an address with a prefix length', () => {
    for (const text of [`${ipv4Token}/32`, `${ipv4Token}/28`]) {
      expectRefusal(() => Peer.address(text), 'ip-address-with-prefix');
    }
  });

  test('fails as the whole internet', () => {
    for (const text of [`${ipv4Token}/0`, `${ipv4Token}/00`]) {
      expectRefusal(() => Peer.cidr(text), 'world-without-reason');
      expectRefusal(() => Peer.named('all', text), 'world-without-reason');
    }
    for (const text of [`${ipv4Token}/10`, `${ipv4Token}/08`]) expect(unknownOf(Peer.cidr(text))).toHaveLength(1);
    expectRefusal(() => Peer.cidrIpv6(`${ipv6Token}/0`), 'world-without-reason');
  });

  test('fails in the middle of other text', () => {
    expectRefusal(() => Peer.cidr(`vpc ${ipv4Token}`), 'range-invalid');
  });

  test('fails as a template that is not a token of the framework', () => {
    expectRefusal(() => Peer.cidr('${aws_vpc.main.cidr_block}'), 'range-invalid');
  });
});
