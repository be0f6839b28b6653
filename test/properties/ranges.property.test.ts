import { BlockList, isIP } from 'node:net';
import { Cidr, Peer } from 'cdktf-cluster-ports';
import fc from 'fast-check';
import { Address4, Address6 } from 'ip-address';
import { literal } from '../../lib/input/token-text';
import { AddressFamily } from '../../lib/net/ip-address';
import { areWorldWide } from '../../lib/net/public-space';
import { hostileText, ipv4Range, ipv6Range } from './arbitraries';
import { CHEAP_RUNS, RUNS } from './runs';

/** Returns what Terraform renders for text. Terraform reads from left to right and evaluates templates that are not escaped. */
function rendered(text: string): string {
  const [piece] = /^(?:\$\$\{|%%\{|\$\{|%\{|[^])/.exec(text) ?? [''];
  if (piece === '') return '';
  if (piece === '${' || piece === '%{') throw new Error(`Terraform would evaluate the text after ${piece}`);
  return (piece.length === 3 ? piece.slice(1) : piece) + rendered(text.slice(piece.length));
}

test('a range in canonical form is read as it is written', () => {
  fc.assert(
    fc.property(fc.oneof(ipv4Range, ipv6Range), (text) => {
      const canonical = String(Cidr.parse(text));
      expect(String(Cidr.parse(canonical))).toBe(canonical);
      const [Address, spelling] = text.includes(':')
        ? ([Address6, new Address6(text).correctForm()] as const)
        : ([Address4, new Address4(text).correctForm()] as const);
      expect(canonical.split('/')[0]).toBe(spelling);
      expect(Address.isValid(canonical)).toBe(true);
    }),
    RUNS,
  );
});

test('a range contains the addresses that it contains according to Node.js', () => {
  fc.assert(
    fc.property(ipv4Range, fc.ipV4(), (text, address) => {
      const list = new BlockList();
      const [network, prefix] = text.split('/');
      list.addSubnet(network, Number(prefix), 'ipv4');
      const { _first, _last } = Cidr.parse(text);
      const value = Cidr.parse(`${address}/32`)._first;
      expect(_first <= value && value <= _last).toBe(list.check(address));
    }),
    RUNS,
  );
});

test('mutated text is read as a range only if Node.js accepts its address, and its prefix length is canonical', () => {
  const mutated = fc
    .tuple(
      fc.oneof(ipv4Range, ipv6Range),
      fc.nat(50),
      fc.constantFrom('', '0', '1', 'f', 'x', '.', ':', '/', '%', ' ', '::'),
    )
    .map(([text, at, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 1));
  fc.assert(
    fc.property(mutated, (text) => {
      const read = (() => {
        try {
          return Cidr.parse(text);
        } catch {
          return undefined;
        }
      })();
      if (!read) return;
      const [address, prefix] = text.split('/');
      expect(isIP(address)).toBe(read.family === AddressFamily.IPV4 ? 4 : 6);
      expect(prefix).toBe(String(read.prefixLength));
    }),
    CHEAP_RUNS,
  );
});

test('the two halves of a range are as wide as the range', () => {
  fc.assert(
    fc.property(ipv4Range, fc.array(ipv4Range, { maxLength: 4 }), (text, others) => {
      const whole = Cidr.parse(text);
      fc.pre(whole.prefixLength < 32);
      const half = whole.prefixLength + 1;
      const middle = whole._first + (1n << BigInt(32 - half));
      const address = [24n, 16n, 8n, 0n].map((shift) => (middle >> shift) & 255n).join('.');
      const halves = [Cidr.parse(`${text.split('/')[0]}/${half}`), Cidr.parse(`${address}/${half}`)];
      const rest = others.map((other) => Cidr.parse(other));
      const covers = (ranges: Cidr[]): boolean => areWorldWide(AddressFamily.IPV4, ranges);
      expect(covers([...halves, ...rest])).toBe(covers([whole, ...rest]));
    }),
    RUNS,
  );
});

test('needs a reason for the world, however it is split', () => {
  const cuts = fc.array(fc.nat(0xffff), { maxLength: 6 });
  fc.assert(
    fc.property(cuts, (points) => {
      const pieces = splitWorld(points);
      expect(() => Peer.cidr(...pieces)).toThrow('[world-without-reason]');
      expect(Peer.wide('a test', ...pieces).ipRanges).toHaveLength(pieces.length);
    }),
    RUNS,
  );
});

test('Terraform renders escaped text as it was given', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(rendered(literal(text))).toBe(text);
    }),
    RUNS,
  );
});

/** Splits a range into halves for each point. */
function splitWorld(points: readonly number[]): string[] {
  let pieces = ['0.0.0.0/0'];
  for (const point of points) {
    const index = point % pieces.length;
    const [address, prefix] = pieces[index].split('/');
    const half = Number(prefix) + 1;
    const first = Cidr.parse(`${address}/${half}`);
    const second = [24n, 16n, 8n, 0n].map((shift) => ((first._last + 1n) >> shift) & 255n).join('.');
    pieces = [...pieces.slice(0, index), String(first), `${second}/${half}`, ...pieces.slice(index + 1)];
  }
  return pieces;
}
