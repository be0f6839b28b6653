import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import { VClusterPlatformNetworkPolicies } from '../../examples/vcluster-platform-network-policies';
import { everyForm, everyTable } from '../clouds/kubernetes/stacks-of-pods';
import { cli } from '../support/cli';
import { ApiServer } from './api-server';

const server = new ApiServer();
const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-manifests-'));

beforeAll(() => server.start());
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

/** Writes the manifests of stacks into a new directory, and returns it. */
async function manifests(name: string, stacks: readonly TerraformStack[]): Promise<string> {
  const output = join(directory, name);
  for (const [at, stack] of stacks.entries()) {
    const file = join(directory, `${name}-${at}.tf.json`);
    writeFileSync(file, JSON.stringify(stack.toTerraform()));
    const { code, stderr } = await cli(['manifests', file, '--directory', join(output, String(at))]);
    expect([code, stderr]).toEqual([0, '']);
  }
  return output;
}

/** Creates the namespaces that manifests name. */
function createNamespaces(path: string): void {
  const { stdout, stderr } = server.kubectl('create', '--dry-run=client', '-o', 'json', '--recursive', '-f', path);
  expect(stderr).toBe('');
  const found = new Set([...stdout.matchAll(/"namespace": "([^"]+)"/g)].map(([, namespace]) => namespace));
  for (const namespace of found) server.kubectl('create', 'namespace', namespace);
}

/** Writes policies into one file of manifests. */
function joined(name: string, policies: readonly string[]): string {
  const file = join(directory, `${name}.yaml`);
  writeFileSync(file, policies.join('\n---\n'));
  return file;
}

/** Returns what the server has of each policy. */
function fromServer(path: string): string[] {
  const { stdout } = server.kubectl('get', '--recursive', '-f', path, '-o', 'json');
  const { items, ...only } = JSON.parse(stdout) as { readonly items?: readonly object[] };
  return (items ?? [only]).map((item) => JSON.stringify(item));
}

test.each<[string, () => readonly TerraformStack[]]>([
  ['the example', () => [new VClusterPlatformNetworkPolicies(Testing.app(), 'example')]],
  ['every-form', () => [everyForm()]],
  ['every-table', everyTable],
])('a real API server takes the policies of %s, and changes nothing in them', async (title, stacks) => {
  const name = title.replace(' ', '-');
  const path = await manifests(name, stacks());
  const files = readdirSync(path, { recursive: true }).filter((file) => String(file).endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(2);
  createNamespaces(path);

  const first = server.kubectl('apply', '--recursive', '-f', path);
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(
    first.stdout
      .trim()
      .split('\n')
      .filter((line) => line.endsWith(' created')),
  ).toHaveLength(files.length);

  const difference = server.kubectl('diff', '--recursive', '-f', path);
  expect([difference.code, difference.stdout, difference.stderr]).toEqual([0, '', '']);
  const second = server.kubectl('apply', '--recursive', '-f', path);
  expect(
    second.stdout
      .trim()
      .split('\n')
      .filter((line) => line.endsWith(' unchanged')),
  ).toHaveLength(files.length);

  // the defaults of the server change nothing in what is read back
  const theirs = fromServer(path);
  expect(theirs).toHaveLength(files.length);
  const mine = joined(
    `${name}-mine`,
    files.map((file) => readFileSync(join(path, String(file)), 'utf8')),
  );
  const { code, stdout } = await cli(['diff', mine, joined(`${name}-theirs`, theirs), '--fail-on', 'any']);
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/permit the same|^No difference in what could be evaluated/),
  ]);
  const changed = joined(
    `${name}-changed`,
    theirs.map((text) => text.replace('"protocol":"TCP"', '"protocol":"SCTP"')), // a different port could be after an endPort
  );
  const different = await cli(['diff', mine, changed, '--fail-on', 'any']);
  expect([different.code, different.stderr]).toEqual([1, '']);
});

test('the server refuses what it refuses elsewhere too, so that it does validate', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'bad', namespace: 'default' },
    spec: { podSelector: {}, ingress: [{ ports: [{ protocol: 'TCP', port: 70000 }] }] },
  };
  const { code, stderr } = server.kubectl('apply', '-f', server.file('bad.json', JSON.stringify(policy)));
  expect(code).toBe(1);
  expect(stderr).toContain('must be between 1 and 65535');
});
