import { basename, dirname, resolve, sep } from 'node:path';
import type { MissingPart } from '../documents';
import { grouped } from '../input';
import {
  combinedConfiguration,
  type Configuration,
  inGivenCluster,
  joinedManifests,
  type NotEvaluated,
  readTerraform,
  withSizesInCode,
} from '../traffic';
import { contentBeside } from './content-beside';
import { type CliIo, Progress } from './output';
import { type SkippedFile, stackFiles, stackGivenTwice } from './stack-files';
import { ValuesElsewhere } from './values-elsewhere';
import { clusterFolders, namedCluster, objectGivenTwice, readConfigurationFile, readManifests } from './manifests';

/** A configuration and the name of its stack. */
type NamedConfiguration = readonly [string, Configuration];

/** Reads all files of the paths as one configuration. Several stacks are distinguished by name. */
export function readConfiguration(paths: readonly string[], why: readonly string[], io: CliIo): Configuration {
  return joinedStacks(readConfigurations(paths, io), paths, why, io);
}

/** The rules of all stacks together. */
interface StacksTogether {
  readonly configuration: Configuration;
  /** What `show` lists as not evaluated, and the stacks whose traffic only `show` lists because they have no constructs of this package. */
  readonly notEvaluated: readonly MissingPart[];
}

/**
 * Reads the rules of all files of the paths together.
 *
 * @param applied returns the JSON of a stack with the values of its state
 */
export function readTogether(
  paths: readonly string[],
  io: CliIo,
  applied: (json: unknown, stack: string) => unknown,
): StacksTogether {
  const all = readConfigurations(paths, io, { applied });
  const configuration = joinedStacks(all, paths, [], io);
  const stacks = new Map(all.map(([name, { file }]) => [file, name]));
  const others = all.filter(([, { rules, provenance }]) => rules.length > 0 && provenance.size === 0);
  const notEvaluated = [
    ...configuration.notEvaluated.map(({ address, reason, file }) => ({
      address,
      reason,
      file,
      stack: stacks.get(file),
    })),
    ...others.map(([address, { file }]) => ({ address, reason: WITHOUT_CONSTRUCTS, file, stack: undefined })),
  ];
  return { configuration, notEvaluated };
}

const WITHOUT_CONSTRUCTS =
  'this stack has no constructs of cdktf-cluster-ports; "cluster-ports show" lists what it permits';

/** A configuration with the names of its stacks. */
interface NamedStacks {
  readonly configuration: Configuration;
  /** Returns the name of the stack in a file; nothing for a single file that does not say it, so that a new name of the file changes nothing. */
  readonly stackOf: (file: string) => string | undefined;
}

/** Reads all files of the paths as one configuration, and keeps the names of the stacks. */
export function readNamedStacks(paths: readonly string[], why: readonly string[], io: CliIo): NamedStacks {
  const named = new Set<string>();
  const all = readConfigurations(paths, io, {
    applied: (json, name) => {
      if (stackName(json) !== undefined) named.add(name);
      return json;
    },
  });
  const names = new Map(
    all.flatMap(([name, { file }]) => (all.length === 1 && !named.has(name) ? [] : [[file, name]])),
  );
  return { configuration: joinedStacks(all, paths, why, io), stackOf: (file) => names.get(file) };
}

function joinedStacks(
  all: readonly NamedConfiguration[],
  paths: readonly string[],
  why: readonly string[],
  io: CliIo,
): Configuration {
  const configuration = all.length === 1 ? all[0][1] : combinedConfiguration(paths.join(', '), all);
  return withProvenance(configuration, why, io);
}

/** How files are read. */
interface ReadOptions {
  readonly isShared?: (file: string) => boolean;
  /** Returns the JSON of a stack with the values of its state. */
  readonly applied?: (json: unknown, stack: string) => unknown;
}

/** Reads every file of the paths as a configuration of its own. */
export function readConfigurations(
  paths: readonly string[],
  io: CliIo,
  { isShared, applied = (json) => json }: ReadOptions = {},
): NamedConfiguration[] {
  const { files, skipped } = stackFiles(paths);
  const progress = new Progress(io, 'reading:', files.length);
  const names = new Map<string, string>();
  const stacks = files.filter(({ isManifests }) => isManifests !== true);
  const manifests = files.filter(({ isManifests }) => isManifests === true);
  try {
    const read = stacks.map(({ path, cluster }, at): NamedConfiguration => {
      progress.at(at + 1);
      const json = readConfigurationFile(path);
      const name = stackName(json) ?? nameOfFile(path);
      const other = names.get(name);
      if (other !== undefined) throw stackGivenTwice(name, path, other);
      names.set(name, path);
      const elsewhere = new ValuesElsewhere(
        skipped.map((one) => one.path).filter((one) => resolve(dirname(one)) === resolve(dirname(path))),
        io.env,
      );
      const configuration = readTerraform(applied(json, name), path, {
        contentBeside: contentBeside(dirname(path), isShared),
        isGivenElsewhere: (variable) => elsewhere.has(variable),
      });
      const missing = configuration.kind === 'synthesized' ? elsewhere.inEnvironment(json, path) : [];
      const whole = { ...configuration, notEvaluated: [...configuration.notEvaluated, ...missing] };
      return [name, cluster === undefined ? whole : inGivenCluster(whole, namedCluster(cluster))];
    });
    const step = (at: number): void => progress.at(stacks.length + at);
    return withSkipped([...read, ...clustersOfManifests(manifests, new Set(names.keys()), step)], skipped);
  } finally {
    progress.end();
  }
}

