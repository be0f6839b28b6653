import { basename, dirname } from 'node:path';
import { refusal, shown } from '../model/refusal';
import { combinedConfiguration } from '../traffic/combined-configuration';
import type { Configuration } from '../traffic/configuration';
import { readTerraform } from '../traffic/read-terraform';
import type { CliIo } from './cli-io';
import { Progress } from './progress';
import { readJsonFile } from '../files/read-json-file';
import { stackFiles } from './stack-files';

/** A configuration, and the name by which it is told apart from others. */
export type NamedConfiguration = readonly [string, Configuration];

/** Reads what paths have as one: the only configuration, or all of them by the names of their stacks. */
export function readConfiguration(paths: readonly string[], why: readonly string[], io: CliIo): Configuration {
  const all = readConfigurations(paths, io);
  const configuration = all.length === 1 ? all[0][1] : combinedConfiguration(paths.join(', '), all);
  return withProvenance(configuration, why, io);
}

/** Reads every file that paths have. */
export function readConfigurations(paths: readonly string[], io: CliIo): NamedConfiguration[] {
  const files = stackFiles(paths);
  const progress = new Progress(io, 'reading:', files.length);
  const names = new Map<string, string>();
  try {
    return files.map(({ path }, at) => {
      progress.at(at + 1);
      const json = readJsonFile(path);
      const name = stackName(json) ?? nameOfFile(path);
      const other = names.get(name);
      if (other !== undefined) throw refusal(path, `a stack must be given once, got ${shown(name)} of ${other} again`);
      names.set(name, path);
      return [name, readTerraform(json, path)] as const;
    });
  } finally {
    progress.end();
  }
}

/** Plans and states do not say why ports are open: the synthesized stacks do. */
export function withProvenance(configuration: Configuration, why: readonly string[], io: CliIo): Configuration {
  if (why.length === 0) return configuration;
  const stacks = readConfigurations(why, io).flatMap(([, { provenance }]) => [...provenance]);
  return { ...configuration, provenance: new Map([...configuration.provenance, ...stacks]) };
}

function stackName(json: unknown): string | undefined {
  const metadata = (json as { '//'?: { metadata?: { stackName?: unknown } } } | null)?.['//']?.metadata;
  return typeof metadata?.stackName === 'string' ? metadata.stackName : undefined;
}

/** `cdk.tf.json` says nothing, and its directory does. */
function nameOfFile(path: string): string {
  return basename(path) === 'cdk.tf.json' ? basename(dirname(path)) : basename(path);
}
