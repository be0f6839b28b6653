// The first command in a fresh clone: installs dependencies, builds, synthesizes the examples and shows what each one opens.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

function run(command, ...args) {
  // on Windows, npm and npx are scripts, which need a shell
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled() {
  const installed = 'node_modules/.package-lock.json';
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
}

if (!isInstalled()) run('npm', 'ci', '--no-fund', '--no-audit');
run('node', 'scripts/build.mjs');
run('npx', '--no-install', 'tsx', 'examples/main.ts');
run('npx', '--no-install', 'tsx', 'scripts/show.mjs');
console.log(`
The Terraform of every stack is in cdktf.out/stacks/<stack>/cdk.tf.json. The examples are in examples/.
Next: copy an example into your own cdktf app, set its network, host groups and IP ranges, and run there
  npx cdktf-cli@0.21.0 diff <stack>
  npx cdktf-cli@0.21.0 deploy <stack>`);
