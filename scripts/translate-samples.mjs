// Makes the samples in README.md and in docstrings complete, and translates them, for the packages that jsii-pacmak makes.
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
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  const args = [ROSETTA, 'extract', '--strict', '--batch', '1000', '--directory', directory, directory];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`samples that jsii-rosetta cannot translate:\n${stdout}${stderr}`);
}

/** The stack around a sample. The imports of the sample are moved to its beginning. */
const FIXTURE = `import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack } from 'cdktf';
import { KubeadmFlannelClusterRules } from 'cdktf-cluster-ports';
import { Construct } from 'constructs';

declare const stack: TerraformStack;
declare const vpc: Vpc;
declare const cluster: KubeadmFlannelClusterRules;

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
  const text = JSON.stringify(assembly, (key, value) => {
    if (key === 'example' && typeof value === 'string') return complete(value);
    if (key !== 'markdown') return value;
    return value.replaceAll(/^```ts\n([^]*?)^```$/gm, (_all, sample) => `\`\`\`ts\n${complete(sample)}\`\`\``);
  });
  return JSON.parse(text);
}
