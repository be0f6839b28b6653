import { type Gate, GATES } from '../configuration';
import { gateOf, type TrafficDiff } from './diff';

/** Returns the first gate that stops a change, in the order of `--fail-on`; nothing if no gate stops. */
function firstGate({ changes, notEvaluated }: TrafficDiff): Gate | undefined {
  const stopping = new Set<Gate>([...changes.map(gateOf), ...notEvaluated.changed.map(({ gate }) => gate)]);
  return GATES.find((gate) => stopping.has(gate));
}

/** Whether a gate stops a change. Each gate also stops what the gates before it stop. */
export function stops(gate: Gate, found: TrafficDiff): boolean {
  const first = firstGate(found);
  return first !== undefined && GATES.indexOf(first) <= GATES.indexOf(gate);
}
