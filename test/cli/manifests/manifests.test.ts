import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { parseAllDocuments } from 'yaml';
import {
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  type IPeer,
  KubernetesDns,
  KubernetesPods,
  type KubernetesPodsProps,
  Peer,
  Port,
  PortLevel,
} from '../../../lib';
import '../../../lib/testing';
import { row, tableOf, WEB } from '../../clouds/kubernetes/table';
import { validated } from '../../schemas/kubernetes-models';
import { cli, expectBadInput, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const TABLE = tableOf(
  row('web', Port.tcp(8080), PortLevel.POD),
  row('passive', Port.tcpRange(30000, 30100), PortLevel.POD),
  row('dns', Port.tcpAndUdp(53)),
);

function newStack(name: string): TerraformStack {
  return new TerraformStack(Testing.app(), name);
}

/** Writes a synthesized stack, and returns its path. */
function written(stack: TerraformStack): string {
  const file = join(path, `${stack.node.id}.json`);
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  return file;
}

function shop(name: string, props: Partial<KubernetesPodsProps> = {}, more?: IPeer): TerraformStack {
  const stack = newStack(name);
  const pods = (labels: Record<string, string>, other: Partial<KubernetesPodsProps> = {}): KubernetesPods =>
    KubernetesPods.labelled({ namespace: 'prod', labels, ...props, ...other });
  const sending = { egress: Egress.DOCUMENTED, dns: KubernetesDns.kubeDns() };
  const client = Peer.anyOf(
    pods({ 'app.kubernetes.io/name': 'shop' }, sending),
    Peer.cidr('10.0.0.0/8'),
    ...(more ? [more] : []),
  );
  const server = pods({}, { reason: 'only ${the shop} is in it' });
  new DocumentedPortRules(stack, 'rules', { table: TABLE, roles: { client, server } });
  return stack;
}

async function manifests(file: string): Promise<any[]> {
  const { code, stdout } = await cli(['manifests', file]);
  expect(code).toBe(0);
  return parseAllDocuments(stdout).map((document: any) => document.toJS());
}

test('writes the policies of Terraform resources as YAML', async () => {
  const { code, stdout, stderr } = await cli(['manifests', written(shop('resources'))]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatchSnapshot();
});

test('fails for different policies of one name in two stacks, and writes neither', async () => {
  const [one, other] = [
    written(shop('cluster-a')),
    written(shop('cluster-b', {}, Peer.cidr('10.9.0.0/16', 'fd00::/64'))),
  ];
  for (const stacks of [
    [one, other],
    [other, one],
  ]) {
    const output = join(mkdtempSync(join(path, 'two-')), 'policies');
    await expectBadInput(['manifests', ...stacks, '-o', output], 'manifests-disagree');
    await expectBadInput(['manifests', ...stacks], 'manifests-disagree');
    expect(existsSync(output)).toBe(false);
  }
});

test('one policy of two stacks is one manifest', async () => {
  const [one, other] = [written(shop('same-a')), written(shop('same-b', { manifestsOnly: true }))];
  const { code, stdout } = await cli(['manifests', one, other]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: (await cli(['manifests', one])).stdout });
});

test('policies that are only manifests are the same, and there is no resource', async () => {
  const only = shop('only', { manifestsOnly: true });
  expect(JSON.parse(Testing.synth(only)).resource).toBeUndefined();
  expect(await manifests(written(only))).toEqual(await manifests(written(shop('both'))));
  expect(only).toMatchDocuments();
});

test('policies that are only manifests have no dependables', () => {
  const stack = newStack('dependables');
  const server = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'web' }, manifestsOnly: true });
  const rules = new DocumentedPortRules(stack, 'rules', {
    table: WEB,
    roles: { client: Peer.cidr('10.0.0.0/8'), server },
  });
  expect([rules.dependables, rules.resources]).toEqual([[], []]);
});

test('writes a file for each policy, the same each time, and names files of other policies', async () => {
  const file = written(shop('directory'));
  const output = mkdtempSync(join(path, 'policies-'));
  expect(await cli(['manifests', file, '-o', output])).toEqual({ code: 0, stdout: '', stderr: '' });
  const names = ['prod.shop-client-to-server-egress.yaml', 'prod.shop-client-to-server.yaml'];
  expect(readdirSync(output).sort()).toEqual(names);
  const first = names.map((name) => readFileSync(join(output, name), 'utf8'));
  writeFileSync(join(output, 'old.yaml'), '');
  const { stderr } = await cli(['manifests', file, '--directory', output]);
  expect(stderr).toContain('old.yaml is not a policy of these stacks; remove it if it was one');
  expect(names.map((name) => readFileSync(join(output, name), 'utf8'))).toEqual(first);
});

test('the published schema accepts every policy', async () => {
  const policies = await manifests(written(shop('schema')));
  expect(policies).toHaveLength(2);
  expect(validated(policies)).toEqual(['valid', 'valid']);
  expect(validated([{ ...policies[0], spec: { podSelector: 7 } }])[0]).toContain('podSelector');
});

test('fails for stacks without policies', async () => {
  const stack = newStack('none');
  new DocumentedPortRules(stack, 'rules', {
    table: WEB,
    roles: { client: Peer.cidr('10.0.0.0/8'), server: ExternalHosts.named('shop', '10.1.0.0/24') },
  });
  await expectBadInput(['manifests', written(stack)], 'manifests-missing');
});

test('fails for a value that is known after apply', async () => {
  const stack = newStack('unknown');
  const server = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'web' } });
  const client = Peer.cidr(new TerraformVariable(stack, 'office', {}).stringValue);
  new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client, server } });
  await expectBadInput(['manifests', written(stack)], 'manifest-not-known');
});

test('kubectl reads every policy, where it is installed', async () => {
  let version: string;
  try {
    version = execFileSync('kubectl', ['version', '--client'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    process.stderr.write('SKIPPED: kubectl is not installed, so it has not read the manifests\n');
    return;
  }
  expect(version).toContain('Client Version');
  const output = mkdtempSync(join(path, 'kubectl-'));
  await cli(['manifests', written(shop('kubectl')), '-o', output]);
  const read = execFileSync('kubectl', ['annotate', '--local', '-f', output, 'read=yes', '-o', 'name'], {
    encoding: 'utf8',
  });
  expect(read.trim().split('\n')).toEqual([
    'networkpolicy.networking.k8s.io/shop-client-to-server-egress',
    'networkpolicy.networking.k8s.io/shop-client-to-server',
  ]);
});
