import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  ExternalHosts,
  KyvernoRules,
  Peer,
  Port,
  PortLevel,
  Rke2Rules,
} from 'cdktf-cluster-ports';
import { cli, temporaryDirectory } from '../support/cli';

// What every output says about the level of a row. The rows are typed from the documents of Kyverno and RKE2.

const directory = temporaryDirectory();

/** A stack with a port of pods, NodePorts, and the same for machines of the firewall team. */
function stackFile(): string {
  const app = new App({ outdir: directory.path, skipValidation: true });
  const stack = new TerraformStack(app, 'cluster');
  const [node, api] = ['sg-00000001', 'sg-00000002'].map((id) => AwsSecurityGroup.fromId(id));
  const prometheus = Peer.named('prometheus', '10.9.0.0/24');
  const kyverno = { kubernetesApi: api, webhook: node, controller: node, dns: node, omit: ['dns', 'api-server'] };
  new KyvernoRules(stack, 'kyverno', { ...kyverno, prometheus, metrics: true });
  new Rke2Rules(stack, 'rke2', { server: node, agent: node });
  const hosts = ExternalHosts.named('nodes-on-premises', '10.8.0.0/28');
  const basis = { section: 'Ports', protocolBasis: Basis.TABLE };
  new DocumentedPortRules(stack, 'own', {
    table: {
      id: 'own-ports',
      title: 'Ports of a service',
      reference: 'https://wiki.example.com/service',
      edition: '2026-10',
      comparedOn: '2026-11-21',
      flows: [
        {
          source: { id: 'client', title: 'clients' },
          destination: { id: 'service', title: 'pods of the service' },
          rows: [
            { name: 'api', port: Port.tcp(8080), description: 'API', level: PortLevel.POD, ...basis },
            { name: 'public', port: Port.tcp(30080), description: 'Public API', level: PortLevel.NODE_PORT, ...basis },
          ],
        },
      ],
    },
    roles: { client: hosts, service: hosts },
  });
  app.synth();
  return join(directory.path, 'stacks', 'cluster', 'cdk.tf.json');
}

const file = stackFile();

interface Row {
  readonly port: string;
  readonly level?: string;
  readonly row: string;
}

const LEVELS = {
  'kyverno@2026-07/kubernetes-api-to-webhook/webhook': 'pod',
  'kyverno@2026-07/prometheus-to-controller/metrics': 'pod',
  'rke2@2026-05/agent-to-server/node-ports': 'node-port',
  'rke2@2026-05/agent-to-server/supervisor': 'host',
  'own-ports@2026-10/client-to-service/api': 'pod',
  'own-ports@2026-10/client-to-service/public': 'node-port',
};

test('the provenance has the level of each row that is not a port of the machine', () => {
  const { rows } = JSON.parse(readFileSync(file, 'utf8'))['//'].metadata.clusterPorts as {
    rows: Record<string, { level?: string }>;
  };
  for (const [row, level] of Object.entries(LEVELS)) expect([row, rows[row].level ?? 'host']).toEqual([row, level]);
});

test('the matrix for programs has the level of every row', async () => {
  const { flows } = JSON.parse((await cli(['matrix', file, '--format', 'json'])).stdout) as { flows: Row[] };
  const levels = new Map(flows.map(({ row, level }) => [row, level]));
  for (const [row, level] of Object.entries(LEVELS)) expect([row, levels.get(row)]).toEqual([row, level]);
});

test.each([
  ['the matrix', ['matrix', '--format', 'markdown']],
  ['the matrix as CSV', ['matrix', '--format', 'csv']],
])('%s says which ports are of pods, and which are NodePorts', async (_what, [command, ...options]) => {
  const { stdout } = await cli([command, file, ...options]);
  expect(stdout).toContain('(port of a pod)');
  expect(stdout).toContain('API (port of a pod)');
  expect(stdout).toContain('Public API (NodePort)');
});

test.each(['text', 'csv', 'markdown'])('the request as %s says it too', async (format) => {
  const { stdout } = await cli(['request', file, '--format', format]);
  expect(stdout).toContain('API (port of a pod)');
  expect(stdout).toContain('Public API (NodePort)');
});

test('explain says what a port of a pod needs', async () => {
  const { stdout } = await cli(['explain', file, '--from', '10.9.0.7', '--to', 'sg-00000001', '--port', '8000/tcp']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'metrics: a port of a pod, which a firewall of machines sees only if pods have IP addresses of its network.',
  );
});

const SENTENCE =
  'it opens ports of pods (8000/tcp), which a firewall of machines sees only if pods have IP addresses of its network, as with VPC-native ' +
  'GKE or the AWS VPC CNI. Under an overlay, such as VXLAN, it sees only the encapsulation: omit: ["metrics"]';

test('lint and show say once for each construct which ports of pods it opens, and never for webhooks or external hosts', async () => {
  const { stdout } = await cli(['lint', file, '--format', 'json']);
  const { findings } = JSON.parse(stdout) as {
    findings: { code: string; level: string; address: string; message: string }[];
  };
  expect(findings.filter(({ code }) => code === 'pod-ports')).toEqual([
    expect.objectContaining({ level: 'information', address: 'cluster/kyverno', message: SENTENCE }),
  ]);
  const shown = await cli(['show', file]);
  expect(shown.stdout + shown.stderr).toContain(SENTENCE);
});

test('a level that the table of this package does not have is a false claim', async () => {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  delete json['//'].metadata.clusterPorts.rows['kyverno@2026-07/prometheus-to-controller/metrics'].level;
  const forged = join(directory.path, 'forged.tf.json');
  writeFileSync(forged, JSON.stringify(json));
  const { stdout } = await cli(['lint', forged]);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('level is "pod"');
});
