import { openerOf, openerText } from '../documents';
import type { TracedFlow, TracedHostname } from '../provenance';

/** Returns what the rules say about flows or hostnames that they do not open, or are not known to open. */
export function notOpenByRules(all: readonly (TracedFlow | TracedHostname)[]): string[] {
  return [...new Set(all.flatMap(notOpen))];
}

function notOpen(one: TracedFlow | TracedHostname): string[] {
  const text = openerText(one);
  const isOpen = one.deviation === undefined || one.deviation.kind === 'opened otherwise';
  if ('port' in one && one.isWithoutPackets === true) return [text];
  if (text === 'the firewall team' || (isOpen && openerOf(one) === 'this stack')) return [];
  const isOfDocument = isOpen && openerOf(one) === 'no rule of this stack' && one.notDocumented !== undefined;
  return [isOfDocument ? `${text}: ${one.notDocumented}` : text];
}

/** Renders what the rules say on one line. */
export function byRulesText(text: string): string {
  return `by the rules: ${text}`;
}
