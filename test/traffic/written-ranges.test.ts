import fc from 'fast-check';
import { AddressFamily } from '../../lib/net/ip-address';
import { parseRange } from '../../lib/traffic/sets/address-space';
import { type Bounds, boundsOf, difference, isSame } from '../../lib/traffic/sets/bounds';
import { parseWrittenText, writtenRanges, writtenText } from '../../lib/traffic/sets/written-ranges';
import { RUNS } from '../properties/runs';

const { IPV4, IPV6 } = AddressFamily;

function bounds(...texts: string[]): Bounds {
  return boundsOf(
    texts.flatMap((text) => {
      const range = parseRange(text);
      if ('problem' in range) throw new Error(range.problem);
      return [...range.bounds];
    }),
  );
}

test.each<[what: string, family: AddressFamily, has: string[], hasNot: string[], written: string[]]>([
  ['everyone but one address', IPV4, ['0.0.0.0/0'], ['10.0.0.5/32'], ['0.0.0.0/0 except 10.0.0.5/32']],
  ['everyone but one address of IPv6', IPV6, ['::/0'], ['2001:db8::5/128'], ['::/0 except 2001:db8::5/128']],
  [
    'a range without two parts, next to ranges without exceptions',
    IPV4,
    ['10.0.0.0/8', '192.168.0.0/24', '192.168.2.0/24'],
    ['10.1.0.0/16', '10.3.4.0/24'],
    ['10.0.0.0/8 except 10.1.0.0/16, 10.3.4.0/24', '192.168.0.0/24', '192.168.2.0/24'],
  ],
  ['a range without a half', IPV4, ['10.0.0.0/8'], ['10.0.0.0/9'], ['10.128.0.0/9']],
  [
    'few ranges',
    IPV4,
    ['10.0.0.0/8'],
    ['10.0.0.0/12'],
    ['10.16.0.0/12', '10.32.0.0/11', '10.64.0.0/10', '10.128.0.0/9'],
  ],
  [
    'the lower half of a range without one address',
    IPV4,
    ['10.0.0.0/9'],
    ['10.0.0.0/32'],
    ['10.0.0.0/9 except 10.0.0.0/32'],
  ],
])('writes %s', (_what, family, has, hasNot, written) => {
  const parts = writtenRanges(difference(bounds(...has), bounds(...hasNot)));
  expect(parts.map((part) => writtenText(family, part))).toEqual(written);
});

test('many separate ranges stay as they are', () => {
  const ranges = Array.from({ length: 200 }, (_, index) => `10.${index}.${index % 7}.0/24`);
  expect(writtenRanges(bounds(...ranges)).map((part) => writtenText(IPV4, part))).toEqual(ranges);
});

/** A few ranges of a small space, so that they touch, overlap and leave holes. */
const smallRange = fc
  .tuple(fc.nat(255), fc.integer({ min: 24, max: 32 }))
  .map(([last, prefix]) => `10.0.0.${last - (last % 2 ** (32 - prefix))}/${prefix}`);

test('the parts are the set, do not overlap, and can be read back', () => {
  fc.assert(
    fc.property(
      fc.array(smallRange, { minLength: 1, maxLength: 6 }),
      fc.array(smallRange, { maxLength: 4 }),
      (has, hasNot) => {
        const addresses = difference(bounds(...has), bounds(...hasNot));
        fc.pre(addresses.length > 0);
        const parts = writtenRanges(addresses);
        expect(isSame(boundsOf(parts.flatMap((part) => [...part])), addresses)).toBe(true);
        expect(parts.reduce((sum, part) => sum + size(part), 0)).toBe(size(addresses));
        for (const part of parts) {
          expect(parseWrittenText(writtenText(IPV4, part))).toEqual({ family: IPV4, bounds: part });
        }
      },
    ),
    RUNS,
  );
});

function size(set: Bounds): number {
  let count = 0;
  for (let index = 0; index < set.length; index += 2) count += Number(set[index + 1]) - Number(set[index]);
  return count;
}
