import { join } from 'node:path';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { App, TerraformStack } from 'cdktf';
import { ApinizerDataStoreRules, AwsSecurityGroup, Egress, Peer, PrometheusCostMetricsRule } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

const VPC = 'vpc-0123456789abcdef0';

/** One stack makes the group of the workers, and a different one opens the ports that they need. */
function synthesized(name: string, { egress = Egress.ALL, hasNamesake = false, withSsh = false } = {}): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const net = new TerraformStack(app, 'net');
  const ipRanges = Peer.cidr('10.9.0.0/24');
  const workers = new AwsSecurityGroup(net, 'workers', { name: 'workers', vpcId: VPC, egress, ipRanges });
  if (withSsh) {
    new VpcSecurityGroupIngressRule(net, 'ssh', {
      securityGroupId: workers.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidrIpv4: '10.1.0.0/24',
    });
  }
  const stack = new TerraformStack(app, 'app');
  const group = (own: string): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, own, { name: own, vpcId: VPC, egress: Egress.DOCUMENTED });
  const stores = { mongodb: group('mongodb'), elasticsearch: group('elasticsearch') };
  new ApinizerDataStoreRules(stack, 'data', { workers, ...stores });
  const platform = Peer.cidr('10.2.0.0/24');
  if (hasNamesake) new PrometheusCostMetricsRule(stack, 'own', { platform, prometheus: group('workers') });
  app.synth();
  return outdir;
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const json = async (...argv: string[]): Promise<Json> => JSON.parse(await output(...argv, '--format', 'json'));

/** The names of the boxes in a picture. */
async function boxes(directory: string): Promise<string[]> {
  const picture = await output('diagram', directory);
  return [...picture.matchAll(/^ *box\d+\["([^"]*?)(?:<br\/>[^"]*)?"\]/gm)].map(([, name]) => name);
}

test('outbound rules of a group that only a different stack uses are those of the code', async () => {
  const directory = synthesized('all');
  const { flows, undocumented } = await json('matrix', directory);
  expect(undocumented).toEqual([]);
  expect(
    flows.map(({ port, closedAtSource, notKnownToBeOpen }: Json) => [port, closedAtSource, notKnownToBeOpen]),
  ).toEqual([
    ['25080/tcp', undefined, undefined],
    ['9200/tcp', undefined, undefined],
  ]);
  expect(await boxes(directory)).toEqual([
    'security group workers',
    'security group mongodb',
    'security group elasticsearch',
  ]);
  const { findings } = await json('lint', directory, '--require-provenance');
  expect(
    findings.filter(({ code }: Json) => ['no-provenance', 'closed-at-source', 'false-claim'].includes(code)),
  ).toEqual([]);
  const ends = ['--from', 'security group workers', '--to', 'security group mongodb', '--port', '25080/tcp'];
  expect(await json('explain', directory, ...ends)).toMatchObject({ verdict: 'passes' });
  const alone = await json('matrix', join(directory, 'stacks', 'net'));
  expect(alone).toMatchObject({ flows: [], undocumented: [] });
});

test('a group of a different stack without outbound rules is closed at its source', async () => {
  const { flows } = await json('matrix', synthesized('unmanaged', { egress: Egress.UNMANAGED }));
  expect(flows.map(({ closedAtSource }: Json) => closedAtSource)).toEqual(Array(2).fill('it has no outbound rule'));
});

test('a group has one name and one box, although its stack opens ports that no row documents', async () => {
  const directory = synthesized('ssh', { withSsh: true });
  const { undocumented } = await json('matrix', directory);
  expect(undocumented).toMatchObject([
    {
      stack: 'net',
      port: '22/tcp',
      source: { label: '10.1.0.0/24' },
      destination: { label: 'security group workers', hostGroups: [{ ipRanges: { ranges: ['10.9.0.0/24'] } }] },
    },
  ]);
  const names = await boxes(directory);
  expect(names.filter((name) => name.includes('workers'))).toEqual(['security group workers']);
});

test('a group of a different stack and a namesake are two boxes, each in the stack that creates it', async () => {
  const directory = synthesized('namesake', { withSsh: true, hasNamesake: true });
  const picture = await output('diagram', directory);
  expect((await boxes(directory)).filter((name) => name.startsWith('security group workers'))).toEqual([
    'security group workers (stack app)',
    'security group workers',
  ]);
  const [, ofNet] = /\["stack net"\]([^]*?)\["stack/.exec(`${picture}["stack`)!;
  expect(ofNet).toContain('"security group workers<br/>');
});
