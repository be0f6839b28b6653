import { namesBehindFilter } from './filter-names';
import type { OpenNevertheless, TracedHostname, TracedOmission } from './traced-flow';

/** What a hostname is for if its document does not say it. */
export const OUTBOUND_ACCESS = 'Outbound access by name';

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

/**
 * Returns a hostname that a construct omits, once for each port, between the machines that it is for and the hostname.
 *
 * @param openNevertheless what allows it nevertheless, for each port
 */
export function omittedHostname(
  hostname: TracedHostname,
  openNevertheless: readonly (OpenNevertheless | undefined)[],
): TracedOmission[] {
  const { stack, document, row, section, basis, remark, through, filter, clients, external, constructPath } = hostname;
  const nobody = { stack, ranges: [], references: [], hostGroups: [], external: false, openToTheWorld: [] };
  return hostname.ports.map((port, at) => ({
    stack,
    rowKey: `${document.key}/${row}`,
    row,
    port,
    source: clients ?? { ...nobody, label: namesBehindFilter(through, filter)[0] },
    destination: { ...nobody, label: hostname.hostname },
    document,
    section,
    basis,
    description: remark ?? OUTBOUND_ACCESS,
    external,
    constructPath,
    hostname,
    openNevertheless: openNevertheless[at],
  }));
}
