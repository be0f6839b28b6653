import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Project } from './project';

const ROOT = join(__dirname, '../..');

/** How a program of this repository is compiled for a project. */
export interface CompileOptions {
  /** The source: a path from the root of the repository, or lines of a program in it. */
  readonly entry: string | readonly string[];
  /** The result, in the project. */
  readonly outfile: string;
  readonly framework: 'cdktf' | 'cdktn';
  readonly format: 'cjs' | 'esm';
}

/** Compiles a program for a project. Packages stay outside, so that the Node.js of the project finds them, and have the names of the framework. */
export async function compile(
  project: Project,
  { entry, outfile, framework, format }: CompileOptions,
): Promise<string> {
  const to = project.path(outfile);
  const plugins = [packagesOf(framework)];
  await build({
    absWorkingDir: ROOT,
    ...(typeof entry === 'string'
      ? { entryPoints: [entry] }
      : { stdin: { contents: entry.join('\n'), resolveDir: ROOT, loader: 'ts' } }),
    outfile: to,
    format,
    bundle: true,
    platform: 'node',
    plugins,
  });
  return to;
}

function packagesOf(framework: string): Plugin {
  return {
    name: 'packages',
    setup: (bundler) => {
      bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind === 'entry-point'
          ? undefined
          : { path: path.replace(/^(@?)cdktf(?=$|\/)/, `$1${framework}`), external: true },
      );
    },
  };
}
