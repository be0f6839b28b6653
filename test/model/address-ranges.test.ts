import { AddressFamily } from '../../lib/model/address-family';
import { coverAll, rangesOf, sortedRanges } from '../../lib/model/address-ranges';
import { Cidr } from '../../lib/model/cidr';

function sorted(...ranges: string[]): Cidr[] {
  return sortedRanges(ranges.map((range) => Cidr.parse(range)));
}

test('ranges are sorted as numbers and not as text, the wider first', () => {
  expect(sorted('10.0.0.0/16', '9.0.0.0/8', '100.0.0.0/8', '10.0.0.0/8').map(String)).toEqual([
    '9.0.0.0/8',
    '10.0.0.0/8',
    '10.0.0.0/16',
    '100.0.0.0/8',
  ]);
  expect(sorted('2001:db8:a::/48', '2001:db8:9::/48').map(String)).toEqual(['2001:db8:9::/48', '2001:db8:a::/48']);
});

test('ranges of IPv4 stand before those of IPv6, whatever their numbers', () => {
  const expected = ['10.0.0.0/8', '::1/128', '2001:db8::/32'];
  expect(sorted('::1/128', '2001:db8::/32', '10.0.0.0/8').map(String)).toEqual(expected);
  expect(sorted('2001:db8::/32', '10.0.0.0/8', '::1/128').map(String)).toEqual(expected);
});

test('of ranges with the same first address the wider stands first, in whichever order they are given', () => {
  expect(sorted('10.0.0.0/8', '10.0.0.0/16').map(String)).toEqual(['10.0.0.0/8', '10.0.0.0/16']);
  expect(sorted('10.0.0.0/16', '10.0.0.0/8').map(String)).toEqual(['10.0.0.0/8', '10.0.0.0/16']);
});

test('the ranges of one family are told from those of the other', () => {
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
