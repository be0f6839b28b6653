import { AssertionError } from 'node:assert';
import type { DocumentsOptions, ExpectedRow } from '../expectations';
import { type MatcherContext, toMatchDocuments, toPermit, toPermitExactly } from './matchers';

export { ClusterPortsError, type ErrorCode } from '../input';
export { type DocumentsOptions, type ExpectedRow } from '../expectations';
export { type ClusterPortsMatchers } from './matchers';
export { permittedTraffic, trafficSerializer } from './traffic-snapshots';

/** The matchers, for an `expect` that is not global: `expect.extend(matchers)`. */
export const matchers = { toMatchDocuments, toPermit, toPermitExactly };

/**
 * Throws unless the rules allow the traffic in the rows and nothing else. Outbound traffic that GCP allows by default needs no row.
 *
 * @param value a stack, synthesized text, a parsed object, or the path of a file
 * @throws AssertionError with a table of the missing and the extra rows
 */
export function assertPermitsExactly(value: unknown, rows: readonly ExpectedRow[]): void {
  const context = called('assertPermitsExactly');
  check(context, toPermitExactly.call(context, value, rows));
}

/**
 * Throws unless all traffic in the rows is allowed.
 *
 * @param value a stack, synthesized text, a parsed object, or the path of a file
 * @throws AssertionError with a table of the missing rows
 */
export function assertPermits(value: unknown, rows: ExpectedRow | readonly ExpectedRow[]): void {
  const context = called('assertPermits');
  check(context, toPermit.call(context, value, rows));
}

/**
 * Throws if any of the traffic in the rows is allowed, even if it is only a part.
 *
 * @param value a stack, synthesized text, a parsed object, or the path of a file
 * @throws AssertionError with a table of what is allowed
 */
export function assertPermitsNone(value: unknown, rows: ExpectedRow | readonly ExpectedRow[]): void {
  const context = { ...called('assertPermitsNone'), isNot: true };
  check(context, toPermit.call(context, value, rows));
}

/**
 * Throws unless the rules allow exactly what the documents of the stack's constructs say.
 *
 * @param value a stack, or the path of a `cdk.tf.json`: the text of `Testing.synth` lacks the provenance
 * @throws AssertionError with a table of the missing and the extra rows
 */
export function assertMatchesDocuments(value: unknown, options: DocumentsOptions = {}): void {
  const context = called('assertMatchesDocuments');
  check(context, toMatchDocuments.call(context, value, options));
}

/** Returns the `this` of a matcher for an assertion, so that messages name the assertion. */
function called(name: string): MatcherContext {
  return {
    calledAs: name,
    utils: {
      matcherHint: (_matcher, received, expected) => `${name}(${[received, expected].filter(Boolean).join(', ')})`,
    },
  };
}

/** Throws if a matcher fails. A matcher passes with `false` if it is inverted. */
function check({ isNot = false }: MatcherContext, { pass, message }: ReturnType<typeof toPermit>): void {
  if (pass === isNot) throw new AssertionError({ message: message() });
}
