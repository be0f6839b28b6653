import { impactText } from '../documents';
import type { TracedFlow, TracedOmission } from '../provenance';

/** Returns what fails while the ports of flows are closed, as far as their documents say it. */
export function impactsOf(flows: readonly TracedFlow[]): string[] {
  return [...new Set(flows.flatMap(({ impact }) => impact ?? []))];
}

/** Returns a line for everything that fails while the ports of flows are closed, or that their documents do not say it. */
export function impactLines(flows: readonly TracedFlow[]): string[] {
  const known = impactsOf(flows);
  return [...new Set(known.length > 0 ? known : flows.map(impactText))].map((text) => `if closed: ${text}`);
}

/** Returns what fails while an omitted row is closed, if nothing is known to open its port. */
export function impactsOfOmitted({ impact, openNevertheless }: TracedOmission): string[] {
  return impact === undefined || openNevertheless?.kind === 'opened' ? [] : [impact];
}

/** Returns a line for the same, or that the document does not say it. */
export function impactLinesOfOmitted(omission: TracedOmission): string[] {
  return omission.openNevertheless?.kind === 'opened' ? [] : [`if closed: ${impactText(omission)}`];
}
