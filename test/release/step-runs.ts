import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** How a script ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which scripts of workflows run, with programs in front of those of the machine. */
export class Runner {
  public readonly directory = mkdtempSync(join(tmpdir(), 'cluster-ports-steps-'));
  /** Where the steps run. */
  public readonly checkout = join(this.directory, 'checkout');

  /** `programs` are scripts of bash by the name of the program. */
  public constructor(programs: Readonly<Record<string, string>>) {
    mkdirSync(join(this.directory, 'programs'));
    mkdirSync(this.checkout);
    for (const [name, text] of Object.entries(programs)) {
      const path = join(this.directory, 'programs', name);
      writeFileSync(path, `#!/usr/bin/env bash\n${text}\n`);
      chmodSync(path, 0o755);
    }
  }

  /** Runs a script as GitHub does: by bash, which stops at the first failure. */
  public run(script: string, variables: Readonly<Record<string, string>> = {}): Ended {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(?:npm_|JEST_|NODE_ENV$|GIT_)/.test(name));
    const env = {
      ...Object.fromEntries(inherited),
      PATH: `${join(this.directory, 'programs')}${delimiter}${process.env.PATH}`,
      CALLS: join(this.directory, 'calls'),
      ROOT,
      ...variables,
    };
    const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script];
    return spawnSync('bash', args, { cwd: this.checkout, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  }

  /** What the programs have recorded. */
  public calls(): string {
    const calls = join(this.directory, 'calls');
    return existsSync(calls) ? readFileSync(calls, 'utf8') : '';
  }

  /** Copies files and folders of the repository. */
  public copy(...names: readonly string[]): void {
    for (const name of names) cpSync(join(ROOT, name), join(this.checkout, name), { recursive: true });
  }

  public read(name: string): string {
    return readFileSync(join(this.checkout, name), 'utf8');
  }

  public write(name: string, text: string): void {
    writeFileSync(join(this.checkout, name), text);
  }
}
