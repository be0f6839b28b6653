import { cli, expectBadInput, temporaryDirectory } from '../../support/cli';

const { file } = temporaryDirectory();

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: prod, annotations: { note: 'a \${literal}' } }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress:
    - from: [{ ipBlock: { cidr: 10.0.0.0/8 } }]
      ports: [{ port: 8080 }]
`;
const list = (items: string): string =>
  `apiVersion: v1\nkind: List\nitems:\n${items.replace(/^/gm, '    ').replace('    a', '  - a')}`;
const POLICIES = file('policies.yaml', `---\n${POLICY}---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\n`);

test('show lists what policies in YAML permit, and what else is in the file', async () => {
  const { code, stdout } = await cli(['show', POLICIES]);
  expect(code).toBe(0);
  expect(stdout.replace(POLICIES, 'policies.yaml')).toMatchSnapshot();
});

test.each<[from: string, to: string, answer: string]>([
  ['10.1.2.3', 'pods:prod:app=web', 'The packet passes'],
  ['192.0.2.1', 'pods:prod:app=web', 'The packet is refused'],
  ['10.1.2.3', 'pods:prod:app=web,tier=front', 'The packet passes'],
  ['pods:prod:app=web', '192.0.2.1', 'Whether the packet passes is not known'],
])('explain answers for a packet from %s to %s', async (from, to, answer) => {
  const { stdout } = await cli(['explain', POLICIES, '--from', from, '--to', to, '--port', '8080/tcp']);
  expect(stdout).toContain(`${answer}: 8080/tcp from ${from} to ${to}.`);
});

test('explain does not know pods that no policy selects', async () => {
  await expectBadInput(
    ['explain', POLICIES, '--from', '10.1.2.3', '--to', 'pods:prod:app=api', '--port', '8080/tcp'],
    'group-unknown',
  );
});

test('diff compares policies in YAML, and a removed policy opens its pods', async () => {
  const wider = file('wider.yaml', POLICY.replace('10.0.0.0/8', '10.0.0.0/7'));
  const before = file('before.yaml', POLICY);
  const same = file('same.yml', list(POLICY));
  expect((await cli(['diff', before, same, '--fail-on', 'any'])).code).toBe(0);
  expect((await cli(['diff', before, wider, '--fail-on', 'widened'])).code).toBe(1);
  const nothing = file('nothing.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: prod }\n');
  const { code, stdout } = await cli(['diff', before, nothing, '--fail-on', 'opened']);
  expect(code).toBe(1);
  expect(stdout).toContain('refuses all inbound traffic that no network policy allows');
});

test('lint reads policies in YAML', async () => {
  const { code, stdout } = await cli(['lint', file('open.yaml', POLICY.replace('10.0.0.0/8', '0.0.0.0/0'))]);
  expect(code).toBe(1);
  expect(stdout).toContain('world');
});

test.each<[string, string, string]>([
  ['YAML that is broken', 'a: [', 'manifest-invalid'],
  ['something without a kind', 'a: 1', 'manifest-invalid'],
  ['an object twice', `${POLICY}---\n${POLICY}`, 'manifest-invalid'],
  [
    'manifests of two clusters',
    `# cluster-ports: for host a\n${POLICY}---\n# cluster-ports: for host b\n${POLICY.replace('web', 'api')}`,
    'manifest-invalid',
  ],
])('fails for %s', async (_what, text, code) => {
  await expectBadInput(['show', file(`bad-${text.length}.yaml`, text)], code as never);
});

test('fails for a file that does not exist', async () => {
  await expectBadInput(['show', 'no-such-policies.yaml'], 'file-not-readable');
});
