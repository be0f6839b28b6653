import { refusal, shown } from '../../input';
import { AddressFamily } from '../../net';
import type { NotEvaluated } from '../configuration';
import { ANY_MACHINE, type EndName, type Rule, type RulePeer } from '../rule';
import { boundsOf, FAMILIES, parseAddress, parseRange, type Point, WHOLE } from '../sets';
import { type Block, isUnknown, type UnknownValue } from '../terraform';

/** The rules that were read from a part of a configuration, with what could not be evaluated. */
export interface ReadResult {
  readonly rules: readonly Rule[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** No rules, and nothing that could not be evaluated. */
export const NO_RULES: ReadResult = { rules: [], notEvaluated: [] };

/** Reports that a block could not be evaluated because an attribute is not known. */
export function attributeNotEvaluated({ address, file }: Block, name: string, { reason }: UnknownValue): NotEvaluated {
  return { file, address, reason: `${name} is ${reason}` };
}

/** Reports that a block could not be evaluated. */
export function blockNotEvaluated({ address, file }: Block, reason: string): NotEvaluated {
  return { file, address, reason };
}

/** Joins results into one. */
export function joinedResults(results: Iterable<ReadResult>): ReadResult {
  const [rules, notEvaluated]: [Rule[], NotEvaluated[]] = [[], []];
  for (const result of results) {
    result.rules.forEach((rule) => rules.push(rule)); // spread arguments would overflow the stack for 100,000 rules
    result.notEvaluated.forEach((one) => notEvaluated.push(one));
  }
  return { rules, notEvaluated };
}

/** Far ends of a rule, with what could not be evaluated. */
export interface Peers {
  readonly peers: readonly RulePeer[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** No far ends. */
export const NO_PEERS: Peers = { peers: [], notEvaluated: [] };

/** Joins several sets of far ends into one. */
export function joinedPeers(parts: readonly Peers[]): Peers {
  const some = parts.filter(({ peers, notEvaluated }) => peers.length + notEvaluated.length > 0);
  if (some.length <= 1) return some[0] ?? NO_PEERS;
  return { peers: some.flatMap(({ peers }) => peers), notEvaluated: some.flatMap(({ notEvaluated }) => notEvaluated) };
}

/** Returns the machines with a name as far ends of a rule: one for each address family, with any IP address. */
export function namedPeers(name: EndName): RulePeer[] {
  return FAMILIES.map((family) => ({ name, family, addresses: WHOLE[family] }));
}

/** Reads the IP ranges of an attribute: known ranges as IP addresses, the rest by the expressions that refer to them. */
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
    notEvaluated: unknown.map((value) => ({
      ...attributeNotEvaluated(block, name, value),
      comparedAs: comparedAs(value),
    })),
  };
}

/** Two unknown values can be compared by their expression only if the expression is the whole value. */
function comparedAs(value: UnknownValue): EndName | undefined {
  return value.extent === 'whole' ? nameOf(value) : undefined;
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
  const family = 'problem' in range ? parseAddress(text.split('/')[0])?.family : range.family;
  if (family !== undefined && !allowed.includes(family)) {
    const needed = family === AddressFamily.IPV4 ? 'IPv6' : 'IPv4';
    throw refusal(block.place, 'range-family-mismatch', `${name} accepts only ${needed} ranges`, shown(text));
  }
  if (!('problem' in range)) return range;
  throw refusal(block.place, range.code, `${name} ${range.problem}`, shown(text), range.fix && shown(range.fix));
}
