import { createHash } from 'node:crypto';
import { checkProps, nearestName, type PropsForm, refusal, shown } from '../../../input';
import { DEFAULT_PRIORITY } from '../gcp-firewall-props';
import { LAST_BASE } from '../hostname-filter-props';

/**
 * The largest priority that Google's guide gives to rules of users, 0 to 2,147,483,547
 * (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details#priority). The API and the provider take numbers up to
 * 2147483647; the last four belong to rules that Google adds to every policy
 * (https://docs.cloud.google.com/firewall/docs/pre-defined-rules). Whether the API takes those between is not documented.
 */
const LAST_PRIORITY = 2_147_483_547;
const DEFAULT_BLOCK: GcpPriorityBlock = Object.freeze({ first: 100_000_000, last: 199_999_999 });
/** How many priorities the rules for hostnames take from their base: a port of tcp or udp is added. */
const HOSTNAME_PRIORITIES = 131_072;

/** The priorities of the rules that this library creates in a firewall policy. */
export interface GcpPriorityBlock {
  /** The smallest priority: a whole number from 0. */
  readonly first: number;
  /**
   * The largest priority: a whole number up to 2147483547, the last one that Google gives to rules of users
   * (https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details#priority).
   */
  readonly last: number;
}

/** The priority of one rule, given by hand. */
export interface GcpRulePriority {
  /** The name of the rule, such as `apinizer-data-stores-worker-to-mongodb`. */
  readonly rule: string;
  /** Its priority, in the block of `priorities`. */
  readonly priority: number;
}

const BLOCK_FORM: PropsForm<GcpPriorityBlock> = {
  needed: 'a first and a last priority',
  example: '{ first, last }',
  names: { first: true, last: true },
};

const RULE_FORM: PropsForm<GcpRulePriority> = {
  needed: 'a rule and its priority',
  example: '{ rule, priority }',
  names: { rule: true, priority: true },
};

/** Returns a copy of a block. Throws unless its priorities exist and ascend. */
export function checkedBlock(priorities: GcpPriorityBlock | undefined, place: string): GcpPriorityBlock | undefined {
  if (priorities === undefined) return undefined;
  checkProps(priorities, BLOCK_FORM, `${place}, priorities`);
  const { first, last } = priorities;
  const outside = [first, last].find((end) => !Number.isInteger(end) || end < 0 || end > LAST_PRIORITY);
  if (outside !== undefined || !Number.isInteger(first) || !Number.isInteger(last)) {
    const need = `priorities must be whole numbers from 0 to ${LAST_PRIORITY}`;
    throw refusal(place, 'priority-invalid', need, shown(outside), `priorities: ${blockText(DEFAULT_BLOCK)}`);
  }
  if (first > last) {
    const need = 'priorities must ascend';
    throw refusal(
      place,
      'priority-invalid',
      need,
      blockText(priorities),
      `priorities: ${blockText({ first: last, last: first })}`,
    );
  }
  return Object.freeze({ first, last });
}

/** Returns a copy of the priorities given by hand. Throws unless each is in the block and each rule has only one. */
export function checkedRulePriorities(
  given: GcpRulePriority[] | undefined,
  block: GcpPriorityBlock = DEFAULT_BLOCK,
  place: string,
): readonly GcpRulePriority[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    throw refusal(
      place,
      'rule-priorities-invalid',
      'rulePriorities must be a list',
      shown(given),
      '[{ rule, priority }]',
    );
  }
  const taken = new Map<string | number, string>();
  return given.map((one) => {
    checkProps(one, RULE_FORM, `${place}, rulePriorities`);
    const { rule, priority } = one;
    if (typeof rule !== 'string' || rule === '') {
      throw refusal(place, 'rule-priorities-invalid', 'rule must be the name of a rule', shown(rule));
    }
    if (!Number.isInteger(priority) || priority < block.first || priority > block.last) {
      const need = `the priority of rule ${rule} must be a whole number from ${block.first} to ${block.last}, the block of priorities`;
      throw refusal(place, 'priority-outside-block', need, shown(priority), `priority: ${block.first}`);
    }
    const twice = taken.get(rule) ?? taken.get(priority);
    if (twice !== undefined) {
      const need = 'each rule must have one priority, and each priority one rule';
      throw refusal(place, 'rule-priorities-invalid', need, `${twice} and ${rule} ${priority}`);
    }
    taken.set(rule, `${rule} ${priority}`).set(priority, `${rule} ${priority}`);
    return Object.freeze({ rule, priority });
  });
}

/** Throws if rules for hostnames, whose priorities begin at a base, may have a priority of the block. */
export function checkNoOverlap(base: number, block: GcpPriorityBlock = DEFAULT_BLOCK, place: string): void {
  if (mayOverlap(base, block)) throw overlapRefusal({ base, block, place, free: freeBase([block], []) });
}

/** Whether rules for hostnames, whose priorities begin at a base, may have a priority of the block. */
export function mayOverlap(base: number, { first, last }: GcpPriorityBlock = DEFAULT_BLOCK): boolean {
  return lastOf(base) >= first && last >= base;
}

function lastOf(base: number): number {
  return base + HOSTNAME_PRIORITIES - 1;
}

