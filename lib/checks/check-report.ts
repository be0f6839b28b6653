import { alignedTable, peerText, purposeText } from '../documents';
import type { CheckedEndpoint, NotCheckable } from './check-plan';
import { type CheckResult, Outcome } from './run-checks';

const VERSION = 1;

/** What each outcome means for the firewall team. */
export const OUTCOME_MEANING: Readonly<Record<Outcome, string>> = {
  [Outcome.OPEN]: 'something listens and answers',
  [Outcome.REFUSED]: 'the firewalls allow it, and nothing listens yet',
  [Outcome.TIMED_OUT]: 'a firewall drops the packets, or no machine has this IP address',
  [Outcome.UNREACHABLE]: 'there is no route to the machine',
  [Outcome.NAME_NOT_FOUND]: 'the name of the machine has no IP address',
  [Outcome.NOT_TRIED]: 'this machine could not try to connect',
};

/** The outcomes that prove that every firewall allows the connection. */
const PASSED = [Outcome.OPEN, Outcome.REFUSED];

/** The results of a check. */
export interface CheckReport {
  readonly results: readonly CheckResult[];
  readonly notCheckable: readonly NotCheckable[];
}

/** Returns 0 if the firewalls allow every connection, 1 if they do not, and 2 if nothing could be tried. */
export function checkExitCode({ results }: CheckReport): 0 | 1 | 2 {
  if (results.length === 0) return 2;
  return results.every(({ outcome }) => PASSED.includes(outcome)) ? 0 : 1;
}

/** Whether the firewalls allow the connection. */
export function isPassed({ outcome }: CheckResult): boolean {
  return PASSED.includes(outcome);
}

/** Renders a line for every endpoint, then what could not be checked, then the number of each outcome. */
export function checkLines({ results, notCheckable }: CheckReport): string {
  const rows = [
    ...results.map(({ endpoint, outcome }) => [
      outcome,
      endpointText(endpoint),
      destinationText(endpoint),
      OUTCOME_MEANING[outcome],
    ]),
    ...notCheckable.map(({ flow, reason }) => [
      'not checkable',
      String(flow.port),
      `${peerText(flow.destination)}: ${purposeText(flow)}`,
      reason,
    ]),
  ];
  const table = rows.length > 0 ? alignedTable({ columns: ['Outcome', 'Endpoint', 'Purpose', 'Meaning'], rows }) : '';
  return `${table}${table === '' ? '' : '\n'}${checkSummary({ results, notCheckable })}\n`;
}

/** Returns the number of each outcome: `3 open, 1 timed out, 2 not checkable`. */
function checkSummary({ results, notCheckable }: CheckReport): string {
  const counts = Object.values(Outcome).map(
    (outcome) => [outcome, results.filter((result) => result.outcome === outcome).length] as const,
  );
  const parts = [...counts, ['not checkable', notCheckable.length] as const].filter(([, count]) => count > 0);
  return parts.length > 0 ? parts.map(([what, count]) => `${count} ${what}`).join(', ') : 'nothing to check';
}

/** Renders the report as JSON for programs. */
export function checkJson(report: CheckReport): string {
  const results = report.results.map(({ endpoint, outcome, attempts, milliseconds }) => ({
    host: endpoint.host,
    port: endpoint.port,
    protocol: 'tcp',
    outcome,
    attempts,
    milliseconds,
    rows: [...new Set(endpoint.flows.map(({ rowKey }) => rowKey))],
    destination: endpoint.flows[0].destination.label,
  }));
  const notCheckable = report.notCheckable.map(({ flow, reason }) => ({
    destination: flow.destination.label,
    port: String(flow.port),
    row: flow.rowKey,
    reason,
  }));
  const passed = checkExitCode(report) === 0;
  return `${JSON.stringify({ version: VERSION, passed, results, notCheckable }, undefined, 2)}\n`;
}

/** Returns an endpoint as text: `10.8.0.7:25080/tcp`, `[2001:db8::7]:443/tcp`. */
export function endpointText({ host, port }: CheckedEndpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/tcp`;
}

/** Returns the destination that an endpoint belongs to, and its purpose. */
export function destinationText({ flows }: CheckedEndpoint): string {
  return [...new Set(flows.map((flow) => `${peerText(flow.destination)}: ${purposeText(flow)}`))].join('; ');
}
