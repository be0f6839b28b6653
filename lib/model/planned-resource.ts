import type { Construct, IConstruct } from 'constructs';
import type { PlannedRule } from './planned-rule';

/** A resource that is no rule of a flow: it has no description that a later asker could add to. */
export type PlannedResource = Pick<PlannedRule, 'address' | 'identity' | 'what' | 'advice'> &
  Partial<Pick<PlannedRule, 'addressAdvice' | 'agreements' | 'hostnames' | 'shared'>> & {
    /** Creates the resource below `parent`. */
    readonly make: (parent: Construct) => IConstruct;
  };

/** Plans such a resource, so that it is checked and created like a rule. */
export function plannedResource(resource: PlannedResource): PlannedRule {
  const { make, advice, addressAdvice = advice, agreements = [], shared = false } = resource;
  return {
    ...resource,
    addressAdvice,
    agreements,
    shared,
    quotas: [],
    weight: 1,
    flows: [],
    describe: () => '',
    create: make,
    redescribe: () => undefined,
  };
}
