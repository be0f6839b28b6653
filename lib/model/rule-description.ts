import type { AddressFamily } from './address-family';
import { firstSentence } from './first-sentence';
import { tableKey, type Flow } from './flow';
import type { DocumentedFlow, PortRow, PortTable, Role } from './port-table';

/** What rules say that a user asked for beside all documents, by `AwsEgress.ALL`. */
export const EVERYTHING_OUT = 'All outbound traffic (AwsEgress.ALL)';

const ELLIPSIS = '...';
/** Room for what a rule says when more flows share it: `, and 9999 more`. */
const MORE_ROOM = 15;

/**
 * Says why a rule is there: the vendor's descriptions, and in brackets the row key by which it is found again.
 *
 * Requirements are sorted, each once; the first is named, the others are counted. `world` is the family of which the rule lets
 * every address in.
 */
export function describeFlows(flows: readonly Flow[], longest: number, world?: AddressFamily): string {
  const requirements = flows.map((flow) => ({
    label: labelOf(flow),
    end: `${remarks(flow, world)} [${rowKey(flow)}]`,
  }));
  const byEnd = new Map(requirements.map((requirement) => [requirement.end, requirement]));
  const [first, ...others] = [...byEnd.keys()].sort();
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return fitted(byEnd.get(first)!.label, first.replace(/ (?=\[[^[]*$)/, `${more} `), longest);
}

/** How long the description of a rule can become, whoever shares it: a long vendor's text is shortened, the rest is not. */
export function longestDescription(flow: Flow, world?: AddressFamily): number {
  return `${remarks(flow, world)} [${rowKey(flow)}]`.length + MORE_ROOM;
}

/** The same for the rows of one documented flow, each with its description. */
export function describeFlowGroup(flows: readonly Flow[], longest: number, world?: AddressFamily, remark = ''): string {
  const [first] = flows;
  const names = flows.map((flow) => flow.row.name);
  const end = (rows: string): string => `${remarks(first, world)}${remark} [${flowGroupKey(first)}/${rows}]`;
  const whole = end(names.join(','));
  const short = end(`${names[0]},and-${names.length - 1}-more`);
  return fitted(flows.map(labelOf).join(', '), whole.length <= longest ? whole : short, longest);
}

/** Names a row over all documents in the alphabet of every cloud's descriptions. */
export function rowKey(flow: Flow): string {
  return `${flowGroupKey(flow)}/${flow.row.name}`;
}

/** The same for a row of a document that nobody has bound to machines. */
export function rowKeyOf(table: PortTable, { source, destination }: DocumentedFlow, row: PortRow): string {
  return `${groupKey(table, source, destination)}/${row.name}`;
}

function flowGroupKey({ table, sourceRole, destinationRole }: Flow): string {
  return groupKey(table, sourceRole, destinationRole);
}

function groupKey(table: PortTable, source: Role, destination: Role): string {
  return `${tableKey(table)}/${source.id}-to-${destination.id}`;
}

function labelOf({ row }: Flow): string {
  return firstSentence(row.description);
}

function remarks(flow: Flow, world: AddressFamily | undefined): string {
  const reasons = flow.source._farEnd.worldReasons.filter(({ family }) => family === world);
  const distinct = new Set(reasons.map(({ reason }) => `; open to the world: ${reason}`));
  return (flow.supplement ? '; not documented by the vendor' : '') + [...distinct].sort().join('');
}

/** Shortens the beginning, which the document has in full. The end is what the rule is found by, and stays whole. */
function fitted(text: string, end: string, longest: number): string {
  const room = longest - end.length;
  if (text.length <= room) return text + end;
  return room > ELLIPSIS.length ? text.slice(0, room - ELLIPSIS.length) + ELLIPSIS + end : end.replace(/;? /, '');
}
