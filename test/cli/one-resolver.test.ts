import { existsSync } from 'node:fs';
import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerInstallationHostnames,
  ApinizerNodePorts,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  Egress,
  ExternalHosts,
  ExternalProxy,
  KubeadmFlannelClusterRules,
  LinuxDistribution,
  Peer,
  PrometheusCostMetricsRule,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();
const ASKED = 'asked for, not known to be open';

/** What differs between two versions of an app. */
interface Asked {
  readonly mongo: string;
  readonly vip: string;
  readonly hostname: string;
  readonly proxy: string;
}

const FORMER: Asked = { mongo: '10.8.0.4/32', vip: '10.5.5.5/32', hostname: 'api.example.com', proxy: 'squid' };
const LATER: Asked = { mongo: '10.8.0.6/32', vip: '10.5.5.7/32', hostname: 'api2.example.com', proxy: 'squid2' };

/** Synthesizes stacks with groups and external hosts of the same names. */
function appOf(
  name: string,
  { mongo, vip, hostname, proxy }: Asked,
  ids: readonly string[] = ['prod', 'test'],
): string {
  const outdir = join(path, name);
  if (existsSync(outdir)) return outdir;
  const app = new App({ outdir, skipValidation: true });
  ids.forEach((id, at) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    const group = (label: string, subnet: number): AwsSecurityGroup =>
      new AwsSecurityGroup(stack, label, {
        name: label,
        vpcId: `vpc-0000000000000000${at}`,
        egress: Egress.DOCUMENTED,
        ipRanges: Peer.cidr(`10.1${at}.${subnet}.0/24`),
      });
    const [workers, controlPlane] = [group('workers', 6), group('cp', 7)];
    new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
    new ControlPlaneVipRules(stack, 'vip', {
      controlPlane,
      workers,
      virtualAddress: ExternalHosts.named('vip', vip),
      loadBalancer: Peer.address('10.5.5.6'),
      hostname,
    });
    new ApinizerDataStoreRules(stack, 'stores', {
      workers,
      mongodb: ExternalHosts.named('mongo', mongo),
      elasticsearch: group('elastic', 8),
    });
    const through =
      at === 0
        ? ExternalProxy.named(proxy, { clients: workers })
        : ExternalProxy.named(proxy, { clients: Peer.cidr('10.20.0.0/24') });
    new ApinizerInstallationHostnames(stack, 'hostnames', { through, distribution: LinuxDistribution.UBUNTU });
    new ApinizerInstallationHostnames(stack, 'more', {
      through: ExternalProxy.named(`${proxy}-2`),
      distribution: LinuxDistribution.UBUNTU,
    });
  });
  app.synth();
  return outdir;
}

async function verdictOf(app: string, from: string, to: string, port: string): Promise<string> {
  const { stdout, stderr } = await cli([
    'explain',
    app,
    '--from',
    from,
    '--to',
    to,
    '--port',
    port,
    '--format',
    'json',
  ]);
  return stderr === '' ? (JSON.parse(stdout) as { verdict: string }).verdict : stderr;
}

const WORKERS = 'sg:prod/aws_security_group.group_workers';

describe('the name that show prints for a security group of one of several stacks', () => {
  test('is a name for verify', async () => {
    const app = appOf('former', FORMER);
    const options = ['--hosts', 'sg:prod/aws_security_group.group_elastic=10.10.8.9', '--script'];
    const { code, stderr, stdout } = await cli(['verify', app, '--as', WORKERS, ...options]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('10.10.8.9');
    const label = await cli(['verify', app, '--as', 'prod/security group workers', ...options]);
    expect(label.stdout).toBe(stdout);
  });

  test('is a name for --ip-ranges', async () => {
    const { stderr, stdout } = await cli([
      'request',
      appOf('former', FORMER),
      '--all',
      '--ip-ranges',
      `${WORKERS}=10.99.0.0/24`,
    ]);
    expect(stderr).not.toContain('unknown');
    expect(stdout).toContain('10.99.0.0/24');
  });
});

describe('an IP address is machines for the matchers, as for explain', () => {
  test('at both ends', () => {
    const app = appOf('one', FORMER, ['prod']);
    const file = join(app, 'stacks', 'prod', 'cdk.tf.json');
    expect(file).toPermit({ port: '6443/tcp', from: '10.10.6.4', to: '10.10.7.3' });
    expect(file).toPermit({ port: '6443/tcp', from: 'security group workers', to: '10.10.7.3' });
    expect(file).toPermit({ port: '6443/tcp', from: '10.10.6.4', to: 'security group cp', direction: 'egress' });
    expect(file).not.toPermit({ port: '22/tcp', from: '10.10.6.4', to: '10.10.7.3' });
    expect(file).toPermit({ port: '25080/tcp', from: '10.10.6.4', to: '10.8.0.4', direction: 'egress' });
  });

  test('fails for one that several machines may have', () => {
    const outdir = join(path, 'shared');
    const app = new App({ outdir, skipValidation: true });
    const stack = new TerraformStack(app, 'prod');
    const [controlPlane, workers] = ['cp', 'workers'].map(
      (name) =>
        new AwsSecurityGroup(stack, name, {
          name,
          vpcId: 'vpc-00000000000000001',
          egress: Egress.ALL,
          ipRanges: Peer.cidr('10.10.6.0/24'),
        }),
    );
    new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers, workerToWorkerFlannel: false });
    app.synth();
    for (const row of [
      { port: '6443/tcp', from: 'security group workers', to: '10.10.6.4' },
      { port: '6443/tcp', from: '10.10.6.4', to: 'security group cp' },
    ]) {
      const file = join(outdir, 'stacks', 'prod', 'cdk.tf.json');
      expect(() => expect(file).toPermit(row)).toThrow(
        /"sg:\S+group_cp", "sg:\S+group_workers", got "10.10.6.4" \[group-ambiguous\]/,
      );
    }
  });

  test('fails for one that no machines have', () => {
    const file = join(appOf('one', FORMER, ['prod']), 'stacks', 'prod', 'cdk.tf.json');
    const row = { port: '6443/tcp', from: 'security group workers', to: '10.77.7.3', direction: 'ingress' } as const;
    expect(() => expect(file).toPermit(row)).toThrow('[machines-invalid]');
    expect(() => expect(file).not.toPermit(row)).toThrow('[machines-invalid]');
  });
});

