import { tableKey, type Flow } from './flow';

/**
 * Says why a rule is there: the vendor's descriptions, and in brackets the row key by which it is found again.
 *
 * Flows are sorted, each row once; what does not fit is counted.
 */
export function describeFlows(flows: readonly Flow[], longest: number): string {
  const byKey = new Map(flows.map((flow) => [rowKey(flow), flow]));
  const [key, ...others] = [...byKey.keys()].sort();
  const first = byKey.get(key)!;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return fitted(labelOf(first), `${remarks(first)}${more} [${key}]`, longest);
}

/** The same for the rows of one documented flow, each with its description. */
export function describeFlowGroup(flows: readonly Flow[], longest: number, remark = ''): string {
  const [first] = flows;
  const key = `${flowGroupKey(first)}/${flows.map((flow) => flow.row.name).join(',')}`;
  return fitted(flows.map(labelOf).join(', '), `${remarks(first)}${remark} [${key}]`, longest);
}

/** Names a row over all documents in the alphabet of every cloud's descriptions. */
export function rowKey(flow: Flow): string {
  return `${flowGroupKey(flow)}/${flow.row.name}`;
}

function flowGroupKey(flow: Flow): string {
  return `${tableKey(flow.table)}/${flow.sourceRole.id}-to-${flow.destinationRole.id}`;
}

function labelOf({ row }: Flow): string {
  return row.description.replace(/\.$/, '');
}

function remarks(flow: Flow): string {
  const reasons = new Set(flow.source._farEnd.worldReasons.map(({ reason }) => `; open to the world: ${reason}`));
  return (flow.supplement ? '; not documented by the vendor' : '') + [...reasons].sort().join('');
}

/** Shortens the beginning, which the document has in full. The end is what the rule is found by, and stays whole. */
function fitted(text: string, end: string, longest: number): string {
  const room = Math.max(longest - end.length, 0);
  return (text.length > room ? `${text.slice(0, Math.max(room - 3, 0))}...` : text) + end;
}
