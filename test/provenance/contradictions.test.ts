import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  NetworkZone,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { ClusterPortsError } from '../../lib/input';
import { withEachFlow, withoutContradictions } from '../../lib/provenance';
import { REFUSED_APPS, synthesizeRandomApp } from '../support/random-app';
import { seededRandom } from '../support/random';

type Json = any;

const path = mkdtempSync(join(tmpdir(), 'cluster-ports-provenance-'));
afterAll(() => rmSync(path, { recursive: true }));

const contradictionsIn = (json: Json): Json[] => [
  ...withoutContradictions(withEachFlow(json['//'].metadata.clusterPorts), json).contradictions,
];

/** A stack with every kind of end, and some of a different stack. */
function endsApp(): Json {
  const app = new App({ outdir: join(path, 'ends'), skipValidation: true });
  const network = new TerraformStack(app, 'network');
  const vpcId = 'vpc-0123456789abcdef0';
  const foreign = new AwsSecurityGroup(network, 'foreign', { name: 'foreign', vpcId, egress: Egress.ALL });
  const stack = new TerraformStack(app, 'ends');
  const tag = new TerraformVariable(stack, 'tag', { type: 'string' }).stringValue;
  const offices = new AwsPrefixList(stack, 'offices', {
    name: 'offices',
    ranges: Peer.cidr('8.8.8.0/24', '2001:db8::/32'),
  });
  const own = new AwsSecurityGroup(stack, 'own', {
    name: 'own',
    egress: Egress.ALL,
    vpcId,
    ipRanges: Peer.cidr('10.1.0.0/24'),
  });
  const link = 'https://www.googleapis.com/compute/v1/projects/project-one/global/networks/prod';
  const firewall = new GcpFirewall({ network: link });
  const second = new GcpFirewall({ network: link, namePrefix: 'second' });
  const other = new GcpFirewall({ network: 'prod', project: 'project-two', namePrefix: 'third' });
  const ends: [Json, Json][] = [
    [foreign, own],
    [offices, AwsSecurityGroup.fromId(own.securityGroupId)],
    [Peer.anyOf(own, offices, Peer.cidr('10.2.0.0/24', '10.3.0.0/24', '10.4.0.0/24')), foreign],
    [
      AwsPeer.securityGroup('sg-0123456789abcdef1', { ownerId: '123456789012' }),
      AwsSecurityGroup.fromId('sg-0123456789abcdef0', { key: 'eks' }),
    ],
    [Peer.cidr('10.6.0.0/24').inZone(NetworkZone.PRIVATE), firewall.networkTag('prometheus')],
    [Peer.cidr(`${tag}/32`), second.serviceAccount('a@project-one.iam.gserviceaccount.com')],
    [
      Peer.anyOf(other.networkTag(tag), Peer.named('lab', '10.9.0.0/24')),
      other.networkTag('two', { ipRanges: Peer.cidr('10.8.0.0/24') }),
    ],
    [ExternalHosts.named('hosts', '10.7.0.0/24'), ExternalHosts.named('load balancer', '10.7.1.0/24')],
  ];
  ends.forEach(
    ([platform, prometheus], at) => new PrometheusCostMetricsRule(stack, `rule-${at}`, { platform, prometheus }),
  );
  new ApinizerNodePorts(stack, 'ports', {
    workers: firewall.networkTag('k8s-worker'),
    gateways: [{ environment: 'prod', clients: Peer.wide('partners', '8.0.0.0/7') }],
  });
  app.synth();
  return JSON.parse(readFileSync(join(path, 'ends/stacks/ends/cdk.tf.json'), 'utf8'));
}

const ENDS = JSON.stringify(endsApp());

test('what the library writes is not contradicted, whatever the ends are', () => {
  expect(contradictionsIn(JSON.parse(ENDS))).toEqual([]);
});

test('what the library writes about random apps is not contradicted', () => {
  for (let seed = 1, found = 0; found < 15; seed++) {
    const outdir = join(path, `random-${seed}`);
    try {
      synthesizeRandomApp(seededRandom(seed), outdir);
    } catch (error) {
      if (error instanceof ClusterPortsError && REFUSED_APPS.includes(error.code)) continue;
      throw error;
    }
    found++;
    for (const stack of readdirSync(join(outdir, 'stacks'))) {
      const json = JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      if (json['//'].metadata.clusterPorts) {
        expect({ seed, stack, found: contradictionsIn(json) }).toEqual({ seed, stack, found: [] });
      }
    }
  }
}, 120_000);

/** Finds the peer with a label. */
const labelled = (json: Json, label: string): Json => {
  const found = json['//'].metadata.clusterPorts.peers.find((peer: Json) => peer.label.startsWith(label));
  if (found === undefined) {
    throw new Error(`no ${label} among ${json['//'].metadata.clusterPorts.peers.map((one: Json) => one.label)}`);
  }
  return found;
};

