import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'cdktf-cluster-ports/testing';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { NetworkSecurityAddressGroup } from '@cdktf/provider-google/lib/network-security-address-group';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import {
  AddressFamily,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  Cloud,
  ControlPlaneVipRules,
  Egress,
  ExternalHosts,
  GcpAddressGroup,
  GcpFirewall,
  GcpFirewallPolicy,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubernetesPods,
  type KubernetesPodsProps,
  LinuxHosts,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

function synthesized(name: string, build: (stack: TerraformStack) => void, id = 'prod'): string {
  const app = new App({ outdir: join(path, name), skipValidation: true });
  build(new TerraformStack(app, id));
  app.synth();
  return join(path, name, 'stacks', id);
}

async function json(...argv: string[]): Promise<any> {
  const { stdout, stderr } = await cli([...argv, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function group(stack: TerraformStack, name: string): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED });
}

/** Two far ends with one name and different IP ranges: one is for metrics, one for the console. */
const NAMED: [what: string, named: (stack: TerraformStack, name: string, range: string) => IPeer][] = [
  ['external hosts', (_stack, name, range) => ExternalHosts.named(name, range)],
  ['Linux hosts', (_stack, name, range) => LinuxHosts.named(name, range)],
  ['IP ranges', (_stack, name, range) => Peer.named(name, range)],
];

describe.each(NAMED)('%s of one name with different IP ranges', (what, named) => {
  const source = (): string =>
    synthesized(`sources of ${what}`, (stack) => {
      new PrometheusCostMetricsRule(stack, 'metrics', {
        platform: named(stack, 'ops', '10.1.0.0/24'),
        prometheus: group(stack, 'prometheus'),
      });
      new ApinizerNodePorts(stack, 'console', {
        workers: group(stack, 'workers'),
        managementConsole: { clients: named(stack, 'ops', '10.2.0.0/24') },
      });
    });

  test('are printed with them', async () => {
    const stack = source();
    const { flows } = await json('matrix', stack);
    expect(flows.map(({ source: { label } }: any) => label)).toEqual(['ops (10.1.0.0/24)', 'ops (10.2.0.0/24)']);
    for (const [command, ...options] of [['request', '--all'], ['diagram'], ['matrix', '--format', 'markdown']]) {
      const { stdout } = await cli([command, stack, ...options]);
      for (const name of ['ops (10.1.0.0/24)', 'ops (10.2.0.0/24)']) expect(stdout).toContain(name);
    }
  });

  test('are names for explain, the matchers and verify', async () => {
    const stack = source();
    const [metrics, console] = [
      ['ops (10.1.0.0/24)', 'security group prometheus', '9090/tcp'],
      ['ops (10.2.0.0/24)', 'security group workers', '32080/tcp'],
    ];
    for (const [[from], [, to, port], verdict] of [
      [metrics, metrics, 'passes'],
      [console, console, 'passes'],
      [metrics, console, 'refused'],
      [console, metrics, 'refused'],
    ] as const) {
      const answer = await json('explain', stack, '--from', from, '--to', to, '--port', port);
      expect({ from, to, verdict: answer.destination.verdict }).toEqual({ from, to, verdict });
      const subject = expect(join(stack, 'cdk.tf.json'));
      if (verdict === 'passes') subject.toPermit({ port, from, to });
      else subject.not.toPermit({ port, from, to });
    }
    for (const [from, to, port] of [metrics, console]) {
      for (const name of [from, `prod/${from}`]) {
        const { notCheckable } = await json('verify', stack, '--as', name);
        expect(notCheckable.map((each: any) => [each.destination, each.port])).toEqual([[to, port]]);
      }
    }
  });

  test('are ambiguous by their name, and the error names both', async () => {
    const stack = source();
    const meant = 'did you mean "ops (10.1.0.0/24)" or "ops (10.2.0.0/24)"? [group-ambiguous]';
    const asked = ['explain', stack, '--from', 'ops', '--to', 'security group workers', '--port', '32080/tcp'];
    expect((await cli(asked)).stderr).toContain(meant);
    expect((await cli(['verify', stack, '--as', 'ops'])).stderr).toContain(meant);
  });
});

test('IP ranges of which a label leaves out some are printed with all of them if others have the label', async () => {
  const ranges = (...last: string[]): string[] => ['10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24', ...last];
  const stack = synthesized('many ranges', (of) => {
    const clients = (last: string): IPeer => Peer.cidr(...ranges(last));
    new PrometheusCostMetricsRule(of, 'metrics', {
      platform: clients('10.4.0.0/24'),
      prometheus: group(of, 'prometheus'),
    });
    new ApinizerNodePorts(of, 'console', {
      workers: group(of, 'workers'),
      managementConsole: { clients: clients('10.5.0.0/24') },
    });
  });
  const { flows } = await json('matrix', stack);
  const labels = flows.map(({ source: { label } }: any) => label);
  expect(labels).toEqual([ranges('10.4.0.0/24').join(', '), ranges('10.5.0.0/24').join(', ')]);
  for (const [at, label] of labels.entries()) {
    const { notCheckable } = await json('verify', stack, '--as', label);
    expect(notCheckable.map((each: any) => each.port)).toEqual([['9090/tcp'], ['32080/tcp']][at]);
  }
});

test('names of a stack do not depend on its state', async () => {
  const stack = synthesized('state', (of) => {
    const office = new TerraformVariable(of, 'office', {});
    new PrometheusCostMetricsRule(of, 'metrics', {
      platform: Peer.named('ops', office.stringValue),
      prometheus: group(of, 'prometheus'),
    });
    new ApinizerNodePorts(of, 'console', {
      workers: group(of, 'workers'),
      managementConsole: { clients: Peer.named('ops', '10.2.0.0/24') },
    });
  });
  const file = join(path, 'state.json');
  writeFileSync(file, JSON.stringify({ format_version: '1.0', values: { root_module: {}, outputs: {} } }));
  const labels = ['ops (<var.office>)', 'ops (10.2.0.0/24)'];
  for (const options of [[], ['--state', file]]) {
    const { flows } = await json('matrix', stack, ...options);
    expect(flows.map(({ source: { label } }: any) => label)).toEqual(labels);
  }
  const asked = ['--to', 'security group prometheus', '--port', '9090/tcp'];
  expect(await json('explain', stack, '--from', labels[0], ...asked)).toMatchObject({ verdict: 'passes' });
});

test('a name that the matrix prints is a name for each command if a security group also has it', async () => {
  const stack = synthesized('group and ranges', (of) => {
    new PrometheusCostMetricsRule(of, 'metrics', { platform: group(of, 'ops'), prometheus: group(of, 'prometheus') });
    new ApinizerNodePorts(of, 'console', {
      workers: group(of, 'workers'),
      managementConsole: { clients: Peer.named('ops', '10.2.0.0/24') },
    });
  });
  const { flows } = await json('matrix', stack);
  expect(flows.map(({ source: { label } }: any) => label)).toEqual(['security group ops', 'ops']);
  for (const name of ['ops', 'prod/ops']) {
    const { notCheckable } = await json('verify', stack, '--as', name);
    expect(notCheckable.map((each: any) => each.port)).toEqual(['32080/tcp']);
  }
  const asked = ['--to', 'security group workers', '--port', '32080/tcp'];
  expect(await json('explain', stack, '--from', 'ops', ...asked)).toMatchObject({ verdict: 'passes' });
});

/** Pods that listen at the documented port. */
const podsOf = (name: string): KubernetesPodsProps => ({
  namespace: 'prod',
  labels: { app: name },
  ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
});

/** Machines of each kind that rules select, and the names that the matrix and show print for them. */
const SELECTED: [what: string, create: (stack: TerraformStack, name: string) => IHostGroup, name: string][] = [
  ['security groups', group, 'sg:aws_security_group.group_ops'],
  ['ids of security groups', () => AwsSecurityGroup.fromId('sg-0123456789abcdef0'), 'sg:sg-0123456789abcdef0'],
  ['network tags', (_stack, name) => new GcpFirewall({ network: 'prod' }).networkTag(name), 'tag:ops'],
  [
    'service accounts',
    (_stack, name) => new GcpFirewall({ network: 'prod' }).serviceAccount(`${name}@net.iam.gserviceaccount.com`),
    'account:ops@net.iam.gserviceaccount.com',
  ],
  [
    'secure tags',
    (_stack, name) =>
      new GcpFirewallPolicy({ policy: 'prod' }).secureTag(name === 'ops' ? 'tagValues/1' : 'tagValues/2'),
    'secure-tag:tagValues/1',
  ],
  [
    'pods',
    (_stack, name) => KubernetesPods.labelled({ ...podsOf(name), name: `${name} of prod` }),
    'pods:prod:app=ops',
  ],
];

test.each(SELECTED)(
  'the names of %s in the matrix and in show are names for every command',
  async (what, create, name) => {
    const build = (of: TerraformStack): unknown =>
      new PrometheusCostMetricsRule(of, 'metrics', {
        platform: create(of, 'ops'),
        prometheus: what === 'ids of security groups' ? group(of, 'prometheus') : create(of, 'prometheus'),
      });
    const stack = synthesized(`names of ${what}`, build);
    const { flows } = await json('matrix', stack);
    const [{ source, destination }] = flows;
    const { rows } = await json('show', stack);
    expect(rows.map(({ from }: any) => from)).toContain(name);
    for (const each of [source.label, name, `prod/${source.label}`, `prod/${name}`]) {
      const { notCheckable } = await json('verify', stack, '--as', each);
      expect(notCheckable.map(({ port }: any) => port)).toEqual(['9090/tcp']);
      const { stdout } = await cli(['request', stack, '--all', '--ip-ranges', `${each}=10.9.0.0/24`]);
      expect(stdout).toContain('10.9.0.0/24');
    }
    for (const each of [source.label, name]) {
      const asked = ['explain', stack, '--from', each, '--to', destination.label, '--port', '9090/tcp'];
      expect((await json(...asked)).destination.matching).toHaveLength(1);
    }
  },
);

test('the names of pods in show are names for every command if several stacks have them', async () => {
  const app = new App({ outdir: join(path, 'pods'), skipValidation: true });
  for (const id of ['one', 'two']) {
    const of = new TerraformStack(app, id);
    const [ops, prometheus] = ['ops', 'prometheus'].map((name) => KubernetesPods.labelled(podsOf(name)));
    new PrometheusCostMetricsRule(of, 'metrics', { platform: ops, prometheus });
  }
  app.synth();
  const { rows } = await json('show', join(path, 'pods'));
  const names = ['pods:one/prod:app=ops', 'pods:two/prod:app=ops'];
  expect(rows.map(({ from }: any) => from)).toEqual(names);
  for (const name of names) {
    const { notCheckable } = await json('verify', join(path, 'pods'), '--as', name);
    expect(notCheckable).toHaveLength(1);
  }
});

/** Lists of IP ranges that stacks create, with the machines for which rules name them. */
const LISTS: [what: string, listed: (stack: TerraformStack, range: string) => { list: IPeer; machines: IHostGroup }][] =
  [
    [
      'prefix lists',
      (stack, range) => ({
        list: new AwsPrefixList(stack, 'list', { name: 'offices', ranges: Peer.cidr(range) }),
        machines: group(stack, 'prometheus'),
      }),
    ],
    [
      'address groups',
      (stack, range) => {
        const created = new NetworkSecurityAddressGroup(stack, 'list', {
          name: `offices-of-${stack.node.id}`,
          parent: 'projects/net-host',
          location: 'global',
          type: 'IPV4',
          capacity: 10,
          items: [range],
        });
        const policy = `policy-of-${stack.node.id}`;
        new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
          name: 'at',
          attachmentTarget: `projects/net-host/global/networks/${stack.node.id}`,
          firewallPolicy: policy,
          project: 'net-host',
        });
        return {
          list: GcpAddressGroup.fromId(created.id, { addressFamily: AddressFamily.IPV4, ipRanges: Peer.cidr(range) }),
          machines: new GcpFirewallPolicy({ policy, project: 'net-host' }).secureTag(
            stack.node.id === 'one' ? 'tagValues/1' : 'tagValues/2',
          ),
        };
      },
    ],
  ];

