import { oneLine } from '../input';
import { impactLines } from './impact';
import { byRulesText, notOpenByRules } from './by-rules';
import type { CheckedEndpoint, CheckPlan } from './check-plan';
import { destinationText } from './check-report';
import { notTriedLines } from './not-tried';
import { yamlText } from './yaml-text';

/** How Goss tries connections. */
interface GossOptions {
  /** @default 4000 */
  readonly timeoutMs?: number;
}

/**
 * Renders the checks as a file for Goss, which tries each address from the machine on which it runs. What it cannot check is in the
 * comments.
 */
export function checkGoss(plan: CheckPlan, { timeoutMs = 4000 }: GossOptions = {}): string {
  const addr = Object.fromEntries(plan.endpoints.map((endpoint) => [addressOf(endpoint), test(endpoint, timeoutMs)]));
  const comments = [
    'Tries every connection from the machine on which it runs: goss --gossfile <this file> validate',
    'A connection that is refused is a failure too: start what listens first.',
    ...notTriedLines(plan),
  ];
  return [...comments.map((line) => `# ${asTemplateText(oneLine(line))}\n`), yamlText({ addr })].join('');
}

function test(endpoint: CheckedEndpoint, timeoutMs: number): object {
  const { flows } = endpoint;
  const remarks = [...notOpenByRules(flows).map(byRulesText), ...impactLines(flows)];
  return {
    title: asTemplateText(oneLine(destinationText(endpoint))),
    ...(remarks.length > 0 && { meta: { remarks: remarks.map((text) => asTemplateText(oneLine(text))) } }),
    reachable: true,
    timeout: Math.ceil(timeoutMs),
  };
}

function addressOf({ host, port }: CheckedEndpoint): string {
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Returns text that Goss prints as it is: a file of Goss is a template of Go, which could read files and variables. */
function asTemplateText(text: string): string {
  return text.replaceAll('{{', '{{`{{`}}');
}
