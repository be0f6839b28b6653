// Builds the example in Go, runs its test, and compares its Terraform with that of TypeScript. The bindings of cdktf and of the provider are
// made from their npm packages, so that no module of theirs is downloaded. Takes minutes and 1 GB; without Go it says that it was skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STACK = 'vcluster-platform-on-gke';
const MINUTES = 60_000;
/** The modules that are made here, by the folder that jsii-pacmak writes. */
const MODULES = {
  'github.com/cdktf-cluster-ports/cdktf-cluster-ports-go/cdktfclusterports': 'go/cdktfclusterports',
  'github.com/cdktf/cdktf-provider-google-go/google/v16': 'go/google',
  'github.com/hashicorp/terraform-cdk-go/cdktf': 'go/cdktf',
};
/** The version of the runtime, which the bindings need in the version of their generator. */
const RUNTIME = 'github.com/aws/jsii-runtime-go';

const isThere = spawnSync('go', ['list', '-m', '-versions', RUNTIME], { cwd: tmpdir(), timeout: MINUTES }).status === 0;
if (!isThere) {
  console.log('\n*** SKIPPED: the example in Go, because Go is not installed or reaches no module proxy. ***\n');
  process.exit(0);
}

const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-go-'));
try {
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', GOFLAGS: '-modcacherw' };
  const run = (cwd, program, args, variables = {}) => {
    const options = { cwd, env: { ...env, ...variables }, stdio: 'inherit', timeout: 20 * MINUTES };
    const { status } = spawnSync(program, args, options);
    assert.equal(status, 0, `${program} ${args.join(' ')}`);
  };
  run(ROOT, process.execPath, ['scripts/languages.mjs', 'go', '--code-only', '--outdir', directory]);
  for (const name of ['cdktf', '@cdktf/provider-google']) {
    const pacmak = join(ROOT, 'node_modules/jsii-pacmak/bin/jsii-pacmak');
    const options = ['--targets', 'go', '--code-only', '--outdir', directory];
    run(ROOT, process.execPath, [pacmak, join(ROOT, 'node_modules', name), ...options]);
  }
  const app = join(directory, 'app');
  cpSync(join(ROOT, 'examples/go'), app, { recursive: true });
  const version = /jsii-runtime-go (v\S+)/.exec(readFileSync(join(app, 'go.mod'), 'utf8'))[1];
  const replaced = Object.entries(MODULES).map(([module, folder]) => `-replace=${module}=${join(directory, folder)}`);
  run(app, 'go', ['mod', 'edit', ...replaced, `-replace=${RUNTIME}=${RUNTIME}@${version}`]);
  run(app, 'go', ['mod', 'tidy']);
  run(app, 'go', ['vet', '.']);
  run(app, 'go', ['test', '-v', '.']);
  run(app, 'go', ['run', '.'], { CDKTF_OUTDIR: join(directory, 'go.out') });
  run(ROOT, process.execPath, ['node_modules/tsx/dist/cli.mjs', 'examples/main.ts'], {
    CDKTF_OUTDIR: join(directory, 'typescript.out'),
  });
  const terraform = (out, folder) =>
    readFileSync(join(directory, out, 'stacks', STACK, 'cdk.tf.json'), 'utf8').replace(join(folder, 'terraform.'), '');
  assert.equal(terraform('go.out', app), terraform('typescript.out', ROOT));
  console.log('The Terraform of the example in Go is that of TypeScript, byte for byte.');
} finally {
  rmSync(directory, { recursive: true, force: true });
}
