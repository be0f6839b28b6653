import type {} from 'expect'; // without this import, TypeScript does not find the module that is extended below
import { type DocumentsOptions, type ExpectedRow, PermittedTraffic, type TrafficDifferences } from '../expectations';

/** The matchers that this module adds to `expect`. */
export interface ClusterPortsMatchers<R> {
  /** Passes if the rules allow the traffic in the rows and nothing else. Outbound traffic that GCP allows by default needs no row. */
  toPermitExactly(rows: readonly ExpectedRow[]): R;
  /**
   * Passes if all traffic in the rows is allowed; with `not`, if none of it is. A row without a direction is judged at both ends: outbound
   * rules of its source may stop it too.
   */
  toPermit(rows: ExpectedRow | readonly ExpectedRow[]): R;
  /**
   * Passes if the rules allow exactly what the documents of the stack's constructs say. Rows that were moved to a different port must be
   * named: `toMatchDocuments({ moved: ['kubelet'] })`; so must rows whose firewall the code disables. Rows that constructs leave closed
   * because of `omit` pass; the finding `omitted` of `cluster-ports lint` lists them. What the tables of this package have is compared
   * with the tables, whatever the
   * provenance says.
   */
  toMatchDocuments(options?: DocumentsOptions): R;
}

/* eslint-disable @typescript-eslint/no-namespace, @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
   -- Jest's types can be extended only in this form */
declare global {
  namespace jest {
    /** The global `expect`, in `@types/jest`. */
    interface Matchers<R, T> extends ClusterPortsMatchers<R> {}
  }
}

declare module 'expect' {
  /** The `expect` of `@jest/globals`. */
  interface Matchers<R extends void | Promise<void>, T> extends ClusterPortsMatchers<R> {}
}

/** The `this` of a matcher. */
export interface MatcherContext {
  /**
   * The name of the call in errors.
   * @default - the name of the matcher
   */
  readonly calledAs?: string;
  readonly isNot?: boolean;
  readonly utils: {
    matcherHint(name: string, received?: string, expected?: string, options?: { isNot?: boolean }): string;
  };
}

/** The result of a matcher. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Passes if the rules allow the traffic in the rows and nothing else. Fails if a rule could not be evaluated. */
export function toPermitExactly(this: MatcherContext, received: unknown, rows: readonly ExpectedRow[]): MatcherResult {
  const name = this.calledAs ?? 'toPermitExactly';
  return compared(this, {
    name,
    expected: 'rows',
    found: traffic(received, name)._compared('differences', rows, name),
  });
}

/** Passes if all traffic in the rows is allowed; with `not`, if none of it is. */
export function toPermit(
  this: MatcherContext,
  received: unknown,
  rows: ExpectedRow | readonly ExpectedRow[],
): MatcherResult {
  const name = this.calledAs ?? 'toPermit';
  const list = Array.isArray(rows) ? (rows as readonly ExpectedRow[]) : [rows as ExpectedRow];
  const permitted = traffic(received, name);
  if (this.isNot === true) {
    const found = permitted._compared('unwanted', list, name);
    return result(this, found.text !== '', { name, expected: 'rows', found });
  }
  return compared(this, { name, expected: 'rows', found: permitted._compared('missing', list, name) });
}

/** Passes if the rules of a stack allow exactly what the documents of its constructs say, and only the named rows are moved. */
export function toMatchDocuments(
  this: MatcherContext,
  received: unknown,
  options: DocumentsOptions = {},
): MatcherResult {
  const name = this.calledAs ?? 'toMatchDocuments';
  const found = traffic(received, name)._comparedWithDocuments(options, name);
  const expected = options.moved === undefined && options.disabled === undefined ? '' : 'options';
  return compared(this, { name, expected, found });
}

/** What a matcher found. */
interface Report {
  readonly name: string;
  /** The argument of the matcher in the hint: `rows`, or empty. */
  readonly expected: string;
  readonly found: TrafficDifferences;
}

function traffic(received: unknown, name: string): PermittedTraffic {
  return PermittedTraffic._of(received, name);
}

/** Passes if nothing differs; with `not`, if something does. Both fail if a rule could not be evaluated. */
function compared(context: MatcherContext, report: Report): MatcherResult {
  const { missing, extra, others, notEvaluated } = report.found;
  const isSame = missing.length + extra.length + others.length === 0;
  return result(context, notEvaluated.length > 0 || isSame === (context.isNot === true), report);
}

function result({ isNot, utils }: MatcherContext, isFailed: boolean, { name, expected, found }: Report): MatcherResult {
  return {
    pass: isNot === true ? isFailed : !isFailed, // Jest inverts it for `not`
    message: () => {
      const hint = utils.matcherHint(name, 'configuration', expected, { isNot });
      return [hint, found.text].filter((text) => text !== '').join('\n\n');
    },
  };
}
