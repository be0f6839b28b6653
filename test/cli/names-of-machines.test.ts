import { join } from 'node:path';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { App, TerraformStack } from 'cdktf';
import {
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  GcpFirewallPolicy,
  LinuxHosts,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

/** Synthesizes an app and returns its directory. */
function synthesize(name: string, build: (app: App) => void): string {
  const outdir = join(path, name);
  const app = new App({ outdir, skipValidation: true });
  build(app);
  app.synth();
  return outdir;
}

interface Explanation {
  readonly verdict: string;
  readonly destination: { readonly network?: string; readonly reason?: string };
}

async function explained(...argv: string[]): Promise<Explanation> {
  const { stdout, stderr } = await cli(['explain', ...argv, '--port', '9090/tcp', '--format', 'json']);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Explanation;
}

/** The same secure tags in the policies of two stacks, of which one may be attached to no network. */
function twoPolicies(name: string, isSecondAttached: boolean): string {
  return synthesize(name, (app) => {
    for (const [at, project] of ['net-one', 'net-two'].entries()) {
      const stack = new TerraformStack(app, `stack-${at + 1}`);
      const policy = new GcpFirewallPolicy({ policy: 'machines', project });
      new PrometheusCostMetricsRule(stack, 'metrics', {
        platform: policy.secureTag('tagValues/1'),
        prometheus: policy.secureTag('tagValues/2'),
      });
      if (at === 1 && !isSecondAttached) continue;
      new ComputeNetworkFirewallPolicyAssociation(stack, 'association', {
        name: 'machines',
        firewallPolicy: 'machines',
        attachmentTarget: `projects/${project}/global/networks/prod`,
        project,
      });
    }
  });
}

test('machines of a policy are in its networks, and not in those of every policy that has their tag', async () => {
  const app = twoPolicies('attached', true);
  for (const stack of ['stack-1', 'stack-2']) {
    const ends = ['--from', `${stack}/secure tag tagValues/1`, '--to', `${stack}/secure tag tagValues/2`];
    expect(await explained(app, ...ends)).toMatchObject({ verdict: 'passes' });
  }
});

test('machines of a policy that no network has are in no network of a different policy', async () => {
  const app = twoPolicies('not-attached', false);
  const ends = ['--from', 'stack-2/secure tag tagValues/1', '--to', 'stack-2/secure tag tagValues/2'];
  expect(await explained(app, ...ends)).toMatchObject({
    verdict: 'not known',
    destination: {
      reason: expect.stringContaining('does not attach the policy net-two/machines to a network') as unknown,
    },
  });
});

test('a group of a different stack is told apart from one that is among several groups', async () => {
  const app = synthesize('several-groups', (one) => {
    const group = (stack: TerraformStack, name: string): AwsSecurityGroup =>
      new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.ALL });
    const elsewhere = group(new TerraformStack(one, 'groups'), 'workers');
    const stack = new TerraformStack(one, 'stack');
    const prometheus = group(stack, 'prometheus');
    new PrometheusCostMetricsRule(stack, 'metrics', { platform: elsewhere, prometheus });
    new ApinizerNodePorts(stack, 'node-ports', {
      workers: prometheus,
      managementConsole: { clients: group(stack, 'workers') },
      gateways: [{ environment: 'prod', clients: group(stack, 'gateways') }],
    });
  });
  const { stdout } = await cli(['matrix', app, '--format', 'json']);
  const { flows } = JSON.parse(stdout) as { flows: readonly { port: string; source: { label: string } }[] };
  const from = flows.find(({ port }) => port === '9090/tcp')!.source.label;
  expect(from).toBe('security group workers (stack groups)');
  expect(await explained(app, '--from', `stack/${from}`, '--to', 'stack/security group prometheus')).toMatchObject({
    verdict: 'passes',
  });
});

test('machines of which only one construct gives the IP ranges are one name of verify', async () => {
  const app = synthesize('two-ranges', (one) => {
    const stack = new TerraformStack(one, 'stack');
    for (const [at, facts] of [{ ipRanges: Peer.cidr('10.1.0.0/24') }, {}].entries()) {
      const firewall = new GcpFirewall({ network: 'prod', project: 'net-one', namePrefix: `to-${at}` });
      new PrometheusCostMetricsRule(stack, `metrics-${at}`, {
        platform: firewall.networkTag('platform', facts),
        prometheus: firewall.networkTag(`prometheus-${at}`, { ipRanges: Peer.cidr(`10.3.${at}.0/24`) }),
      });
    }
  });
  const { stdout, stderr } = await cli(['verify', app, '--as', 'network tag platform', '--for', 'script']);
  expect(stderr).not.toContain('[group-ambiguous]');
  expect(stdout).toMatch(/10\.3\.0\./);
});

test('machines are not meant where everyone is, also behind a firewall that is disabled', async () => {
  const app = synthesize('everyone', (one) => {
    const stack = new TerraformStack(one, 'stack');
    const firewall = new GcpFirewall({ network: 'prod', project: 'net-one', disabled: true });
    new ApinizerNodePorts(stack, 'node-ports', {
      workers: firewall.networkTag('workers', { ipRanges: Peer.cidr('10.1.0.0/24') }),
      managementConsole: { clients: LinuxHosts.named('ops', '10.2.0.0/24') },
      gateways: [{ environment: 'prod', clients: Peer.anyIpv4('a public API') }],
    });
  });
  const argv = ['host-rules', app, '--role', 'ops', '--for', 'nftables', '--egress', '--ssh-port', '22'];
  const { stdout } = await cli(argv);
  expect(stdout).toContain('32080');
  expect(stdout).not.toContain('30080');
});

test('machines of one tag have their IP ranges also where their network must be said', async () => {
  const app = synthesize('one-tag-in-two-networks', (one) => {
    const stack = new TerraformStack(one, 'stack');
    const firewall = new GcpFirewall({ network: 'test', project: 'net-one' });
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: firewall.networkTag('platform', { ipRanges: Peer.cidr('10.1.0.0/24') }),
      prometheus: firewall.networkTag('prometheus', { ipRanges: Peer.cidr('2001:db8::/64') }),
    });
    new ComputeFirewall(stack, 'other-network', {
      name: 'ssh',
      network: 'prod',
      project: 'net-one',
      targetTags: ['platform'],
      sourceRanges: ['192.0.2.0/24'],
      allow: [{ protocol: 'tcp', ports: ['22'] }],
    });
  });
  const ends = ['--from', 'network tag platform (network test of project net-one)', '--to', 'network tag prometheus'];
  expect(await explained(join(app, 'stacks/stack'), ...ends)).toMatchObject({
    verdict: 'refused',
    destination: { reason: expect.stringContaining('there are no such packets') as unknown },
  });
});
