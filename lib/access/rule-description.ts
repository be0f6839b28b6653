import type { AddressFamily } from '../net';
import { tableKey } from '../tables';
import type { Flow } from './host-group';

/** Returns the first sentence of a description without its full stop, as a label for one line. */
export function firstSentence(description: string): string {
  return description.replace(/\. [A-Z].*/, '').replace(/\.$/, '');
}

/** The description of rules that allow all outbound traffic, which no document asks for. */
export const EVERYTHING_OUT = 'All outbound traffic (Egress.ALL)';

const ELLIPSIS = '...';
/** The length of the addition when more flows share the rule: `, and 9999 more`. */
const MORE_ROOM = 15;

/**
 * Describes why a rule exists: the vendor's description, and in brackets the row key, which leads back to the document.
 *
 * Requirements are sorted and have no duplicates. The first is named, and the rest are counted. `world` is the family for which
 * the rule is open to every address.
 */
export function describeFlows(flows: readonly Flow[], longest: number, world?: AddressFamily): string {
  const requirements = flows.map((flow) => ({
    label: labelOf(flow),
    end: `${remarks(flow, world)} [${rowKey(flow)}]`,
  }));
  const byEnd = new Map(requirements.map((requirement) => [requirement.end, requirement]));
  const [first, ...rest] = [...byEnd.keys()].sort();
  const more = rest.length > 0 ? `, and ${rest.length} more` : '';
  return fitted(byEnd.get(first)!.label, first.replace(/ (?=\[[^[]*$)/, `${more} `), longest);
}

/** Returns the length that a description needs at least: the parts that are never shortened, for any number of flows. */
export function longestDescription(flow: Flow, world?: AddressFamily): number {
  return `${remarks(flow, world)} [${rowKey(flow)}]`.length + MORE_ROOM;
}

/** Describes a rule for several rows of one documented flow: all their descriptions, and in brackets their names. */
export function describeFlowGroup(flows: readonly Flow[], longest: number, world?: AddressFamily, remark = ''): string {
  const [first] = flows;
  const names = flows.map((flow) => flow.row.name);
  const end = (rows: string): string => `${remarks(first, world)}${remark} [${flowGroupKey(first)}/${rows}]`;
  const whole = end(names.join(','));
  const short = end(`${names[0]},and-${names.length - 1}-more`);
  return fitted(flows.map(labelOf).join(', '), whole.length <= longest ? whole : short, longest);
}

/** Returns the key of a row among all documents, in characters that every cloud accepts in descriptions. */
export function rowKey(flow: Flow): string {
  return `${flowGroupKey(flow)}/${flow.row.name}`;
}

function flowGroupKey({ table, sourceRole, destinationRole }: Flow): string {
  return `${tableKey(table)}/${sourceRole.id}-to-${destinationRole.id}`;
}

function labelOf({ row }: Flow): string {
  return firstSentence(row.description);
}

function remarks(flow: Flow, world: AddressFamily | undefined): string {
  const reasons = flow.source._farEnd.worldReasons.filter(({ family }) => family === world);
  const distinct = new Set(reasons.map(({ reason }) => `; open to the world: ${reason}`));
  return (flow.supplement ? '; not documented by the vendor' : '') + [...distinct].sort().join('');
}

/** Shortens the beginning, which is complete in the document. The end stays complete, because it leads back to the document. */
function fitted(text: string, end: string, longest: number): string {
  const room = longest - end.length;
  if (text.length <= room) return text + end;
  return room > ELLIPSIS.length ? text.slice(0, room - ELLIPSIS.length) + ELLIPSIS + end : end.replace(/;? /, '');
}
