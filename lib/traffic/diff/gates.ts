import { type Gate, GATES } from '../configuration';
import { gateOf, type TrafficDiff } from './diff';

/** The gates without the one for requests, in their order. */
const CHAIN = GATES.filter((gate) => gate !== 'requested');

/** Whether a gate stops a change. Each gate also stops what those before it stop; `requested` stops only changes of requests. */
export function stops(gate: Gate, { changes, notEvaluated }: TrafficDiff): boolean {
  const first = new Set<Gate>([...changes.map(gateOf), ...notEvaluated.changed.map((change) => change.gate)]);
  if (gate === 'requested' || gate === 'any') return gate === 'any' ? first.size > 0 : first.has(gate);
  return CHAIN.slice(0, CHAIN.indexOf(gate) + 1).some((one) => first.has(one));
}
