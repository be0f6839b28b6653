import type { Construct, IConstruct } from 'constructs';
import type { PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import { holdsToken } from '../model/token-text';
import { ownerOf } from './references';

/** The stacks of one app that wait for others, because our rules name what these make. */
export class StackOrder {
  private readonly awaited = new Map<IConstruct, Set<IConstruct>>();

  /** The other stacks that rules need. Refuses one that waits for their own: neither could be deployed first. */
  public checkedOwners(rules: readonly PlannedRule[], stack: Construct, place: string): Construct[] {
    const values = new Set(rules.flatMap(({ references = [] }) => references).filter(holdsToken));
    const owners = new Set([...values].map((value) => ownerOf(value, stack, place)));
    owners.delete(stack);
    for (const owner of owners) {
      if (!this.waitsFor(owner, stack)) continue;
      const got = `a reference to stack "${owner.node.path}", which waits for "${stack.node.path}" already`;
      throw refusal(place, 'stacks must not wait for each other', got, 'one stack that asks for both directions');
    }
    return [...owners];
  }

  /** Notes that a stack waits for others. */
  public note(stack: Construct, owners: readonly Construct[]): void {
    this.awaited.set(stack, new Set([...(this.awaited.get(stack) ?? []), ...owners]));
  }

  /** Stacks that the user let wait for each other are asked once each: the framework refuses them, and later than we look. */
  private waitsFor(stack: IConstruct, other: IConstruct): boolean {
    const awaited = new Set([stack]);
    for (const each of awaited) {
      const { dependencies } = each as IConstruct & { readonly dependencies: readonly IConstruct[] };
      [...(this.awaited.get(each) ?? []), ...dependencies].forEach((next) => awaited.add(next));
      if (each !== stack && each === other) return true;
    }
    return false;
  }
}
