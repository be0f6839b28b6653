import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: prod }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

const policy = (
  spec: string,
  metadata = '{ name: allow, namespace: prod }',
): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: ${metadata}
spec:
${spec}
`;

/** Returns the verdict about 8080/tcp from 10.0.0.1 to pods of a namespace that a policy in a different file denies everything. */
async function verdict(name: string, allow: string, to = 'pods:prod:app=web'): Promise<string> {
  const directory = join(path, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'allow.yaml'), allow);
  writeFileSync(join(directory, 'deny.yaml'), DENY);
  const packet = ['--from', '10.0.0.1', '--to', to, '--port', '8080/tcp', '--format', 'json'];
  const { stdout, stderr } = await cli(['explain', directory, ...packet]);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { verdict: string }).verdict;
}

const RANGE = '{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }';

test.each([
  ['a named port', '  podSelector: {}\n  ingress: [{ ports: [{ port: http }] }]'],
  [
    'pods by an expression',
    `  podSelector: { matchExpressions: [{ key: app, operator: Exists }] }\n  ingress: [${RANGE}]`,
  ],
  ['a selector that is no object', `  podSelector: [1]\n  ingress: [${RANGE}]`],
  ['a range that is none', '  podSelector: {}\n  ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.1/8 } }] }]'],
])('whether a packet is refused is not known if a policy in a different file has %s', async (what, spec) => {
  expect(await verdict(what, policy(spec))).toBe('not known');
});

test('a policy whose namespace the context of kubectl decides may be one of every namespace', async () => {
  const allow = policy(`  podSelector: {}\n  ingress: [${RANGE}]`, '{ name: allow }');
  expect(await verdict('context', allow)).toBe('not known');
});

test.each([
  [
    'of a different namespace',
    policy(
      '  podSelector: { matchExpressions: [{ key: app, operator: Exists }] }\n  ingress: [{}]',
      '{ name: a, namespace: test }',
    ),
  ],
  [
    'for a different range',
    policy(
      '  podSelector: { matchExpressions: [{ key: app, operator: Exists }] }\n  ingress: [{ from: [{ ipBlock: { cidr: 192.168.0.0/16 } }] }]',
    ),
  ],
  [
    'for different ports',
    policy(
      '  podSelector: { matchExpressions: [{ key: app, operator: Exists }] }\n  ingress: [{ ports: [{ port: 443 }] }]',
    ),
  ],
  ['for the other direction', policy('  podSelector: {}\n  egress: [{ ports: [{ port: http }] }]')],
  [
    'for a named port of a different protocol',
    policy('  podSelector: {}\n  ingress: [{ ports: [{ port: dns, protocol: UDP }] }]'),
  ],
  ['that denies everything', policy('  podSelector: { matchExpressions: [{ key: app, operator: Exists }] }')],
])('a packet is refused if a policy that is not evaluated is one %s', async (what, allow) => {
  expect(await verdict(what, allow)).toBe('refused');
});

test('an object of a different kind, which is not evaluated, changes no verdict', async () => {
  expect(await verdict('deployment', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n')).toBe(
    'refused',
  );
});
