import { type Gate, GATES } from '../../lib/traffic/configuration';
import { diff } from '../../lib/traffic/diff/diff';
import { stops } from '../../lib/traffic/diff/gates';
import { type PlannedChange, readPlannedChange, readTerraform } from '../../lib/traffic/read/read-terraform';

/** Returns the first gate that stops a change. */
export function gateOf({ before, existing, after }: PlannedChange): Gate | undefined {
  const found = diff(before, after, { existing });
  return GATES.find((gate) => stops(gate, found));
}

/** Returns the first gate that stops a change from one Terraform JSON to another. */
export function firstGate(before: object, after: object): Gate | undefined {
  return gateOf({ before: readTerraform(before, 'before.json'), after: readTerraform(after, 'after.json') });
}

/** Returns the first gate that stops a plan. */
export function firstGateOfPlan(plan: object): Gate | undefined {
  return gateOf(readPlannedChange(plan, 'plan.json'));
}

/** The values of the resources of a plan or state, by Terraform address. */
export type ValuesByAddress = Readonly<Record<string, object>>;

/** Returns a state as `terraform show -json` prints it. */
export function stateOf(resources: ValuesByAddress): object {
  return { format_version: '1.0', values: { root_module: { resources: resourcesOf(resources) } } };
}

/** Returns a complete plan as `terraform show -json` prints it. */
export function planOf(before: ValuesByAddress, after: ValuesByAddress): object {
  const addresses = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const action = (address: string): string => {
    if (!Object.hasOwn(before, address)) return 'create';
    if (!Object.hasOwn(after, address)) return 'delete';
    return JSON.stringify(before[address]) === JSON.stringify(after[address]) ? 'no-op' : 'update';
  };
  return {
    format_version: '1.2',
    complete: true,
    planned_values: { root_module: { resources: resourcesOf(after) } },
    prior_state: stateOf(before),
    resource_changes: addresses.map((address) => ({
      ...resourcesOf({ [address]: {} })[0],
      change: {
        actions: [action(address)],
        before: before[address] ?? null,
        after: after[address] ?? null,
        after_unknown: {},
      },
    })),
    configuration: { root_module: {} },
  };
}

function resourcesOf(resources: ValuesByAddress): object[] {
  return Object.entries(resources).map(([address, values]) => {
    const [type, name] = address.split('.');
    return { address, mode: 'managed', type, name, values };
  });
}
