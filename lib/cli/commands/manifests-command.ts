import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { readJsonFile, refusal } from '../../input';
import { policiesIn, type PolicyManifest, policyYaml } from '../manifests';
import { printNotes } from '../notes';
import { pathsArgument } from '../options';
import { type CliIo, createDirectory, writeOutput } from '../output';
import { stackFiles } from '../stack-files';

const PLACE = 'manifests';

/** Returns the command that writes network policies for kubectl and GitOps. */
export function manifestsCommand(io: CliIo): Command {
  return new Command(PLACE)
    .summary('network policies as YAML, for kubectl and GitOps')
    .description(
      'Writes the network policies of KubernetesPods as manifests, one file for each policy. The same stack always gives the same files. ' +
        'Changes nothing by itself.',
    )
    .addArgument(pathsArgument())
    .addOption(
      new Option('-o, --output <directory>', 'writes a file for each policy instead of all to standard output'),
    )
    .addOption(new Option('--directory <directory>', 'the same as --output').conflicts('output'))
    .addHelpText('after', '\nExample:\n  $ cluster-ports manifests -o policies && kubectl diff -f policies')
    .action(async (paths: string[], { directory, output = directory }: ManifestsOptions) => {
      const policies = stackFiles(paths).files.flatMap(({ path }) =>
        policiesIn(readJsonFile(path), path).map((policy) => ({ policy, path })),
      );
      if (policies.length === 0) {
        const need = 'the stacks must have network policies of this package';
        throw refusal(paths.join(', '), 'manifests-missing', need, 'none', 'KubernetesPods.labelled(...)');
      }
      const files = filesOf(policies);
      if (output === undefined) {
        io.stdout.write(
          [...files]
            .sort(byName)
            .map(([, text]) => text)
            .join('---\n'),
        );
        return;
      }
      await createDirectory(output);
      for (const [name, text] of files) await writeOutput(text, join(output, name));
      const others = readdirSync(output).filter((name) => /\.ya?ml$/.test(name) && !files.has(name));
      printNotes(
        others.sort().map((name) => `${join(output, name)} is not a policy of these stacks; remove it if it was one`),
        io,
      );
    });
}

interface ManifestsOptions {
  readonly output?: string;
  readonly directory?: string;
}

/** A policy, and the file of its stack. */
interface PolicyOfStack {
  readonly policy: PolicyManifest;
  readonly path: string;
}

/** Returns the text of each policy by its file name. Throws if two stacks have different policies of one name. */
function filesOf(policies: readonly PolicyOfStack[]): Map<string, string> {
  const files = new Map<string, { readonly text: string; readonly path: string }>();
  for (const { policy, path } of policies) {
    const text = policyYaml(policy);
    const first = files.get(fileNameOf(policy)) ?? { text, path };
    if (first.text !== text) {
      const { namespace, name } = policy.metadata;
      const need = `the network policy ${name} in namespace ${namespace} must be the same in all stacks of a cluster`;
      const fix = 'only the stacks of one cluster, or KubernetesPods with a namePrefix';
      throw refusal(path, 'manifests-disagree', need, `a different one in ${first.path}`, fix);
    }
    files.set(fileNameOf(policy), first);
  }
  return new Map([...files].map(([name, { text }]) => [name, text]));
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

function fileNameOf({ metadata: { namespace, name } }: PolicyManifest): string {
  return `${namespace}.${name}.yaml`;
}
