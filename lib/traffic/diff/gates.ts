import { type Gate, GATES } from '../configuration';
import type { ChangeKind, TrafficDiff } from './diff';

const GATE_OF_KIND: Readonly<Record<ChangeKind, Gate>> = {
  opened: 'opened',
  moved: 'opened',
  widened: 'widened',
  narrowed: 'any',
  closed: 'any',
};

/** Returns the first gate that stops a change, in the order of `--fail-on`; nothing if no gate stops. */
function firstGate({ changes, notEvaluated }: TrafficDiff): Gate | undefined {
  const stopping = new Set<Gate>([
    ...changes.map(({ kind, isWorld }) => (isWorld ? 'world' : GATE_OF_KIND[kind])),
    ...notEvaluated.changed.map(({ gate }) => gate),
  ]);
  return GATES.find((gate) => stopping.has(gate));
}

/** Whether a gate stops a change. Each gate also stops what the gates before it stop. */
export function stops(gate: Gate, found: TrafficDiff): boolean {
  const first = firstGate(found);
  return first !== undefined && GATES.indexOf(first) <= GATES.indexOf(gate);
}