/**
 * Returns a base for rules for hostnames that overlaps none of the blocks, and whose priorities no other rule known to the app has. Returns
 * nothing if there is none.
 */
export function freeBase(
  blocks: readonly (GcpPriorityBlock | undefined)[],
  taken: readonly number[],
): number | undefined {
  const all = blocks.map((block = DEFAULT_BLOCK) => block);
  const after = [...all.map(({ last }) => last), ...taken].sort((a, b) => a - b).map((last) => last + 1);
  const isFree = (base: number): boolean =>
    base <= LAST_BASE &&
    !all.some((block) => mayOverlap(base, block)) &&
    !taken.some((priority) => priority >= base && priority <= lastOf(base));
  return [DEFAULT_PRIORITY, ...after].find(isFree);
}

/** Rules for hostnames and a block that overlap. */
interface Overlap {
  readonly base: number;
  readonly block?: GcpPriorityBlock;
  readonly place: string;
  /** The rule for hostnames if it is of a different object for the same policy. */
  readonly rule?: string;
  /** A base that overlaps nothing. */
  readonly free: number | undefined;
}

/** Returns the error about an overlap. */
export function overlapRefusal({ base, block = DEFAULT_BLOCK, place, rule, free }: Overlap): Error {
  const need = `priorities ${blockText(block)} must not contain those of the rules for hostnames, which are ${base} to ${lastOf(base)}`;
  const of = rule === undefined ? '' : ` of rule ${rule}`;
  const fix = free === undefined ? undefined : `priority: ${free}`;
  return refusal(place, 'priorities-overlap', need, `priority: ${base}${of}`, fix);
}

/** How a policy gives priorities to rules. */
export interface PriorityChoice {
  /** The first priority of rules for hostnames. */
  readonly priority?: number;
  readonly priorities?: GcpPriorityBlock;
  readonly rulePriorities: readonly GcpRulePriority[];
}

/**
 * Returns the priority of a rule: one given by hand, or else one that comes only from the name of the rule, so that a new rule moves no
 * other. The form of the hash must never change (docs/decisions/0022-priorities-from-content.md).
 */
export function priorityOfRule(name: string, { priorities = DEFAULT_BLOCK, rulePriorities }: PriorityChoice): number {
  const given = rulePriorities.find(({ rule }) => rule === name);
  if (given !== undefined) return given.priority;
  const { first, last } = priorities;
  const hash = createHash('sha256').update(name).digest().readBigUInt64BE(0);
  return first + Number(hash % BigInt(last - first + 1));
}

/** Whether a rule known to the app has a priority in the same policy. */
export type IsTaken = (priority: number) => boolean;

/**
 * Returns what separates two rules that would have the same priority, for the error about them: the next priority of the block that no rule
 * known to the app has, or a larger block if there is none.
 */
export function collisionAdvice(name: string, priority: number, choice: PriorityChoice, isTaken: IsTaken): string {
  const { priorities: block = DEFAULT_BLOCK, rulePriorities } = choice;
  const others = rulePriorities.filter(({ rule }) => rule !== name);
  const isGiven = (one: number): boolean => others.some((other) => other.priority === one);
  const size = block.last - block.first + 1;
  for (let step = 1; step < size; step++) {
    const free = block.first + ((priority - block.first + step) % size);
    if (isTaken(free) || isGiven(free)) continue;
    const all = [...others, { rule: name, priority: free }];
    return `rulePriorities: [${all.map((one) => `{ rule: ${shown(one.rule)}, priority: ${one.priority} }`).join(', ')}]`;
  }
  return `priorities: ${blockText(largerBlock(block, name, choice, isTaken))}`;
}

/** Returns a block with room for more rules, in which those with a priority given by hand keep it. */
function largerBlock(
  block: GcpPriorityBlock,
  name: string,
  choice: PriorityChoice,
  isTaken: IsTaken,
): GcpPriorityBlock {
  const { priority: base = DEFAULT_PRIORITY, rulePriorities } = choice;
  const more = DEFAULT_BLOCK.last - DEFAULT_BLOCK.first + 1;
  const candidates = [
    DEFAULT_BLOCK,
    { first: DEFAULT_BLOCK.last + 1, last: DEFAULT_BLOCK.last + more },
    { first: block.first, last: Math.min(block.last + more, LAST_PRIORITY) },
    { first: Math.max(block.first - more, 0), last: block.last },
  ];
  const isRoom = (one: GcpPriorityBlock): boolean =>
    !mayOverlap(base, one) &&
    rulePriorities.every(({ priority }) => priority >= one.first && priority <= one.last) &&
    !isTaken(priorityOfRule(name, { ...choice, priorities: one }));
  return candidates.find(isRoom) ?? DEFAULT_BLOCK;
}

/** Throws if a priority is given to a rule that does not exist. */
export function checkRulesExist({ rulePriorities }: PriorityChoice, names: ReadonlySet<string>, place: string): void {
  const unknown = rulePriorities.find(({ rule }) => !names.has(rule));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown.rule, [...names]);
  const need = `rulePriorities must name rules of this policy (${[...names].sort().join(', ')})`;
  throw refusal(place, 'rule-unknown', need, shown(unknown.rule), nearest && shown(nearest));
}

function blockText({ first, last }: GcpPriorityBlock): string {
  return `{ first: ${first}, last: ${last} }`;
}
