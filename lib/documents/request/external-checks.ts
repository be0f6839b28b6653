import { EXTERNAL_CHECKS } from '../../products/catalog';
import type { TracedFlow } from '../../provenance';

/** Something that the documents of a request leave to other documents. */
export interface RequestedCheck {
  readonly topic: string;
  /** How it can be opened, or why no table covers it. */
  readonly answer: string;
  /** Whether the stacks open the ports of the table that covers it. */
  readonly isOpened: boolean;
  /** The key of the document that leaves it out. */
  readonly document: string;
}

const ONE_STACK = { open: 'this stack opens', doNotOpen: 'this stack does not open' };
const SEVERAL_STACKS = { open: 'these stacks open', doNotOpen: 'these stacks do not open' };

/** Returns what the documents of the flows leave to other documents, each topic once, in the order of the documents. */
export function externalChecks(flows: readonly TracedFlow[]): RequestedCheck[] {
  const believed = flows.filter(({ notDocumented }) => notDocumented === undefined);
  const documents = keysOf(believed);
  const words = new Set(flows.map(({ stack }) => stack)).size > 1 ? SEVERAL_STACKS : ONE_STACK;
  const open = keysOf(
    believed.filter(({ deviation }) => deviation === undefined || deviation.kind === 'opened otherwise'),
  );
  return EXTERNAL_CHECKS.flatMap(({ tables, topic, coveredBy = [], answer }) => {
    const document = documents.find((key) => tables.includes(key));
    if (document === undefined) return [];
    const opened = open.filter((key) => coveredBy.some((table) => isOfTable(key, table)));
    return [
      {
        topic,
        answer:
          opened.length === 0 ? coverage(coveredBy, answer, words) : `${opened.join(' and ')}, which ${words.open}`,
        isOpened: opened.length > 0,
        document,
      },
    ];
  });
}

function keysOf(flows: readonly TracedFlow[]): string[] {
  return [...new Set(flows.map(({ document }) => document.key))];
}

/** Whether two names are of one table, whatever its edition. */
function isOfTable(key: string, table: string): boolean {
  return key.split('@')[0] === table.split('@')[0];
}

function coverage(tables: readonly string[], answer: string, words: typeof ONE_STACK): string {
  if (tables.length === 0) return answer;
  const covers =
    tables.length === 1 ? `the table ${tables[0]} covers it` : `the tables ${tables.join(' and ')} cover it`;
  return `${covers}, and ${words.doNotOpen} it: ${answer}`;
}

/** The heading of the checks in every form of a request. */
export const EXTERNAL_CHECKS_HEADING = 'To be checked externally, as the document says';

/** Renders a check as a line of a list: `[ ] Lens: ...`. */
export function checkLine({ topic, answer, isOpened }: RequestedCheck): string {
  return `[${isOpened ? 'x' : ' '}] ${topic}: ${answer}`;
}
