import type { CheckedEndpoint, NotCheckable } from './check-plan';
import { Outcome } from './connect';
import type { CheckResult } from './run-checks';
import { peerText, purposeText } from '../renderers/peer-text';
import { alignedTable } from '../renderers/text-table';

const VERSION = 1;

/** What outcomes mean to the people who own a firewall. */
export const OUTCOME_MEANING: Readonly<Record<Outcome, string>> = {
  [Outcome.OPEN]: 'something listens and answers',
  [Outcome.REFUSED]: 'firewalls are open, nothing listens',
  [Outcome.TIMED_OUT]: 'no answer: a firewall drops packets, or there is no such host',
  [Outcome.UNREACHABLE]: 'there is no way to the host',
  [Outcome.NAME_NOT_FOUND]: 'the name of the host has no address',
  [Outcome.NOT_TRIED]: 'this machine could not try',
};

/** What is wrong with connections to which nothing answers as it should. */
const GOOD = [Outcome.OPEN, Outcome.REFUSED];

/** Everything that a check has found. */
export interface CheckReport {
  readonly results: readonly CheckResult[];
  readonly notCheckable: readonly NotCheckable[];
}

/** 0 where every firewall is open, 1 where one is not, 2 where nothing could be tried. */
export function checkExitCode({ results }: CheckReport): 0 | 1 | 2 {
  if (results.length === 0) return 2;
  return results.every(({ outcome }) => GOOD.includes(outcome)) ? 0 : 1;
}

/** Whether an outcome says that firewalls are open. */
export function isPassed({ outcome }: CheckResult): boolean {
  return GOOD.includes(outcome);
}

/** One line for every endpoint, then what cannot be tried, then how many there are of each. */
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
  const table = rows.length > 0 ? alignedTable({ columns: ['Outcome', 'Endpoint', 'What for', 'Meaning'], rows }) : '';
  return `${table}${table === '' ? '' : '\n'}${checkSummary({ results, notCheckable })}\n`;
}

/** How many there are of each outcome: `3 open, 1 timed out, 2 not checkable`. */
export function checkSummary({ results, notCheckable }: CheckReport): string {
  const counts = Object.values(Outcome).map(
    (outcome) => [outcome, results.filter((result) => result.outcome === outcome).length] as const,
  );
  const parts = [...counts, ['not checkable', notCheckable.length] as const].filter(([, count]) => count > 0);
  return parts.length > 0 ? parts.map(([what, count]) => `${count} ${what}`).join(', ') : 'nothing to check';
}

/** The report for programs. */
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

/** An endpoint as people write it: `10.8.0.7:25080/tcp`, `[2001:db8::7]:443/tcp`. */
export function endpointText({ host, port }: CheckedEndpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}/tcp`;
}

/** Whom an endpoint belongs to, and what is asked for there. */
export function destinationText({ flows }: CheckedEndpoint): string {
  return [...new Set(flows.map((flow) => `${peerText(flow.destination)}: ${purposeText(flow)}`))].join('; ');
}
