import { shown } from '../../input';
import { AddressFamily } from '../../net';
import type { NotEvaluated } from '../configuration';
import { ANY_MACHINE, type EndName, type NameKind, type Rule, type RulePeer } from '../rule';
import { boundsOf, FAMILIES, parseAddress, parseRange, type Point, WHOLE } from '../sets';
import { type Block, isUnknown, type UnknownValue, Unreadable, unreadable } from '../terraform';

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

/** Reads a block. A block that contradicts itself is listed as not evaluated. */
export function readable(block: Block, read: () => readonly ReadResult[]): readonly ReadResult[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return [{ rules: [], notEvaluated: [blockNotEvaluated(block, error.reason)] }];
  }
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
  if (ranges.length === 1 && !isUnknown(ranges[0])) return oneRange(name, ranges[0], allowed);
  const points = new Map<AddressFamily, Point[]>();
  const unknownByName = new Map<EndName, UnknownValue>();
  for (const range of ranges) {
    if (isUnknown(range)) {
      unknownByName.set(nameOf(range, block, name), range);
      continue;
    }
    const { family, bounds } = checkedRange(name, range, allowed);
    const known = points.get(family);
    if (known) known.push(...bounds);
    else points.set(family, [...bounds]);
  }
  const peers = [...points].map(
    ([family, pairs]) => ({ name: ANY_MACHINE, family, addresses: boundsOf(pairs) }) as const,
  );
  return {
    peers: [...peers, ...[...unknownByName.keys()].flatMap((unknown) => unknownPeers(unknown, allowed))],
    notEvaluated: [...unknownByName.values()].map((value) => ({
      ...attributeNotEvaluated(block, name, value),
      comparedAs: comparedAs(value, block, name),
      farEnd: nameOf(value, block, name),
    })),
  };
}

/** Most rules have one range. */
function oneRange(name: string, range: string, allowed: readonly AddressFamily[]): Peers {
  const { family, bounds } = checkedRange(name, range, allowed);
  return { peers: [{ name: ANY_MACHINE, family, addresses: boundsOf(bounds) }], notEvaluated: NOTHING_MISSING };
}

const NOTHING_MISSING: readonly NotEvaluated[] = [];

/** Two unknown values can be compared by their expression only if the expression is the whole value. */
function comparedAs(value: UnknownValue, block: Block, name: string): EndName | undefined {
  return value.extent === 'whole' && value.expression !== undefined ? nameOf(value, block, name) : undefined;
}

/** Returns the expression of an unknown value, else the place where it is used. */
function nameOf({ expression }: UnknownValue, { address }: Block, name: string): EndName {
  return `unknown:${expression ?? `${name} of ${address}`}`;
}

function unknownPeers(name: EndName, families: readonly AddressFamily[]): RulePeer[] {
  return families.map((family) => ({ name, family, addresses: WHOLE[family] }));
}

/** Returns the machines that an unknown value selects. Two values that are not known never select the same machines. */
export function unknownMachines(kind: NameKind, { among }: UnknownValue, { address }: Block, name: string): EndName {
  return `${kind}:${among === undefined ? `${name} of ${address}` : `one of ${among}`}`;
}

function checkedRange(
  name: string,
  text: string,
  allowed: readonly AddressFamily[],
): { family: AddressFamily; bounds: readonly Point[] } {
  // Google stores an IP address without a prefix length as it was given
  const isAddress = name.endsWith('_ranges') && parseAddress(text) !== undefined;
  const range = parseRange(isAddress ? `${text}/${text.includes(':') ? 128 : 32}` : text);
  const family = 'problem' in range ? parseAddress(text.split('/')[0])?.family : range.family;
  if (family !== undefined && !allowed.includes(family)) {
    const needed = family === AddressFamily.IPV4 ? 'IPv6' : 'IPv4';
    throw unreadable(`${name} accepts only ${needed} ranges`, shown(text));
  }
  if (!('problem' in range)) return range;
  throw unreadable(`${name} ${range.problem}`, shown(text));
}
