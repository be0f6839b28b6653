import type * as Levenshtein from 'fastest-levenshtein';
import type { ErrorCode } from './error-code';
import { refusal, shown } from './refusal';

/** The enum whose members a prop accepts, for errors. */
interface EnumProp {
  readonly members: Readonly<Record<string, string>>;
  /** The name of the enum: `FlannelBackend`. */
  readonly name: string;
  readonly prop: string;
  readonly code: ErrorCode;
}

/** Throws unless `value` is a member of an enum. Suggests a member only if the text can mean no other. */
export function checkMember(value: unknown, { members, name, prop, code }: EnumProp, place: string): void {
  if (Object.values(members).includes(value as string)) return;
  const calls = Object.keys(members).map((member) => `${name}.${member}`);
  const meant = meantMember(value, members);
  const need = `${prop} must be ${calls.slice(0, -1).join(', ')} or ${calls.at(-1)}`;
  throw refusal(place, code, need, shown(value), meant && `${name}.${meant}`);
}

/** Returns the member whose name or value a text spells differently or misspells, if there is only one. */
function meantMember(value: unknown, members: Readonly<Record<string, string>>): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = folded(value);
  const entries = Object.entries(members).map(([member, text]) => ({ member, spellings: [member, text].map(folded) }));
  const same = entries.find(({ spellings }) => spellings.includes(text));
  if (same !== undefined) return same.member;
  const near = entries.filter(({ spellings }) => spellings.some((spelling) => isMisspelling(text, spelling)));
  return near.length === 1 ? near[0].member : undefined;
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[-_ ]/g, '');
}

/** Members are short words that mean different things, such as `tcp` and `udp`: stricter than `nearestName`. */
function isMisspelling(text: string, spelling: string): boolean {
  // loaded on first use, because only errors need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { distance } = require('fastest-levenshtein') as typeof Levenshtein;
  return distance(text, spelling) <= Math.min(2, Math.floor(spelling.length / 3));
}
