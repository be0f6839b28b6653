import { byHand, byHandText, flowByHand, peerText, purposeWithPort } from '../documents';
import { oneLine } from '../input';
import { omittedText } from '../provenance';
import { byRulesText, notOpenByRules } from './by-rules';
import {
  causesOfResult,
  type CheckReport,
  destinationText,
  endpointText,
  impactLinesOfResult,
  isPassed,
  notEvaluatedText,
  omittedPurpose,
  OUTCOME_MEANING,
} from './check-report';
import { hostnameChecks, hostnameCheckText, hostnameText, namedPorts } from './hostname-checks';
import { impactLines, impactLinesOfOmitted } from './impact';
import { likelyCauseText } from './likely-cause';
import type { CheckResult } from './run-checks';

/** Renders the report as JUnit XML for pipelines: a test case for each endpoint, skipped if it could not be checked. */
export function checkJunit(report: CheckReport): string {
  const { results, notCheckable, hostnames = [], omitted = [], notEvaluated = [] } = report;
  const skipped = notCheckable.length + hostnames.length + omitted.length;
  const failures = results.filter((result) => !isPassed(result, report)).length;
  const seconds = results.reduce((longest, { milliseconds }) => Math.max(longest, milliseconds), 0) / 1000;
  const counts = `tests="${results.length + skipped}" failures="${failures}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="cluster-ports verify" ${counts} skipped="${skipped}" time="${seconds}">`,
    ...results.flatMap((result) => resultLines(result, report)),
    ...notCheckable.flatMap((each) => [
      `    <testcase classname="${xml(peerText(each.flow.destination))}" name="${xml(`${String(each.flow.port)} ${purposeWithPort(each.flow)}`)}" time="0">`,
      `      <skipped message="${xml([each.reason, ...notOpenByRules([each.flow]).map(byRulesText), ...impactLines([each.flow])].join('; '))}"/>`,
      ...[flowByHand(each.flow) ?? []]
        .flat()
        .map((check) => `      <system-out>${xml(byHandText(check))}</system-out>`),
      '    </testcase>',
    ]),
    ...hostnames.flatMap((each) => [
      `    <testcase classname="${xml(each.hostname.hostname)}" name="${xml(`${namedPorts(each)} ${hostnameText(each)}`)}" time="0">`,
      `      <skipped message="${xml([each.reason, ...notOpenByRules([each.hostname]).map(byRulesText)].join('; '))}"/>`,
      ...hostnameChecks(each).map((check) => `      <system-out>${xml(hostnameCheckText(check))}</system-out>`),
      '    </testcase>',
    ]),
    ...omitted.flatMap((each) => [
      `    <testcase classname="${xml(peerText(each.destination))}" name="${xml(`${String(each.port)} ${omittedPurpose(each)}`)}" time="0">`,
      `      <skipped message="${xml([omittedText(each), ...impactLinesOfOmitted(each)].join('; '))}"/>`,
      '    </testcase>',
    ]),
    ...notEvaluated.map((part) => `    <system-out>${xml(notEvaluatedText(part))}</system-out>`),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function resultLines(result: CheckResult, report: CheckReport): string[] {
  const { endpoint, outcome, milliseconds } = result;
  const meaning = [`${outcome}: ${OUTCOME_MEANING[outcome]}`, ...notOpenByRules(endpoint.flows).map(byRulesText)].join(
    '; ',
  );
  const check = byHandText(byHand(endpoint.host, endpoint.port));
  const causes = causesOfResult(result, report).map(likelyCauseText);
  const message = xml([meaning, ...causes, ...impactLinesOfResult(result)].join('; '));
  return [
    `    <testcase classname="${xml(peerText(endpoint.flows[0].destination))}" name="${xml(`${endpointText(endpoint)} ${destinationText(endpoint)}`)}" time="${milliseconds / 1000}">`,
    ...(isPassed(result, report)
      ? [`      <system-out>${xml(`${meaning}; ${check}`)}</system-out>`]
      : [
          `      <failure type="${xml(outcome)}" message="${message}"/>`,
          `      <system-out>${xml(check)}</system-out>`,
        ]),
    '    </testcase>',
  ];
}

function xml(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
