import { AddressFamily } from '../model/address-family';
import { refusal, shown } from '../model/refusal';
import { FAMILIES, parseRange, WHOLE } from './address-space';
import type { Block } from './block';
import { boundsOf, type Point } from './bounds';
import type { NotEvaluated } from './configuration';
import { unreadAttribute } from './findings';
import { ANY_MACHINE, type EndName } from './names';
import type { RulePeer } from './rule';
import { isUnknown, type UnknownValue } from './unknown-value';

/** Far ends, with what of them could not be evaluated. */
export interface Peers {
  readonly peers: readonly RulePeer[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** No far end. */
export const NO_PEERS: Peers = { peers: [], notEvaluated: [] };

/** Far ends as one. */
export function allPeers(parts: readonly Peers[]): Peers {
  const some = parts.filter(({ peers, notEvaluated }) => peers.length + notEvaluated.length > 0);
  if (some.length <= 1) return some[0] ?? NO_PEERS;
  return { peers: some.flatMap(({ peers }) => peers), notEvaluated: some.flatMap(({ notEvaluated }) => notEvaluated) };
}

/** A far end of a name, wherever its addresses are. */
export function namedPeers(name: EndName): RulePeer[] {
  return FAMILIES.map((family) => ({ name, family, addresses: WHOLE[family] }));
}

/** Reads ranges of an attribute: known ones as sets of addresses, others by the expression that refers to them. */
export function rangePeers(
  block: Block,
  name: string,
  ranges: readonly (string | UnknownValue)[],
  allowed: readonly AddressFamily[],
): Peers {
  if (ranges.length === 0) return NO_PEERS;
  const points = new Map<AddressFamily, Point[]>();
  const unknown: UnknownValue[] = [];
  for (const range of ranges) {
    if (isUnknown(range)) {
      unknown.push(range);
      continue;
    }
    const { family, bounds } = checkedRange(block, name, range, allowed);
    const known = points.get(family);
    if (known) known.push(...bounds);
    else points.set(family, [...bounds]);
  }
  const peers = [...points].map(
    ([family, pairs]) => ({ name: ANY_MACHINE, family, addresses: boundsOf(pairs) }) as const,
  );
  return {
    peers: [...peers, ...unknown.flatMap((value) => unknownPeers(value, allowed))],
    notEvaluated: unknown.map((value) => ({ ...unreadAttribute(block, name, value), comparedAs: comparedAs(value) })),
  };
}

/** By its name alone where that says all of the value. */
function comparedAs(value: UnknownValue): EndName | undefined {
  return value.refersTo === 'the whole' ? nameOf(value) : undefined;
}

function nameOf({ expression }: UnknownValue): EndName | undefined {
  return expression === undefined ? undefined : `unknown:${expression}`;
}

function unknownPeers(value: UnknownValue, families: readonly AddressFamily[]): RulePeer[] {
  const name = nameOf(value);
  if (name === undefined) return [];
  return families.map((family) => ({ name, family, addresses: WHOLE[family] }));
}

function checkedRange(
  block: Block,
  name: string,
  text: string,
  allowed: readonly AddressFamily[],
): { family: AddressFamily; bounds: readonly Point[] } {
  const range = parseRange(text);
  if ('problem' in range) {
    throw refusal(block.place, `${name} ${range.problem}`, shown(text), range.fix && shown(range.fix));
  }
  if (!allowed.includes(range.family)) {
    const wanted = range.family === AddressFamily.IPV4 ? 'IPv6' : 'IPv4';
    throw refusal(block.place, `${name} must be ${wanted} ranges`, shown(text));
  }
  return range;
}
