import type { Construct, IConstruct } from 'constructs';
import type { Agreement, PlannedRule, Quota } from '../access';
import { ownerOf } from '../framework';
import { holdsToken, refusal } from '../input';
import { PublicExposure } from './exposure';

/** The dependencies between the stacks of an app: rules of one stack may refer to resources of another. */
class StackOrder {
  private readonly dependencies = new Map<IConstruct, Set<IConstruct>>();

  /**
   * Returns the other stacks that rules refer to. Throws if one of them depends on the stack of the rules, because neither could
   * be deployed first.
   */
  public checkedOwners(rules: readonly PlannedRule[], stack: Construct, place: string): Construct[] {
    const values = new Set(rules.flatMap(({ references = [] }) => references).filter(holdsToken));
    const owners = new Set([...values].map((value) => ownerOf(value, stack, place)));
    owners.delete(stack);
    for (const owner of owners) {
      if (!this.dependsOn(owner, stack)) continue;
      const got = `a reference to stack "${owner.node.path}", which depends on "${stack.node.path}" already`;
      throw refusal(
        place,
        'stacks-depend-on-each-other',
        'stacks must not depend on each other',
        got,
        'one stack that opens both directions',
      );
    }
    return [...owners];
  }

  /** Records that a stack depends on other stacks. */
  public record(stack: Construct, owners: readonly Construct[]): void {
    this.dependencies.set(stack, new Set([...(this.dependencies.get(stack) ?? []), ...owners]));
  }

  /** Visits each stack only once, because the user may have declared a cycle, which the framework rejects later. */
  private dependsOn(stack: IConstruct, other: IConstruct): boolean {
    const found = new Set([stack]);
    for (const each of found) {
      const { dependencies } = each as IConstruct & { readonly dependencies: readonly IConstruct[] };
      [...(this.dependencies.get(each) ?? []), ...dependencies].forEach((next) => found.add(next));
      if (each !== stack && each === other) return true;
    }
    return false;
  }
}

const ledgers = new WeakMap<IConstruct, Ledger>();

/** A rule that was created. */
export interface CreatedRule {
  readonly rule: PlannedRule;
  readonly stack: Construct;
  readonly resource: IConstruct;
  /** The path of the construct that created it. */
  readonly constructPath: string;
}

/** Everything that constructs of this library have created in one app, in all its stacks. */
export class Ledger {
  /** Returns the ledger of the app that a construct belongs to. */
  public static of(scope: IConstruct): Ledger {
    const { root } = scope.node;
    const ledger = ledgers.get(root) ?? new Ledger();
    ledgers.set(root, ledger);
    return ledger;
  }

  /** The dependencies between stacks. */
  public readonly order = new StackOrder();
  /** What constructs open to public ranges. */
  public readonly exposure = new PublicExposure();
  private readonly rules = new Map<string, CreatedRule>();
  private readonly constructs = new Map<string, IConstruct>();
  private readonly facts = new Map<string, Agreement>();
  private readonly quotas = new Map<string, number>();
  private readonly warnings = new Set<string>();

  /** Returns the created rule that has the identity of a planned rule. */
  public find(rule: PlannedRule): CreatedRule | undefined {
    return this.rules.get(rule.identity);
  }

  /** Returns all created rules, of all stacks. */
  public created(): readonly CreatedRule[] {
    return [...this.rules.values()];
  }

  /** Records a created rule. */
  public add(created: CreatedRule): void {
    this.rules.set(created.rule.identity, created);
    const { quotas, weight } = created.rule;
    for (const { key } of quotas) this.quotas.set(key, this.used(key) + weight);
  }

  /** Returns how much of a quota is used. */
  public used(quota: string): number {
    return this.quotas.get(quota) ?? 0;
  }

  /** Returns how much of a quota each construct uses, by its path. */
  public usersOf(quota: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { rule, constructPath } of this.rules.values()) {
      if (!rule.quotas.some(({ key }) => key === quota)) continue;
      counts.set(constructPath, (counts.get(constructPath) ?? 0) + rule.weight);
    }
    return counts;
  }

  /** Returns whether a warning was recorded. */
  public has(warning: string): boolean {
    return this.warnings.has(warning);
  }

  /** Records a warning. Returns whether it is new. */
  public isNew(warning: string): boolean {
    return this.warnings.size < this.warnings.add(warning).size;
  }

  /** Returns the construct of this library that created what a reference refers to. */
  public constructOf(reference: string): IConstruct | undefined {
    return this.constructs.get(reference);
  }

  /** Records the construct of this library that created what a reference refers to. */
  public recordConstruct(reference: string, construct: IConstruct): void {
    this.constructs.set(reference, construct);
  }

  /** Throws if agreements contradict each other or those of earlier constructs. */
  public checkAgreements(agreements: Iterable<Agreement>, place: string): void {
    const facts = new Map<string, Agreement>();
    const given = [...agreements];
    const isAgreedOn = (subject: string): boolean =>
      this.facts.has(subject) || given.some((one) => one.subject === subject);
    for (const agreement of given) {
      const { subject, fact, need, advice } = agreement;
      const agreed = facts.get(subject) ?? this.facts.get(subject) ?? agreement;
      if (agreed.fact !== fact) {
        const where = agreed.saidBy === undefined ? 'elsewhere' : `in ${agreed.saidBy}`;
        const fix = typeof advice === 'function' ? advice(isAgreedOn) : advice;
        throw refusal(place, 'settings-disagree', need, `${fact}, and ${agreed.fact} ${where}`, fix);
      }
      facts.set(subject, agreement);
    }
  }

  /** Returns the fact on which constructs agree; nothing if none says anything about the subject. */
  public agreedOn(subject: string): string | undefined {
    return this.facts.get(subject)?.fact;
  }

  /** Records an agreement for all later constructs. */
  public agree(agreement: Agreement): void {
    const { subject } = agreement;
    if (!this.facts.has(subject)) this.facts.set(subject, agreement);
  }
}

const MAX_NAMED_CONSTRUCTS = 3;

/** Throws if new rules would exceed a quota in the whole app. */
export function checkQuotas(rules: readonly PlannedRule[], ledger: Ledger, place: string): void {
  const added = new Map<string, { quota: Quota; count: number; hasWeight: boolean }>();
  for (const rule of rules) {
    for (const quota of rule.quotas) {
      const entry = added.get(quota.key) ?? { quota, count: 0, hasWeight: false };
      entry.count += rule.weight;
      entry.hasWeight ||= rule.weight > 1;
      added.set(quota.key, entry);
    }
  }
  for (const { quota, count, hasWeight } of added.values()) {
    const used = ledger.used(quota.key);
    if (used + count > quota.limit) {
      const got = `${used + count} (${count} from this construct${otherConstructs(ledger.usersOf(quota.key))})`;
      throw refusal(place, 'quota-exceeded', quota.sentence, got, hasWeight ? quota.adviceOnWeight : quota.advice);
    }
  }
}

function otherConstructs(counts: ReadonlyMap<string, number>): string {
  const all = [...counts].map(([construct, count]) => `, ${count} from "${construct}"`);
  const more = all.length > MAX_NAMED_CONSTRUCTS ? ` and ${all.length - MAX_NAMED_CONSTRUCTS} more constructs` : '';
  return all.slice(0, MAX_NAMED_CONSTRUCTS).join('') + more;
}
