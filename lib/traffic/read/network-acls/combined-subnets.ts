import { addTo } from '../../../input';
import type { Configuration, ResourceReference } from '../../configuration';
import type { NetworkAcl, Subnet, Subnets } from '../../network-acl';
import type { EndName } from '../../rule';

/** Finds what names of one stack mean among all stacks. */
interface NamesInApp {
  group(name: EndName, stack: string): EndName;
  /** Returns a resource as the stack that creates it calls it. */
  reference(reference: ResourceReference, stack: string): ResourceReference;
}

/** Returns the subnets of all stacks: a network ACL of one stack may belong to a subnet of another. */
export function combinedSubnets(
  stacks: readonly (readonly [string, Configuration])[],
  names: NamesInApp,
): Subnets | undefined {
  const parts = stacks.flatMap(([stack, { subnets }]) => (subnets === undefined ? [] : [{ stack, ...subnets }]));
  if (parts.length === 0) return undefined;
  const elsewhere = new Map<string, NetworkAcl>();
  for (const { stack, all } of parts) {
    for (const { file, name, acl } of all) {
      const origin = names.reference({ file, text: name }, stack);
      if (acl !== undefined && origin.text !== name) elsewhere.set(keyOf(origin.file, origin.text), acl);
    }
  }
  const joined = new Map<Subnet, Subnet>();
  for (const subnet of parts.flatMap(({ all }) => all)) {
    const acl = elsewhere.get(keyOf(subnet.file, subnet.name)) ?? subnet.acl;
    joined.set(subnet, { ...subnet, ...(acl && { acl }) });
  }
  const ofGroups = new Map<EndName, Subnet[]>();
  for (const { stack, ofGroups: own } of parts) {
    for (const [group, subnets] of own) {
      subnets.forEach((subnet) => addTo(ofGroups, names.group(group, stack), joined.get(subnet)!));
    }
  }
  const unplaced = parts.flatMap(({ stack, unplaced: own }) => [...own].map((group) => names.group(group, stack)));
  return {
    all: [...joined.values()],
    anywhere: parts.flatMap(({ anywhere }) => anywhere),
    ofGroups,
    unplaced: new Set(unplaced),
  };
}

function keyOf(file: string, name: string): string {
  return JSON.stringify([file, name]);
}
