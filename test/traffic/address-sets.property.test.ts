import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { AddressFamily } from '../../lib/net/ip-address';
import {
  addressText,
  parseAddress,
  parseRange,
  rangesIn,
  rangeText,
  WHOLE,
} from '../../lib/traffic/sets/address-space';
import { type Bounds, boundsOf, difference, has, intersection, isSame, union } from '../../lib/traffic/sets/bounds';
import { RUNS } from '../properties/runs';

const { IPV4, IPV6 } = AddressFamily;

const ipv4Range = fc
  .tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }))
  .map(
    ([address, prefix]) =>
      `${addressText(IPV4, prefix === 0 ? 0 : address - (address % 2 ** (32 - prefix)))}/${prefix}`,
  );
const ipv6Range = fc
  .tuple(fc.bigInt(0n, (1n << 128n) - 1n), fc.integer({ min: 0, max: 128 }))
  .map(([address, prefix]) => {
    const bits = BigInt(128 - prefix);
    return `${addressText(IPV6, (address >> bits) << bits)}/${prefix}`;
  });

function boundsOfTexts(texts: readonly string[]): Bounds {
  return boundsOf(
    texts.flatMap((text) => {
      const range = parseRange(text);
      if ('problem' in range) throw new Error(range.problem);
      return range.bounds;
    }),
  );
}

describe.each([
  [IPV4, ipv4Range],
  [IPV6, ipv6Range],
])('a set of %s addresses', (family, range) => {
  const set = fc.array(range, { maxLength: 6 });

  test('has the IP addresses that a BlockList of Node.js has', () => {
    fc.assert(
      fc.property(set, set, (texts, probes) => {
        const list = new BlockList();
        texts.forEach((text) => list.addSubnet(text.split('/')[0], Number(text.split('/')[1]), family));
        const bounds = boundsOfTexts(texts);
        for (const probe of [...texts, ...probes].map((text) => text.split('/')[0])) {
          expect(has(bounds, parseAddress(probe)!.point)).toBe(list.check(probe, isIPv4(probe) ? 'ipv4' : 'ipv6'));
        }
      }),
      RUNS,
    );
  });

  test('follows the laws of sets', () => {
    fc.assert(
      fc.property(set, set, (first, second) => {
        const [a, b] = [boundsOfTexts(first), boundsOfTexts(second)];
        expect(isSame(union(a, b), boundsOfTexts([...second, ...first]))).toBe(true);
        expect(isSame(union(difference(a, b), intersection(a, b)), a)).toBe(true);
        expect(intersection(difference(a, b), b)).toEqual([]);
        expect(isSame(difference(WHOLE[family], difference(WHOLE[family], a)), a)).toBe(true);
        expect(difference(b, a).length === 0).toBe(isSame(intersection(a, b), b));
      }),
      RUNS,
    );
  });

  test('is the union of the ranges that it is split into', () => {
    fc.assert(
      fc.property(set, set, (first, second) => {
        const bounds = difference(boundsOfTexts(first), boundsOfTexts(second));
        const texts = rangesIn(bounds).map((range) => rangeText(family, range));
        expect(isSame(boundsOfTexts(texts), bounds)).toBe(true);
        expect(new Set(texts).size).toBe(texts.length);
      }),
      RUNS,
    );
  });
});
