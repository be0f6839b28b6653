import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformVariable, Token } from 'cdktf';
import { AddressFamily } from '../../lib/model/address-family';
import type { FarEnd } from '../../lib/model/far-end';
import { GcpFirewall } from '../../lib/gcp/gcp-firewall';
import type { IPeer } from '../../lib/model/host-group';
import { Peer } from '../../lib/model/peer';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const stack = newStack();
const vpc = new Vpc(stack, 'main', { cidrBlock: '10.0.0.0/16' });
const [ipv4Token, ipv6Token] = [vpc.cidrBlock, vpc.ipv6CidrBlock]; // every reading of a property is another token
const list = Token.asList(new TerraformVariable(stack, 'ranges', { type: 'list(string)' }).value);
const tag = new GcpFirewall({ network: 'prod' }).networkTag('web');

function rangesOf(peer: IPeer): string[] {
  return peer._farEnd.ranges.map(String);
}

function unknownOf(peer: IPeer): FarEnd['unknownRanges'] {
  return peer._farEnd.unknownRanges;
}

describe('ranges', () => {
  test('are canonical, sorted by family and address, and each there once', () => {
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

  test('are not joined, because the list of the user is what others know', () => {
    expect(rangesOf(Peer.cidr('10.0.0.0/9', '10.128.0.0/9'))).toEqual(['10.0.0.0/9', '10.128.0.0/9']);
  });

  test('name the peer, the first three of them', () => {
    expect(Peer.cidr('10.50.0.0/24').label).toBe('10.50.0.0/24');
    expect(Peer.cidr('10.3.0.0/16', '10.1.0.0/16', '10.2.0.0/16').label).toBe('10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16');
    expect(Peer.cidr('10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16', '10.5.0.0/16').label).toBe(
      '10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16 and 2 more',
    );
  });

  test('are copied: what the caller does to the list later changes nothing', () => {
    const ranges = ['10.0.0.0/8'];
    const peer = Peer.cidr(...ranges);
    ranges.push('0.0.0.0/0');
    expect(rangesOf(peer)).toEqual(['10.0.0.0/8']);
    expect(() => (peer._farEnd.ranges as unknown[]).push('0.0.0.0/0')).toThrow(TypeError);
    expect(() => Object.assign(peer, { label: 'another' })).toThrow(TypeError);
  });

  test('that are IPv6 may be given as such', () => {
    expect(rangesOf(Peer.cidrIpv6('2001:db8:1::/48', '2001:db8::/48'))).toEqual(['2001:db8::/48', '2001:db8:1::/48']);
  });

  test.each([
    ['Peer.cidr', () => Peer.cidr()],
    ['Peer.cidrIpv6', () => Peer.cidrIpv6()],
    ['Peer.address', () => Peer.address()],
    ['Peer.named', () => Peer.named('nobody')],
  ])('fail when there is none for %s', (place, act) => {
    expectRefusal(act, `${place}: at least one range is needed, got none`);
  });

  test('fail with the call that the user wrote', () => {
    const sentence = 'a range must have no bits set after its prefix, got "10.1.0.0/8"; did you mean "10.0.0.0/8"?';
    expectRefusal(() => Peer.cidr('10.1.0.0/8'), `Peer.cidr: ${sentence}`);
    expectRefusal(() => Peer.cidr('10.2.0.0/16', '10.1.0.0/8'), `Peer.cidr: ${sentence}`);
    expectRefusal(() => Peer.cidrIpv6('10.1.0.0/8'), `Peer.cidrIpv6: ${sentence}`);
    expectRefusal(() => Peer.named('office', '10.1.0.0/8'), `Peer.named: ${sentence}`);
  });

  test('fail as a list in a list', () => {
    expectRefusal(
      () => Peer.cidr(['10.0.0.0/8', '192.168.0.0/16'] as never),
      'Peer.cidr: ranges must be given one by one, got ["10.0.0.0/8", "192.168.0.0/16"]; did you mean ...ranges?',
    );
  });

  test('fail as IPv4 where IPv6 is asked for', () => {
    expectRefusal(
      () => Peer.cidrIpv6('2001:db8::/32', '10.0.0.0/8'),
      'Peer.cidrIpv6: every range must be IPv6, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?',
    );
  });
});

describe('an address', () => {
  test('becomes a range of one', () => {
    expect(rangesOf(Peer.address('203.0.113.7', '2001:DB8::7'))).toEqual(['203.0.113.7/32', '2001:db8::7/128']);
    expect(Peer.address('203.0.113.7').label).toBe('203.0.113.7/32');
  });

  const need = 'Peer.address: an address must be one IPv4 or IPv6 address';
  test.each([
    ['10.0.0.0/8', '"10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?'],
    ['2001:db8::/32', '"2001:db8::/32"; did you mean Peer.cidr("2001:db8::/32")?'],
    ['db.example.com', '"db.example.com"'],
    ['10.0.0.1/8', '"10.0.0.1/8"; did you mean Peer.cidr("10.0.0.0/8")?'],
    [new String('203.0.113.7'), 'an object of String'],
    ['010.0.0.1', '"010.0.0.1"'],
    ['fe80::1%eth0', '"fe80::1%eth0"'],
    ['', '""'],
    [7, '7'],
    [undefined, 'nothing'],
  ])('fails as %j', (address, got) => {
    expectRefusal(() => Peer.address(address as string), `${need}, got ${got}`);
  });
});

test('an IPv4 address written as IPv6 fails', () => {
  expectRefusal(
    () => Peer.address('::ffff:10.0.0.1'),
    'Peer.address: an IPv4 address must be written as IPv4, got "::ffff:10.0.0.1"; did you mean "10.0.0.1"?',
  );
});

describe('a name', () => {
  test('is what people call the peer, and is no part of what it permits', () => {
    const peer = Peer.named('ops-vpn', '10.9.0.0/16');
    expect(peer.label).toBe('ops-vpn');
    expect(peer._farEnd).toEqual(Peer.cidr('10.9.0.0/16')._farEnd);
  });

  test.each([
    ['', 'the name must be text, got ""'],
    [' ', 'the name must be text, got " "'],
    [undefined, 'the name must be text, got nothing'],
    ['two\nlines', 'the name must be one line without control characters, got "two\\nlines"'],
    ['n'.repeat(256), 'the name must have at most 255 characters, got 256'],
    [
      '${TfToken[TOKEN.0]}',
      'the name must be known at synthesis and must not look like a token, got "${TfToken[TOKEN.0]}"',
    ],
    [
      'at -8.1095622125913805e+298',
      'the name must be known at synthesis and must not look like a token, got "at -8.1095622125913805e+298"',
    ],
  ])('fails as %j', (name, sentence) => {
    expectRefusal(() => Peer.named(name!, '10.0.0.0/8'), `Peer.named: ${sentence}`);
  });
});

describe('several peers', () => {
  test('are one, with the ranges and host groups of all', () => {
    const peer = Peer.anyOf(Peer.cidr('10.2.0.0/16'), tag, Peer.named('vpn', '10.1.0.0/16', '10.2.0.0/16'), tag);
    expect(rangesOf(peer)).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
    expect(peer._farEnd.hostGroups).toEqual([tag]);
    expect(peer.label).toBe('10.2.0.0/16, network tag web, vpn and 1 more');
  });

  test('keep the reason for which one of them is the world', () => {
    const peer = Peer.anyOf(Peer.anyOf(Peer.anyIpv4('public API')), Peer.cidr('10.0.0.0/8'));
    expect(peer._farEnd.worldReasons).toEqual([{ family: AddressFamily.IPV4, reason: 'public API' }]);
  });

  test('keep what only Terraform knows', () => {
    const peer = Peer.anyOf(Peer.cidr('10.0.0.0/8', ipv4Token), Peer.cidrIpv6(ipv6Token));
    expect(unknownOf(peer)).toEqual([
      { family: AddressFamily.IPV4, text: ipv4Token },
      { family: AddressFamily.IPV6, text: ipv6Token },
    ]);
  });

  const need = 'Peer.anyOf: every argument must be a peer or a host group';
  test.each([
    ['10.0.0.0/8', '"10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?'],
    ['2001:db8::/32', '"2001:db8::/32"; did you mean Peer.cidr("2001:db8::/32")?'],
    ['203.0.113.7', '"203.0.113.7"; did you mean Peer.address("203.0.113.7")?'],
    ['2001:DB8::7', '"2001:DB8::7"; did you mean Peer.address("2001:db8::7")?'],
    ['::ffff:10.0.0.1', '"::ffff:10.0.0.1"; did you mean Peer.address("10.0.0.1")?'],
    ['::ffff:10.0.0.0/104', '"::ffff:10.0.0.0/104"; did you mean Peer.cidr("10.0.0.0/8")?'],
    ['web', '"web"'],
    [undefined, 'nothing'],
    [null, 'nothing'],
    [{}, 'an object of Object'],
  ])('fail where one is %j', (value, got) => {
    expectRefusal(() => Peer.anyOf(Peer.cidr('10.0.0.0/8'), value as IPeer), `${need}, got ${got}`);
  });

  test('fail where there is none', () => {
    expectRefusal(() => Peer.anyOf(), 'Peer.anyOf: at least one range or host group is needed, got none');
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
    [undefined, 'the reason must be text, got nothing'],
    ['', 'the reason must be text, got ""'],
    ['r'.repeat(101), 'the reason must have at most 100 characters, got 101'],
    ['a\tb', 'the reason must be one line without control characters, got "a\\tb"'],
    [
      'the ${TfToken[TOKEN.0]}',
      'the reason must be known at synthesis and must not look like a token, got "the ${TfToken[TOKEN.0]}"',
    ],
    [
      'Öffentlich',
      'the reason must be plain ASCII without quotes and backslashes, because it goes into descriptions, got "Öffentlich"',
    ],
    [
      "it's public",
      'the reason must be plain ASCII without quotes and backslashes, because it goes into descriptions, got "it\'s public"',
    ],
    [
      'a\\b',
      'the reason must be plain ASCII without quotes and backslashes, because it goes into descriptions, got "a\\\\b"',
    ],
  ])('fails for the reason %j', (reason, sentence) => {
    expectRefusal(() => Peer.anyIpv4(reason!), `Peer.anyIpv4: ${sentence}`);
    expectRefusal(() => Peer.anyIpv6(reason!), `Peer.anyIpv6: ${sentence}`);
  });

  const need = 'opening to the whole internet needs a reason';
  const ipv4 = '; did you mean Peer.anyIpv4("why it is open")?';
  const ipv6 = '; did you mean Peer.anyIpv6("why it is open")?';

  test.each([
    ['its range', ['0.0.0.0/0'], `["0.0.0.0/0"]${ipv4}`],
    ['another spelling of its range', ['0::0/0'], `["::/0"]${ipv6}`],
    ['its two halves', ['128.0.0.0/1', '0.0.0.0/1'], `["0.0.0.0/1", "128.0.0.0/1"]${ipv4}`],
    ['two halves of IPv6', ['::/1', '8000::/1'], `["::/1", "8000::/1"]${ipv6}`],
    ['its parts', ['0.0.0.0/1', '192.0.0.0/2', '128.0.0.0/2'], `["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"]${ipv4}`],
    [
      'its parts that overlap',
      ['0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8'],
      `["0.0.0.0/1", "10.0.0.0/8", "128.0.0.0/1"]${ipv4}`,
    ],
    ['one family beside the other', ['10.0.0.0/8', '::/0'], `["::/0"]${ipv6}`],
  ])('fails without a reason, by %s', (_what, ranges, got) => {
    expectRefusal(() => Peer.cidr(...ranges), `Peer.cidr: ${need}, got ${got}`);
    expectRefusal(() => Peer.named('all', ...ranges), `Peer.named: ${need}, got ${got}`);
  });

  test('fails without a reason, by peers that are it together', () => {
    expectRefusal(
      () => Peer.anyOf(Peer.cidr('0.0.0.0/1'), tag, Peer.cidr('128.0.0.0/1')),
      `Peer.anyOf: ${need}, got ["0.0.0.0/1", "128.0.0.0/1"]${ipv4}`,
    );
  });

  test('fails for one family with a reason for the other', () => {
    expectRefusal(
      () => Peer.anyOf(Peer.anyIpv4('public API'), Peer.cidr('::/1'), Peer.cidr('8000::/1')),
      `Peer.anyOf: ${need}, got ["::/1", "8000::/1"]${ipv6}`,
    );
  });

  test('fails by 33 ranges that leave no address out', () => {
    const allButOne = Array.from({ length: 32 }, (_, bit) => {
      const first = 2 ** 32 - 2 ** (32 - bit);
      return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bit + 1}`;
    });
    expect(rangesOf(Peer.cidr(...allButOne))).toHaveLength(32);
    expect(() => Peer.cidr(...allButOne, '255.255.255.255/32')).toThrow(`Peer.cidr: ${need}`);
  });
});

test('a peer of ranges has nothing that only Terraform knows', () => {
  expect(unknownOf(Peer.anyIpv4('public API'))).toEqual([]);
  expect(unknownOf(Peer.cidr('10.0.0.0/8'))).toEqual([]);
});

describe('a value known only to Terraform', () => {
  const need = 'opening to the whole internet needs a reason';

  test('counts as IPv4', () => {
    expect(unknownOf(Peer.cidr(ipv4Token))).toEqual([{ family: AddressFamily.IPV4, text: ipv4Token }]);
    expect(unknownOf(Peer.named('vpc', ipv4Token))).toEqual(unknownOf(Peer.cidr(ipv4Token)));
    expect(Peer.cidr('10.0.0.0/8', ipv4Token).label).toBe('10.0.0.0/8, a range known to Terraform');
  });

  test('counts as IPv6 where that is asked for', () => {
    expect(unknownOf(Peer.cidrIpv6(ipv6Token))).toEqual([{ family: AddressFamily.IPV6, text: ipv6Token }]);
  });

  test('becomes a range of one address', () => {
    const address = Token.asString({ resolve: () => '${aws_eip.one.public_ip}' });
    const host = { family: AddressFamily.IPV4, text: `${address}/32`, isHost: true };
    expect(unknownOf(Peer.address(address))).toEqual([host]);
  });

  test('may stand beside the rest of a range', () => {
    const address = Token.asString({ resolve: () => '${aws_instance.one.private_ip}' });
    expect(unknownOf(Peer.cidr(`${address}/28`))).toEqual([{ family: AddressFamily.IPV4, text: `${address}/28` }]);
  });

  test('may be a whole list of ranges', () => {
    const unknown = { text: list[0], isList: true };
    expect(unknownOf(Peer.cidr(...list))).toEqual([{ ...unknown, family: AddressFamily.IPV4 }]);
    expect(unknownOf(Peer.cidrIpv6(...list))).toEqual([{ ...unknown, family: AddressFamily.IPV6 }]);
    expect(Peer.cidr('10.0.0.0/8', ...list).label).toBe('10.0.0.0/8, ranges known to Terraform');
  });

  test('fails as an object of text', () => {
    expectRefusal(
      () => Peer.cidr(new String(ipv4Token) as string),
      'Peer.cidr: a range must be text such as "10.0.0.0/8", got an object of String',
    );
  });

  test('fails as a list of addresses', () => {
    expectRefusal(
      () => Peer.address(...list),
      `Peer.address: a list that Terraform knows must be of ranges, got "${list[0]}"; did you mean Peer.cidr(...)?`,
    );
  });

  test('fails as an address with a prefix length', () => {
    for (const text of [`${ipv4Token}/32`, `${ipv4Token}/28`]) {
      expectRefusal(
        () => Peer.address(text),
        `Peer.address: an address must have no prefix length, got "${text}"; did you mean Peer.cidr(...)?`,
      );
    }
  });

  test('fails as the whole internet', () => {
    for (const text of [`${ipv4Token}/0`, `${ipv4Token}/00`]) {
      const sentence = `${need}, got "${text}"; did you mean Peer.anyIpv4("why it is open")?`;
      expectRefusal(() => Peer.cidr(text), `Peer.cidr: ${sentence}`);
      expectRefusal(() => Peer.named('all', text), `Peer.named: ${sentence}`);
    }
    for (const text of [`${ipv4Token}/10`, `${ipv4Token}/08`]) expect(unknownOf(Peer.cidr(text))).toHaveLength(1);
    expectRefusal(
      () => Peer.cidrIpv6(`${ipv6Token}/0`),
      `Peer.cidrIpv6: ${need}, got "${ipv6Token}/0"; did you mean Peer.anyIpv6("why it is open")?`,
    );
  });

  test('fails beside other text', () => {
    expectRefusal(
      () => Peer.cidr(`vpc ${ipv4Token}`),
      `Peer.cidr: only digits, dots, colons and a slash may stand beside a value known to Terraform, got "vpc ${ipv4Token}"`,
    );
  });

  test('fails as a template that the framework does not know', () => {
    expectRefusal(
      () => Peer.cidr('${aws_vpc.main.cidr_block}'),
      'Peer.cidr: a range must be an address and a prefix length, got "${aws_vpc.main.cidr_block}"',
    );
  });
});
