import type { TracedFlow, TracedHostname } from '../../../provenance';
import { documentsOf, isDocumented, versionsText } from '../../source-text';
import type { ReportDocument } from './report-data';
import type { Anchors } from './row-anchor';

/** Returns the documents of flows and hostnames, with what a later edition would change, by key of the document. */
export function reportDocuments(
  flows: readonly TracedFlow[],
  hostnames: readonly TracedHostname[],
  { anchors, laterEditions }: { readonly anchors: Anchors; readonly laterEditions: ReadonlyMap<string, string> },
): ReportDocument[] {
  const sourced = [...flows, ...hostnames];
  return documentsOf(sourced).map((document) => {
    const { key, title, edition, reference, comparedOn, checkedFor } = document;
    const own = sourced.filter((one) => one.document.key === key && isDocumented(one));
    const versions = own.flatMap((one) => versionLines(checkedFor, 'versions' in one ? one.versions : undefined));
    return {
      anchor: anchors.of(`document ${key}`, [key.split('@')[0]]),
      ...{ key, title, edition, reference, comparedOn },
      versions: [...new Set(versions)],
      later: laterEditions.get(key),
      rows: own.length,
    };
  });
}

/** Returns for which versions the vendor has checked a document, and which the user runs, or that nobody recorded them. */
export function versionLines(
  checkedFor: readonly string[] | undefined,
  versions: Readonly<Record<string, string>> = {},
): string[] {
  const checked = versionsText(checkedFor, versions) ?? 'the document names no versions that the vendor has checked';
  return [checked, ...(Object.keys(versions).length === 0 ? ['versions in use: not recorded'] : [])];
}
