import { Cidr } from '../../lib/net/cidr';
import { AddressFamily } from '../../lib/net/ip-address';
import { coverAll, rangesOf, sortedRanges } from '../../lib/net/ip-ranges';

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
  [['0.0.0.0/1', '64.0.0.0/2', '128.0.0.0/1'], true],
  [['0.0.0.0/0', '10.0.0.0/8'], true],
  [['0.0.0.0/1'], false],
  [['128.0.0.0/1'], false],
  [['0.0.0.0/2', '128.0.0.0/1'], false],
  [['0.0.0.0/1', '128.0.0.0/2'], false],
  [[], false],
])('%j covers all of IPv4: %s', (ranges, covers) => {
  expect(coverAll(AddressFamily.IPV4, sorted(...ranges))).toBe(covers);
});

test.each([
  [['::/0'], true],
  [['::/1', '8000::/1'], true],
  [['::/1', '8000::/2', 'c000::/3', 'e000::/3'], true],
  [['::/1', '8000::/2', 'c000::/3'], false],
  [['2000::/3'], false],
])('%j covers all of IPv6: %s', (ranges, covers) => {
  expect(coverAll(AddressFamily.IPV6, sorted(...ranges))).toBe(covers);
});
