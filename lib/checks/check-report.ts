import { byHand, byHandText, flowByHand, type MissingPart, peerText, purposeText, purposeWithPort } from '../documents';
import { alignedTable, jsonText } from '../text';
import { omittedText, type TracedFlow, type TracedOmission } from '../provenance';
import { oneLine } from '../input';
import { byRulesText, notOpenByRules } from './by-rules';
import type { CheckedEndpoint, NotCheckable } from './check-plan';
import { hostnameChecks, hostnameCheckText, hostnameText, namedPorts, type UncheckedHostname } from './hostname-checks';
import { impactLines, impactLinesOfOmitted, impactsOf, impactsOfOmitted } from './impact';
import { likelyCause, likelyCauseText } from './likely-cause';
import { type CheckResult, Outcome } from './run-checks';

const VERSION = 1;
const NOT_CHECKED = 'not checked';
/** What is said of UDP, of protocols without connections, and of machines that are not named. */
const NOT_EVALUATED = 'not evaluated';

/** What each outcome means for the firewall team. */
export const OUTCOME_MEANING: Readonly<Record<Outcome, string>> = {
  [Outcome.OPEN]: 'something listens and answers',
  [Outcome.REFUSED]: 'something answered with a reset: nothing listens yet, or a firewall rejects the connection',
  [Outcome.TIMED_OUT]: 'a firewall drops the packets, or no machine has this IP address',
  [Outcome.UNREACHABLE]: 'there is no route to the machine',
  [Outcome.NAME_NOT_FOUND]: 'the name of the machine has no IP address',
  [Outcome.NOT_TRIED]: 'this machine could not try to connect',
};

/** The results of a check. */
export interface CheckReport {
  readonly results: readonly CheckResult[];
  readonly notCheckable: readonly NotCheckable[];
  /**
   * The hostnames that this machine may need.
   * @default - none
   */
  readonly hostnames?: readonly UncheckedHostname[];
  /**
   * The rows from this machine that constructs omit.
   * @default - none
   */
  readonly omitted?: readonly TracedOmission[];
  /**
   * What could not be evaluated, so that more or less may be open than the rules say.
   * @default - none
   */
  readonly notEvaluated?: readonly MissingPart[];
  /** Whether a connection that is refused counts as open, because nothing is installed yet. A reset does not prove that. */
  readonly acceptsRefused?: boolean;
}

/** Returns 0 if every connection is shown to be open, 1 if one is not, and 2 if nothing could be tried. */
export function checkExitCode(report: CheckReport): 0 | 1 | 2 {
  if (report.results.length === 0) return 2;
  return report.results.every((result) => isPassed(result, report)) ? 0 : 1;
}

/** Whether the connection is open, or accepted as such. */
export function isPassed({ outcome }: CheckResult, { acceptsRefused }: Pick<CheckReport, 'acceptsRefused'>): boolean {
  return outcome === Outcome.OPEN || (outcome === Outcome.REFUSED && acceptsRefused === true);
}

/**
 * Renders a line for every endpoint, then what could not be checked, what is not evaluated, and the number of each outcome. Below each line is the same check
 * by hand, the most likely cause if the port is not open, what the rules say if they do not open it, and what fails if the port is not known to be open.
 */
export function checkLines(report: CheckReport): string {
  const { results, notCheckable, hostnames = [], omitted = [], notEvaluated = [] } = report;
  const entries = [
    ...results.map((result) => ({
      row: [
        result.outcome,
        endpointText(result.endpoint),
        destinationText(result.endpoint),
        OUTCOME_MEANING[result.outcome],
      ],
      below: [
        byHandText(byHand(result.endpoint.host, result.endpoint.port)),
        ...causesOfResult(result, report).map(likelyCauseText),
        ...notOpenByRules(result.endpoint.flows).map(byRulesText),
        ...impactLinesOfResult(result),
      ],
    })),
    ...notCheckable.map((each) => ({
      row: [NOT_EVALUATED, String(each.flow.port), flowText(each.flow), each.reason],
      below: [
        ...[flowByHand(each.flow) ?? []].flat().map(byHandText),
        ...notOpenByRules([each.flow]).map(byRulesText),
        ...impactLines([each.flow]),
      ],
    })),
    ...hostnames.map((each) => ({
      row: [NOT_CHECKED, namedPorts(each), hostnameText(each), each.reason],
      below: [...hostnameChecks(each).map(hostnameCheckText), ...notOpenByRules([each.hostname]).map(byRulesText)],
    })),
    ...omitted.map((each) => ({
      row: [Outcome.NOT_TRIED, String(each.port), omittedPurpose(each), omittedText(each)],
      below: impactLinesOfOmitted(each),
    })),
  ];
  const parts = notEvaluated.map((part) => `${oneLine(notEvaluatedText(part))}\n`).join('');
  const summary = `${parts}${parts === '' ? '' : '\n'}${checkSummary(report)}\n`;
  if (entries.length === 0) return summary;
  const rows = entries.map(({ row }) => row);
  const [head, ...lines] = alignedTable({ columns: ['Outcome', 'Endpoint', 'Purpose', 'Meaning'], rows }).split('\n');
  const withChecks = entries.flatMap(({ below }, index) => [
    lines[index],
    ...below.map((text) => `    ${oneLine(text)}`),
  ]);
  return `${[head, ...withChecks].join('\n')}\n\n${summary}`;
}

