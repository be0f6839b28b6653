import { openerOf, openerText } from '../documents';
import type { TracedFlow, TracedHostname } from '../provenance';

/** Returns what the rules say about flows or hostnames that they do not open, or are not known to open. */
export function notOpenByRules(all: readonly (TracedFlow | TracedHostname)[]): string[] {
  return [...new Set(all.flatMap(notOpen))];
}

function notOpen(one: TracedFlow | TracedHostname): string[] {
  const text = openerText(one);
  if (text === 'this stack' || text === 'the firewall team') return [];
  const opener = openerOf(one);
  const isInDoubt = opener === 'no rule of this stack' || opener === 'this stack, in part';
  const doubt = isInDoubt && one.doubt !== undefined ? `: ${one.doubt}` : '';
  return [`${text}${doubt}`];
}

/** Renders what the rules say on one line. */
export function byRulesText(text: string): string {
  return `by the rules: ${text}`;
}
