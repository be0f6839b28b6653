import { performance } from 'node:perf_hooks';
import type { CheckedEndpoint } from './check-plan';
import { connectOnce, Outcome } from './connect';

const TIMEOUT_MS = 4000;
const AT_ONCE = 512;
/** Answers that a second attempt would only repeat. */
const FINAL = [Outcome.OPEN, Outcome.REFUSED];

/** What was found out of one port of one host. */
export interface CheckResult {
  readonly endpoint: CheckedEndpoint;
  readonly outcome: Outcome;
  /** One, or two where the first found nobody. */
  readonly attempts: number;
  readonly milliseconds: number;
}

/** How checks are run. */
export interface CheckOptions {
  /**
   * How long one attempt waits for an answer.
   * @default 4000
   */
  readonly timeoutMs?: number;
  /**
   * How many are tried at once.
   * @default 512
   */
  readonly atOnce?: number;
  /**
   * Is told of every result as it comes, and how many there are of how many.
   * @default - nobody is
   */
  readonly onResult?: (result: CheckResult, done: number, all: number) => void;
  /** Makes one attempt; another one than TCP for tests. */
  readonly attempt?: typeof connectOnce;
}

/** Tries all endpoints, many at once, those without an answer twice. The results have the order of the endpoints. */
export async function runChecks(
  endpoints: readonly CheckedEndpoint[],
  { timeoutMs = TIMEOUT_MS, atOnce = AT_ONCE, onResult, attempt = connectOnce }: CheckOptions = {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < endpoints.length; at = next++) {
      results[at] = await check(endpoints[at], timeoutMs, attempt);
      onResult?.(results[at], ++done, endpoints.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, endpoints.length) }, worker));
  return results;
}

async function check(endpoint: CheckedEndpoint, timeoutMs: number, attempt: typeof connectOnce): Promise<CheckResult> {
  const start = performance.now();
  const { host, port } = endpoint;
  let outcome = await attempt(host, port, timeoutMs);
  const isFinal = FINAL.includes(outcome);
  if (!isFinal) outcome = await attempt(host, port, timeoutMs);
  return { endpoint, outcome, attempts: isFinal ? 1 : 2, milliseconds: Math.round(performance.now() - start) };
}
