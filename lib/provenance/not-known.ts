/** Returns why something is not known to be open, in the words of all outputs. */
export function notKnownText(reason: string): string {
  return `not known to be open: ${reason}`;
}
