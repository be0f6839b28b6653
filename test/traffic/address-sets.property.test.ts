import fc from 'fast-check';
import { BlockList, isIPv4 } from 'node:net';
import { AddressFamily } from '../../lib/model/address-family';
import { addressText, parseAddress, parseRange, rangeTexts, WHOLE } from '../../lib/traffic/address-space';
import {
  boundsOf,
  contains,
  difference,
  has,
  intersection,
  isSame,
  union,
  type Bounds,
} from '../../lib/traffic/bounds';
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
])('sets of %s addresses', (family, range) => {
  const set = fc.array(range, { maxLength: 6 });

  test('have the addresses that the lists of Node.js have', () => {
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

  test('keep the laws of sets', () => {
    fc.assert(
      fc.property(set, set, (first, second) => {
        const [a, b] = [boundsOfTexts(first), boundsOfTexts(second)];
        expect(isSame(union(a, b), boundsOfTexts([...second, ...first]))).toBe(true);
        expect(isSame(union(difference(a, b), intersection(a, b)), a)).toBe(true);
        expect(intersection(difference(a, b), b)).toEqual([]);
        expect(isSame(difference(WHOLE[family], difference(WHOLE[family], a)), a)).toBe(true);
        expect(contains(a, b)).toBe(isSame(intersection(a, b), b));
      }),
      RUNS,
    );
  });

  test('are written as ranges that make them up again', () => {
    fc.assert(
      fc.property(set, set, (first, second) => {
        const bounds = difference(boundsOfTexts(first), boundsOfTexts(second));
        const texts = rangeTexts(family, bounds);
        expect(isSame(boundsOfTexts(texts), bounds)).toBe(true);
        expect(new Set(texts).size).toBe(texts.length);
      }),
      RUNS,
    );
  });
});
