import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { DocumentedPortRules, Egress, KubernetesDns, KubernetesPods, Peer } from '../../../lib';
import { WEB } from '../../clouds/kubernetes/table';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();

const stack = new TerraformStack(Testing.app(), 'shop');
const client = KubernetesPods.labelled({
  namespace: 'prod',
  labels: { app: 'shop' },
  name: 'the shop',
  egress: Egress.DOCUMENTED,
  dns: KubernetesDns.kubeDns(),
});
const server = KubernetesPods.labelled({ namespace: 'prod', labels: { app: 'web' } });
new DocumentedPortRules(stack, 'rules', {
  table: WEB,
  roles: { client: Peer.anyOf(client, Peer.cidr('10.0.0.0/8')), server },
});
const FILE = join(path, 'shop.json');
writeFileSync(FILE, JSON.stringify(stack.toTerraform()));

async function printed(command: string, ...options: string[]): Promise<string> {
  const { stdout, stderr } = await cli([command, FILE, ...options]);
  return `${stdout}${stderr}`.replaceAll(FILE, 'shop.json');
}

test.each(['matrix', 'request', 'show', 'lint', 'diagram', 'commands'])(
  '%s has the pods of the flows',
  async (command) => {
    expect(await printed(command)).toMatchSnapshot();
  },
);

test.each<[from: string, to: string, answer: string]>([
  ['pods the shop', 'pods prod:app=web', 'The packet passes'],
  ['10.1.2.3', 'pods:prod:app=web', 'The packet passes'],
  ['192.0.2.1', 'pods:prod:app=web', 'The packet is refused'],
  ['the shop', '192.0.2.1', 'The packet is refused'],
])('explain knows packets from %s to %s', async (from, to, answer) => {
  expect(await printed('explain', '--from', from, '--to', to, '--port', '8080/tcp')).toContain(answer);
});

test('explain prints the firewall of the machines on which pods run, in text and JSON', async () => {
  const json = stack.toTerraform() as { resource: object };
  const firewall = { network: 'prod', source_ranges: ['10.0.0.0/8'], allow: [{ protocol: 'tcp', ports: ['22'] }] };
  const file = join(path, 'nodes.json');
  writeFileSync(
    file,
    JSON.stringify({ ...json, resource: { ...json.resource, google_compute_firewall: { nodes: firewall } } }),
  );
  const asked = ['explain', file, '--from', 'the shop', '--to', 'pods prod:app=web', '--port', '8080/tcp'];
  const { stdout } = await cli([...asked, '--format', 'table']);
  expect(stdout.split('\n').filter((line) => /^\d\./.test(line))).toEqual([
    '1. network policies pods:prod:app=shop, source: passes',
    '2. firewall of the node pods:prod:app=shop, source: not evaluated (these files do not say on which machines the pod runs)',
    '3. firewall of the node pods:prod:app=web, destination: not evaluated (these files do not say on which machines the pod runs)',
    '4. network policies pods:prod:app=web, destination: passes',
  ]);
  const { gates } = JSON.parse((await cli([...asked, '--format', 'json'])).stdout);
  expect(gates.map(({ kind, verdict }: { kind: string; verdict: string }) => `${kind}: ${verdict}`)).toEqual([
    'network policies: passes',
    'firewall of the node: not evaluated',
    'firewall of the node: not evaluated',
    'network policies: passes',
  ]);
});

test('synthesis does not say that a firewall of machines may not see the port', () => {
  const messages = stack.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
  expect(messages.filter((text) => text.includes('ports of pods'))).toEqual([]);
});
