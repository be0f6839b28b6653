import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { CheckedEndpoint } from './check-plan';

const TIMEOUT_MS = 4000;
const CONCURRENCY = 512;

/** The result of a connection attempt. */
export enum Outcome {
  /** Something accepted the connection. */
  OPEN = 'open',
  /** Something answered with a reset: a machine on which nothing listens, or a firewall that rejects the connection. */
  REFUSED = 'refused',
  /** There was no answer: a firewall drops the packets, or no machine has this IP address. */
  TIMED_OUT = 'timed out',
  /** There is no route to the machine. */
  UNREACHABLE = 'unreachable',
  /** The name of the machine has no IP address. */
  NAME_NOT_FOUND = 'name not found',
  /** This machine could not try to connect. */
  NOT_TRIED = 'not tried',
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  ECONNREFUSED: Outcome.REFUSED,
  ETIMEDOUT: Outcome.TIMED_OUT,
  EHOSTUNREACH: Outcome.UNREACHABLE,
  ENETUNREACH: Outcome.UNREACHABLE,
  EHOSTDOWN: Outcome.UNREACHABLE,
  ENETDOWN: Outcome.UNREACHABLE,
  EADDRNOTAVAIL: Outcome.UNREACHABLE,
  EACCES: Outcome.UNREACHABLE,
  EPERM: Outcome.UNREACHABLE,
  ENOTFOUND: Outcome.NAME_NOT_FOUND,
  EAI_AGAIN: Outcome.NAME_NOT_FOUND,
};
/** If the IP addresses of one name have different outcomes, the outcome that is first in this list counts. */
const OUTCOME_ORDER = [
  Outcome.REFUSED,
  Outcome.TIMED_OUT,
  Outcome.UNREACHABLE,
  Outcome.NAME_NOT_FOUND,
  Outcome.NOT_TRIED,
];
/** Outcomes that a second attempt would only repeat. */
const FINAL = [Outcome.OPEN, Outcome.REFUSED];

/** The result for one port of one machine. */
export interface CheckResult {
  readonly endpoint: CheckedEndpoint;
  readonly outcome: Outcome;
  /** Two if the first attempt got no answer. */
  readonly attempts: number;
  readonly milliseconds: number;
}

/** How checks are run. */
interface CheckOptions {
  /**
   * How long one attempt waits for an answer, in milliseconds.
   * @default 4000
   */
  readonly timeoutMs?: number;
  /**
   * How many endpoints are tried at the same time.
   * @default 512
   */
  readonly concurrency?: number;
  /**
   * Called with every result, the number of results so far, and the number of endpoints.
   * @default - not called
   */
  readonly onResult?: (result: CheckResult, done: number, all: number) => void;
  /**
   * Makes one attempt. Tests replace it.
   * @default - a TCP connection
   */
  readonly attempt?: typeof connectOnce;
}

/** Tries all endpoints, and tries those without an answer again. The results are in the order of the endpoints. */
export async function runChecks(
  endpoints: readonly CheckedEndpoint[],
  { timeoutMs = TIMEOUT_MS, concurrency = CONCURRENCY, onResult, attempt = connectOnce }: CheckOptions = {},
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
  await Promise.all(Array.from({ length: Math.min(concurrency, endpoints.length) }, worker));
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

/** Opens a TCP connection once and closes it. */
async function connectOnce(host: string, port: number, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ host, port, autoSelectFamilyAttemptTimeout: timeoutMs });
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end(Outcome.TIMED_OUT), timeoutMs);
    socket.once('connect', () => end(Outcome.OPEN));
    socket.on('error', (error) => end(outcomeOf(error)));
  });
}

/** A name with several IP addresses fails with one error for each. */
function outcomeOf(error: Error): Outcome {
  const errors = 'errors' in error ? (error.errors as Error[]) : [error];
  const outcomes = errors.map((each) => OUTCOMES[(each as NodeJS.ErrnoException).code ?? ''] ?? Outcome.NOT_TRIED);
  return OUTCOME_ORDER.find((outcome) => outcomes.includes(outcome)) ?? Outcome.NOT_TRIED;
}