test.each<[string, string, (peer: Json) => void, string, string, string | undefined]>([
  [
    'the name of a different tag',
    'network tag prometheus',
    (peer) => (peer.label = 'network tag db'),
    'label',
    'network tag db',
    'network tag prometheus',
  ],
  [
    'a name in place of a tag',
    'network tag prometheus',
    (peer) => (peer.label = 'VPN'),
    'label',
    'VPN',
    'network tag prometheus',
  ],
  [
    'the id of a different group',
    'security group eks',
    (peer) => (peer.hostGroups[0].label = peer.label = 'security group sg-0fff'),
    'hostGroups[0].label',
    'security group sg-0fff',
    'security group sg-0123456789abcdef0',
  ],
  [
    'the name of a different group',
    'security group eks',
    (peer) => (peer.hostGroups[0].label = peer.label = 'security group own'),
    'label',
    'security group own',
    'security group sg-0123456789abcdef0',
  ],
  [
    'a different name of a prefix list',
    'prefix list offices',
    (peer) => (peer.hostGroups[0].label = peer.label = 'prefix list all'),
    'label',
    'prefix list all',
    'prefix list offices',
  ],
  [
    'a machine that is not part of it',
    'security group own, prefix list',
    (peer) => (peer.label = peer.label.replace('group own', 'group db')),
    'label',
    'security group db, prefix list offices, 10.2.0.0/24, 10.3.0.0/24, 10.4.0.0/24',
    'security group own, prefix list offices, 10.2.0.0/24 and 2 more',
  ],
  [
    'ranges that it does not have',
    'hosts',
    (peer) => (peer.label = '10.0.0.0/8'),
    'label',
    '10.0.0.0/8',
    '10.7.0.0/24',
  ],
  ['every address', 'hosts', (peer) => (peer.label = 'any IPv4 address'), 'label', 'any IPv4 address', '10.7.0.0/24'],
  [
    'the name of machines of the file',
    'hosts',
    (peer) => (peer.label = 'security group own'),
    'label',
    'security group own',
    '10.7.0.0/24',
  ],
  [
    'a different VPC',
    'security group own',
    (peer) => (peer.hostGroups[0].network = 'VPC vpc-1'),
    'hostGroups[0].network',
    'VPC vpc-1',
    'VPC vpc-0123456789abcdef0',
  ],
  [
    'a VPC of a group of a different stack that is none',
    'security group foreign',
    (peer) => (peer.hostGroups[0].network = 'the DMZ'),
    'hostGroups[0].network',
    'the DMZ',
    undefined,
  ],
  [
    'a VPC that nothing says',
    'security group eks',
    (peer) => (peer.hostGroups[0].network = 'VPC vpc-1'),
    'hostGroups[0].network',
    'VPC vpc-1',
    undefined,
  ],
  [
    'a different project',
    'network tag prometheus',
    (peer) => (peer.hostGroups[0].network = 'network prod of project project-two'),
    'hostGroups[0].network',
    'network prod of project project-two',
    'network prod of project project-one',
  ],
  [
    'a different cloud',
    'network tag prometheus',
    (peer) => (peer.hostGroups[0].cloud = 'aws'),
    'hostGroups[0].cloud',
    'aws',
    'gcp',
  ],
  [
    'a reference to nothing',
    'a range known after apply',
    (peer) => peer.references.push('data.aws_vpc.x.cidr_block'),
    'references[1]',
    'data.aws_vpc.x.cidr_block',
    undefined,
  ],
  [
    'a reference to a resource that is not in the file',
    'hosts',
    (peer) =>
      Object.assign(peer, {
        references: ['aws_vpc.x.cidr_block'],
        unknownRanges: [{ family: 'ipv4', value: '${aws_vpc.x.cidr_block}', stack: 'ends' }],
      }),
    'references[0]',
    'aws_vpc.x.cidr_block',
    undefined,
  ],
  [
    'a firewall team for machines that rules select',
    'network tag prometheus',
    (peer) => (peer.external = true),
    'external',
    'true',
    undefined,
  ],
  ['no firewall team for its hosts', 'load balancer', (peer) => delete peer.external, 'external', 'nothing', 'true'],
  [
    'a reason for ranges that are not public',
    'hosts',
    (peer) => peer.openToTheWorld.push('ipv4: approved'),
    'openToTheWorld[0]',
    'ipv4: approved',
    undefined,
  ],
  [
    'a reason for ranges of a different family',
    '8.0.0.0/7',
    (peer) => (peer.openToTheWorld = ['ipv6: approved']),
    'openToTheWorld[0]',
    'ipv6: approved',
    undefined,
  ],
])('%s is replaced by what the file has', (_what, label, forge, place, said, found) => {
  const json = JSON.parse(ENDS);
  const peer = labelled(json, label);
  const at = json['//'].metadata.clusterPorts.peers.indexOf(peer);
  forge(peer);
  expect(contradictionsIn(json)).toContainEqual({
    place: `peers[${at}].${place}`,
    said,
    ...(found !== undefined && { found }),
  });
  const { provenance } = withoutContradictions(json['//'].metadata.clusterPorts, json);
  if (!/^(?:aws|true|nothing)$/.test(said)) {
    expect(JSON.stringify(provenance.peers[at])).not.toContain(JSON.stringify(said));
  }
});
