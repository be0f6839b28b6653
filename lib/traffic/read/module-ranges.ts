import type { Circumstance, ModuleCall } from '../configuration';
import { ANY_MACHINE, type RulePeer } from '../rule';
import { boundsOf, FAMILIES, parseRange, type Point } from '../sets';
import { isUnknown } from '../terraform';

/** Words of arguments whose ranges are not the sources of inbound rules. */
const OUTBOUND = /egress|outbound|destination|route/i;
const BETWEEN_RANGES = /[\s,]+/;

/**
 * Returns the IP ranges in the arguments of modules. What a module does with them is not known; most likely, they are the sources of
 * inbound rules, so that a gate stops if they begin to be open to the world.
 */
export function moduleRanges(modules: readonly ModuleCall[], file: string): Circumstance[] {
  return modules.flatMap(({ address, names, argument }) =>
    names.flatMap((name): Circumstance[] => {
      const ranges = OUTBOUND.test(name) ? [] : rangesIn(argument(name));
      if (ranges.length === 0) return [];
      const content = ranges.map(({ family, addresses }) => `${family} ${addresses.join()}`).join('\n');
      return [{ file, address, reason: `its argument ${name} has IP ranges`, content, stops: {}, ranges }];
    }),
  );
}

/** Returns the IP ranges in a value as one set for each family. */
function rangesIn(value: unknown): RulePeer[] {
  const points = new Map(FAMILIES.map((family): [(typeof FAMILIES)[number], Point[]] => [family, []]));
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one === 'string') {
      for (const text of one.includes('/') ? one.split(BETWEEN_RANGES) : []) {
        const range = parseRange(text);
        if (!('problem' in range)) range.bounds.forEach((bound) => points.get(range.family)!.push(bound));
      }
    } else if (typeof one === 'object' && one !== null && !isUnknown(one) && !isOutbound(one)) {
      for (const [name, member] of Object.entries(one)) if (!OUTBOUND.test(name)) rest.push(member);
    }
  }
  return [...points]
    .filter(([, bounds]) => bounds.length > 0)
    .map(([family, bounds]) => ({ name: ANY_MACHINE, family, addresses: boundsOf(bounds) }));
}

/** Whether an object says that it is a rule for outbound traffic. */
function isOutbound(value: object): boolean {
  return Object.values(value).some((member) => typeof member === 'string' && /^(?:egress|outbound)$/i.test(member));
}
