import { refusal } from '../input';

/** The part of `expect` that can be extended. */
interface Extensible {
  extend(matchers: Readonly<Record<string, unknown>>): void;
  addSnapshotSerializer(serializer: unknown): void;
}

/** Returns the global `expect`, which Vitest has with `globals: true`; if Jest runs without globals, that of `@jest/globals`. */
export function jestExpect(): Extensible {
  const { expect } = globalThis as { expect?: Extensible };
  if (typeof expect?.extend === 'function') return expect;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (require('@jest/globals') as { expect: Extensible }).expect;
  } catch {
    const need =
      'a test of Jest, or of Vitest with globals, must load this module, because it extends the global expect';
    const fix = 'test: { globals: true } in vitest.config.ts, or cdktf-cluster-ports/assertions, which needs no expect';
    throw refusal('cdktf-cluster-ports/testing', 'jest-required', need, 'no expect', fix);
  }
}
