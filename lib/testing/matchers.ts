import type {} from 'expect'; // without this import, TypeScript does not find the module that is extended below
import { alignedTable } from '../documents';
import {
  checkObject,
  checkPropNames,
  type ErrorCode,
  nearestName,
  oneLine,
  type PropNames,
  refusal,
  shown,
} from '../input';
import {
  allowedBy,
  boundedRules,
  checkClaims,
  doubtText,
  type Claims,
  EndJudge,
  FlowJudge,
  type Configuration,
  isUnknownFarEnd,
  type JsonObject,
  type MovedRow,
  movedRows,
  movedText,
  type NotEvaluated,
  permittedBy,
  proof,
  provenanceIn,
  readTerraform,
  type Rule,
  terraformKind,
  trafficDifference,
  trafficIntersection,
  type TrafficRow,
} from '../traffic';
import { rowsAtSource } from './rows-at-source';
import { type ExpectedRow, expectedRules } from './expected-rules';
import { notCompared, passing, subjectOf, testedConfiguration } from './tested-traffic';

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

/** What may differ from the documents. */
export interface DocumentsOptions {
  /**
   * The rows that are moved to a different port: the name of a row, such as `kubelet`, or the key of one flow, such as
   * `control-plane>worker/kubelet`. A row that is not moved is an error.
   * @default - every row must have the port of its document
   */
  readonly moved?: readonly string[];
  /**
   * The rows that are closed because the code disables their firewall (`new GcpFirewall({ disabled: true })`), in the same form. A row
   * whose firewall is not disabled, or that a different rule opens, is an error.
   * @default - the rules of every row must be enforced
   */
  readonly disabled?: readonly string[];
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

/** A table in the message of a failed assertion. */
interface Section {
  readonly title: string;
  readonly rows: readonly TrafficRow[];
}

/** A list in the message of a failed assertion. */
interface TitledLines {
  readonly title: string;
  readonly lines: readonly string[];
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

/** What a failed assertion reports. */
interface Report {
  readonly name: string;
  /** The argument of the matcher in the hint: `rows`, or empty. */
  readonly expected: string;
  readonly sections: readonly Section[];
  /**
   * Differences that are not traffic.
   * @default - none
   */
  readonly lists?: readonly TitledLines[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Passes if the rules allow the traffic in the rows and nothing else. Fails if a rule could not be evaluated. */
export function toPermitExactly(this: MatcherContext, received: unknown, rows: readonly ExpectedRow[]): MatcherResult {
  const name = this.calledAs ?? 'toPermitExactly';
  const configuration = testedConfiguration(received, name);
  const expected = allowedBy(expectedRules(rows, configuration, name));
  const permitted = allowedBy(configuration.rules);
  const missing = passing(trafficDifference(expected, permitted));
  const extra = passing(trafficDifference(permitted, expected));
  const sections = [
    { title: 'Missing: in the rows, and not permitted', rows: missing },
    { title: 'Extra: permitted, and in no row', rows: extra },
  ];
  return comparison(this, { name, expected: 'rows', sections, notEvaluated: notCompared(configuration) });
}

/** Passes if all traffic in the rows is allowed; with `not`, if none of it is. */
export function toPermit(
  this: MatcherContext,
  received: unknown,
  rows: ExpectedRow | readonly ExpectedRow[],
): MatcherResult {
  const name = this.calledAs ?? 'toPermit';
  const configuration = testedConfiguration(received, name);
  const list = Array.isArray(rows) ? (rows as readonly ExpectedRow[]) : [rows as ExpectedRow];
  if (list.length === 0) throw refusal(name, 'rows-required', 'at least one row is needed', shown(list));
  const rules = expectedRules(list, configuration, name);
  const tested = { context: this, configuration, rules, atSource: rowsAtSource(list, rules, configuration) };
  return this.isNot === true ? permitsNothing(name, tested) : permitsEverything(name, tested);
}

interface TestedRows {
  readonly context: MatcherContext;
  readonly configuration: Configuration;
  /** The rows as rules. */
  readonly rules: readonly Rule[];
  /** What outbound rules of their sources do with the rows. */
  readonly atSource: ReturnType<typeof rowsAtSource>;
}

const CLOSED = 'Closed: outbound rules of the source stop it';

function permitsEverything(name: string, { context, configuration, rules, atSource }: TestedRows): MatcherResult {
  const expected = allowedBy(rules);
  const missing = passing(trafficDifference(expected, permittedBy(configuration.rules)));
  const mostMissing = trafficDifference(expected, permittedBy(boundedRules(configuration.rules, 'least')));
  const isUncertain = missing.length === 0 && passing(mostMissing).length > 0;
  const enforced = configuration.rules.filter(({ unenforced }) => unenforced === undefined);
  const isUnenforced = passing(trafficDifference(expected, permittedBy(enforced))).length > 0;
  // security groups have no rules that deny
  const canBeDenied = isUnenforced || rules.some(({ network }) => network !== '');
  const notEvaluated = (isUncertain ? unknownFarEnds(configuration) : notCompared(configuration)).filter(
    isAbout(rules),
  );
  const reported = missing.length > 0 || canBeDenied ? notEvaluated : [];
  return comparison(context, {
    name,
    expected: 'rows',
    sections: [{ title: 'Missing: in the rows, and not permitted', rows: missing }],
    lists: [{ title: CLOSED, lines: atSource.closed.map(({ at, reason }) => `rows[${at}]: ${reason}`) }],
    notEvaluated: [...reported, ...(missing.length > 0 ? [] : notKnown({ rules, configuration, atSource }, reported))],
  });
}

/** Returns the rules that could not be evaluated and may deny rows, as far as they are not in a list. */
function notKnown(
  { rules, configuration, atSource }: Omit<TestedRows, 'context'>,
  listed: readonly NotEvaluated[],
): NotEvaluated[] {
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

function permitsNothing(name: string, { context, configuration, rules: all, atSource }: TestedRows): MatcherResult {
  const rules = all.filter((_, index) => !atSource.closed.some(({ at, isWhole }) => isWhole && at === index));
  const unwanted = allowedBy(rules);
  const found = passing(trafficIntersection(permittedBy(configuration.rules), unwanted));
  const most = trafficIntersection(permittedBy(boundedRules(configuration.rules, 'most')), unwanted);
  const isUncertain = found.length === 0 && passing(most).length > 0;
  const notEvaluated = (isUncertain ? unknownFarEnds(configuration) : notCompared(configuration)).filter(
    isAbout(rules),
  );
  const sections = [{ title: 'Permitted, although the rows must not be', rows: found }];
  return result(context, found.length + notEvaluated.length > 0, { name, expected: 'rows', sections, notEvaluated });
}

/** Passes if the rules of a stack allow exactly what the documents of its constructs say, and only the named rows are moved. */
export function toMatchDocuments(
  this: MatcherContext,
  received: unknown,
  options: DocumentsOptions = {},
): MatcherResult {
  const name = this.calledAs ?? 'toMatchDocuments';
  const { moved: namedMoved, disabled: namedDisabled } = namedRows(options, name);
  const { json, file } = subjectOf(received, name);
  if (terraformKind(json, file) === 'synthesized' && !provenanceIn(json as JsonObject, file)) {
    const need = 'the stack must come with its provenance, which Testing.synth leaves out';
    const fix = 'the stack itself, or the path of its cdk.tf.json';
    throw refusal(file, 'provenance-missing', need, 'none', fix);
  }
  const { missing, extra, notEvaluated } = proof(json, file);
  const sections = [
    { title: 'Missing: in the documents, and not permitted', rows: missing },
    { title: 'Extra: permitted to the same machines, and in no document', rows: extra },
  ];
  const configuration = readTerraform(json, file);
  const moved = movedRows(configuration);
  const claims = checkClaims(json, file, new FlowJudge(configuration));
  const disabled = disabledFlows(json, file, claims);
  checkNamed(namedMoved, moved, { place: name, code: 'row-not-moved', need: 'moved must name rows that are moved' });
  const need = 'disabled must name rows that are closed because their firewall is disabled';
  checkNamed(namedDisabled, disabled, { place: name, code: 'row-not-disabled', need });
  const lists = [
    { title: 'Moved to a different port, and not named in moved', lines: unnamed(moved, namedMoved, movedText) },
    {
      title: 'Disabled, and not named in disabled',
      lines: unnamed(disabled, namedDisabled, () => 'its firewall is disabled'),
    },
    { title: 'False: the provenance says so, and it does not hold', lines: falseClaims(json, file, claims) },
    { title: CLOSED, lines: closedFlows(json, file, claims) },
    { title: 'Not known to be open', lines: notKnownFlows(json, file, claims) },
  ];
  const expected = options.moved === undefined && options.disabled === undefined ? '' : 'options';
  return comparison(this, { name, expected, sections, lists, notEvaluated: notCompared({ notEvaluated }) });
}

const OPTION_NAMES: PropNames<DocumentsOptions> = { moved: true, disabled: true };

function namedRows(options: DocumentsOptions, place: string): Required<DocumentsOptions> {
  checkObject(options, 'options', "{ moved: ['kubelet'] }", place);
  checkPropNames(options, OPTION_NAMES, place);
  const { moved = [], disabled = [] } = options;
  for (const [name, rows] of Object.entries({ moved, disabled })) {
    if (Array.isArray(rows) && rows.every((row) => typeof row === 'string')) continue;
    throw refusal(
      place,
      'row-names-invalid',
      `${name} must be a list of row names`,
      shown(rows),
      `${name}: ['kubelet']`,
    );
  }
  return { moved, disabled };
}

/** A row by its key among all documents. */
type KeyedRow = Pick<MovedRow, 'row'>;

/** The names of a row: `kubelet` and `control-plane>worker/kubelet`. */
function namesOf({ row }: KeyedRow): string[] {
  const [, source, destination, name] = /\/([^/]+?)-to-([^/]+)\/([^/]+)$/.exec(row) ?? [];
  return [name, `${source}>${destination}/${name}`];
}

interface NamedRowsError {
  readonly place: string;
  readonly code: ErrorCode;
  readonly need: string;
}

/** Throws if one of the names is of none of the rows. */
function checkNamed(named: readonly string[], rows: readonly KeyedRow[], { place, code, need }: NamedRowsError): void {
  const known = [...new Set(rows.flatMap(namesOf))];
  const unknown = named.find((row) => !known.includes(row));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const list = known.length === 0 ? 'there are none' : known.join(', ');
  throw refusal(place, code, `${need} (${list})`, shown(unknown), nearest && shown(nearest));
}

function unnamed<T extends KeyedRow>(rows: readonly T[], named: readonly string[], text: (row: T) => string): string[] {
  const others = rows.filter((row) => !namesOf(row).some((name) => named.includes(name)));
  return [...new Set(others.map((row) => `${namesOf(row)[1]}: ${text(row)}`))];
}

function disabledFlows(json: unknown, file: string, { flows: doubts }: Claims): KeyedRow[] {
  const { flows } = provenanceIn(json as JsonObject, file)!;
  return flows.filter((_, at) => doubts[at]?.isDisabled === true);
}

function closedFlows(json: unknown, file: string, { closedAtSource: reasons }: Claims): string[] {
  const { flows } = provenanceIn(json as JsonObject, file)!;
  const texts = flows.flatMap(({ row }, at) => {
    const closed = reasons[at];
    // a group without outbound rules may get them from a configuration that is not tested
    return closed === undefined || closed.isWithoutRules ? [] : [`${row}: ${closed.reason}`];
  });
  return [...new Set(texts)];
}

/** Leaves out flows that depend on the IP addresses of machines: the rules are as the documents say. */
function notKnownFlows(json: unknown, file: string, { notKnown: { flows: reasons } }: Claims): string[] {
  const { flows } = provenanceIn(json as JsonObject, file)!;
  const texts = flows.flatMap(({ row }, at) => {
    const reason = reasons[at];
    return reason === undefined || reason.isOfAddresses ? [] : [`${row}: ${reason.text}`];
  });
  return [...new Set(texts)];
}

function falseClaims(json: unknown, file: string, { flows, hostnames }: Claims): string[] {
  const provenance = provenanceIn(json as JsonObject, file)!;
  const doubts = [
    ...provenance.flows.map(({ row }, at) => ({ row, doubt: flows[at] })),
    ...(provenance.hostnames ?? []).map(({ document, row }, at) => ({
      row: `${document}/${row}`,
      doubt: hostnames[at],
    })),
  ];
  return doubts.flatMap(({ row, doubt }) =>
    doubt === undefined || doubt.isDisabled ? [] : [`${row}: ${doubtText(doubt)}`],
  );
}

/** Passes if all tables are empty; with `not`, if one is not. Both fail if a rule could not be evaluated. */
function comparison(context: MatcherContext, report: Report): MatcherResult {
  const isSame =
    report.sections.every(({ rows }) => rows.length === 0) &&
    (report.lists ?? []).every(({ lines }) => lines.length === 0);
  const isFailed = report.notEvaluated.length > 0 || isSame === (context.isNot === true);
  return result(context, isFailed, report);
}

function result({ isNot, utils }: MatcherContext, isFailed: boolean, report: Report): MatcherResult {
  const { name, expected, sections, lists = [], notEvaluated } = report;
  const hint = utils.matcherHint(name, 'configuration', expected, { isNot });
  return {
    pass: isNot === true ? isFailed : !isFailed, // Jest inverts it for `not`
    message: () => failureMessage(hint, { sections, lists, notEvaluated }),
  };
}

const MAX_LINES = 25;

/** The message of a failed assertion: its tables that are not empty, and the rules that were not evaluated. */
function failureMessage(
  hint: string,
  { sections, lists, notEvaluated }: Required<Pick<Report, 'sections' | 'lists' | 'notEvaluated'>>,
): string {
  const tables = sections.filter(({ rows }) => rows.length > 0).map(({ title, rows }) => part(title, tableLines(rows)));
  const reasons = notEvaluated.map(({ address, reason }) => oneLine(`${address}: ${reason}`));
  const texts = lists.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => part(title, lines));
  return [hint, ...tables, ...texts, ...(reasons.length > 0 ? [part('Not evaluated:', reasons)] : [])].join('\n\n');
}

function part(title: string, lines: readonly string[]): string {
  const more = lines.length > MAX_LINES ? [`and ${lines.length - MAX_LINES} more`] : [];
  return [title, ...[...lines.slice(0, MAX_LINES), ...more].map((line) => `  ${line}`)].join('\n');
}

/** Leaves out the direction if all rows are ingress, and the network if no row has one. */
function tableLines(rows: readonly TrafficRow[]): string[] {
  const hasEgress = rows.some(({ direction }) => direction === 'egress');
  const hasNetwork = rows.some(({ network }) => network !== undefined);
  const pick = (...[port, from, to, direction, network]: string[]): string[] => [
    port,
    from,
    to,
    ...(hasEgress ? [direction] : []),
    ...(hasNetwork ? [network] : []),
  ];
  const table = alignedTable({
    columns: pick('port', 'from', 'to', 'direction', 'network'),
    rows: rows.map(({ port, from, to, direction, network }) => pick(port, from, to, direction, network ?? '')),
  });
  return table.trimEnd().split('\n');
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
