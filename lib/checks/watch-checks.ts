import { setTimeout as sleepFor } from 'node:timers/promises';
import type { CheckedEndpoint } from './check-plan';
import { type CheckResult, runChecks } from './run-checks';

/** An endpoint whose outcome differs from that of the round before. */
export interface ChangedResult {
  readonly before: CheckResult;
  readonly after: CheckResult;
}

/** How checks are repeated. */
interface WatchOptions extends NonNullable<Parameters<typeof runChecks>[1]> {
  /** The pause between two rounds, in milliseconds. */
  readonly intervalMs: number;
  /**
   * How long the checks are repeated, in milliseconds.
   * @default - until all are open
   */
  readonly giveUpMs?: number;
  /** Whether a result needs no further round. */
  readonly isPassed: (result: CheckResult) => boolean;
  /** Called after each round with all its results, and those that differ from the round before. */
  readonly onRound: (results: readonly CheckResult[], changed: readonly ChangedResult[]) => void;
  /**
   * Waits. Tests replace it.
   * @default - waits
   */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /**
   * The time in milliseconds. Tests replace it.
   * @default - the time of this process
   */
  readonly now?: () => number;
}

/**
 * Tries all endpoints again and again until all of them are open in the same round, or the time is up. Returns the results of the last
 * round. An endpoint that was open is tried again too, because a change of firewalls can close it.
 */
export async function watchChecks(
  endpoints: readonly CheckedEndpoint[],
  { intervalMs, giveUpMs = Infinity, isPassed, onRound, sleep = sleepFor, now = Date.now, ...options }: WatchOptions,
): Promise<CheckResult[]> {
  const start = now();
  let before: readonly CheckResult[] = [];
  for (;;) {
    const results = await runChecks(endpoints, options);
    onRound(results, changedResults(before, results));
    if (results.every(isPassed) || now() - start + intervalMs > giveUpMs) return results;
    before = results;
    await sleep(intervalMs);
  }
}

function changedResults(before: readonly CheckResult[], after: readonly CheckResult[]): ChangedResult[] {
  return before.flatMap((result, at) =>
    result.outcome === after[at].outcome ? [] : [{ before: result, after: after[at] }],
  );
}
