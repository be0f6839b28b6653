import type { Construct, IConstruct } from 'constructs';
import type { Agreement, PlannedRule } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import type { Flow } from '../model/flow';
import { StackOrder } from './stack-order';

const ledgers = new WeakMap<IConstruct, Ledger>();

/** A rule that was created. */
export interface CreatedRule {
  readonly rule: PlannedRule;
  readonly stack: Construct;
  readonly resource: IConstruct;
  /** The path of the construct for which it was made. */
  readonly constructPath: string;
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

  /** Which stacks wait for which. */
  public readonly order = new StackOrder();
  private readonly rules = new Map<string, CreatedRule>();
  private readonly things = new Map<string, IConstruct>();
  private readonly facts = new Map<string, string>();
  private readonly quotas = new Map<string, number>();
  private readonly said = new Set<string>();

  /** The rule that is the same thing in the cloud, if one was created. */
  public find(rule: PlannedRule): CreatedRule | undefined {
    return this.rules.get(rule.identity);
  }

  /** All rules that were created, in all stacks. */
  public created(): readonly CreatedRule[] {
    return [...this.rules.values()];
  }

  /** Notes a rule that was created. */
  public add(created: CreatedRule): void {
    this.rules.set(created.rule.identity, created);
    const { quotas, weight } = created.rule;
    for (const { key } of quotas) this.quotas.set(key, this.taken(key) + weight);
  }

  /** How much of a quota is taken. */
  public taken(quota: string): number {
    return this.quotas.get(quota) ?? 0;
  }

  /** How much of a quota every construct took. */
  public askersOf(quota: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { rule, constructPath } of this.rules.values()) {
      if (!rule.quotas.some(({ key }) => key === quota)) continue;
      counts.set(constructPath, (counts.get(constructPath) ?? 0) + rule.weight);
    }
    return counts;
  }

  /** Whether a thing is said for the first time. */
  public isNew(sentence: string): boolean {
    return this.said.size < this.said.add(sentence).size;
  }

  /** What we make at a reference. */
  public made(reference: string): IConstruct | undefined {
    return this.things.get(reference);
  }

  /** Notes what we make at a reference. */
  public noteMade(reference: string, thing: IConstruct): void {
    this.things.set(reference, thing);
  }

  /** Refuses facts that contradict each other, or what another construct said of the same thing. */
  public checkAgreements(agreements: Iterable<Agreement>, place: string): void {
    const said = new Map<string, string>();
    for (const { thing, fact, need, advice } of agreements) {
      const agreed = said.get(thing) ?? this.facts.get(thing) ?? fact;
      if (agreed !== fact) throw refusal(place, need, `${fact} where ${agreed} is given too`, advice);
      said.set(thing, fact);
    }
  }

  /** Notes a fact that all later constructs must agree on. */
  public agree({ thing, fact }: Agreement): void {
    this.facts.set(thing, fact);
  }
}
