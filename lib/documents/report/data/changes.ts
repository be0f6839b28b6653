import type { TracedFlow, TracedHostname } from '../../../provenance';
import { type ChangedPart, externalChecks, headedRequestText, type RequestHead } from '../../request';
import type { ReportChange, ReportChanges, ReportRow } from './report-data';

/** A rule of a change, and the rows of documents that it is for. */
interface ChangedRule {
  readonly address: string;
  readonly rows: readonly { readonly key: string; readonly construct?: string }[];
}

/** A difference in traffic, before its rows on the page are known. */
export interface GivenChange extends Omit<ReportChange, 'rows' | 'rules'> {
  readonly rules: readonly ChangedRule[];
}

/** What has changed since an earlier day. */
export interface GivenChanges extends Pick<ReportChanges, 'since' | 'reason' | 'owners' | 'notEvaluated'> {
  /** What is to be opened, to be closed, and unchanged; absent if it is not known. */
  readonly parts?: readonly ChangedPart[];
  readonly remarks: readonly string[];
  readonly head: RequestHead;
  readonly changes: readonly GivenChange[];
}

/** What gives the rows of a page. */
interface KnownRows {
  /** Returns the row of a part of what is asked for, with only the IP ranges of that part. */
  readonly rowOfPart: (part: TracedFlow | TracedHostname) => ReportRow;
  readonly all: readonly (readonly [TracedFlow | TracedHostname, ReportRow])[];
  readonly flows: readonly TracedFlow[];
}

/** Returns flows and hostnames of which at least a part is new; nothing if it is not known what is new. */
export function newSince(parts: readonly ChangedPart[] | undefined): ReadonlySet<unknown> | undefined {
  if (parts === undefined) return undefined;
  const opened = parts.filter(({ change }) => change === 'open');
  return new Set(
    opened.flatMap(({ flows, hostnames }) => [...flows, ...hostnames].flatMap(({ whole }) => whole ?? [])),
  );
}

/** Returns what has changed, with the rows of the page. */
export function reportChanges(given: GivenChanges, known: KnownRows): ReportChanges {
  const { since, reason, owners, notEvaluated, parts, changes } = given;
  return {
    ...{ since, reason, owners, notEvaluated },
    request: parts === undefined ? undefined : changedRequest(parts, given, known),
    changes: changes.map((change) => ({
      ...change,
      rules: [...new Set(change.rules.map(({ address }) => address))],
      rows: known.all.filter(([of]) => change.rules.some((rule) => isFor(rule, of))).map(([, row]) => row),
    })),
  };
}

function isFor({ address, rows }: ChangedRule, of: TracedFlow | TracedHostname): boolean {
  if (!of.rules.includes(address)) return false;
  return 'rowKey' in of
    ? rows.some(({ key, construct }) => key === of.rowKey && construct === of.constructPath)
    : rows.some(({ construct }) => construct === of.constructPath);
}

function changedRequest(
  parts: readonly ChangedPart[],
  { head, remarks }: GivenChanges,
  { rowOfPart, flows }: KnownRows,
): NonNullable<ReportChanges['request']> {
  const asked = parts.map((part) => ({
    ...part,
    flows: part.flows.filter(({ external }) => external),
    hostnames: part.hostnames.filter(({ external }) => external),
  }));
  const of = (change: ChangedPart['change']): (TracedFlow | TracedHostname)[] =>
    asked.filter((part) => part.change === change).flatMap((part) => [...part.flows, ...part.hostnames]);
  return {
    open: of('open').map(rowOfPart),
    close: of('close').map(rowOfPart),
    unchanged: of('unchanged').length,
    remarks,
    text: headedRequestText(
      head,
      asked.filter(({ change }) => change !== 'unchanged'),
      externalChecks(flows),
    ),
  };
}