test.each(LISTS)('%s of one Terraform address in two stacks are the ranges of their stack', async (what, listed) => {
  const app = new App({ outdir: join(path, `two with ${what}`), skipValidation: true });
  for (const [id, range] of [
    ['one', '10.1.0.0/24'],
    ['two', '10.2.0.0/24'],
  ]) {
    const of = new TerraformStack(app, id);
    const { list, machines } = listed(of, range);
    new PrometheusCostMetricsRule(of, 'metrics', { platform: list, prometheus: machines });
  }
  app.synth();
  const { flows } = await json('matrix', app.outdir);
  const ends = flows.map(({ stack, source, destination }: any) => [
    `${stack}/${source.label}`,
    `${stack}/${destination.label}`,
  ]);
  expect(ends).toHaveLength(2);
  const asked = (from: string, to: string): string[] => ['--from', from, '--to', to, '--port', '9090/tcp'];
  for (const [at, [from, to]] of ends.entries()) {
    const opened = await json('explain', app.outdir, ...asked(from, to));
    expect([from, opened.verdict]).toEqual([from, 'passes']);
    const other = await json('explain', app.outdir, ...asked(from, ends[1 - at][1]));
    expect([from, other.verdict]).toEqual([from, 'refused']);
    const { notCheckable } = await json('verify', app.outdir, '--as', from);
    expect(notCheckable).toHaveLength(1);
  }
});