/** Returns something that is not evaluated on one line. */
export function notEvaluatedText({ address, reason, file }: MissingPart): string {
  return `not evaluated: ${address}: ${reason} (${file})`;
}

/** Returns the most likely cause of a result that is not open. */
export function causesOfResult(result: CheckResult, { results }: Pick<CheckReport, 'results'>): string[] {
  return [likelyCause(result, results) ?? []].flat();
}

/** Returns a line for everything that fails if the port of a result is not known to be open. */
export function impactLinesOfResult({ outcome, endpoint }: CheckResult): string[] {
  return outcome === Outcome.OPEN ? [] : impactLines(endpoint.flows);
}

/** Returns the number of each outcome: `3 open, 1 timed out, 2 connections not evaluated; not shown to be open: 1 refused`. */
function checkSummary({ results, notCheckable, hostnames = [], omitted = [], notEvaluated = [] }: CheckReport): string {
  const countOf = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const shown = Object.values(Outcome).filter((outcome) => outcome !== Outcome.REFUSED);
  const counts = [
    ...shown.map((outcome) => [outcome, countOf(outcome)] as const),
    [
      notCheckable.length === 1 ? `connection ${NOT_EVALUATED}` : `connections ${NOT_EVALUATED}`,
      notCheckable.length,
    ] as const,
    [hostnames.length === 1 ? 'hostname not checked' : 'hostnames not checked', hostnames.length] as const,
    ['omitted', omitted.length] as const,
  ];
  const parts = counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
  const refused = countOf(Outcome.REFUSED);
  const apart = refused > 0 ? [`not shown to be open: ${refused} refused`] : [];
  const all = [...(parts.length > 0 ? [parts.join(', ')] : []), ...apart];
  const checked = all.length > 0 ? all.join('; ') : 'nothing to check';
  if (notEvaluated.length === 0) return checked;
  return `${checked}; ${notEvaluated.length} ${notEvaluated.length === 1 ? 'part' : 'parts'} not evaluated`;
}

/** Renders the report as JSON for programs. */
export function checkJson(report: CheckReport): string {
  const results = report.results.map((result) => ({
    host: result.endpoint.host,
    port: result.endpoint.port,
    protocol: 'tcp',
    outcome: result.outcome,
    attempts: result.attempts,
    milliseconds: result.milliseconds,
    rows: [...new Set(result.endpoint.flows.map(({ rowKey }) => rowKey))],
    destination: result.endpoint.flows[0].destination.label,
    ...byHand(result.endpoint.host, result.endpoint.port),
    likelyCause: likelyCause(result, report.results),
    notOpenByRules: ifAny(notOpenByRules(result.endpoint.flows)),
    impacts: result.outcome === Outcome.OPEN ? undefined : ifAny(impactsOf(result.endpoint.flows)),
  }));
  const notCheckable = report.notCheckable.map((each) => ({
    destination: each.flow.destination.label,
    port: String(each.flow.port),
    row: each.flow.rowKey,
    reason: each.reason,
    ...flowByHand(each.flow),
    notOpenByRules: ifAny(notOpenByRules([each.flow])),
    impacts: ifAny(impactsOf([each.flow])),
  }));
  const hostnames = report.hostnames?.map((each) => ({
    hostname: each.hostname.hostname,
    ports: each.hostname.ports.map(String),
    clients: each.hostname.clients?.label,
    through: each.hostname.through,
    row: `${each.hostname.document.key}/${each.hostname.row}`,
    notDocumented: each.hostname.notDocumented,
    reason: each.reason,
    notOpenByRules: ifAny(notOpenByRules([each.hostname])),
    checks: hostnameChecks(each),
  }));
  const omitted = report.omitted?.map(omittedJson);
  const passed = checkExitCode(report) === 0;
  const notTried = { notCheckable, hostnames: ifAny(hostnames ?? []), omitted: ifAny(omitted ?? []) };
  return jsonText({ version: VERSION, passed, results, ...notTried, notEvaluated: report.notEvaluated ?? [] });
}

function omittedJson(omission: TracedOmission): object {
  return {
    destination: omission.destination.label,
    port: String(omission.port),
    row: omission.rowKey,
    ...(omission.hostname !== undefined && { hostname: omission.hostname.hostname }),
    reason: omittedText(omission),
    construct: omission.constructPath,
    impacts: ifAny(impactsOfOmitted(omission)),
  };
}

/** Returns the destination of an omitted row, and its purpose. */
export function omittedPurpose(omission: TracedOmission): string {
  return `${peerText(omission.destination)}: ${purposeText(omission)}`;
}

function ifAny<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length > 0 ? values : undefined;
}

/** Returns an endpoint as text: `10.8.0.7:25080/tcp`, `[2001:db8::7]:443/tcp`. */
export function endpointText({ host, port }: CheckedEndpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/tcp`;
}

/** Returns the destination that an endpoint belongs to, and its purpose. */
export function destinationText({ flows }: CheckedEndpoint): string {
  return [...new Set(flows.map(flowText))].join('; ');
}

/** Returns the destination of a flow, and its purpose. */
function flowText(flow: TracedFlow): string {
  return `${peerText(flow.destination)}: ${purposeWithPort(flow)}`;
}
