import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { DocumentedPortRules, type IHostGroup, KubernetesPods, Peer, ExternalHosts } from '../../../lib';
import { WEB } from '../../clouds/kubernetes/table';
import { cli, expectBadInput, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const PODS = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'web' } });

/** Writes the synthesized stack of the rules for some machines, from a range or one that is known after apply. */
function written(name: string, server: IHostGroup, isKnown: boolean): string {
  const stack = new TerraformStack(Testing.app(), name);
  const range = isKnown ? '10.0.0.0/8' : new TerraformVariable(stack, 'office', {}).stringValue;
  new DocumentedPortRules(stack, 'rules', { table: WEB, roles: { client: Peer.cidr(range), server } });
  const file = join(path, `${name}.json`);
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  return file;
}

test.each<[string, string, string, string, string]>([
  [
    'no policies',
    'manifests-missing',
    written('external', ExternalHosts.named('shop', '10.1.0.0/24'), true),
    'KubernetesPods.labelled(...)',
    written('pods', PODS, true),
  ],
  [
    'a value known after apply',
    'manifest-not-known',
    written('unknown', PODS, false),
    'a range that is known at synthesis',
    written('known', PODS, true),
  ],
])('%s (%s): the suggested fix works', async (_what, code, wrong, suggestion, right) => {
  expect(await expectBadInput(['manifests', wrong], code as never)).toContain(`did you mean ${suggestion}?`);
  expect((await cli(['manifests', right])).code).toBe(0);
});

test('different policies of one name (manifests-disagree): both suggested fixes work', async () => {
  const other = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'api' } });
  const prefixed = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'api' }, namePrefix: 'api-' });
  const one = written('one', PODS, true);
  const sentence = await expectBadInput(['manifests', one, written('second', other, true)], 'manifests-disagree');
  expect(sentence).toContain('did you mean only the stacks of one cluster, or KubernetesPods with a namePrefix?');
  expect((await cli(['manifests', one])).code).toBe(0);
  expect((await cli(['manifests', one, written('prefixed', prefixed, true)])).code).toBe(0);
});

test('the policies of two clusters as one stream (manifests-clusters): the suggested fix works', async () => {
  const stack = new TerraformStack(Testing.app(), 'two-clusters');
  for (const alias of ['east', 'west']) {
    const provider = new KubernetesProvider(stack, alias, { alias, host: `https://${alias}.example.com` });
    const server = KubernetesPods.labelled({
      namespace: 'prod',
      labels: { app: 'web' },
      provider,
      namePrefix: `${alias}-`,
    });
    new DocumentedPortRules(stack, `rules-${alias}`, {
      table: WEB,
      roles: { client: Peer.cidr('10.0.0.0/8'), server },
    });
  }
  const file = join(path, 'two-clusters.json');
  writeFileSync(file, JSON.stringify(stack.toTerraform()));
  expect(await expectBadInput(['manifests', file], 'manifests-clusters')).toContain('did you mean "-o policies"?');
  expect((await cli(['manifests', file, '-o', join(path, 'policies')])).code).toBe(0);
});

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: prod }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{}] }
`;

test.each<[string, string, string, string]>([
  ['Kustomize', 'kustomization.yaml', 'resources: [web.yaml]\n', 'kubectl kustomize'],
  ['Helm', 'Chart.yaml', 'apiVersion: v2\nname: shop\n', 'helm template'],
])('the input of %s (manifests-not-built): the suggested fix works', async (_what, name, text, command) => {
  const directory = join(path, `input-${name}`);
  mkdirSync(join(directory, 'web'), { recursive: true });
  writeFileSync(join(directory, name), text);
  writeFileSync(join(directory, 'web', 'web.yaml'), POLICY);
  const sentence = await expectBadInput(['show', directory], 'manifests-not-built');
  expect(sentence).toContain(`did you mean a file with what "${command}" prints?`);
  const printed = join(path, `${name}-printed.yaml`);
  writeFileSync(printed, POLICY);
  expect((await cli(['show', printed])).code).toBe(0);
});
