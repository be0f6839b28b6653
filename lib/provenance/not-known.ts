import type { Deviation } from './traced-flow';

/** Returns why something is not known to be open, in the words of all outputs. */
export function notKnownText(reason: string): string {
  return `not known to be open: ${reason}`;
}

/** Returns why the source of a flow may not send it, in the words of all outputs. */
export function closedAtSourceText(reason: string): string {
  return `closed at its source: ${reason}`;
}

/** Says that a rule opens a port between ends that cannot send each other packets, in the words of all outputs. */
export const WITHOUT_PACKETS = 'no packets: in the code, these ends have IP addresses of different families';

/** Returns what rules do with something that they do not open as recorded: `closed in part: the rules do not open ...`. */
export function deviationText({ kind, reason }: Deviation): string {
  return kind === 'opened otherwise' ? reason : `${kind}: ${reason}`;
}
