import { refusal } from '../input';

/** The part of `expect` that can be extended. */
interface Extensible {
  extend(matchers: Readonly<Record<string, unknown>>): void;
  addSnapshotSerializer(serializer: unknown): void;
}

/** Returns the global `expect`; if Jest runs without globals, that of `@jest/globals`. */
export function jestExpect(): Extensible {
  const { expect } = globalThis as { expect?: Extensible };
  if (typeof expect?.extend === 'function') return expect;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (require('@jest/globals') as { expect: Extensible }).expect;
  } catch {
    const need = 'Jest must load this module, because it extends expect';
    const fix = 'to import it in a test, or to list it in setupFilesAfterEnv of Jest';
    throw refusal('cdktf-cluster-ports/testing', 'jest-required', need, 'no expect', fix);
  }
}
