import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  GcpFirewallPolicy,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubernetesPods,
  LinuxHosts,
  NetworkZone,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { expectRefusal } from '../support/refusals';

const { path } = temporaryDirectory();

interface Facts {
  readonly ipRanges?: IPeer;
  readonly zone?: NetworkZone;
}

type Machines = (facts: Facts, network?: string) => IHostGroup;

const PROJECT = 'net-host';

/** How the same machines are selected twice, and how errors name them. */
const KINDS: [what: string, machines: Machines, name: string][] = [
  [
    'a network tag',
    (facts, network = 'prod') => new GcpFirewall({ network, project: PROJECT }).networkTag('platform', facts),
    'network tag platform of network prod of project net-host',
  ],
  [
    'a service account',
    (facts, network = 'prod') =>
      new GcpFirewall({ network, project: PROJECT }).serviceAccount('web@net-host.iam.gserviceaccount.com', facts),
    'service account web@net-host.iam.gserviceaccount.com of network prod of project net-host',
  ],
  [
    'a secure tag',
    (facts, policy = 'machines') => new GcpFirewallPolicy({ policy, project: PROJECT }).secureTag('tagValues/1', facts),
    'secure tag tagValues/1 of firewall policy machines of project net-host',
  ],
  [
    'an existing security group',
    (facts, id = 'sg-0123456789abcdef0') => AwsSecurityGroup.fromId(id, facts),
    'security group sg-0123456789abcdef0',
  ],
];

const PODS: Machines = (facts, app = 'platform') =>
  KubernetesPods.labelled({
    namespace: 'prod',
    labels: { app },
    ports: [
      { row: 'api-service', port: Port.tcp(8443) },
      { row: 'cost-metrics', port: Port.tcp(9090) },
    ],
    ...facts,
  });

/** Selects the same machines in two constructs. */
function opened(first: IHostGroup, second: IHostGroup, { stacks = 1 } = {}): void {
  const app = new App({ skipValidation: true });
  const [one, two = one] = Array.from({ length: stacks }, (_, at) => new TerraformStack(app, `stack-${at}`));
  new VClusterPlatformIngressRules(one, 'platform', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform: first });
  new PrometheusCostMetricsRule(two, 'metrics', { platform: Peer.cidr('10.99.0.0/24'), prometheus: second });
}

const ONE = Peer.cidr('10.1.0.0/24', '10.3.0.0/24');

describe.each([...KINDS, ['pods', PODS, 'pods prod:app=platform'] as (typeof KINDS)[number]])(
  'two constructs that select %s',
  (_what, machines, name) => {
    test('fail with different IP ranges, and name both', () => {
      const act = (): void => opened(machines({ ipRanges: ONE }), machines({ ipRanges: Peer.cidr('10.2.0.0/24') }));
      expectRefusal(act, 'settings-disagree');
      expect(act).toThrow(
        `PrometheusCostMetricsRule "stack-0/metrics": ${name} must have the same IP ranges everywhere, got 10.2.0.0/24, ` +
          'and 10.1.0.0/24, 10.3.0.0/24 in VClusterPlatformIngressRules "stack-0/platform"',
      );
    });

    test('fail in different network zones', () => {
      const act = (): void => opened(machines({ zone: NetworkZone.PUBLIC }), machines({ zone: NetworkZone.PRIVATE }));
      expectRefusal(act, 'settings-disagree');
      expect(act).toThrow(`${name} must be in one network zone everywhere`);
    });

    test('take the same, in a different order, and nothing', () => {
      opened(machines({ ipRanges: ONE }), machines({ ipRanges: Peer.cidr('10.3.0.0/24', '10.1.0.0/24') }));
      opened(machines({ ipRanges: ONE, zone: NetworkZone.PUBLIC }), machines({}));
      opened(machines({}), machines({ ipRanges: ONE, zone: NetworkZone.PUBLIC }));
    });
  },
);

test('machines of two stacks are the same if nothing says otherwise', () => {
  const both = (machines: Machines) => (): void =>
    opened(machines({ ipRanges: ONE }), machines({ ipRanges: Peer.cidr('10.2.0.0/24') }), { stacks: 2 });
  const [[, tag]] = KINDS;
  expectRefusal(both(tag), 'settings-disagree');
  both(PODS)(); // the clusters of two stacks may be different
  both((facts) => new GcpFirewall({ network: 'prod' }).networkTag('platform', facts))(); // and their projects
});

