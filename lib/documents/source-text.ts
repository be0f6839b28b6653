import { grouped } from '../input';
import {
  closedAtSourceText,
  deviationText,
  notKnownText,
  omittedText,
  type OwnershipJson,
  ownershipText,
  type TracedDocument,
  type TracedFlow,
  type TracedHostname,
  type TracedOmission,
  WITHOUT_PACKETS,
} from '../provenance';
import { peerText, purposeText } from './peer-text';

/** What an output says about the source of a port or hostname. */
type Sourced = Pick<TracedFlow | TracedHostname, 'section' | 'supplement' | 'supplementReference' | 'document'> &
  Pick<Partial<TracedFlow>, 'notDocumented'>;

/** Returns the port that is opened and, if the user moved it, the port of its source: `10350/tcp, document: 10250/tcp`. */
export function portText(flow: Pick<TracedFlow, 'port' | 'documentedPort' | 'supplement'>): string {
  return [String(flow.port), movedPortText(flow) ?? []].flat().join(', ');
}

/** Returns `document: 10250/tcp` if the user moved a row; a supplement has a source of its own in place of the document. */
export function movedPortText({
  documentedPort,
  supplement,
}: Pick<TracedFlow, 'documentedPort' | 'supplement'>): string | undefined {
  if (documentedPort === undefined) return undefined;
  return `${supplement === undefined ? 'document' : 'its source'}: ${String(documentedPort)}`;
}

/** Returns what a port is for and, if the user moved the row, the port of its source: `Kubelet API (document: 10250/tcp)`. */
export function purposeWithPort(flow: TracedFlow): string {
  const moved = movedPortText(flow);
  return moved === undefined ? purposeText(flow) : `${purposeText(flow)} (${moved})`;
}

/** Returns that something is not documented, and why. */
export function notDocumentedText(reason: string): string {
  return `not documented: ${reason}`;
}

/** Returns where it is documented: the section, the reason of a supplement, or why it is not documented. */
export function documentedText({ section, supplement, notDocumented }: Sourced): string {
  if (notDocumented !== undefined) return notDocumentedText(notDocumented);
  return supplement === undefined ? section : `supplement: ${supplement}`;
}

/** Returns the key of the document; of a supplement the page that asks for it; nothing for what is not documented. */
export function documentText({ document, supplement, supplementReference = '', notDocumented }: Sourced): string {
  if (notDocumented !== undefined) return '';
  return supplement === undefined ? document.key : supplementReference;
}

/** Returns the web address of the document, or of the page behind a supplement. */
export function sourceReference({ document, supplement, supplementReference = '', notDocumented }: Sourced): string {
  if (notDocumented !== undefined) return '';
  return supplement === undefined ? document.reference : supplementReference;
}

/** Whether the document has it. Supplements have a page of their own. */
export function isDocumented({ supplement, notDocumented }: Pick<Sourced, 'supplement' | 'notDocumented'>): boolean {
  return supplement === undefined && notDocumented === undefined;
}

/** Returns an omitted row or hostname on one line: its port, its ends, its purpose, who omits it, and what fails. */
export function omissionText(omission: TracedOmission): string {
  const { port, source, destination, impact, openNevertheless, hostname } = omission;
  const through = hostname?.clients === undefined ? '' : ` through ${hostname.through}`;
  const ends = `${String(port)} from ${peerText(source)}${through} to ${peerText(destination)}`;
  const closed = impact === undefined || openNevertheless?.kind === 'opened' ? '' : `; if closed: ${impact}`;
  return `${ends}: ${purposeText(omission)}, ${omittedText(omission)}${closed}`;
}

/** Returns what fails while a port is closed, or that its document does not say it: silence could mean that nothing fails. */
export function impactText({
  impact,
  supplement,
  notDocumented,
}: Pick<TracedFlow, 'impact' | 'supplement' | 'notDocumented'>): string {
  if (impact !== undefined) return impact;
  if (notDocumented !== undefined) return 'no document says what fails';
  return supplement === undefined ? 'the document does not say what fails' : 'its source does not say what fails';
}

/** Returns the documents that list something, each once. Supplements and what is not documented have none. */
export function documentsOf(sourced: readonly Sourced[]): TracedDocument[] {
  return [...new Map(sourced.filter(isDocumented).map(({ document }) => [document.key, document])).values()];
}

/** Who opens a port or allows a hostname. */
export type Opener =
  | 'the firewall team'
  | 'this stack'
  | 'this stack, in part'
  | 'no rule of this stack'
  | 'not known to be open'
  | 'closed at its source';

