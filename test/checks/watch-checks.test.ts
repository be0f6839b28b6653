import { Outcome } from '../../lib/checks/run-checks';
import { watchChecks } from '../../lib/checks/watch-checks';
import { flow } from '../support/traced';

/** Watches endpoints whose outcomes are given for each round; time passes only while it sleeps. */
async function watch(
  rounds: readonly (readonly Outcome[])[],
  giveUpMs?: number,
): Promise<{ readonly outcomes: Outcome[]; readonly seen: string[]; readonly slept: number }> {
  const endpoints = rounds[0].map((_, at) => ({ host: `10.2.0.${at}`, port: 443, flows: [flow()] }));
  const seen: string[] = [];
  let [round, slept] = [0, 0];
  const results = await watchChecks(endpoints, {
    intervalMs: 10_000,
    giveUpMs,
    isPassed: ({ outcome }) => outcome === Outcome.OPEN,
    attempt: async (host) => Promise.resolve(rounds[Math.min(round, rounds.length - 1)][Number(host.at(-1))]),
    onRound: (all, changed) => {
      round++;
      seen.push([all.length, ...changed.map(({ before, after }) => `${before.outcome}>${after.outcome}`)].join(' '));
    },
    sleep: async (milliseconds) => Promise.resolve((slept += milliseconds)),
    now: () => slept,
  });
  return { outcomes: results.map(({ outcome }) => outcome), seen, slept };
}

const { OPEN, REFUSED, TIMED_OUT } = Outcome;

test('repeats all checks until all are open in one round, and reports what changed', async () => {
  const rounds = [
    [TIMED_OUT, OPEN],
    [REFUSED, OPEN],
    [OPEN, TIMED_OUT],
    [OPEN, OPEN],
  ];
  expect(await watch(rounds)).toEqual({
    outcomes: [OPEN, OPEN],
    seen: ['2', '2 timed out>refused', '2 refused>open open>timed out', '2 timed out>open'],
    slept: 30_000,
  });
});

test('ends after the first round if all are open, or if there is nothing to try', async () => {
  expect(await watch([[OPEN]])).toEqual({ outcomes: [OPEN], seen: ['1'], slept: 0 });
  expect(await watch([[]])).toEqual({ outcomes: [], seen: ['0'], slept: 0 });
});

test('gives up instead of starting a round after its time', async () => {
  expect(await watch([[TIMED_OUT]], 25_000)).toMatchObject({ outcomes: [TIMED_OUT], slept: 20_000 });
  expect(await watch([[TIMED_OUT]], 5)).toMatchObject({ outcomes: [TIMED_OUT], slept: 0 });
});
