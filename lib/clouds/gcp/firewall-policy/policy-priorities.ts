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
  if (mayOverlap(base, block)) throw overlapRefusal(base, block, place);
}

/** Whether rules for hostnames, whose priorities begin at a base, may have a priority of the block. */
export function mayOverlap(base: number, { first, last }: GcpPriorityBlock = DEFAULT_BLOCK): boolean {
  return base + HOSTNAME_PRIORITIES - 1 >= first && last >= base;
}

/** Returns the error about an overlap. `rule` is the rule for hostnames if it is of a different object for the same policy. */
export function overlapRefusal(
  base: number,
  block: GcpPriorityBlock = DEFAULT_BLOCK,
  place: string,
  rule?: string,
): Error {
  const last = base + HOSTNAME_PRIORITIES - 1;
  const need = `priorities ${blockText(block)} must not contain those of the rules for hostnames, which are ${base} to ${last}`;
  const isFreeBefore = block.first >= DEFAULT_PRIORITY + HOSTNAME_PRIORITIES;
  const free = isFreeBefore ? DEFAULT_PRIORITY : block.last < LAST_BASE ? block.last + 1 : undefined;
  const of = rule === undefined ? '' : ` of rule ${rule}`;
  const fix = free === undefined ? undefined : `priority: ${free}`;
  return refusal(place, 'priorities-overlap', need, `priority: ${base}${of}`, fix);
}

/** How a policy gives priorities to rules. */
export interface PriorityChoice {
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

/** Returns what separates two rules that would have the same priority, for the error about them: the next priority of the block. */
export function collisionAdvice(
  name: string,
  priority: number,
  { priorities: block = DEFAULT_BLOCK }: PriorityChoice,
): string {
  // a block of one priority has room for one rule
  if (block.first === block.last) return `priorities: ${blockText(DEFAULT_BLOCK)}`;
  const next = priority < block.last ? priority + 1 : block.first;
  return `rulePriorities: [{ rule: ${shown(name)}, priority: ${next} }]`;
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
