import type { Expressions, LoopValues } from './expressions';
import type { JsonObject } from './terraform-json';
import { isUnknown, UnknownValue } from './unknown-value';

/** One of the instances of a resource, or what is known about the instances that only Terraform knows. */
export interface LoopInstance {
  /** The instance key in the Terraform address; empty without a loop, or if the member is not known. */
  readonly key: string;
  readonly attribute: (name: string) => unknown;
}

/** A loop that only Terraform can evaluate. */
interface UnreadLoop {
  readonly loop: 'for_each' | 'count' | 'dynamic';
  /** What all instances, or all blocks, have in common. */
  readonly common: LoopInstance;
}

/** The instances of a resource that are known, and the loops over values that are not. */
interface Loop {
  readonly instances: readonly LoopInstance[];
  readonly unread: readonly UnreadLoop[];
}

/** The expressions of a configuration, at a place. */
interface Evaluator {
  readonly expressions: Expressions;
  readonly place: string;
}

/** More instances or blocks than any configuration has. */
const MAX_MEMBERS = 10_000;
/** Types of which the blocks that are written out permit something without those of a loop. */
const WITH_OWN_BLOCKS = ['aws_security_group', 'aws_default_security_group'];

/** Returns the instances of a resource with `count`, `for_each` or dynamic blocks. */
export function loopInstances(type: string, body: JsonObject, at: Evaluator): Loop {
  const own = isGiven(body.count) ? undefined : isGiven(body.dynamic) ? dynamicList(body, at) : loopOverList(body, at);
  if (own !== undefined) return { instances: own, unread: [] };
  const members = instanceMembers(body, at);
  if (members === undefined) {
    const loop = isGiven(body.for_each) ? 'for_each' : 'count';
    const { found, missing } = expanded(type, body, { ...at, expressions: at.expressions.within(OF_NO_INSTANCE) });
    const common = { key: '', attribute: found.attribute };
    return { instances: [], unread: [{ loop, common }, ...unreadBlocks('', missing)] };
  }
  const all = members.map(({ key, values }) => {
    const one = expanded(type, body, values === undefined ? at : { ...at, expressions: at.expressions.within(values) });
    return { key, ...one };
  });
  return {
    instances: all.filter(({ found }) => found.isReadable).map(({ key, found: { attribute } }) => ({ key, attribute })),
    unread: all.flatMap(({ key, missing }) => unreadBlocks(key, missing)),
  };
}

function unreadBlocks(key: string, attribute: LoopInstance['attribute'] | undefined): UnreadLoop[] {
  return attribute === undefined ? [] : [{ loop: 'dynamic', common: { key, attribute } }];
}

/** The values of a loop in one of its instances. */
interface Member {
  readonly key: string;
  readonly values?: LoopValues;
}

const differs = (name: string): UnknownValue =>
  new UnknownValue(undefined, `${name}, which has a different value for every instance`);
const OF_NO_INSTANCE: LoopValues = {
  each: { key: differs('each.key'), value: differs('each.value') },
  count: { index: differs('count.index') },
};

/** Returns the instances of a resource; nothing if only Terraform knows them. */
function instanceMembers(body: JsonObject, { expressions, place }: Evaluator): Member[] | undefined {
  const { count, for_each: forEach } = body;
  if (isGiven(count)) {
    const given = expressions.evaluate(count, place);
    const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
    if (!Number.isSafeInteger(number) || (number as number) < 0 || (number as number) > MAX_MEMBERS) return undefined;
    return Array.from({ length: number as number }, (_, index) => ({
      key: `[${index}]`,
      values: { count: { index } },
    }));
  }
  if (!isGiven(forEach)) return [{ key: '' }];
  // Terraform accepts a set of texts, which JSON has no literal for, or an object
  const members = Array.isArray(forEach) ? undefined : entriesOf(expressions.evaluate(forEach, place));
  if (!members?.every(({ key, value }) => key !== undefined || typeof value === 'string')) return undefined;
  const byKey = new Map(members.map(({ key, value }) => [key ?? (value as string), value]));
  return [...byKey].map(([key, value]) => ({ key: `[${JSON.stringify(key)}]`, values: { each: { key, value } } }));
}

/** A member of what a loop goes over; without a key, if it is a list or a set. */
interface Entry {
  readonly key?: string;
  readonly value: unknown;
}

/** Returns the members of a list or an object; nothing if they are not known. */
function entriesOf(value: unknown): Entry[] | undefined {
  if (isUnknown(value) || typeof value !== 'object' || value === null) return undefined;
  const members: Entry[] = Array.isArray(value)
    ? value.map((member: unknown) => ({ value: member }))
    : Object.entries(value).map(([key, member]) => ({ key, value: member as unknown }));
  const isKnown =
    members.length <= MAX_MEMBERS && !members.some((one) => isUnknown(one.value) && one.key === undefined);
  return isKnown ? members : undefined;
}

/** The attributes of an instance with its dynamic blocks. */
interface Expanded {
  readonly found: { readonly isReadable: boolean; readonly attribute: LoopInstance['attribute'] };
  /** The attributes with only the dynamic blocks that only Terraform can evaluate, if there are any. */
  readonly missing: LoopInstance['attribute'] | undefined;
}

