import { isUnknown } from './unknown-value';

type Json = Readonly<Record<string, unknown>>;

/** Evaluates a value of the configuration. */
type Evaluate = (value: unknown) => unknown;

/** The value of a loop where it stands for one of its members. */
const EACH = '${each.value}';
const EACH_RANGE = /^\$\{toset\(\(length\((.+)\) >= 1\) \? tolist\(\1\) : \[""\]\)\}$/;

/** One of the resources that a body makes. */
export interface LoopInstance {
  /** What follows the address of the resource; nothing where the member is not known. */
  readonly key: string;
  readonly attribute: (name: string) => unknown;
}

/**
 * The resources that a body makes, where it has one of the loops that this library writes: over a list of ranges, of which an
 * empty one fails in Terraform. Nothing where it has another loop.
 */
export function loopInstances(body: Json, evaluate: Evaluate): LoopInstance[] | undefined {
  const { for_each: forEach, dynamic } = body;
  if (given(body.count) || (given(forEach) && given(dynamic))) return undefined;
  if (given(dynamic)) return dynamicInstance(body, evaluate);
  if (!given(forEach)) return [plainInstance(body, evaluate)];
  const [, list] = typeof forEach === 'string' ? (EACH_RANGE.exec(forEach) ?? []) : [];
  const members = list === undefined ? undefined : membersOf(evaluate(`\${${list}}`));
  if (members === undefined || members.length === 0) return undefined;
  return members.map((member) => ({
    key: typeof member === 'string' ? `[${JSON.stringify(member)}]` : '',
    attribute: (name) => (body[name] === EACH ? member : evaluate(body[name])),
  }));
}

/** The one resource of a body without a loop. */
export function plainInstance(body: Json, evaluate: Evaluate): LoopInstance {
  return { key: '', attribute: (name) => evaluate(body[name]) };
}

/** The entries of a prefix list: each is one member, and nothing else. */
function dynamicInstance(body: Json, evaluate: Evaluate): LoopInstance[] | undefined {
  const { entry, ...others } = body.dynamic as { entry?: Json };
  if (!entry || Object.keys(others).length > 0 || given(body.entry) || entry.iterator !== 'each') return undefined;
  const { cidr, ...rest } = (entry.content ?? {}) as Json;
  const members = membersOf(evaluate(entry.for_each));
  if (members === undefined || cidr !== EACH || Object.values(rest).some(given)) return undefined;
  const entries = members.map((member) => ({ cidr: member }));
  return [{ key: '', attribute: (name) => (name === 'entry' ? entries : evaluate(body[name])) }];
}

/** Each once, as Terraform loops; a list that is not known stands for its members. */
function membersOf(list: unknown): unknown[] | undefined {
  if (isUnknown(list)) return list.expression === undefined ? undefined : [list];
  if (!Array.isArray(list) || !list.every((member) => typeof member === 'string' || isUnknown(member))) {
    return undefined;
  }
  return [...new Set<unknown>(list)];
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}
