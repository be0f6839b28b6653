// Adds the optional peer dependencies to package.json while the package is packed, and removes them afterwards. jsii does not support
// optional peers, and an AWS team must not have to install Google's provider.
import { readFileSync, writeFileSync } from 'node:fs';

const OPTIONAL_PEERS = {
  '@cdktf/provider-aws': '^21.0.0',
  '@cdktf/provider-google': '^16.0.0',
  '@cdktf/provider-kubernetes': '^12.0.0',
  '@cdktn/provider-aws': '^25.0.0',
  cdktf: '^0.21.0',
  cdktn: '^0.24.0',
};

const file = new URL('../package.json', import.meta.url);
const manifest = JSON.parse(readFileSync(file, 'utf8'));
const names = Object.keys(OPTIONAL_PEERS);

if (process.argv[2] === 'add') {
  Object.assign(manifest.peerDependencies, OPTIONAL_PEERS);
  manifest.peerDependenciesMeta = Object.fromEntries(names.map((name) => [name, { optional: true }]));
} else {
  names.forEach((name) => delete manifest.peerDependencies[name]);
  delete manifest.peerDependenciesMeta;
}
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