/** Returns who opens a port or allows a hostname. */
export function openerOf({ external, rules, notDocumented, deviation, notKnown, closedAtSource }: Opened): Opener {
  if (external) return 'the firewall team';
  if ((notDocumented ?? deviation) !== undefined && rules.length === 0) return 'no rule of this stack';
  if (closedAtSource !== undefined) return 'closed at its source';
  if (notKnown !== undefined) return 'not known to be open';
  return deviation?.kind === 'closed in part' ? 'this stack, in part' : 'this stack';
}

/** Returns who opens a port or allows a hostname, and why rules do not open it as recorded, or are not known to. */
export function openerText(opened: Opened): string {
  const opener = openerOf(opened);
  const reasons = notOpenTexts(opened);
  if (hasReason(opener)) return reasons.join('; ');
  return [opener, ...reasons].join('; ');
}

/** Whether who opens a port is told only by the reason why it is not open, or not known to be. */
export function hasReason(opener: Opener): opener is 'not known to be open' | 'closed at its source' {
  return opener === 'not known to be open' || opener === 'closed at its source';
}

/** Returns a line for each reason why ports or hostnames are not open as recorded, or not known to be, with their names if it is not for all. */
export function notOpenLines(all: readonly (TracedFlow | TracedHostname)[]): string[] {
  const found = all.flatMap((one) => notOpenTexts(one).map((text) => ({ text, name: nameOf(one) })));
  return [...grouped(found, ({ text }) => text)].map(([text, same]) => {
    const line = text.replace(/^[a-z]/, (first) => first.toUpperCase());
    return same.length === all.length ? line : `${[...new Set(same.map(({ name }) => name))].join(', ')}: ${text}`;
  });
}

/** Returns a line for each ownership of ports or hostnames, with their names if it is not for all: `Owner: payments, ticket NET-42`. */
export function ownerLines(all: readonly (TracedFlow | TracedHostname)[]): string[] {
  const owned = all.flatMap((one) =>
    one.ownership === undefined ? [] : [{ text: ownershipText(one.ownership), name: nameOf(one) }],
  );
  return [...grouped(owned, ({ text }) => text)].map(([text, same]) => {
    const line = `Owner: ${text}`;
    return same.length === all.length ? line : `${[...new Set(same.map(({ name }) => name))].join(', ')}: ${line}`;
  });
}

function nameOf(one: TracedFlow | TracedHostname): string {
  return 'port' in one ? String(one.port) : one.hostname;
}

/** Returns why a port or hostname is not open as recorded, is not known to be, or has no packets; nothing if it is open. */
export function notOpenTexts({ deviation, notKnown, closedAtSource, isWithoutPackets }: Opened): string[] {
  return [
    ...(deviation === undefined ? [] : [deviationText(deviation)]),
    ...(closedAtSource === undefined ? [] : [closedAtSourceText(closedAtSource)]),
    ...(notKnown === undefined ? [] : [notKnownText(notKnown)]),
    ...(isWithoutPackets ? [WITHOUT_PACKETS] : []),
  ];
}

/** The columns of files for who wants a port or a hostname. */
export const OWNERSHIP_COLUMNS = ['Owner', 'Ticket', 'Expires'];

/** Returns the cells of these columns. */
export function ownershipCells({ owner = '', ticket = '', expires = '' }: Partial<OwnershipJson> = {}): string[] {
  return [owner, ticket, expires];
}

/** What an output says about who opens a port. */
type Opened = Pick<TracedFlow, 'external' | 'rules' | 'notDocumented' | 'deviation' | 'notKnown' | 'closedAtSource'> &
  Pick<Partial<TracedFlow>, 'isWithoutPackets'>;

/**
 * Returns for which versions the vendor checked a document, and for which of the user's versions not: `checked by the vendor for
 * kubernetes 1.31.0, not for your kubernetes 1.34.1; ports may vary in other versions`. Nothing if neither is known.
 */
export function versionsText(
  checkedFor: readonly string[] | undefined,
  versions: Readonly<Record<string, string>> | undefined,
): string | undefined {
  const own = Object.entries(versions ?? {}).map(
    ([product, version]) => `${product} ${version.replace(/^v(?=\d)/, '')}`,
  );
  if (checkedFor === undefined) {
    return own.length === 0
      ? undefined
      : `the document names no versions that the vendor has checked; yours: ${own.join(', ')}`;
  }
  const unchecked = own.filter((version) => !checkedFor.includes(version));
  const not = unchecked.length === 0 ? '' : `, not for your ${unchecked.join(', ')}`;
  return `checked by the vendor for ${checkedFor.join(', ')}${not}; ports may vary in other versions`;
}
