import { createHash } from 'node:crypto';
import { JsonPart } from '../../input';
import type { Finding } from './finding';
import { stableAddress } from './finding';
import { LEVELS, type FindingLevel } from './finding-codes';

/** What identifies a finding: neither the order of findings nor the place of a file is part of it. */
interface Identity {
  readonly code: string;
  /** The name of the stack, if it has one. */
  readonly stack?: string;
  readonly address: string;
  /** What it is about, if the address does not say it. */
  readonly about?: string;
}

/** A finding with what identifies it. */
export interface IdentifiedFinding extends Finding {
  readonly identity: Identity;
  /** A hash of the identity: 32 hexadecimal digits. */
  readonly fingerprint: string;
}

/** A finding that a baseline accepts. */
interface Accepted extends Identity {
  /** A finding that becomes more serious is new. */
  readonly level: FindingLevel;
  /** Why it is accepted, for the reader. */
  readonly reason?: string;
}

const VERSION = 1;
const FINGERPRINT_LENGTH = 32;

/** Adds to each finding what identifies it. `stackOf` returns the name of the stack in a file. */
export function identified(
  findings: readonly Finding[],
  stackOf: (file: string) => string | undefined,
): IdentifiedFinding[] {
  return findings.map((finding) => {
    const { code, address, subject, file } = finding;
    const stack = stackOf(file);
    const identity = {
      code,
      ...(stack !== undefined && { stack }),
      address: withoutStack(stableAddress(address), stack),
      ...(subject !== '' && { about: withoutStack(subject, stack) }),
    };
    const fingerprint = createHash('sha256').update(keyOf(identity)).digest('hex').slice(0, FINGERPRINT_LENGTH);
    return { ...finding, identity, fingerprint };
  });
}

/** Removes the name of the stack from names of groups, which have it only if several stacks are read together. */
function withoutStack(text: string, stack: string | undefined): string {
  return stack === undefined ? text : text.replaceAll(`:${stack}/`, ':');
}

function keyOf({ code, stack = '', address, about = '' }: Identity): string {
  return JSON.stringify([code, stack, address, about]);
}

/** The findings that a baseline does not accept, and what else is different. */
interface Comparison {
  readonly fresh: readonly IdentifiedFinding[];
  /** How many findings the baseline accepts. */
  readonly accepted: number;
  /** What the baseline accepts and what is no longer there. */
  readonly gone: readonly Accepted[];
}

/** Compares findings with a baseline. Each entry accepts one finding that is not more serious. */
export function compareWithBaseline(findings: readonly IdentifiedFinding[], baseline: readonly Accepted[]): Comparison {
  const left = new Map<string, Accepted[]>();
  for (const entry of baseline) left.set(keyOf(entry), [...(left.get(keyOf(entry)) ?? []), entry]);
  const fresh = findings.filter(({ identity, level }) => {
    const entries = left.get(keyOf(identity)) ?? [];
    const at = entries.findIndex((entry) => LEVELS.indexOf(entry.level) <= LEVELS.indexOf(level));
    if (at >= 0) entries.splice(at, 1);
    return at < 0;
  });
  return { fresh, accepted: findings.length - fresh.length, gone: [...left.values()].flat() };
}

/** Reads a baseline that `baselineText` wrote, and that people may have added reasons to. */
export function readBaseline(json: unknown, file: string): Accepted[] {
  const whole = new JsonPart({ place: file, fix: 'to write a new file with --write-baseline' }, 'baseline', json);
  if (whole.member('version').value !== VERSION) throw whole.member('version').refusal(`must be ${VERSION}`);
  return whole
    .member('accepted')
    .items()
    .map((entry) => {
      const optional = (name: string): Record<string, string> => {
        const text = entry.member(name).optional((part) => part.text());
        return text === undefined ? {} : { [name]: text };
      };
      return {
        code: entry.member('code').text(),
        level: entry.member('level').oneOf(LEVELS),
        ...optional('stack'),
        address: entry.member('address').text(),
        ...optional('about'),
        ...optional('reason'),
      };
    });
}

/**
 * Returns a baseline that accepts findings, as JSON. It keeps the reasons of an earlier one, and its entries with a code that was not
 * looked for.
 */
export function baselineText(
  findings: readonly IdentifiedFinding[],
  before: readonly Accepted[],
  isLookedFor: (code: string) => boolean = () => true,
): string {
  const reasons = new Map(before.map((entry) => [keyOf(entry), entry.reason]));
  const found = findings.map(({ identity, level }): Accepted => {
    const { code, ...rest } = identity;
    const reason = reasons.get(keyOf(identity));
    return { code, level, ...rest, ...(reason !== undefined && { reason }) };
  });
  const kept = before.filter(({ code }) => !isLookedFor(code));
  const accepted = [...found, ...kept].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return `${JSON.stringify({ version: VERSION, accepted }, undefined, 2)}\n`;
}
