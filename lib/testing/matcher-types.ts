import type {} from 'expect'; // without it TypeScript does not look for the module that is added to
import type { ExpectedRow } from './expected-row';

/** The matchers that are added to `expect`. */
export interface ClusterPortsMatchers<R> {
  /** Rules let through what the rows say, and nothing else. What a network lets out without any rule needs no row. */
  toPermitExactly(rows: readonly ExpectedRow[]): R;
  /** Everything that the rows say passes; with `not`, nothing of it does. */
  toPermit(rows: ExpectedRow | readonly ExpectedRow[]): R;
  /** Rules permit exactly what the documents say that the constructs of the stack stand for. */
  toMatchDocuments(): R;
}

/* eslint-disable @typescript-eslint/no-namespace, @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
   -- the forms in which Jest's types can be added to */
declare global {
  namespace jest {
    /** The global `expect`, of the types of Jest. */
    interface Matchers<R, T> extends ClusterPortsMatchers<R> {}
  }
}

declare module 'expect' {
  /** The `expect` of `@jest/globals`. */
  interface Matchers<R extends void | Promise<void>, T> extends ClusterPortsMatchers<R> {}
}
