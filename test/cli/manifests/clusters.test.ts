import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesProvider, type KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { DocumentedPortRules, KubernetesPods, Peer } from '../../../lib';
import { WEB } from '../../clouds/kubernetes/table';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

interface Pods {
  /** The provider for the pods; the default one without an alias. */
  readonly provider?: KubernetesProviderConfig;
  readonly range: string;
}

/** Adds a stack whose web pods receive connections, once for each provider. */
function addStack(app: App, id: string, all: readonly Pods[]): TerraformStack {
  const stack = new TerraformStack(app, id);
  all.forEach(({ provider, range }, at) => {
    const made = provider && new KubernetesProvider(stack, `provider-${at}`, provider);
    const pods = { namespace: 'prod', labels: { app: 'web' } };
    const prefixed = at === 0 ? pods : { ...pods, namePrefix: `p${at}-` };
    const server = KubernetesPods.labelled({ ...prefixed, ...(provider?.alias && { provider: made }) });
    new DocumentedPortRules(stack, `rules-${at}`, { table: WEB, roles: { client: Peer.cidr(range), server } });
  });
  return stack;
}

/** Writes a stack with pods of each provider, and returns its path. */
function written(id: string, all: readonly Pods[]): string {
  const file = join(path, `${id}.json`);
  writeFileSync(file, JSON.stringify(addStack(Testing.app(), id, all).toTerraform()));
  return file;
}

/** Returns the files that the command writes, by their path. */
async function policies(paths: readonly string[]): Promise<{ output: string; files: string[]; stderr: string }> {
  const output = mkdtempSync(join(path, 'policies-'));
  const { code, stderr } = await cli(['manifests', ...paths, '-o', output]);
  expect([code, stderr]).toEqual([0, '']);
  const files = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return { output, files: files.sort(), stderr };
}

const NAME = 'prod.shop-client-to-server.yaml';
const SECOND = 'prod.p1-shop-client-to-server.yaml';
const THIRD = 'prod.p2-shop-client-to-server.yaml';
const EAST = { host: 'https://east.example.com:6443' };
const TWO: Pods[] = [
  { provider: EAST, range: '10.0.0.0/8' },
  { provider: { alias: 'west', host: 'https://west.example.com' }, range: '192.168.0.0/16' },
];

test('two clusters of one stack have a folder each, and are two clusters when they are read back', async () => {
  const stack = written('two', TWO);
  const { output, files } = await policies([stack]);
  expect(files).toEqual([`east.example.com-6443/${NAME}`, `west.example.com/${SECOND}`]);
  expect(readFileSync(join(output, files[0]), 'utf8').split('\n')[0]).toBe(
    '# cluster-ports: for host https://east.example.com:6443',
  );
  const explained = async (from: string, cluster: string): Promise<string> => {
    const to = `pods:${cluster}/prod:app=web`;
    const { stdout } = await cli(['explain', output, '--from', from, '--to', to, '--port', '8080/tcp']);
    return /^The packet (\w+(?: \w+)?): /m.exec(stdout)![1];
  };
  expect(await explained('10.1.2.3', 'east.example.com-6443')).toBe('passes');
  expect(await explained('10.1.2.3', 'west.example.com')).toBe('is refused');
  expect(await explained('192.168.0.1', 'west.example.com')).toBe('passes');
  for (const pair of [
    [stack, output],
    [output, stack],
  ]) {
    const { stdout } = await cli(['diff', ...pair, '--format', 'json']);
    expect((JSON.parse(stdout) as { changes: unknown[] }).changes).toEqual([]);
  }
});

test('the directory of one cluster is what its stack permits', async () => {
  const stack = written('one', [TWO[0]]);
  const { output, files } = await policies([stack]);
  expect(files).toEqual([NAME]);
  for (const pair of [
    [stack, output],
    [output, stack],
  ]) {
    expect(await cli(['diff', ...pair, '--fail-on', 'any'])).toMatchObject({
      code: 0,
      stdout: 'No difference: both permit the same traffic.\n',
    });
  }
  expect((await cli(['show', output])).stdout).toContain('pods:prod:app=web');
});

test('a directory is also that of the only cluster of a stack whose provider has an alias', async () => {
  const stack = written('alias', [TWO[1]]);
  const { output } = await policies([stack]);
  const { stdout } = await cli(['diff', stack, output, '--format', 'json']);
  expect((JSON.parse(stdout) as { changes: unknown[] }).changes).toEqual([]);
});

test('a cluster of two stacks is one folder', async () => {
  const stacks = [written('a', [TWO[0]]), written('b', [{ ...TWO[0], provider: { ...EAST, insecure: true } }, TWO[1]])];
  expect((await policies(stacks)).files).toEqual([`east.example.com-6443/${NAME}`, `west.example.com/${SECOND}`]);
});

test('the names of folders come from contexts, and are different for different clusters', async () => {
  const context = (alias: string, configPath: string): Pods => ({
    provider: { alias, configPath, configContext: 'arn:aws:eks:eu-central-1:111122223333:cluster/shop' },
    range: '10.0.0.0/8',
  });
  const { files } = await policies([written('contexts', [context('a', 'a.yaml'), context('b', 'b.yaml'), TWO[0]])]);
  expect(files).toEqual([
    expect.stringMatching(/^arn-aws-eks-eu-central-1-111122223333-cluster-shop-[0-9a-f]{8}\//),
    expect.stringMatching(/^arn-aws-eks-eu-central-1-111122223333-cluster-shop-[0-9a-f]{8}\//),
    `east.example.com-6443/${THIRD}`,
  ]);
});

test('policies of which nothing says their cluster have a folder of their own', async () => {
  const { files } = await policies([written('none', [{ range: '10.0.0.0/8' }, TWO[1]])]);
  expect(files).toEqual([`cluster-not-known/${NAME}`, `west.example.com/${SECOND}`]);
});

test('the user names clusters, also a single one', async () => {
  const [one, other] = ['one', 'other'].map((id) => written(`named-${id}`, [{ range: '10.0.0.0/8' }]));
  expect((await policies([`prod=${one}`])).files).toEqual([`prod/${NAME}`]);
  const both = await policies([`prod=${one}`, `staging=${other}`]);
  expect(both.files).toEqual([`prod/${NAME}`, `staging/${NAME}`]);
  expect((await cli(['show', both.output])).stdout).toContain('pods:staging/prod:app=web');
});

test('a stack that hands its host to another stack is in the same folder', async () => {
  const app = Testing.app();
  const owner = addStack(app, 'owner', []);
  const host = new TerraformVariable(owner, 'endpoint', { type: 'string' }).stringValue;
  for (const stack of [owner, addStack(app, 'user', [])]) {
    new KubernetesProvider(stack, 'kubernetes', { host: `https://${host}` });
    const namePrefix = `${stack.node.id}-`;
    const server = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'web' }, namePrefix });
    new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: Peer.cidr('10.0.0.0/8'), server } });
  }
  app.synth();
  expect((await policies([app.outdir])).files).toEqual([
    'prod.owner-shop-client-to-server.yaml',
    'prod.user-shop-client-to-server.yaml',
  ]);
});

test('names files of policies that are gone in all folders', async () => {
  const { output } = await policies([written('gone', TWO)]);
  const { stderr } = await cli(['manifests', written('left', [TWO[0]]), '-o', output]);
  expect(stderr).toContain(`${join('west.example.com', SECOND)} is not a policy of these stacks`);
});
