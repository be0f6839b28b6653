// Measures how the cost of places that could grow faster than their input grows: node bench/growth.mjs [count] [--rounds 3]
// [--place text] [--against checkout]. Each place runs with the count and with ten times as much, in alternation; a second
// checkout, such as the commit before a change, must be built.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { summary } from './statistics.mjs';
import { count } from './tables.mjs';

const STEP = 10;
/** A place that takes longer in one of the checkouts is reported as such. */
const MOST_SECONDS = 120;
const PROGRAM = fileURLToPath(new URL('programs/growth.cjs', import.meta.url));

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    place: { type: 'string', default: '' },
    against: { type: 'string' },
  },
});
const [few, many] = [Number(positionals[0] ?? 1000), Number(positionals[0] ?? 1000) * STEP];
const checkouts = [
  fileURLToPath(new URL('..', import.meta.url)),
  ...(options.against ? [resolve(options.against)] : []),
];
const places = JSON.parse(started(['0']).stdout).filter((place) => place.includes(options.place));

console.log(`Node.js ${process.version}, ${cpus().length} CPUs: ${cpus()[0].model}`);
console.log(
  `CPU time of the place itself, medians of all rounds. Growth ${STEP}x is linear, ${STEP * STEP}x quadratic.`,
);
const other = options.against ? [`${count(many)} in the other checkout`, 'ratio'] : [];
const table = new Table({ head: ['', count(few), count(many), 'growth', ...other], style: { head: [], border: [] } });
for (const place of places) table.push(row(place));
console.log(table.toString());

function row(place) {
  const runs = checkouts.flatMap((checkout) => [few, many].map((size) => ({ checkout, size, times: [] })));
  for (let round = 0; round < Number(options.rounds); round++) {
    runs.forEach((_, index) => {
      const run = runs[(round + index) % runs.length];
      if (!run.times.includes(Infinity)) run.times.push(timeOf(place, run));
    });
  }
  const [least, most, , elsewhere] = runs.map(({ times }) =>
    times.includes(Infinity) ? Infinity : summary(times).median,
  );
  const against = options.against ? [shown(elsewhere), `${(most / elsewhere).toFixed(2)}x`] : [];
  return [place, shown(least), shown(most), `${(most / least).toFixed(1)}x`, ...against];
}

function timeOf(place, { checkout, size }) {
  const { status, stdout, error } = started([String(size), place, checkout]);
  if (error?.code === 'ETIMEDOUT') return Infinity;
  if (status !== 0) throw new Error(`${place} of ${size} in ${checkout} ended with status ${status}`);
  return JSON.parse(stdout);
}

function started(args) {
  return spawnSync(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    timeout: MOST_SECONDS * 1000,
  });
}

function shown(milliseconds) {
  return milliseconds === Infinity ? `over ${MOST_SECONDS} s` : `${(milliseconds / 1000).toFixed(2)} s`;
}
