import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type * as ClusterPorts from '../../lib';

/** Returns the names of the port tables that are loaded, without those that are not in a file of their own format. */
function loadedTables(): string[] {
  const modules = Object.keys(require.cache).filter((file) => file.endsWith('.ts'));
  return modules.filter((file) => existsSync(file.replace(/\.ts$/, '.yaml'))).map((file) => basename(file, '.ts'));
}

const ROOT = join(__dirname, '../..');
/** What an import of the package may load in addition to its own code: the framework, and the packages that it needs to begin. */
const MAY_LOAD = /^node_modules\/(?:cdktf|cdktn|constructs)\//;
/** Components and folders that only tools need: they read Terraform and files, check manifests, and render the rules of a host. */
const ONLY_TOOLS = /^lib\/(?:traffic|documents|checks|cli|testing|text)\/|schema/;

/** Returns the files that are loaded, without this test, relative to the repository. */
function loadedFiles(): string[] {
  return Object.keys(require.cache).map((file) => relative(ROOT, file));
}

test('importing the package loads no provider, no reader of files, no schema and no renderer', () => {
  const before = new Set(loadedFiles());
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the test is about what the import loads
  const { KubernetesPods, LinuxHosts, GcpFirewallPolicy } = require('../../lib') as typeof ClusterPorts;
  const loaded = loadedFiles().filter((file) => !before.has(file));
  expect(loaded).toContain('lib/clouds/kubernetes/kubernetes-pods.ts');
  expect(loaded).toContain('lib/clouds/linux/linux-hosts.ts');
  expect(loaded.filter((file) => file.includes('node_modules/') && !MAY_LOAD.test(file))).toEqual([]);
  expect(loaded.filter((file) => ONLY_TOOLS.test(file))).toEqual([]);
  // host groups of every gate are made without them, too
  KubernetesPods.labelled({ namespace: 'shop', labels: { app: 'web' } });
  LinuxHosts.named('servers', '10.1.0.0/24');
  new GcpFirewallPolicy({ policy: 'prod' }).secureTag('tagValues/1');
  const used = loadedFiles().filter((file) => !before.has(file) && !loaded.includes(file));
  // loaded files are seen, also those of packages
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the test is about what is loaded
  require('@cdktf/provider-kubernetes/lib/network-policy-v1');
  expect(loadedFiles().filter((file) => !before.has(file) && file.includes('provider-kubernetes'))).not.toEqual([]);
  expect(used.filter((file) => /provider|yaml|ajv|schema/.test(file) || ONLY_TOOLS.test(file))).toEqual([]);
});

test('importing the package loads no port table, and using one loads only it', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the test is about what the import loads
  const { PortTables } = require('../../lib') as typeof ClusterPorts;
  expect(loadedTables()).toEqual([]);
  expect(PortTables.named('longhorn').id).toBe('longhorn');
  expect(loadedTables()).toEqual([expect.stringMatching(/^longhorn@/)]);
  PortTables.all();
  expect(loadedTables().length).toBeGreaterThan(40);
});
