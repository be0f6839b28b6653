import { type Gate, GATES } from '../configuration';
import type { ChangeKind, TrafficDiff } from './diff';

const GATE_OF_KIND: Readonly<Record<ChangeKind, Gate>> = {
  opened: 'opened',
  moved: 'opened',
  widened: 'widened',
  narrowed: 'any',
  closed: 'any',
  requested: 'requested',
  'no longer requested': 'requested',
};

/** The gates without the one for requests, in their order. */
const CHAIN = GATES.filter((gate) => gate !== 'requested');

/** Whether a gate stops a change. Each gate also stops what those before it stop; `requested` stops only changes of requests. */
export function stops(gate: Gate, { changes, notEvaluated }: TrafficDiff): boolean {
  const first = new Set<Gate>([
    ...changes.map(({ kind, isWorld }) => (isWorld ? 'world' : GATE_OF_KIND[kind])),
    ...notEvaluated.changed.map((change) => change.gate),
  ]);
  if (gate === 'requested' || gate === 'any') return gate === 'any' ? first.size > 0 : first.has(gate);
  return CHAIN.slice(0, CHAIN.indexOf(gate) + 1).some((one) => first.has(one));
}
