import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

/** Returns a policy of the namespace prod that denies everything in a direction to pods. */
function deny(name: string, podSelector: string, direction: 'Ingress' | 'Egress'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: prod }
spec: { podSelector: ${podSelector}, policyTypes: [${direction}] }
`;
}

const WEB = '{ matchLabels: { app: web } }';

/** Returns why a packet to 8080/tcp of pods with app=web is refused by the policies of one directory. */
async function reason(name: string, policies: readonly string[]): Promise<string | undefined> {
  const directory = join(path, name);
  mkdirSync(directory);
  policies.forEach((policy, at) => {
    writeFileSync(join(directory, `${at}.yaml`), policy);
  });
  const packet = ['--from', '10.0.0.1', '--to', 'pods:prod:app=web', '--port', '8080/tcp', '--format', 'json'];
  const { stdout, stderr } = await cli(['explain', directory, ...packet]);
  expect(stderr).toBe('');
  const { verdict, destination } = JSON.parse(stdout) as { verdict: string; destination: { reason?: string } };
  expect(verdict).toBe('refused');
  return destination.reason;
}

const of = (name: string): string => `kubernetes_manifest.networkpolicy_prod_${name}`;

test('a packet that no policy allows is refused by the policies that select its pods, each once', async () => {
  const all = deny('all', '{}', 'Ingress');
  expect(await reason('one', [all])).toBe(
    `no network policy in these files allows it, and ${of('all')} refuses what none allows`,
  );
  expect(
    await reason('two', [all, deny('web', WEB, 'Ingress'), deny('db', '{ matchLabels: { app: db } }', 'Ingress')]),
  ).toBe(`no network policy in these files allows it, and ${of('all')}, ${of('web')} refuse what none allows`);
});

test('policies of the other direction refuse nothing here, and many are counted', async () => {
  expect(await reason('direction', [deny('web', WEB, 'Ingress'), deny('out', '{}', 'Egress')])).toBe(
    `no network policy in these files allows it, and ${of('web')} refuses what none allows`,
  );
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => deny(name, WEB, 'Ingress'));
  expect(await reason('many', many)).toBe(
    `no network policy in these files allows it, and ${of('a')}, ${of('b')}, ${of('c')} and 2 more refuse what none allows`,
  );
});