describe('a hostname of several virtual addresses', () => {
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  const greenFirewall = new GcpFirewall({ network: 'prod', project: 'net-host', namePrefix: 'green' });
  const OPENED = ['passes', 'refused'];
  const addresses: [
    what: string,
    create: (stack: TerraformStack, name: string) => IHostGroup,
    shown: string[],
    verdicts: string[],
  ][] = [
    ['security groups', group, ['sg:aws_security_group.group_blue', 'sg:aws_security_group.group_green'], OPENED],
    [
      'network tags',
      (_stack, name) => (/^(?:green|two)/.test(name) ? greenFirewall : firewall).networkTag(name),
      ['tag:blue', 'tag:green'],
      OPENED,
    ],
    [
      'external hosts',
      (_stack, name) => ExternalHosts.named(name, name === 'blue' ? '10.8.0.4/32' : '10.8.0.5/32'),
      ['blue', 'green'],
      ['asked for, not known to be open', 'not known'],
    ],
  ];
  const vip = (stack: TerraformStack, id: string, virtualAddress: IHostGroup): unknown => {
    const inCloud = virtualAddress.cloud === Cloud.GCP ? addresses[1][1] : addresses[0][1];
    return new ControlPlaneVipRules(stack, id, {
      controlPlane: inCloud(stack, `${id}-control-plane`),
      workers: inCloud(stack, `${id}-workers`),
      virtualAddress,
      loadBalancer: Peer.address('10.9.0.9'),
      hostname: 'k8s.example.com',
    });
  };
  const built = (what: string, create: (typeof addresses)[0][1]): string =>
    synthesized(`hostname of ${what}`, (stack) => {
      vip(stack, 'one', create(stack, 'blue'));
      vip(stack, 'two', create(stack, 'green'));
    });

  test.each(addresses)('is a name for explain and the matchers: %s', async (what, create, shown, verdicts) => {
    const stack = built(what, create);
    const { flows } = await json('matrix', stack);
    const [{ source }] = flows;
    const asked = ['explain', stack, '--from', source.label, '--to', 'k8s.example.com', '--port', '6443/tcp'];
    const { stderr } = await cli(asked);
    expect(stderr).toBe('');
    const { destination, remarks } = await json(...asked);
    expect(remarks).toEqual([`k8s.example.com is a hostname of ${shown.join(' and ')}`]);
    const [first, second] = verdicts;
    expect(destination).toMatchObject({
      verdict: 'not known',
      reason: `it depends on which machines the destination is: ${first} for ${shown[0]}, ${second} for ${shown[1]}`,
    });
    const rows = [{ port: '22/tcp', from: source.label, to: 'k8s.example.com' }];
    expect(join(stack, 'cdk.tf.json')).not.toPermit(rows);
  });

  test.each(addresses)('has the machines of all of them for verify: %s', async (what, create) => {
    const stack = built(what, create);
    const { stdout, stderr } = await cli([
      'verify',
      stack,
      '--as',
      'worker',
      '--hosts',
      'k8s.example.com=lb.example.com',
      '--script',
    ]);
    expect(stderr).toBe('');
    expect(stdout).toContain('lb.example.com');
  });

  test('has the documented ports of each of them for cover', async () => {
    const stack = synthesized('several at once', (of) => {
      vip(of, 'one', HostGroup.anyOf(firewall.networkTag('blue'), firewall.networkTag('green')));
    });
    const { undocumented } = await json('cover', stack, '--product', 'control-plane-vip');
    expect(undocumented).toEqual([]);
  });
});
