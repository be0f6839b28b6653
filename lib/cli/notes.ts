import type { MissingPart } from '../documents';
import type { TracedOmission, TracedOpening } from '../provenance';
import type { CliIo } from './output';

/** What stacks open and a command does not list. */
interface NotListed {
  readonly undocumented: readonly TracedOpening[];
  readonly omitted: readonly TracedOmission[];
  readonly notEvaluated: readonly MissingPart[];
}

/** Returns how much rules open that no row documents, how many rows are omitted, how much is not evaluated, and which commands list it. */
export function notesOf({ undocumented, omitted, notEvaluated }: NotListed): string[] {
  // the others are among what is not evaluated
  const open = undocumented.filter(({ notKnown }) => notKnown === undefined);
  return [
    ...countNote(open.length, 'opening', 'not documented', 'matrix'),
    ...notesAboutOmitted(omitted),
    ...notesAboutParts(notEvaluated),
  ];
}

/** Returns how many documented ports and hostnames constructs omit, and which command lists them. */
export function notesAboutOmitted(omitted: readonly TracedOmission[]): string[] {
  const hostnames = new Set(omitted.flatMap(({ hostname }) => hostname ?? []));
  const ports = omitted.filter(({ hostname }) => hostname === undefined);
  return [
    ...countNote(ports.length, 'documented port', 'omitted', 'matrix'),
    ...countNote(hostnames.size, 'documented hostname', 'omitted', 'matrix'),
  ];
}

/** Returns how much is not evaluated, and which command lists it. */
export function notesAboutParts(notEvaluated: readonly MissingPart[]): string[] {
  return countNote(notEvaluated.length, 'part', 'not evaluated', 'show');
}

function countNote(count: number, what: string, state: string, command: string): string[] {
  if (count === 0) return [];
  const [are, them] = count === 1 ? [`${what} is`, 'it'] : [`${what}s are`, 'them'];
  return [`${count} ${are} ${state}; "cluster-ports ${command}" lists ${them}`];
}

/** Prints notes. */
export function printNotes(notes: readonly string[], io: CliIo): void {
  for (const text of notes) io.stderr.write(`note: ${text}\n`);
}
