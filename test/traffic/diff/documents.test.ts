import { App, TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  AwsNetworkFirewallRuleGroup,
  ExternalHosts,
  GcpFirewall,
  GcpSecureWebProxy,
  LinuxDistribution,
  Peer,
  Port,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { diff } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

function synthesized(work: (stack: TerraformStack) => void): any {
  const stack = new TerraformStack(new App(), 'platform');
  work(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** The changes from nothing to a stack: what opens, with the names of the rows that document it. */
function documented(json: unknown, before: unknown = {}): string[] {
  const { changes } = diff(readTerraform(before, 'before.json'), readTerraform(json, 'after.json'));
  return changes.map(({ kind, before: was, after, rules }) => {
    const [{ ports, peer }] = [...after, ...was];
    const rows = rules.flatMap(({ documentedBy }) =>
      documentedBy.map(({ row, port, documentedPort }) => {
        const name = row.split('/').at(-1);
        return documentedPort === undefined ? name : `${name} (${port}, document: ${documentedPort})`;
      }),
    );
    return `${kind} ${ports.join()} ${peer.startsWith('host:') ? peer : ''}: ${rows.join(', ')}`.replace(' :', ':');
  });
}

const workers = Peer.named('workers', '10.1.1.0/24');
const mongodb = ExternalHosts.named('mongodb', '10.8.0.4/32');

const platform = (): any =>
  synthesized((stack) => {
    new VClusterPlatformIngressRules(stack, 'vcluster', {
      kubernetesApi: Peer.named('gke-control-plane', '172.16.0.0/28'),
      platform: new GcpFirewall({ network: 'prod' }).networkTag('vcluster-platform'),
      omit: ['webhook'],
    });
  });

test('a port has the row of its own, and not all rows of its rule', () => {
  expect(documented(platform())).toEqual([
    'opened 8443/tcp: api-service',
    'opened 9444/tcp: management-api',
    'omitted 9443/tcp: webhook',
  ]);
});

test('a port has the row of its own, also if only the description of its rule names the rows', () => {
  const json = platform();
  delete json['//'];
  expect(documented(json)).toEqual(['opened 8443/tcp: api-service', 'opened 9444/tcp: management-api']);
});

test.each([
  [
    'a Secure Web Proxy',
    () => new GcpSecureWebProxy({ location: 'europe-west3' }),
    ['host:*.docker.com: docker-com', 'host:*.docker.io: docker-io'],
  ],
  [
    // a leading dot also allows the domain itself
    'AWS Network Firewall',
    () => new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.20.0.0/16') }),
    [
      'host:*.docker.com: docker-com',
      'host:*.docker.io: docker-io',
      'host:docker.com: docker-com',
      'host:docker.io: docker-io',
    ],
  ],
])('a hostname that opens through %s has the row of its own', (_what, through, expected) => {
  const json = synthesized((stack) => {
    const distribution = LinuxDistribution.UBUNTU;
    new ApinizerInstallationHostnames(stack, 'hosts', { through: through(), distribution });
  });
  const lines = documented(json).filter((line) => line.includes('.docker.') || line.includes(':docker.'));
  const found = new Set(lines.map((line) => line.replace(/^opened \S+ | over \w+/g, '')));
  expect([...found].sort()).toEqual(expected);
});

test('a request for a port that was moved has the row and the port of its document', () => {
  const stores = (ports?: Record<string, Port>): any =>
    synthesized((stack) => {
      new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb, ports });
    });
  const line = 'requested 27017/tcp: mongodb (27017/tcp, document: 25080/tcp)';
  expect(documented(stores({ mongodb: Port.tcp(27017) }))).toEqual([line]);
  expect(documented(stores({ mongodb: Port.tcp(27017) }), stores())).toEqual([
    line,
    'no longer requested 25080/tcp: mongodb',
  ]);
});

test('a request that the provenance has wrong says why, like all outputs', () => {
  const json = synthesized((stack) => {
    new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
  });
  json['//'].metadata.clusterPorts.flows[0].port = '22/tcp';
  const { changes } = diff(readTerraform({}, 'before.json'), readTerraform(json, 'after.json'));
  expect(changes[0].rules).toEqual([
    expect.objectContaining({ documentedBy: [], doubt: 'apinizer-data-stores@2024-12 has 25080/tcp for mongodb' }),
  ]);
});
