import { oneLine } from '../../input';
import { purposeWithPort } from '../source-text';
import type { HostRule } from './host-rules';

/** Returns a line for each row that needs a rule: what it is for, and which document says so. */
function rowLines({ flows }: Pick<HostRule, 'flows'>): string[] {
  return [...new Set(flows.map((flow) => oneLine(`${purposeWithPort(flow)} (${sourceOf(flow)})`)))];
}

/** Returns rules, each with the lines for its rows, which are absent if the rule before it is for the same rows. */
export function withRowLines(
  rules: readonly HostRule[],
): { readonly rule: HostRule; readonly lines: readonly string[] }[] {
  const texts = rules.map(rowLines);
  return rules.map((rule, at) => ({
    rule,
    lines: at > 0 && texts[at].join('\n') === texts[at - 1].join('\n') ? [] : texts[at],
  }));
}

/** Returns the names of the rows that need a rule: `api-server, kubelet`. */
export function rowNames({ flows }: Pick<HostRule, 'flows'>): string {
  return [...new Set(flows.map(({ row }) => row))].join(', ');
}

function sourceOf({ rowKey, supplement, supplementReference = '' }: HostRule['flows'][number]): string {
  return supplement === undefined ? rowKey : `${rowKey}, supplement: ${supplementReference}`;
}
