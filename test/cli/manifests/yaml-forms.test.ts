import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

/** Returns what `show` prints about a directory with one file: its rows, or its error. */
async function shown(name: string, text: string): Promise<string[]> {
  const directory = join(path, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'policies.yaml'), text);
  const { stdout, stderr } = await cli(['show', directory]);
  return `${stdout}${stderr}`
    .split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('Direction'));
}

const policy = (spec: string, name = 'a'): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: prod }
spec:
${spec}
`;

const EVERYONE = ['ingress all 0.0.0.0/0 pods:prod:*', 'ingress all ::/0 pods:prod:*'];

test.each([
  ['a selector', '  podSelector:\n  ingress: [{}]'],
  ['parts of a selector', '  podSelector: { matchLabels: , matchExpressions: }\n  ingress: [{}]'],
  ['no selector', '  ingress: [{}]'],
  ['an item', '  podSelector: {}\n  ingress:\n  -'],
  ['parts of an item', '  podSelector: {}\n  ingress: [{ from: , ports: }]'],
  ['types', '  podSelector: {}\n  policyTypes:\n  ingress: [{}]'],
])('what is null in a manifest is its default, as for Kubernetes: %s', async (what, spec) => {
  expect(await shown(what, policy(spec))).toEqual(EVERYONE);
});

test('a port that is null is every port of TCP', async () => {
  const spec = '  podSelector: {}\n  ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [null] }]';
  expect(await shown('port', policy(spec))).toEqual(['ingress 0-65535/tcp 10.0.0.0/8 pods:prod:*']);
});

test('a spec that is missing isolates every pod of the namespace', async () => {
  const text = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a, namespace: prod }\nspec:\n';
  expect(await shown('spec', text)).toEqual(['Nothing is permitted.']);
  const packet = ['--from', '10.0.0.1', '--to', 'pods:prod:app=web', '--port', '80/tcp'];
  const { stdout } = await cli(['explain', join(path, 'spec'), ...packet]);
  expect(stdout).toContain('The packet is refused');
});

test('a far end that is null has no selector, which Kubernetes refuses', async () => {
  expect((await shown('far', policy('  podSelector: {}\n  ingress: [{ from: [null] }]'))).at(-1)).toContain(
    'a far end must have a selector',
  );
});

test('labels are merged from an anchor, as for kubectl', async () => {
  const text = `labels: &web { app: web, tier: front }\n${policy(
    '  podSelector: { matchLabels: { <<: *web, tier: back } }\n  ingress: [{ ports: [{ port: 80 }] }]',
  )}`;
  expect(await shown('anchor', text)).toEqual([
    'ingress 80/tcp 0.0.0.0/0 pods:prod:app=web,tier=back',
    'ingress 80/tcp ::/0 pods:prod:app=web,tier=back',
  ]);
});

test('objects whose names differ only in signs that no Terraform address has are different objects', async () => {
  const spec = '  podSelector: { matchLabels: { app: web } }\n  ingress: [{}]';
  const role = (name: string): string =>
    `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: "${name}" }\n`;
  const deny = policy('  podSelector: {}', 'web.a');
  const text = `${deny}---\n${policy(spec, 'web-a')}${role('system:node')}${role('system-node')}${role('System-Node')}`;
  const lines = await shown('names', text);
  expect(lines.slice(0, 2)).toEqual(['ingress all 0.0.0.0/0 pods:prod:app=web', 'ingress all ::/0 pods:prod:app=web']);
  expect(lines.filter((line) => line.startsWith('kubernetes_manifest.'))).toHaveLength(3);
});

test('a list says the kind of items that do not say it', async () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicyList
items:
- metadata: { name: a, namespace: prod }
  spec: { podSelector: {}, ingress: [{}] }
`;
  expect(await shown('list', text)).toEqual(EVERYONE);
  expect(await shown('empty', 'apiVersion: v1\nkind: List\nitems:\n')).toEqual(['Nothing is permitted.']);
});
