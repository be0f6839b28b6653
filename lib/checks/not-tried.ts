import { byHandText, flowByHand, peerText, purposeWithPort } from '../documents';
import { omittedText } from '../provenance';
import { byRulesText, notOpenByRules } from './by-rules';
import type { CheckPlan } from './check-plan';
import { notEvaluatedText, omittedPurpose } from './check-report';
import { hostnameChecks, hostnameCheckText, hostnameText, namedPorts } from './hostname-checks';
import { impactLines, impactLinesOfOmitted } from './impact';

/** Returns a line for everything that a plan lists and no program tries, such as UDP, for the comments of a file. */
export function notTriedLines({ notCheckable, hostnames = [], omitted = [], notEvaluated = [] }: CheckPlan): string[] {
  return [
    ...notCheckable.flatMap((each) => {
      const { flow, reason } = each;
      return [
        `not evaluated: ${String(flow.port)} to ${peerText(flow.destination)}, ${purposeWithPort(flow)}: ${reason}`,
        ...[flowByHand(flow) ?? []].flat().map(byHandText),
        ...notOpenByRules([flow]).map(byRulesText),
        ...impactLines([flow]),
      ];
    }),
    ...hostnames.flatMap((each) => [
      `not checked: ${namedPorts(each)}, ${hostnameText(each)}: ${each.reason}`,
      ...hostnameChecks(each).map(hostnameCheckText),
      ...notOpenByRules([each.hostname]).map(byRulesText),
    ]),
    ...omitted.flatMap((omission) => [
      `not tried: ${String(omission.port)} to ${omittedPurpose(omission)}: ${omittedText(omission)}`,
      ...impactLinesOfOmitted(omission),
    ]),
    ...notEvaluated.map(notEvaluatedText),
  ];
}
