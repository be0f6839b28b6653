import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, expectBadInput, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Machines = (stack: TerraformStack, name: string) => IHostGroup;

const IN_AWS: Machines = (stack, name) =>
  new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED });
const IN_GCP: Machines = (_stack, name) => new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag(name);

/** Writes a cluster in one stack, and in a second stack a Prometheus for its workers, which has workers of its own. */
function written(name: string, machines: Machines): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  const [one, two] = ['one', 'two'].map((id) => new TerraformStack(app, id));
  const [workers, controlPlane] = ['workers', 'masters'].map((each) => machines(one, each));
  new KubeadmFlannelClusterRules(one, 'cluster', { workers, controlPlane, workerToWorkerFlannel: false });
  const prometheus = machines(two, 'prometheus');
  if (name !== 'gcp') machines(two, 'workers'); // a tag of one network is the same in every stack
  new PrometheusCostMetricsRule(two, 'metrics', { platform: workers, prometheus });
  app.synth();
  return outdir;
}

/** The verdicts of both ends. */
async function explained(app: string, from: string, to: string, port: string): Promise<string[]> {
  const { stdout } = await cli(['explain', app, '--from', from, '--to', to, '--port', port, '--format', 'json']);
  const { source, destination } = JSON.parse(stdout);
  return [source.verdict, destination.verdict];
}

test.each([
  ['aws', IN_AWS, 'security group', 'refused'],
  ['gcp', IN_GCP, 'network tag', 'passes'], // networks allow outbound traffic by default
])('explain answers about both ends of machines of two stacks: %s', async (name, machines, kind, sent) => {
  const app = written(name, machines);
  expect(await explained(app, `one/${kind} workers`, `two/${kind} prometheus`, '9090/tcp')).toEqual([
    'passes',
    'passes',
  ]);
  expect(await explained(app, `one/${kind} masters`, `two/${kind} prometheus`, '9090/tcp')).toEqual([sent, 'refused']);
  expect(await explained(app, `two/${kind} prometheus`, `one/${kind} masters`, '6443/tcp')).toEqual([sent, 'refused']);
  expect(await explained(app, `one/${kind} workers`, `one/${kind} masters`, '6443/tcp')).toEqual(['passes', 'passes']);
});

test('groups of one name in two stacks are two groups, also if one of them has no flows', async () => {
  const app = written('names', IN_AWS);
  const masters = 'one/security group masters';
  expect(await explained(app, 'one/security group workers', masters, '6443/tcp')).toEqual(['passes', 'passes']);
  expect(await explained(app, 'two/security group workers', masters, '6443/tcp')).toEqual(['refused', 'refused']);
  const sentence = await expectBadInput(
    ['explain', app, '--from', 'security group workers', '--to', masters, '--port', '6443/tcp'],
    'group-ambiguous',
  );
  for (const stack of ['one', 'two']) expect(sentence).toContain(`sg:${stack}/aws_security_group.group_workers`);
});
