/** A commit of a repository, or the time of an archived copy. */
const PERMANENT = /\/[0-9a-f]{40}\/|^https:\/\/web\.archive\.org\/web\/\d{14}\//;

/** Returns on which day a table was compared with its document, and whether the document may have changed since: `Compared with ...`. */
export function comparedText({
  reference,
  comparedOn,
}: {
  readonly reference: string;
  readonly comparedOn: string;
}): string {
  const compared = `Compared with the document on ${comparedOn}.`;
  return PERMANENT.test(reference)
    ? compared
    : `${compared} This link is not permanent: the document may have changed since.`;
}
