import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const VPC = { vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL };
const SUBNET = Peer.cidr('10.9.0.0/24');

interface Answered {
  readonly verdict: string;
  readonly source: { readonly verdict: string; readonly name: string; readonly reason?: string };
  readonly destination: { readonly verdict: string; readonly name: string; readonly reason?: string };
  readonly needed: readonly { readonly row: string }[];
  readonly remarks: readonly string[];
}

async function explained(app: string, ...options: string[]): Promise<Answered> {
  const { stdout, stderr } = await cli(['explain', app, ...options, '--format', 'json']);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Answered;
}

/** Synthesizes three security groups whose machines are in one subnet. Only those of `platform` may connect to Prometheus. */
function inOneSubnet(): string {
  const outdir = join(path, 'subnet');
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  const group = (name: string): AwsSecurityGroup =>
    new AwsSecurityGroup(stack, name, { ...VPC, name, ipRanges: SUBNET });
  const [platform, clients] = ['platform', 'clients'].map(group);
  const prometheus = new AwsSecurityGroup(stack, 'prometheus', {
    ...VPC,
    name: 'prometheus',
    ipRanges: Peer.cidr('10.8.0.0/24'),
  });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  new VClusterPlatformIngressRules(stack, 'rules', {
    platform: ExternalHosts.named('platform hosts', '10.7.0.0/24'),
    kubernetesApi: clients,
  });
  app.synth();
  return outdir;
}

test('an IP range of several machines is answered for each of them, and in doubt not known', async () => {
  const app = inOneSubnet();
  for (const from of ['10.9.0.0/24', '10.9.0.7']) {
    const answer = await explained(app, '--from', from, '--to', 'security group prometheus', '--port', '9090/tcp');
    expect(answer).toMatchObject({
      verdict: 'not known',
      source: { verdict: 'passes', name: from },
      destination: {
        verdict: 'not known',
        reason:
          'it depends on which machines the source is: refused for sg:aws_security_group.group_clients, ' +
          'passes for sg:aws_security_group.group_platform',
      },
      remarks: [
        `${from} is in the IP ranges of sg:aws_security_group.group_clients and sg:aws_security_group.group_platform`,
      ],
    });
  }
});

test('an answer that is the same for all machines of an IP range is that answer', async () => {
  const app = inOneSubnet();
  const refused = await explained(app, '--from', '10.9.0.7', '--to', 'security group prometheus', '--port', '22/tcp');
  expect([refused.verdict, refused.source.verdict, refused.destination.verdict]).toEqual([
    'refused',
    'passes',
    'refused',
  ]);
  const inside = await explained(app, '--from', '10.9.0.0/24', '--to', '10.9.0.0/24', '--port', '22/tcp');
  expect([inside.verdict, inside.source.name, inside.destination.name]).toEqual([
    'refused',
    '10.9.0.0/24',
    '10.9.0.0/24',
  ]);
});

test('an IP address next to a range is the one that is asked', async () => {
  const app = inOneSubnet();
  const question = ['--from', '10.9.0.0/24', '--to', 'security group prometheus', '--port', '9090/tcp'];
  const { source } = await explained(app, ...question, '--from-ip', '10.9.0.7');
  expect(source.name).toBe('10.9.0.7');
});

test('a security group of a different stack is the same in a request of this stack', async () => {
  const outdir = join(path, 'request');
  const app = new App({ outdir, skipValidation: true });
  const [one, two] = ['one', 'two'].map((name) => new TerraformStack(app, name));
  const clients = new AwsSecurityGroup(one, 'clients', { ...VPC, name: 'clients', ipRanges: SUBNET });
  const prometheus = new AwsSecurityGroup(one, 'prometheus', { ...VPC, name: 'prometheus' });
  new PrometheusCostMetricsRule(one, 'metrics', { platform: clients, prometheus });
  new VClusterPlatformIngressRules(two, 'rules', {
    platform: ExternalHosts.named('platform hosts', '10.7.0.0/24'),
    kubernetesApi: clients,
  });
  app.synth();
  for (const from of ['10.9.0.0/24', 'two/security group clients', 'one/security group clients']) {
    const answer = await explained(outdir, '--from', from, '--to', 'platform hosts', '--port', '8443/tcp');
    expect(answer).toMatchObject({ verdict: 'asked for, not known to be open', source: { verdict: 'passes' } });
    expect(answer.source.name).toContain('sg:one/aws_security_group.group_clients');
  }
});

test('a name that a stack shares with a different stack means the machines that it creates, without the other', async () => {
  const outdir = join(path, 'shared-name');
  const app = new App({ outdir, skipValidation: true });
  const [one, two] = ['one', 'two'].map((name) => new TerraformStack(app, name));
  const [elsewhere, own] = [one, two].map((stack) => new AwsSecurityGroup(stack, 'group', { ...VPC, name: 'workers' }));
  new PrometheusCostMetricsRule(two, 'metrics', { platform: elsewhere, prometheus: own });
  app.synth();
  const stack = join(outdir, 'stacks', 'two');
  for (const to of ['security group workers', 'workers', 'sg:aws_security_group.group_workers']) {
    const { verdict, destination } = await explained(
      stack,
      ...['--from', 'security group workers (stack one)', '--to', to, '--port', '9090/tcp'],
    );
    expect([verdict, destination.verdict]).toEqual(['passes', 'passes']);
  }
});
