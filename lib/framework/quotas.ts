import type { PlannedRule, Quota } from '../model/planned-rule';
import { refusal } from '../model/refusal';
import type { Ledger } from './ledger';

const NAMED_ASKERS = 3;

/** Refuses new rules with which a quota would be exceeded, counted over the whole app. */
export function checkQuotas(rules: readonly PlannedRule[], ledger: Ledger, place: string): void {
  const added = new Map<string, { quota: Quota; count: number }>();
  for (const rule of rules) {
    for (const quota of rule.quotas) {
      const entry = added.get(quota.key) ?? { quota, count: 0 };
      entry.count += rule.weight;
      added.set(quota.key, entry);
    }
  }
  for (const { quota, count } of added.values()) {
    const standing = ledger.taken(quota.key);
    if (standing + count > quota.limit) {
      const got = `${standing + count} (${count} from here${askers(ledger.askersOf(quota.key))})`;
      throw refusal(place, quota.sentence, got, quota.advice);
    }
  }
}

function askers(counts: ReadonlyMap<string, number>): string {
  const all = [...counts].map(([asker, count]) => `, ${count} from "${asker}"`);
  const more = all.length > NAMED_ASKERS ? ` and ${all.length - NAMED_ASKERS} more constructs` : '';
  return all.slice(0, NAMED_ASKERS).join('') + more;
}
