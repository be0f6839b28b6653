import type { IConstruct } from 'constructs';
import type { FlowGroup } from '../../access';
import { stackOf } from '../../framework';
import { allFlows, checkRowNames, StackRecord } from '../../opening';
import type { DocumentedFlow } from '../../tables';
import type { Pods } from './policy-peers';

/** The flows of the documents of which constructs open something for pods, and the stacks of these constructs. */
interface FlowsTo {
  readonly flows: Set<DocumentedFlow>;
  readonly stacks: Set<IConstruct>;
}

const known = new WeakMap<object, FlowsTo>();

/**
 * Checks at synthesis that `ports` of pods names only rows of their documents. Several constructs may open ports of the same pods, each with a
 * document of its own, so they are known only when all constructs exist.
 */
export function checkRowsAtSynthesis(pods: Pods, { scope, place, table }: FlowGroup): void {
  const { ports } = pods._settings;
  if (ports.length === 0) return;
  const { flows, stacks } = known.get(pods._settings) ?? { flows: new Set(), stacks: new Set() };
  known.set(pods._settings, { flows, stacks });
  for (const flow of allFlows(table)) flows.add(flow);
  const stack = stackOf(scope, place);
  if (stacks.has(stack)) return;
  stacks.add(stack);
  StackRecord.of(stack).addCheck(() => {
    const names = ports.map(({ row }) => row);
    checkRowNames('ports', names, [...flows], `KubernetesPods.labelled, ${pods.label}`);
  });
}
