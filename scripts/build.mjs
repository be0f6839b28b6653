// Compiles lib/ to dist/ with jsii, and bundles the command line. Suppresses the warning of jsii about the end of life of Node.js
// 20, because the package still supports that version.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

rmSync(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true, force: true });
const jsii = fileURLToPath(new URL('../node_modules/jsii/bin/jsii', import.meta.url));
const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
// cdktf 0.21 needs a later version of `constructs` than the oldest that users may have; test/setups has that one
const silent = ['reserved-word', 'missing-dev-dependency'].map((warning) => `--silence-warnings=${warning}`);
const { status } = spawnSync(process.execPath, [jsii, ...silent], { stdio: 'inherit', env });
if (status === 0) {
  await import('./prune-declarations.mjs');
  await import('./external-source-maps.mjs');
  await import('./lazy-exports.mjs');
  await import('./bundle.mjs');
}
process.exitCode = status ?? 1;
