import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type CompileOptions } from './compiled';
import type { Project } from './project';

/** Synthesizes the examples in a project, and returns the text of each stack by its name. */
export async function synthesizedExamples(
  project: Project,
  options: Omit<CompileOptions, 'entry' | 'outfile'>,
): Promise<Readonly<Record<string, string>>> {
  const outfile = options.format === 'esm' ? 'main.mjs' : 'main.cjs';
  await compile(project, { ...options, entry: 'examples/main.ts', outfile });
  project.copy('examples/registry-ports.yaml');
  rmSync(project.path('cdktf.out'), { recursive: true, force: true });
  project.run(outfile);
  return stacksIn(project);
}

/** Returns the stacks of an app; the path of the state of each has the folder of the app. */
function stacksIn(project: Project): Readonly<Record<string, string>> {
  const names = readdirSync(project.path('cdktf.out/stacks')).sort();
  const textOf = (name: string): string => project.read(join('cdktf.out/stacks', name, 'cdk.tf.json'));
  return Object.fromEntries(names.map((name) => [name, textOf(name).replaceAll(`${project.directory}/`, '')]));
}

/** Returns stacks without what differs between versions of frameworks and providers: the version of either, and where Terraform gets the provider. */
export function withoutVersions(stacks: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(stacks).map(([name, text]) => [name, withoutVersion(text)]));
}

interface Stack {
  readonly '//': { readonly metadata: { version: string } };
  readonly terraform?: { readonly required_providers?: Record<string, { source: string; version: string }> };
}

function withoutVersion(text: string): string {
  const stack = JSON.parse(text) as Stack;
  stack['//'].metadata.version = 'framework';
  for (const [name, provider] of Object.entries(stack.terraform?.required_providers ?? {})) {
    // sources may have the host of the registry
    if (!provider.source.endsWith(name)) throw new Error(`${provider.source} is not a source of ${name}`);
    Object.assign(provider, { source: 'source', version: 'version' });
  }
  return `${JSON.stringify(stack, undefined, 2)}\n`;
}
