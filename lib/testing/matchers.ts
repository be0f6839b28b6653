import { refusal, shown } from '../model/refusal';
import { trafficDifference, trafficIntersection } from '../traffic/algebra';
import type { NotEvaluated } from '../traffic/configuration';
import { allowedBy, permittedBy } from '../traffic/permitted-by';
import { proof } from '../traffic/proof';
import { provenanceIn, terraformKind, type JsonObject } from '../traffic/terraform-json';
import { rulesAtBest } from '../traffic/unknown-ranges';
import type { ExpectedRow } from './expected-row';
import { expectedRules } from './expected-rules';
import { failureMessage, type Section } from './failure-message';
import { subjectOf } from './subject';
import { notRead, passing, testedConfiguration } from './tested-traffic';

/** What Jest gives a matcher. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly utils: {
    matcherHint(name: string, received?: string, expected?: string, options?: { isNot?: boolean }): string;
  };
}

/** What a matcher gives Jest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a matcher has found. */
interface Report {
  readonly name: string;
  /** What stands between the brackets of its call. */
  readonly expected: string;
  readonly sections: readonly Section[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Passes where rules let through what the rows say, and nothing else; what could not be read fails it. */
export function toPermitExactly(this: MatcherContext, received: unknown, rows: readonly ExpectedRow[]): MatcherResult {
  const name = 'toPermitExactly';
  const configuration = testedConfiguration(received, name);
  const expected = allowedBy(expectedRules(rows, configuration, name));
  const permitted = allowedBy(configuration.rules);
  const missing = passing(trafficDifference(expected, permitted));
  const extra = passing(trafficDifference(permitted, expected));
  const sections = [
    { title: 'Missing: asked for by the rows, and not permitted', rows: missing },
    { title: 'Extra: permitted, and in no row', rows: extra },
  ];
  return comparison(this, { name, expected: 'rows', sections, notEvaluated: notRead(configuration) });
}

/** Passes where everything that the rows say is let through; with `not`, where nothing of it is. */
export function toPermit(
  this: MatcherContext,
  received: unknown,
  rows: ExpectedRow | readonly ExpectedRow[],
): MatcherResult {
  const name = 'toPermit';
  const configuration = testedConfiguration(received, name);
  const list = Array.isArray(rows) ? (rows as readonly ExpectedRow[]) : [rows as ExpectedRow];
  if (list.length === 0) throw refusal(name, 'at least one row is needed', shown(list));
  const rules = expectedRules(list, configuration, name);
  const [asked, permitted] = [allowedBy(rules), permittedBy(configuration.rules)];
  if (this.isNot === true) {
    const rest = passing(trafficIntersection(permitted, asked));
    const most = trafficIntersection(permittedBy(rulesAtBest(configuration.rules, 'most')), asked);
    const notEvaluated =
      rest.length === 0 && passing(most).length > 0 ? configuration.notEvaluated : notRead(configuration);
    const sections = [{ title: 'Permitted all the same', rows: rest }];
    return result(this, rest.length + notEvaluated.length > 0, { name, expected: 'rows', sections, notEvaluated });
  }
  const missing = passing(trafficDifference(asked, permitted));
  const least = trafficDifference(asked, permittedBy(rulesAtBest(configuration.rules, 'least')));
  const notEvaluated =
    missing.length === 0 && passing(least).length > 0 ? configuration.notEvaluated : notRead(configuration);
  const canBeRefused = rules.some(({ network }) => network !== ''); // rules of security groups only let through
  const sections = [{ title: 'Missing: asked for by the rows, and not permitted', rows: missing }];
  const report = {
    name,
    expected: 'rows',
    sections,
    notEvaluated: missing.length > 0 || canBeRefused ? notEvaluated : [],
  };
  return comparison(this, report);
}

/** Passes where the rules of a stack permit exactly what the documents say that its constructs stand for. */
export function toMatchDocuments(this: MatcherContext, received: unknown): MatcherResult {
  const name = 'toMatchDocuments';
  const { json, file } = subjectOf(received, name);
  if (terraformKind(json, file) === 'synthesized' && !provenanceIn(json as JsonObject, file)) {
    const need = 'it must be said with the stack why its ports are open';
    throw refusal(file, need, 'nothing', 'the stack itself, or its cdk.tf.json: Testing.synth leaves that out');
  }
  const { missing, extra, notEvaluated } = proof(json, file);
  const sections = [
    { title: 'Missing: in the documents, and not permitted', rows: missing },
    { title: 'Extra: permitted to the same machines, and in no document', rows: extra },
  ];
  const unnamed = notEvaluated.filter(({ comparedAs }) => comparedAs === undefined);
  return comparison(this, { name, expected: '', sections, notEvaluated: unnamed });
}

/** Whether two tables that tell what differs are empty; `not` wants that they are not. What could not be read decides nothing. */
function comparison(context: MatcherContext, report: Report): MatcherResult {
  const isSame = report.sections.every(({ rows }) => rows.length === 0);
  const isFailed = report.notEvaluated.length > 0 || isSame === (context.isNot === true);
  return result(context, isFailed, report);
}

function result({ isNot, utils }: MatcherContext, isFailed: boolean, report: Report): MatcherResult {
  const { name, expected, sections, notEvaluated } = report;
  const hint = utils.matcherHint(name, 'configuration', expected, { isNot });
  return {
    pass: isNot === true ? isFailed : !isFailed, // Jest turns it round for `not`
    message: () => failureMessage(hint, sections, notEvaluated),
  };
}
