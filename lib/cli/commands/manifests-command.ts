import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { readJsonFile, refusal } from '../../input';
import { combinedClusters, clusterOfProvider } from '../../traffic';
import { clusterFolders, clusterLine, namedCluster, policiesIn, type PolicyManifest, policyYaml } from '../manifests';
import { printNotes } from '../notes';
import { pathsArgument } from '../options';
import { type CliIo, createDirectory, writeOutput } from '../output';
import { readConfigurations } from '../read-configuration';
import { stackFiles } from '../stack-files';

const PLACE = 'manifests';

/** Returns the command that writes network policies for kubectl and GitOps. */
export function manifestsCommand(io: CliIo): Command {
  return new Command(PLACE)
    .summary('network policies as YAML, for kubectl and GitOps')
    .description(
      'Writes the network policies of KubernetesPods as manifests, one file for each policy, and one folder for each cluster if there are ' +
        'several. The same stack always gives the same files. ' +
        'Changes nothing by itself.',
    )
    .addArgument(pathsArgument())
    .addOption(
      new Option('-o, --output <directory>', 'writes a file for each policy instead of all to standard output'),
    )
    .addOption(new Option('--directory <directory>', 'the same as --output').conflicts('output'))
    .addHelpText('after', '\nExample:\n  $ cluster-ports manifests -o policies && kubectl diff -f policies')
    .action(async (paths: string[], { directory, output = directory }: ManifestsOptions) => {
      const policies = policiesOf(paths, io);
      if (policies.length === 0) {
        const need = 'the stacks must have network policies of this package';
        throw refusal(paths.join(', '), 'manifests-missing', need, 'none', 'KubernetesPods.labelled(...)');
      }
      const folders = foldersOf(policies);
      const files = filesOf(policies, folders);
      if (output === undefined) {
        if (folders.size > 1) throw severalClusters(paths, [...folders.values()]);
        io.stdout.write(
          [...files]
            .sort(byName)
            .map(([, text]) => text)
            .join('---\n'),
        );
        return;
      }
      for (const folder of new Set(folders.values())) await createDirectory(join(output, folder));
      for (const [name, text] of files) await writeOutput(text, join(output, name));
      printNotes(
        otherFiles(output, files).map((name) => `${name} is not a policy of these stacks; remove it if it was one`),
        io,
      );
    });
}

interface ManifestsOptions {
  readonly output?: string;
  readonly directory?: string;
}

/** A policy, its cluster, and the file of its stack. */
interface PolicyOfStack {
  readonly policy: PolicyManifest;
  readonly path: string;
  /** What says which cluster it is for; empty for all policies of which nothing says it. */
  readonly cluster: string;
}

function policiesOf(paths: readonly string[], io: CliIo): PolicyOfStack[] {
  const { files } = stackFiles(paths);
  const stacks = readConfigurations(paths, io);
  const clusters = combinedClusters(stacks);
  return files
    .filter(({ isManifests }) => isManifests !== true)
    .flatMap(({ path }) => {
      const [stack] = stacks.find(([, { file }]) => file === path)!;
      return policiesIn(readJsonFile(path), path).map(({ policy, provider }) => {
        const name = `${stack}/${clusterOfProvider(provider)}`;
        const isDefault = clusterOfProvider(provider) === '';
        return { policy, path, cluster: clusters.get(name) ?? (isDefault ? '' : `provider ${name}`) };
      });
    });
}

/** Returns the folder of each cluster: none if there is only one, to which the user gives no name. */
function foldersOf(policies: readonly PolicyOfStack[]): Map<string, string> {
  const clusters = new Set(policies.map(({ cluster }) => cluster));
  const [first] = clusters;
  if (clusters.size === 1 && !first.startsWith(namedCluster(''))) return new Map([[first, '']]);
  const names = clusterFolders([...clusters].map(saidCluster));
  return new Map([...clusters].map((cluster) => [cluster, names.get(saidCluster(cluster))!]));
}

/** Returns what is said about a cluster, also if it is nothing. */
function saidCluster(cluster: string): string {
  return cluster === '' ? 'cluster-not-known' : cluster;
}

function severalClusters(paths: readonly string[], names: readonly string[]): Error {
  const need = 'the network policies of several clusters need a folder for each';
  return refusal(paths.join(', '), 'manifests-clusters', need, [...names].sort().join(', '), '"-o policies"');
}

/** Returns the text of each policy by its path in the output. Throws if two stacks have different policies of one name for one cluster. */
function filesOf(policies: readonly PolicyOfStack[], folders: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, { readonly text: string; readonly path: string }>();
  for (const { policy, path, cluster } of policies) {
    const folder = folders.get(cluster)!;
    const isSaid = folder !== '' && cluster !== '';
    const text = (isSaid ? clusterLine(cluster) : '') + policyYaml(policy);
    const name = join(folder, fileNameOf(policy));
    const first = files.get(name) ?? { text, path };
    if (first.text !== text) {
      const { namespace, name: called } = policy.metadata;
      const need = `the network policy ${called} in namespace ${namespace} must be the same in all stacks of a cluster`;
      const fix = 'only the stacks of one cluster, or KubernetesPods with a namePrefix';
      throw refusal(path, 'manifests-disagree', need, `a different one in ${first.path}`, fix);
    }
    files.set(name, first);
  }
  return new Map([...files].map(([name, { text }]) => [name, text]));
}

/** Returns the YAML files of a directory that are none of these. */
function otherFiles(directory: string, files: ReadonlyMap<string, string>): string[] {
  const all = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return all
    .filter((name) => /\.ya?ml$/.test(name) && !files.has(name))
    .map((name) => join(directory, name))
    .sort();
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function fileNameOf({ metadata: { namespace, name } }: PolicyManifest): string {
  return `${namespace}.${name}.yaml`;
}
