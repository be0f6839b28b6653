import { refusal } from '../model/refusal';

/** What of `expect` the matchers are added to. */
export interface Extensible {
  extend(matchers: Readonly<Record<string, unknown>>): void;
  addSnapshotSerializer(serializer: unknown): void;
}

/** The `expect` of the test that runs: the global one, or where Jest makes no globals that of its own module. */
export function jestExpect(): Extensible {
  const { expect } = globalThis as { expect?: Extensible };
  if (typeof expect?.extend === 'function') return expect;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (require('@jest/globals') as { expect: Extensible }).expect;
  } catch {
    const fix = 'to import it in a test, or to name it in setupFilesAfterEnv of Jest';
    throw refusal('cdktf-cluster-ports/testing', 'it must be loaded by Jest where there is an expect', 'none', fix);
  }
}
