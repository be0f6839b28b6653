import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPORT = fileURLToPath(new URL('report.cjs', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('programs/', import.meta.url));
const LARGEST_REPORT = 1e8;

/** Runs a program in its own process. `look` gets the output directory before it is removed. */
export function run({ name, file, args = [] }, rules, look = () => {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { status, output } = spawnSync(
      process.execPath,
      ['--require', REPORT, join(PROGRAMS, file), String(rules), ...args],
      {
        stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
        env: { ...process.env, CDKTF_OUTDIR: outdir },
        maxBuffer: LARGEST_REPORT,
      },
    );
    if (status !== 0) throw new Error(`${name} (${file}) ended with status ${status}`);
    look(outdir);
    return JSON.parse(output[3]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The resources that a program wrote, by type, then by logical id. */
export function resourcesIn(outdir) {
  return JSON.parse(readFileSync(join(outdir, 'stacks', 'bench', 'cdk.tf.json'), 'utf8')).resource ?? {};
}

/** Runs all programs once per round, each round starting with the next program. Returns the reports of each program. */
export function alternate(programs, rules, rounds) {
  const reports = new Map(programs.map((program) => [program, []]));
  for (let round = 0; round < rounds; round++) {
    programs.forEach((_, index) => {
      const program = programs[(round + index) % programs.length];
      reports.get(program).push(run(program, rules));
    });
  }
  return reports;
}
