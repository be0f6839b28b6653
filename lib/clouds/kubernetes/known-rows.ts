import type { IConstruct } from 'constructs';
import type { FlowGroup } from '../../access';
import { stackOf } from '../../framework';
import { allFlows, checkRowNames, StackRecord } from '../../opening';
import type { DocumentedFlow } from '../../tables';
import type { Pods } from './policy-peers';

/** The documented flows to pods, opened or not, and the stacks that have some of them. */
interface FlowsTo {
  readonly flows: Set<DocumentedFlow>;
  readonly stacks: Set<IConstruct>;
}

const known = new WeakMap<object, FlowsTo>();

/**
 * Checks at synthesis that `ports` of pods names only rows of the flows to them. Several constructs may open ports of the same pods, each
 * with the rows of its document, so it is known only when all constructs exist.
 */
export function checkRowsAtSynthesis(pods: Pods, { scope, place, table, documented }: FlowGroup): void {
  const { ports } = pods._settings;
  if (ports.length === 0) return;
  const { flows, stacks } = known.get(pods._settings) ?? { flows: new Set(), stacks: new Set() };
  known.set(pods._settings, { flows, stacks });
  for (const flow of allFlows(table)) if (flow.destination.id === documented.destination.id) flows.add(flow);
  const stack = stackOf(scope, place);
  if (stacks.has(stack)) return;
  stacks.add(stack);
  StackRecord.of(stack).addCheck(() => {
    const names = ports.map(({ row }) => row);
    checkRowNames('ports', names, [...flows], `KubernetesPods.labelled, ${pods.label}`);
  });
}
