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
  private readonly quotas = new Map<string, number>();

  /** The rule that is the same thing in the cloud, if one was created. */
  public find(rule: PlannedRule): CreatedRule | undefined {
    return this.rules.get(rule.identity);
  }

  /** Notes a rule that was created. */
  public add(created: CreatedRule): void {
    this.rules.set(created.rule.identity, created);
    for (const { key } of created.rule.quotas) this.quotas.set(key, this.taken(key) + 1);
  }

  /** How much of a quota is taken. */
  public taken(quota: string): number {
    return this.quotas.get(quota) ?? 0;
  }

  /** How much of a quota every construct took. */
  public askersOf(quota: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { rule, flows } of this.rules.values()) {
      if (!rule.quotas.some(({ key }) => key === quota)) continue;
      const [{ askedBy }] = flows;
      counts.set(askedBy, (counts.get(askedBy) ?? 0) + 1);
    }
    return counts;
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
