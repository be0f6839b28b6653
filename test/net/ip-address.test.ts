import { AddressFamily, formatIpAddress, parseIpAddress } from '../../lib/net/ip-address';

function canonical(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address && formatIpAddress(address);
}

test.each([
  ['0.0.0.0', 0n],
  ['10.0.0.1', 0x0a000001n],
  ['255.255.255.255', 0xffffffffn],
])('reads the IPv4 address %s', (text, value) => {
  expect(parseIpAddress(text)).toEqual({ family: AddressFamily.IPV4, value });
});

test.each([
  ['::', 0n],
  ['::1', 1n],
  ['1::', 1n << 112n],
  ['2001:db8::7', 0x20010db8000000000000000000000007n],
  ['64:ff9b::192.0.2.33', 0x0064ff9b0000000000000000c0000221n],
  ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
  ['1:2:3:4:5:6:7::', 0x00010002000300040005000600070000n],
  ['::2:3:4:5:6:7:8', 0x00000002000300040005000600070008n],
  ['1:2:3:4:5:6:192.0.2.33', 0x000100020003000400050006c0000221n],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', (1n << 128n) - 1n],
])('reads the IPv6 address %s', (text, value) => {
  expect(parseIpAddress(text)).toEqual({ family: AddressFamily.IPV6, value });
});

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '10.0.0.1 ',
  '0x0a.0.0.1',
  '10.1',
  '1::2::3',
  '2001:db8',
  '2001:db8::g',
  '2001:db8::00001',
  ':::',
  'fe80::1%eth0',
  'localhost',
])('does not read %j', (text) => {
  expect(parseIpAddress(text)).toBeUndefined();
});

describe('the canonical form of RFC 5952', () => {
  test.each([
    ['2001:0db8::0001', '2001:db8::1'], // 4.1: no leading zeros
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'], // 4.2.1: as short as possible
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // 4.2.2: one group of zeros stays
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'], // 4.2.3: the longest run
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // 4.2.3: the first of the longest runs
    ['2001:DB8::ABCD', '2001:db8::abcd'], // 4.3: lower case
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
    ['0:0:3:4:5:6:7:8', '::3:4:5:6:7:8'],
  ])('of %s is %s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  test('equals the form of the URL parser for thousands of addresses', () => {
    let state = 5952;
    const random = (below: number): number => {
      state = (state * 48271) % 0x7fffffff; // the same addresses in every run
      return state % below;
    };
    for (let count = 0; count < 3000; count++) {
      const groups = Array.from({ length: 8 }, () => (random(2) === 0 ? 0 : random(0x10000)));
      const text = groups.map((group) => group.toString(16).padStart(random(5), '0')).join(':');
      expect(`[${canonical(text)}]`).toBe(new URL(`http://[${text}]/`).hostname);
    }
  });

  test('leaves IPv4 addresses in dotted decimal', () => {
    for (const text of ['0.0.0.0', '10.20.30.40', '128.0.0.1', '255.255.255.255']) expect(canonical(text)).toBe(text);
  });
});
