/** The first sentence of a description, without its full stop: a label for one line. */
export function firstSentence(description: string): string {
  return description.replace(/\. [A-Z].*/, '').replace(/\.$/, '');
}