/** A file with manifests. */
type ManifestFile = ReturnType<typeof stackFiles>['files'][number];

/** Reads manifests. They are for one cluster, as for kubectl, unless the user or a file says otherwise. */
function clustersOfManifests(
  files: readonly ManifestFile[],
  taken: ReadonlySet<string>,
  step: (at: number) => void,
): NamedConfiguration[] {
  const read = files.map(({ path, cluster }, at) => {
    step(at + 1);
    const { json, ids, cluster: written } = readManifests(path);
    const known = cluster === undefined ? written : namedCluster(cluster);
    return { path, ids, known, configuration: readTerraform(json, path) };
  });
  const folders = clusterFolders(read.flatMap(({ known }) => known ?? []));
  return [...grouped(read, ({ known }) => known ?? '')].map(([cluster, all]): NamedConfiguration => {
    const places = new Map<string, string>();
    for (const { ids, path } of all) {
      for (const id of ids) {
        const other = places.get(id);
        if (other !== undefined) throw objectGivenTwice(id, path, other);
        places.set(id, path);
      }
    }
    const own = folders.get(cluster) ?? 'manifests';
    const joined = joinedManifests(
      commonPath(all.map((one) => one.path)),
      all.map((one) => one.configuration),
    );
    const name = taken.has(own) ? `${own} (manifests)` : own;
    return [name, cluster === '' ? joined : inGivenCluster(joined, cluster)];
  });
}

/** Returns the path of a file, or of the innermost directory that contains several. */
function commonPath([first, ...others]: readonly string[]): string {
  const parts = first.split(sep);
  const differing = parts.findIndex((_, at) => {
    const directory = parts.slice(0, at + 1).join(sep) + sep;
    return others.some((path) => !path.startsWith(directory));
  });
  return parts.slice(0, differing < 0 ? parts.length : differing).join(sep) || '.';
}

/** Lists files that are not read with the stack that they belong to, or with the first one. */
function withSkipped(read: readonly NamedConfiguration[], skipped: readonly SkippedFile[]): NamedConfiguration[] {
  return read.map(([name, configuration], at): NamedConfiguration => {
    const own = skipped.filter(({ path }) => dirname(path) === dirname(configuration.file));
    const others =
      at > 0 ? [] : skipped.filter(({ path }) => !read.some(([, { file }]) => dirname(file) === dirname(path)));
    const missing = [...own, ...others].map(({ path, name: address, reason }): NotEvaluated => ({
      file: path,
      address,
      reason,
      content: contentBeside(dirname(path))(basename(path)),
      stops: { added: 'opened', changed: 'any', removed: 'any' },
    }));
    if (missing.length === 0) return [name, configuration];
    return [name, { ...configuration, notEvaluated: [...configuration.notEvaluated, ...missing] }];
  });
}

/** Adds the documents of synthesized stacks, and the sizes of prefix lists in their code, which plans and states do not contain. */
export function withProvenance(configuration: Configuration, why: readonly string[], io: CliIo): Configuration {
  if (why.length === 0) return configuration;
  const read = readConfigurations(why, io).map(([, each]) => each);
  const all = [configuration, ...read];
  return {
    ...configuration,
    rules: withSizesInCode(configuration.rules, read),
    provenance: new Map([...configuration.provenance, ...read.flatMap(({ provenance }) => [...provenance])]),
    selectedMachines: () => new Map(all.flatMap(({ selectedMachines }) => [...(selectedMachines?.() ?? [])])),
    stacks: new Map([...configuration.stacks, ...read.flatMap(({ stacks }) => [...stacks])]),
  };
}

function stackName(json: unknown): string | undefined {
  const metadata = (json as { '//'?: { metadata?: { stackName?: unknown } } } | null)?.['//']?.metadata;
  return typeof metadata?.stackName === 'string' ? metadata.stackName : undefined;
}

/** Returns the name of the file, or of its directory if the file is called `cdk.tf.json`. */
function nameOfFile(path: string): string {
  return basename(path) === 'cdk.tf.json' ? basename(dirname(path)) : basename(path);
}