interface Change {
  readonly kind: string;
  readonly direction: string;
  readonly group: string;
  readonly peer: string;
  readonly before: readonly { readonly ports: readonly string[]; readonly peer: string }[];
  readonly after: readonly { readonly ports: readonly string[]; readonly peer: string }[];
}

describe('the names that diff prints for requests', () => {
  test.each([
    ['one stack', ['prod']],
    ['the second stack', ['test', 'prod']],
    ['two stacks', ['prod', 'test']],
  ])(
    'of %s mean what is asked for',
    async (_of, ids) => {
      const before = appOf(`before-${ids.join('-')}`, FORMER, ids);
      const after = appOf(`after-${ids.join('-')}`, LATER, ids);
      const { stdout } = await cli(['diff', before, after, '--format', 'json']);
      const { changes } = JSON.parse(stdout) as { changes: readonly Change[] };
      const requested = changes.filter(({ kind }) => kind === 'requested' || kind === 'no longer requested');
      const names = requested.map(({ group }) => group).join(' ');
      for (const name of ['squid2-2', '10.8.0.6/32', 'api2.example.com/10.5.5.7/32']) expect(names).toContain(name);
      const asked = new Set<string>();
      for (const { kind, direction, group, before: former, after: later } of requested) {
        const [app, parts] = kind === 'requested' ? [after, later] : [before, former];
        for (const { peer, ports } of parts) {
          const [from, to] = direction === 'egress' ? [group, peer] : [peer, group];
          const key = JSON.stringify([app, group, direction === 'ingress' && from]);
          if (asked.has(key)) continue;
          asked.add(key);
          // IP ranges of several machines are printed as one, and each machine has its own request
          const isJoined = /^10\.\d+\.6\.0\/23$/.test(from);
          const verdict = await verdictOf(app, from, to, ports[0]);
          expect([from, to, verdict]).toEqual([from, to, isJoined ? 'not known' : ASKED]);
        }
      }
      expect(asked.size).toBeGreaterThan(6);
    },
    60_000,
  );

  test('fails for a name like it that nothing has', async () => {
    for (const name of ['machines:10.9.9.9/32', 'machines:api3.example.com/10.5.5.5/32', 'machines:squid3']) {
      expect(await verdictOf(appOf('former', FORMER), 'prod/security group workers', name, '25080/tcp')).toMatch(
        /\[group-unknown\]\n$/,
      );
    }
  });
});

test('a hostname that a wildcard covers is a name without its kind too', async () => {
  const app = appOf('one', FORMER, ['prod']);
  for (const to of ['host:registry-1.docker.io', 'registry-1.docker.io', 'archive.ubuntu.com']) {
    expect([to, await verdictOf(app, 'security group workers', to, '443/tcp')]).toEqual([to, ASKED]);
  }
  expect(await verdictOf(app, 'security group workers', 'registry-1.docker.example', '443/tcp')).toMatch(
    /\[group-unknown\]\n$/,
  );
});

test('a range that is known after apply has the name that matrix and request print, also if only the firewall team sees it', async () => {
  const app = new App({ outdir: join(path, 'placeholders'), skipValidation: true });
  for (const id of ['one', 'two']) {
    const stack = new TerraformStack(app, id);
    const range = new TerraformVariable(stack, 'office', { type: 'string' }).stringValue;
    const workers = new AwsSecurityGroup(stack, 'workers', {
      name: 'workers',
      vpcId: 'vpc-00000000000000001',
      egress: Egress.DOCUMENTED,
    });
    const office = Peer.named('office', '10.4.0.0/24', range);
    new ApinizerNodePorts(stack, 'ports', { workers, managementConsole: { clients: office } });
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: office,
      prometheus: ExternalHosts.named('prometheus', '10.5.0.0/28'),
    });
  }
  app.synth();
  const stacks = join(path, 'placeholders', 'stacks');
  const verdict = async (files: string, from: string, to: string, port: string): Promise<string> => {
    const { stdout, stderr } = await cli(['explain', files, '--from', from, '--to', to, '--port', port]);
    return `${stdout.split('\n\n')[1] ?? ''}${stderr}`.split(':')[0];
  };
  expect((await cli(['matrix', join(stacks, 'one'), '--format', 'markdown'])).stdout).toContain('`<var.office>`');
  const asked = 'The firewall team is asked to open the port, and it is not known whether it has';
  for (const [files, prefix] of [
    [join(stacks, 'one'), ''],
    [stacks, 'one/'],
  ] as const) {
    const [office, prometheus, workers] = ['<var.office>', 'prometheus', 'security group workers'].map(
      (name) => `${prefix}${name}`,
    );
    expect(await verdict(files, office, prometheus, '9090/tcp')).toBe(asked);
    expect(await verdict(files, office, workers, '32080/tcp')).toBe('The packet passes');
    expect(await verdict(files, office, workers, '22/tcp')).toBe('The packet is refused');
  }
});
