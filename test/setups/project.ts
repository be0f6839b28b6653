import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The dependencies of a project, as in its package.json. */
export type Dependencies = Readonly<Record<string, string>>;

/** How npm installs a project. */
export interface InstallOptions {
  /** The folder that becomes the project. */
  readonly directory: string;
  readonly dependencies: Dependencies;
  /**
   * The Node.js that installs and runs the project.
   * @default - the one that runs the tests
   */
  readonly node?: string;
}

/** What a program printed, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ROOT = join(__dirname, '../..');
const LONGEST_RUN = 300_000;

/** Returns the pinned dependencies of a set-up: `test/setups/<name>/package.json`. */
export function pinned(name: string): Dependencies {
  const text = readFileSync(join(__dirname, name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { dependencies: Dependencies }).dependencies;
}

/** A folder with installed packages, as a user has it. */
export class Project {
  public constructor(
    public readonly directory: string,
    public readonly node: string = process.execPath,
  ) {}

  /** Installs packages as npm does by itself, without flags that would hide a conflict of peers. Leaves what is installed already. */
  public static install({ directory, dependencies, node = process.execPath }: InstallOptions): Project {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const project = new Project(directory, node);
    if (existsSync(project.path('node_modules/.package-lock.json'))) return project;
    const { status, stderr } = project.npm(
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    );
    if (status !== 0) throw new Error(`npm install of ${JSON.stringify(dependencies)}: exit ${status}\n${stderr}`);
    return project;
  }

  public npm(...args: readonly string[]): Ended {
    return this.start('npm', args, process.platform === 'win32');
  }

  /** Runs a program of a package of the checkout, such as `jest/bin/jest.js`, or of the project, with its Node.js. */
  public program(file: string, ...args: readonly string[]): Ended {
    return this.start(this.node, [file, ...args], false);
  }

  /** Returns what a program prints. Throws if it fails. */
  public run(file: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = this.program(file, ...args);
    if (status !== 0) throw new Error(`${file} ${args.join(' ')}: exit ${status}\n${stdout}\n${stderr}`);
    return stdout;
  }

  public path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  public write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  public read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Copies a file or folder of the checkout, with its path. */
  public copy(name: string): void {
    cpSync(join(ROOT, name), this.path(name), { recursive: true });
  }

  private start(program: string, args: readonly string[], shell: boolean): Ended {
    const PATH = `${dirname(this.node)}${delimiter}${process.env.PATH}`;
    // settings of the `npm test` and the Jest that run this
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(?:npm_|JEST_|NODE_ENV$|FORCE_COLOR$)/.test(name),
    );
    const env = { ...Object.fromEntries(inherited), PATH, NO_COLOR: '1' };
    return spawnSync(program, args, { cwd: this.directory, encoding: 'utf8', env, shell, timeout: LONGEST_RUN });
  }
}

/** Returns the path of a program of the checkout. */
export function ownProgram(path: string): string {
  return join(ROOT, 'node_modules', path);
}