test('machines of two networks are different machines', () => {
  const [[, tag]] = KINDS;
  const app = new App({ skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  for (const network of ['prod', 'test']) {
    const prometheus = new GcpFirewall({ network, project: PROJECT, namePrefix: `${network}-` }).networkTag(
      'prometheus',
    );
    const ipRanges = Peer.cidr(network === 'prod' ? '10.1.0.0/24' : '10.2.0.0/24');
    new PrometheusCostMetricsRule(stack, network, { platform: tag({ ipRanges }, network), prometheus });
  }
});

test('what one construct says about machines holds in the flows of all, in every stack', async () => {
  const outdir = join(path, 'complete');
  const app = new App({ outdir, skipValidation: true });
  const [one, two] = ['one', 'two'].map((id) => new TerraformStack(app, id));
  const [[, tag]] = KINDS;
  const firewall = new GcpFirewall({ network: 'prod', project: PROJECT });
  const before = { platform: tag({}), prometheus: firewall.networkTag('prometheus') };
  new PrometheusCostMetricsRule(one, 'before', before);
  const platform = tag({ ipRanges: ONE, zone: NetworkZone.PRIVATE });
  new VClusterPlatformIngressRules(two, 'says', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
  const prometheus = ExternalHosts.named('prometheus', '10.9.0.0/28');
  new PrometheusCostMetricsRule(two, 'after', { platform: Peer.anyOf(tag({}), Peer.cidr('10.8.0.0/24')), prometheus });
  app.synth();
  const { flows } = JSON.parse((await cli(['matrix', outdir, '--format', 'json'])).stdout);
  const ends = flows.flatMap(({ source, destination }: any) => [source, destination]);
  const found = ends.filter(({ hostGroups }: any) => hostGroups.some(({ label }: any) => /platform/.test(label)));
  expect(found).toHaveLength(5);
  for (const { hostGroups, zones } of found) {
    expect(zones).toEqual(['private']);
    expect(hostGroups[0].ipRanges.ranges).toEqual(['10.1.0.0/24', '10.3.0.0/24']);
  }
  const { stdout, stderr } = await cli(['request', outdir]);
  expect(stdout).not.toContain('<IP ranges of');
  expect(stderr).toBe('');
});

describe.each([
  ['external hosts', ExternalHosts],
  ['Linux hosts', LinuxHosts],
] as const)('%s of one name and range', (what, hosts) => {
  const named = (zone?: NetworkZone): IHostGroup => {
    const machines = hosts.named('workers', '10.8.0.0/28', '2001:db8::/64');
    return zone === undefined ? machines : machines.inZone(zone);
  };
  const metrics = (stack: TerraformStack, id: string, prometheus: IHostGroup): void => {
    new PrometheusCostMetricsRule(stack, id, { platform: hosts.named(`platform ${id}`, '10.9.0.0/28'), prometheus });
  };

  test.each<[string, (NetworkZone | undefined)[]]>([
    ['first with a zone', [NetworkZone.PRIVATE, undefined]],
    ['first without one', [undefined, NetworkZone.PRIVATE]],
  ])('are the same machines in every output, %s', async (order, zones) => {
    const outdir = join(path, `${what} ${order}`.replaceAll(' ', '-'));
    const app = new App({ outdir, skipValidation: true });
    const stack = new TerraformStack(app, 'one');
    zones.forEach((zone, at) => {
      metrics(stack, `p${at}`, HostGroup.anyOf(named(zone), hosts.named('more', '10.8.9.0/28')));
    });
    app.synth();
    const { flows } = JSON.parse((await cli(['matrix', outdir, '--format', 'json'])).stdout);
    const found = flows.map(({ destination }: any) => destination).filter(({ label }: any) => label === 'workers');
    expect(found.map((one: any) => one.zones)).toEqual([['private'], ['private']]);
    const { stdout: picture } = await cli(['diagram', outdir, '--format', 'dot']);
    expect(picture.match(/<B>workers<\/B>/g)).toHaveLength(1);
    for (const argv of [
      ['explain', outdir, '--from', 'platform p0', '--to', 'workers', '--port', '9090/tcp'],
      ['verify', outdir, '--as', 'platform', '--script', '--hosts', 'workers=10.8.0.4'],
    ]) {
      expect((await cli(argv)).stderr).toBe('');
    }
  });

  test('fail in different network zones', () => {
    const stack = new TerraformStack(new App({ skipValidation: true }), 'one');
    metrics(stack, 'p0', named(NetworkZone.PUBLIC));
    expectRefusal(() => metrics(stack, 'p1', named(NetworkZone.PRIVATE)), 'settings-disagree');
  });

  test('may be different machines in a different stack', () => {
    const app = new App({ skipValidation: true });
    for (const zone of [NetworkZone.PUBLIC, NetworkZone.PRIVATE]) {
      metrics(new TerraformStack(app, zone), 'p', named(zone));
    }
  });
});
