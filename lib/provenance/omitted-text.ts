import type { TracedOmission } from './traced-flow';

/** Who omits a row, and what opens its port nevertheless. */
type Omitted = Pick<TracedOmission, 'constructPath' | 'openNevertheless'>;

/**
 * Returns who leaves a row closed, and what opens its port nevertheless, in the words of all outputs: `omitted by prod/cluster, and opened
 * by aws_vpc_security_group_ingress_rule.web`.
 */
export function omittedText({ constructPath, openNevertheless }: Omitted): string {
  const omitted = `omitted by ${constructPath}`;
  if (openNevertheless === undefined) return omitted;
  const { kind, by } = openNevertheless;
  return kind === 'not known' ? `${omitted}, and not known to be closed: ${by}` : `${omitted}, and ${kind} by ${by}`;
}

/** Returns who opens the port of an omitted row: `nobody: omitted by prod/cluster`. */
export function omittedOpenerText(omitted: Omitted): string {
  const text = omittedText(omitted);
  return omitted.openNevertheless === undefined ? `nobody: ${text}` : text;
}
