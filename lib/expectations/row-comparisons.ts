import { refusal, shown } from '../input';
import {
  allowedBy,
  boundedRules,
  type Configuration,
  EndJudge,
  isUnknownFarEnd,
  type NotEvaluated,
  permittedBy,
  type Rule,
  trafficDifference,
  trafficIntersection,
  type TrafficRow,
  trafficRows,
  type TrafficSet,
} from '../traffic';
import { CLOSED, type Comparison, notCompared } from './comparison';
import { expectedRules } from './expected-rules';
import type { ExpectedRow } from './rows';
import { rowsAtSource } from './rows-at-source';

/** Compares what rules allow with rows, in both directions. Outbound traffic that GCP allows by default needs no row. */
export function comparedExactly(configuration: Configuration, rows: readonly ExpectedRow[], place: string): Comparison {
  const expected = allowedBy(expectedRules(rows, configuration, place));
  const permitted = allowedBy(configuration.rules);
  return {
    missing: { title: MISSING, rows: passing(trafficDifference(expected, permitted)) },
    extra: { title: 'Extra: permitted, and in no row', rows: passing(trafficDifference(permitted, expected)) },
    notEvaluated: notCompared(configuration),
  };
}

/** Finds what in the rows is not allowed. A row without a direction is judged at both ends. */
export function missingRows(configuration: Configuration, rows: readonly ExpectedRow[], place: string): Comparison {
  const tested = testedRows(configuration, rows, place);
  const { rules, atSource } = tested;
  const expected = allowedBy(rules);
  const missing = passing(trafficDifference(expected, permittedBy(configuration.rules)));
  const mostMissing = trafficDifference(expected, permittedBy(boundedRules(configuration.rules, 'least')));
  const isUncertain = missing.length === 0 && passing(mostMissing).length > 0;
  const enforced = configuration.rules.filter(({ unenforced }) => unenforced === undefined);
  const isUnenforced = passing(trafficDifference(expected, permittedBy(enforced))).length > 0;
  // security groups have no rules that deny
  const canBeDenied = isUnenforced || rules.some(({ network }) => network !== '');
  const notEvaluated = notEvaluatedFor(tested, isUncertain);
  const reported = missing.length > 0 || canBeDenied ? notEvaluated : [];
  return {
    missing: { title: MISSING, rows: missing },
    lists: [{ title: CLOSED, lines: atSource.closed.map(({ at, reason }) => `rows[${at}]: ${reason}`) }],
    notEvaluated: [...reported, ...(missing.length > 0 ? [] : notKnown(tested, reported))],
  };
}

/** Finds what in the rows is allowed, although none of it must be. */
export function unwantedRows(configuration: Configuration, rows: readonly ExpectedRow[], place: string): Comparison {
  const { rules: all, atSource } = testedRows(configuration, rows, place);
  const rules = all.filter((_, index) => !atSource.closed.some(({ at, isWhole }) => isWhole && at === index));
  const unwanted = allowedBy(rules);
  const found = passing(trafficIntersection(permittedBy(configuration.rules), unwanted));
  const most = trafficIntersection(permittedBy(boundedRules(configuration.rules, 'most')), unwanted);
  const isUncertain = found.length === 0 && passing(most).length > 0;
  return {
    extra: { title: 'Permitted, although the rows must not be', rows: found },
    notEvaluated: notEvaluatedFor({ configuration, rules }, isUncertain),
  };
}

const MISSING = 'Missing: in the rows, and not permitted';

interface TestedRows {
  readonly configuration: Configuration;
  /** The rows as rules. */
  readonly rules: readonly Rule[];
  /** What outbound rules of their sources do with the rows. */
  readonly atSource: ReturnType<typeof rowsAtSource>;
}

function testedRows(configuration: Configuration, rows: readonly ExpectedRow[], place: string): TestedRows {
  const rules = expectedRules(rows, configuration, place);
  if (rules.length === 0) throw refusal(place, 'rows-required', 'at least one row is needed', shown(rows));
  return { configuration, rules, atSource: rowsAtSource(rows, rules, configuration) };
}

/** Returns traffic as rows, without the rows that show an exception. */
function passing(traffic: TrafficSet): TrafficRow[] {
  return trafficRows(traffic).filter(({ permitted }) => permitted);
}

/** Returns what may decide about the rules of rows. */
function notEvaluatedFor(
  { configuration, rules }: Pick<TestedRows, 'configuration' | 'rules'>,
  isUncertain: boolean,
): NotEvaluated[] {
  return (isUncertain ? unknownFarEnds(configuration) : notCompared(configuration)).filter(isAbout(rules));
}

/** Returns the rules that could not be evaluated and may deny rows, as far as they are not in a list. */
function notKnown({ rules, configuration, atSource }: TestedRows, listed: readonly NotEvaluated[]): NotEvaluated[] {
  const judge = new EndJudge(configuration);
  const reasons = rules.flatMap(({ direction, network, groups, peers, ports }) =>
    judge.mayBeDenied(network)
      ? groups.flatMap((group) =>
          ports.flatMap((one) => judge.judge({ direction, network, group }, peers, one)?.reason ?? []),
        )
      : [],
  );
  const known = new Set(listed.map(({ address, reason }) => `${address}: ${reason}`));
  return [...new Set([...reasons, ...atSource.notKnown])]
    .filter((reason) => !known.has(reason))
    .map((text) => {
      const [, address, reason] = /^(\S+): (.*)$/s.exec(text)!;
      return { file: configuration.file, address, reason };
    });
}

/** Returns a function that tells whether something that could not be evaluated may decide about the rows. */
function isAbout(rows: readonly Rule[]): (part: NotEvaluated) => boolean {
  const hasHostnames = rows.some(({ peers }) => peers.some(({ name }) => name.startsWith('host:')));
  return ({ isOfHostnames }) => hasHostnames || isOfHostnames !== true;
}

/** Returns what is not known about the far ends of rules: what could not be evaluated, and prefix lists without their entries. */
function unknownFarEnds({ rules, notEvaluated }: Configuration): NotEvaluated[] {
  const lists = rules.flatMap(({ file, address, peers }) =>
    [...new Set(peers.map(({ name }) => name))]
      .filter((name) => isUnknownFarEnd(name) && name.startsWith('list:'))
      .map((name) => ({ file, address, reason: `the entries of ${name} are not in the configuration` })),
  );
  return [...notEvaluated, ...lists];
}
