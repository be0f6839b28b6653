import type { Construct, IConstruct } from 'constructs';
import type { PlannedRule } from '../model/planned-rule';
import type { Flow } from '../model/flow';

const ledgers = new WeakMap<IConstruct, Ledger>();

/** A rule that was created. */
export interface CreatedRule {
  readonly rule: PlannedRule;
  readonly stack: Construct;
  readonly resource: IConstruct;
  /** All flows that need it, first those for which it was made. */
  flows: readonly Flow[];
}

/** What our constructs of one app have made, in all of its stacks. */
export class Ledger {
  /** The ledger of the app that a construct belongs to. */
  public static of(scope: IConstruct): Ledger {
    const { root } = scope.node;
    const ledger = ledgers.get(root) ?? new Ledger();
    ledgers.set(root, ledger);
    return ledger;
  }

  private readonly rules = new Map<string, CreatedRule>();
  private readonly names = new Map<string, string>();

  /** The rule that is the same thing in the cloud, if one was created. */
  public find(rule: PlannedRule): CreatedRule | undefined {
    return this.rules.get(rule.identity);
  }

  /** Notes a rule that was created. */
  public add(created: CreatedRule): void {
    this.rules.set(created.rule.identity, created);
  }

  /** The key by which rules know a thing, noted when it was first named. */
  public keyOf(thing: string): string | undefined {
    return this.names.get(thing);
  }

  /** Notes the key by which rules know a thing. */
  public noteKey(thing: string, key: string): void {
    this.names.set(thing, key);
  }
}
