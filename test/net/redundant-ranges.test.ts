import { Cidr } from '../../lib/net/cidr';
import { redundantRanges, sortedRanges } from '../../lib/net/ip-ranges';

function redundant(...ranges: string[]): string[] {
  const sorted = sortedRanges(ranges.map((range) => Cidr.parse(range)));
  return redundantRanges(sorted).map(({ range, within }) => `${String(range)} in ${String(within)}`);
}

test('adjacent ranges are all needed', () => {
  expect(redundant('10.0.0.0/9', '10.128.0.0/9', '11.0.0.0/8', '2001:db8::/32')).toEqual([]);
});

test('a range within another is named with the widest that holds it', () => {
  expect(redundant('10.1.2.0/24', '10.0.0.0/8', '10.1.0.0/16')).toEqual([
    '10.1.0.0/16 in 10.0.0.0/8',
    '10.1.2.0/24 in 10.0.0.0/8',
  ]);
});

test('the last address of a range lies within it, and the next address does not', () => {
  expect(redundant('10.0.0.0/8', '10.255.255.255/32', '11.0.0.0/32')).toEqual(['10.255.255.255/32 in 10.0.0.0/8']);
});

test('a narrower range that begins with a wider range lies within it', () => {
  expect(redundant('10.0.0.0/8', '10.0.0.0/32')).toEqual(['10.0.0.0/32 in 10.0.0.0/8']);
});

test('no range of IPv6 lies within one of IPv4, whatever their numbers', () => {
  expect(redundant('255.0.0.0/8', '::1/128')).toEqual([]);
});

test('finds a range within the previous one, also after a range that contains no other range', () => {
  expect(redundant('9.0.0.0/8', '10.0.0.0/8', '10.9.0.0/16')).toEqual(['10.9.0.0/16 in 10.0.0.0/8']);
});
