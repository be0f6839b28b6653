import { Cidr } from '../../lib/net/cidr';
import { AddressFamily } from '../../lib/net/ip-address';
import { rangesOf, sortedRanges } from '../../lib/net/ip-ranges';
import { areWorldWide } from '../../lib/net/public-space';

function sorted(...ranges: string[]): Cidr[] {
  return sortedRanges(ranges.map((range) => Cidr.parse(range)));
}

test('ranges are sorted as numbers and not as text', () => {
  expect(sorted('10.0.0.0/16', '9.0.0.0/8', '100.0.0.0/8', '10.0.0.0/8').map(String)).toEqual([
    '9.0.0.0/8',
    '10.0.0.0/8',
    '10.0.0.0/16',
    '100.0.0.0/8',
  ]);
  expect(sorted('2001:db8:a::/48', '2001:db8:9::/48').map(String)).toEqual(['2001:db8:9::/48', '2001:db8:a::/48']);
});

test('IPv4 ranges come first, whatever the numbers', () => {
  const expected = ['10.0.0.0/8', '::1/128', '2001:db8::/32'];
  expect(sorted('::1/128', '2001:db8::/32', '10.0.0.0/8').map(String)).toEqual(expected);
  expect(sorted('2001:db8::/32', '10.0.0.0/8', '::1/128').map(String)).toEqual(expected);
});

test('the wider of two ranges with the same first address comes first, in either order', () => {
  expect(sorted('10.0.0.0/8', '10.0.0.0/16').map(String)).toEqual(['10.0.0.0/8', '10.0.0.0/16']);
  expect(sorted('10.0.0.0/16', '10.0.0.0/8').map(String)).toEqual(['10.0.0.0/8', '10.0.0.0/16']);
});

test('selects the ranges of one family', () => {
  const ranges = sorted('2001:db8::/32', '10.0.0.0/8');
  expect(rangesOf(AddressFamily.IPV4, ranges).map(String)).toEqual(['10.0.0.0/8']);
  expect(rangesOf(AddressFamily.IPV6, ranges).map(String)).toEqual(['2001:db8::/32']);
});

test.each([
  [['0.0.0.0/0'], true],
  [['0.0.0.0/1', '128.0.0.0/1'], true],
  [['0.0.0.0/0', '10.0.0.0/8'], true],
  [['0.0.0.0/1'], true],
  [['128.0.0.0/2'], true],
  [['16.0.0.0/7'], true],
  [['16.0.0.0/8', '20.0.0.0/32'], true],
  [['16.0.0.0/8', '16.1.0.0/16'], false],
  [['16.0.0.0/8'], false],
  [['10.0.0.0/7'], false], // one half is private
  [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8'], false],
  [['240.0.0.0/4'], false], // reserved
  [['224.0.0.0/4'], true], // multicast is in no registry of special addresses
  [[], false],
])('%j is most of the world over IPv4: %s', (ranges, isWide) => {
  expect(areWorldWide(AddressFamily.IPV4, sorted(...ranges))).toBe(isWide);
});

test.each([
  [['::/0'], true],
  [['2000::/3'], true],
  [['2400::/15'], true],
  [['2400::/16', '2401::/48'], true],
  [['2400::/16'], false],
  [['fc00::/7'], false],
  [['::/3'], false], // not assigned
  [['2002::/16', '2001:db8::/32'], false],
])('%j is most of the world over IPv6: %s', (ranges, isWide) => {
  expect(areWorldWide(AddressFamily.IPV6, sorted(...ranges))).toBe(isWide);
});