function expanded(type: string, body: JsonObject, { expressions, place }: Evaluator): Expanded {
  const attribute = (name: string): unknown =>
    body[name] === undefined ? undefined : expressions.evaluate(body[name], place);
  const [blocks, unread] = [new Map<string, unknown[]>(), new Map<string, unknown[]>()];
  for (const [label, block] of dynamicBlocks(body.dynamic)) {
    const made = block === undefined ? undefined : blocksOf(label, block, { expressions, place });
    if (made !== undefined) blocks.set(label, [...(blocks.get(label) ?? []), ...made]);
    else {
      const value = block === undefined ? differs(label) : contentOf(label, block, { expressions, place });
      unread.set(label, [...(unread.get(label) ?? []), value]);
    }
  }
  const missing = (name: string): unknown => unread.get(name) ?? (isBlock(body[name]) ? undefined : attribute(name));
  const withBlocks = (name: string): unknown => {
    const made = blocks.get(name);
    const written = attribute(name);
    if (made === undefined || isUnknown(written)) return written;
    return [...(isGiven(written) ? [written].flat() : []), ...made];
  };
  return {
    found: { isReadable: unread.size === 0 || WITH_OWN_BLOCKS.includes(type), attribute: withBlocks },
    missing: unread.size === 0 ? undefined : missing,
  };
}

/** Whether a value has the form of nested blocks. */
function isBlock(value: unknown): boolean {
  return [value].flat().some((member) => typeof member === 'object' && member !== null);
}

/** Returns the dynamic blocks of a resource with their names; nothing in place of one that is not a block. */
function dynamicBlocks(dynamic: unknown): (readonly [string, JsonObject | undefined])[] {
  if (!isGiven(dynamic)) return [];
  return [dynamic].flat().flatMap((part: unknown) =>
    isObject(part)
      ? Object.entries(part)
          .filter(([label]) => label !== '//')
          .flatMap(([label, given]) =>
            [given].flat().map((block: unknown) => [label, isObject(block) ? block : undefined] as const),
          )
      : [['dynamic', undefined] as const],
  );
}

/** Returns the blocks that a dynamic block makes; nothing if only Terraform knows them. */
function blocksOf(label: string, block: JsonObject, at: Evaluator): unknown[] | undefined {
  const members = entriesOf(at.expressions.evaluate(block.for_each, at.place));
  const content = contentIn(block);
  if (members === undefined || content === undefined) return undefined;
  const iterator = iteratorOf(label, block);
  // a list has numbers as its keys, a set its members; whether an expression is one or the other is not known
  const keyOf = (value: unknown, index: number): unknown => {
    if (Array.isArray(block.for_each)) return index;
    return String(block.for_each).startsWith('${toset(') ? value : differs(`${iterator}.key`);
  };
  return members.map(({ key, value }, index) =>
    at.expressions.within({ [iterator]: { key: key ?? keyOf(value, index), value } }).evaluate(content, at.place),
  );
}

/** Returns what all blocks of a dynamic block have in common. */
function contentOf(label: string, block: JsonObject, { expressions, place }: Evaluator): unknown {
  const content = contentIn(block);
  if (content === undefined) return differs(label);
  const iterator = iteratorOf(label, block);
  const values = { key: differs(`${iterator}.key`), value: differs(`${iterator}.value`) };
  return expressions.within({ [iterator]: values }).evaluate(content, place);
}

function iteratorOf(label: string, { iterator }: JsonObject): string {
  return typeof iterator === 'string' ? iterator : label;
}

/** Returns the content of a dynamic block; nothing if it has dynamic blocks itself. */
function contentIn({ content }: JsonObject): JsonObject | undefined {
  const [only, ...others] = Array.isArray(content) ? (content as readonly unknown[]) : [content];
  return isObject(only) && others.length === 0 && !isGiven(only.dynamic) ? only : undefined;
}

/** The value of the current member of a loop. */
const EACH = '${each.value}';
const EACH_RANGE = /^\$\{toset\(\(length\((.+)\) >= 1\) \? tolist\(\1\) : \[""\]\)\}$/;

/**
 * Returns the instances of a resource with the loop that this library writes over a list of IP ranges that must not be empty; a list
 * that is not known has one instance. Returns nothing for any other loop.
 */
function loopOverList(body: JsonObject, at: Evaluator): LoopInstance[] | undefined {
  const { for_each: forEach } = body;
  const [, list] = typeof forEach === 'string' ? (EACH_RANGE.exec(forEach) ?? []) : [];
  const members = list === undefined ? undefined : rangesIn(at.expressions.evaluate(`\${${list}}`, at.place));
  if (members === undefined || members.length === 0) return undefined;
  return members.map((member) => ({
    key: typeof member === 'string' ? `[${JSON.stringify(member)}]` : '',
    attribute: (name) => (body[name] === EACH ? member : at.expressions.evaluate(body[name], at.place)),
  }));
}

/** Returns a prefix list with a dynamic block of entries that have only a range. Some of the ranges may not be known. */
function dynamicList(body: JsonObject, at: Evaluator): LoopInstance[] | undefined {
  if (isGiven(body.for_each) || !isObject(body.dynamic)) return undefined;
  const { entry, ...otherBlocks } = body.dynamic;
  if (!isObject(entry) || Object.keys(otherBlocks).length > 0 || isGiven(body.entry) || entry.iterator !== 'each') {
    return undefined;
  }
  const { cidr, ...rest } = (entry.content ?? {}) as JsonObject;
  const members = rangesIn(at.expressions.evaluate(entry.for_each, at.place));
  if (members === undefined || cidr !== EACH || Object.values(rest).some(isGiven)) return undefined;
  const entries = members.map((member) => ({ cidr: member }));
  const attribute = (name: string): unknown =>
    name === 'entry' ? entries : at.expressions.evaluate(body[name], at.place);
  return [{ key: '', attribute }];
}

/** Returns each member once, as a loop of Terraform does; a list that is not known is one unknown member. */
function rangesIn(list: unknown): unknown[] | undefined {
  if (isUnknown(list)) return list.expression === undefined ? undefined : [list];
  if (!Array.isArray(list) || !list.every((member) => typeof member === 'string' || isUnknown(member))) {
    return undefined;
  }
  return [...new Set<unknown>(list)];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
