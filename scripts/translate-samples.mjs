// Makes README.md and the samples in docstrings fit for the pages of packages in other languages, and translates the samples, for the packages that jsii-pacmak makes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROSETTA = fileURLToPath(new URL('../node_modules/jsii-rosetta/bin/jsii-rosetta', import.meta.url));

/**
 * Translates the samples of an unpacked package, whose node_modules has what samples import. Throws if one does not compile or cannot be
 * translated.
 */
export function translateSamples(directory) {
  const file = join(directory, '.jsii');
  const assembly = JSON.parse(readFileSync(file, 'utf8'));
  const names = Object.values(assembly.types).map(({ name }) => name);
  writeFileSync(file, JSON.stringify(withCompleteSamples(assembly, names)));
  mkdirSync(join(directory, 'rosetta'), { recursive: true });
  writeFileSync(join(directory, 'rosetta/default.ts-fixture'), FIXTURE);
  // the tools of jsii fail if a peer is not installed; in other languages the program installs cdktf and the providers
  const manifest = join(directory, 'package.json');
  const { peerDependencies, ...others } = JSON.parse(readFileSync(manifest, 'utf8'));
  const peers = Object.entries(peerDependencies).filter(([name]) => name in assembly.dependencies);
  writeFileSync(manifest, JSON.stringify({ ...others, peerDependencies: Object.fromEntries(peers) }));
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const args = [ROSETTA, 'extract', '--strict', '--batch', '1000', '--directory', directory, directory];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`samples that jsii-rosetta cannot translate:\n${stdout}${stderr}`);
}

/**
 * The stack around a sample. The imports of the sample are moved to its beginning. It imports no provider package: jsii-rosetta takes
 * minutes to read one.
 */
const FIXTURE = `import { TerraformStack } from 'cdktf';
import { IHostGroup as Machines, KubeadmFlannelClusterRules as Cluster } from 'cdktf-cluster-ports';
import { Construct } from 'constructs';

declare const stack: TerraformStack;
declare const vpc: { readonly id: string };
declare const cluster: Cluster;
declare const controlPlane: Machines;
declare const workers: Machines;

class Example extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    /// here
  }
}
`;

/** Returns an assembly whose samples import what they use of this package. */
function withCompleteSamples(assembly, names) {
  const complete = (sample) => {
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(sample)).sort();
    const files = /\breadFileSync\b/.test(sample) ? "import { readFileSync } from 'node:fs';\n" : '';
    const ours = used.length === 0 ? '' : `import { ${used.join(', ')} } from '${assembly.name}';\n`;
    return `${files}${ours}\n${sample}`;
  };
  const page = (markdown) =>
    markdown
      .replaceAll(/^```ts\n([^]*?)^```$/gm, (_all, sample) => `\`\`\`ts\n${complete(sample)}\`\`\``)
      .replaceAll(/\]\((?!https?:|#)/g, `](${repository(assembly)}/`);
  const text = JSON.stringify(assembly, (key, value) => {
    if (key === 'example' && typeof value === 'string') return complete(value);
    return key === 'markdown' ? page(value) : value;
  });
  return JSON.parse(text);
}

/** Where the files of a version are. Pages of other registries have no links to files. */
function repository({ repository: { url }, version }) {
  return `${url.replace(/^git\+/, '').replace(/\.git$/, '')}/blob/v${version}`;
}
