import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  AwsSecurityGroup,
  Basis,
  DocumentedHostnameRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  GcpFirewallPolicy,
  type GcpFirewallProps,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../lib';
import '../../lib/testing';
import { cli, temporaryDirectory } from '../support/cli';

const { path } = temporaryDirectory();

type Json = any;

function synthesized(name: string, define: (stack: TerraformStack) => void): Json {
  const stack = new TerraformStack(new App({ outdir: path, skipValidation: true }), name);
  define(stack);
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

/** Prometheus on GCP, which the platform asks at 9090/tcp. */
const onGcp = (props: GcpFirewallProps = { network: 'prod', project: 'net-host' }): Json =>
  synthesized('metrics', (stack) => {
    const firewall = new GcpFirewall(props);
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: firewall.networkTag('platform'),
      prometheus: firewall.networkTag('prometheus', { ipRanges: Peer.cidr('10.9.0.0/24') }),
    });
  });

const onAws = (egress: Egress): Json =>
  synthesized('metrics', (stack) => {
    const group = (name: string): AwsSecurityGroup =>
      new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress });
    new PrometheusCostMetricsRule(stack, 'metrics', { platform: group('platform'), prometheus: group('prometheus') });
  });

const denying = (more: object): object => ({
  network: 'prod',
  project: 'net-host',
  name: 'deny',
  deny: [{ protocol: 'all' }],
  ...more,
});
const outbound = (more: object): object => denying({ direction: 'EGRESS', ...more });

/** Adds a resource to a stack, as a user's own. */
function withOwn(json: Json, type: string, resource: object): Json {
  json.resource[type] = { ...json.resource[type], own: resource };
  return json;
}

const alone = (json: Json): Json[] => [json];
const beside = (json: Json, type: string, resource: object): Json[] => [
  json,
  { '//': { metadata: { stackName: 'own' } }, resource: { [type]: { own: resource } } },
];

const FIREWALL = 'google_compute_firewall';
const POLICY = {
  google_compute_network: {
    prod: { name: 'prod', project: 'net-host', network_firewall_policy_enforcement_order: 'BEFORE_CLASSIC_FIREWALL' },
  },
  google_compute_network_firewall_policy: { policy: { name: 'policy', project: 'net-host' } },
  google_compute_network_firewall_policy_association: {
    prod: {
      name: 'a',
      firewall_policy: 'policy',
      attachment_target: 'projects/net-host/global/networks/prod',
      project: 'net-host',
    },
  },
  google_compute_network_firewall_policy_rule: {
    own: {
      firewall_policy: 'policy',
      project: 'net-host',
      priority: 1,
      action: 'deny',
      direction: 'INGRESS',
      match: [{ src_ip_ranges: ['0.0.0.0/0', '::/0'], layer4_configs: [{ ip_protocol: 'all' }] }],
    },
  },
};

function written(stacks: readonly Json[]): string {
  const directory = join(path, 'stacks');
  rmSync(directory, { recursive: true, force: true });
  return stacks.reduce((_, json) => {
    const file = join(directory, json['//'].metadata.stackName, 'cdk.tf.json');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(json));
    return stacks.length === 1 ? file : directory;
  }, directory);
}

async function output(...argv: string[]): Promise<string> {
  const { stdout, stderr } = await cli(argv);
  return stdout === '' ? stderr : stdout;
}

const json = async (...argv: string[]): Promise<Json> => JSON.parse(await output(...argv, '--format', 'json'));

const ENDS: readonly [string, () => Json[], string][] = [
  [
    'a rule of its stack denies',
    () =>
      alone(withOwn(onGcp(), FIREWALL, outbound({ target_tags: ['platform'], destination_ranges: ['10.0.0.0/8'] }))),
    'outbound rules deny it: google_compute_firewall.own',
  ],
  [
    'a rule of a different stack denies for all machines of the network',
    () => beside(onGcp(), FIREWALL, outbound({ destination_ranges: ['0.0.0.0/0', '::/0'] })),
    'outbound rules deny it: google_compute_firewall.own',
  ],
  ['its security group has no outbound rule', () => alone(onAws(Egress.UNMANAGED)), 'it has no outbound rule'],
  [
    'its security group has outbound rules for other ports',
    () =>
      alone(
        withOwn(onAws(Egress.UNMANAGED), 'aws_vpc_security_group_egress_rule', {
          security_group_id: '${aws_security_group.group_platform.id}',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_ipv4: '0.0.0.0/0',
        }),
      ),
    'no outbound rule allows it',
  ],
];

test.each(ENDS)('a flow is closed at its source if %s, in every output', async (_what, stacks, reason) => {
  const files = written(stacks());
  const closed = `closed at its source: ${reason}`;
  const { flows, undocumented } = await json('matrix', files);
  expect(flows).toMatchObject([
    { row: 'prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics', closedAtSource: reason },
  ]);
  expect(undocumented.filter(({ direction }: Json) => direction === 'ingress')).toEqual([]);
  expect(await output('matrix', files)).toContain(closed);
  expect(await output('request', files, '--all')).toContain(`# C${closed.slice(1)}`);
  expect(await output('request', files, '--all', '--format', 'csv')).toContain(closed);
  expect(await output('commands', files)).toContain(`# C${closed.slice(1)}`);
  expect((await output('diagram', files)).replaceAll('#95;', '_').replaceAll('<br/>', ' ')).toContain(
    reason.split(': ').at(-1)!,
  );
  const { findings } = await json('lint', files, '--only', 'closed-at-source');
  expect(findings).toMatchObject([
    {
      level: 'warning',
      address: 'metrics/metrics',
      message: `the sources of its flows may not send 9090/tcp: ${reason}`,
    },
  ]);
  const [from, to] = flows.flatMap(({ source, destination }: Json) => [source.label, destination.label]);
  const { verdict, source } = await json('explain', files, '--from', from, '--to', to, '--port', '9090/tcp');
  expect({ verdict, source: source.verdict }).toEqual({ verdict: 'refused', source: 'refused' });
});

const DENIED: readonly [string, () => Json[], string][] = [
  [
    'a different stack of the network',
    () => beside(onGcp(), FIREWALL, denying({ priority: 1, source_ranges: ['0.0.0.0/0', '::/0'] })),
    'google_compute_firewall.own',
  ],
  [
    'a firewall policy that is evaluated before the firewall rules',
    () => {
      const stack = onGcp();
      stack.resource = { ...stack.resource, ...POLICY };
      return alone(stack);
    },
    'google_compute_network_firewall_policy_rule.own',
  ],
];

test.each(DENIED)('a flow is closed if %s denies it, in every output', async (_what, stacks, address) => {
  const files = written(stacks());
  const doubt = `rules that are evaluated earlier deny it: ${address}`;
  const { flows, undocumented } = await json('matrix', files);
  expect(flows).toMatchObject([{ closed: doubt, rules: [] }]);
  expect(undocumented).toEqual([]);
  expect(await output('request', files, '--all')).toContain(`Closed: ${doubt}`);
  const { findings } = await json('lint', files, '--only', 'false-claim');
  expect(findings.map(({ message }: Json) => message)).toContainEqual(expect.stringContaining(doubt));
  const ends = ['--from', 'tag:platform', '--to', 'tag:prometheus', '--port', '9090/tcp'];
  expect(await json('explain', files, ...ends)).toMatchObject({ verdict: 'refused' });
});

test('a project of the provider that is a variable does not hide a rule that denies', async () => {
  const stack = onGcp({ network: 'prod' });
  stack.provider = { google: [{ project: '${var.project}' }] };
  const own = {
    name: 'deny',
    network: 'prod',
    priority: 1,
    deny: [{ protocol: 'all' }],
    source_ranges: ['0.0.0.0/0', '::/0'],
  };
  const { flows } = await json('matrix', written(alone(withOwn(stack, FIREWALL, own))));
  const doubt = 'rules that are evaluated earlier deny it: google_compute_firewall.own';
  expect(flows).toMatchObject([{ closed: doubt }]);
});

test('a rule in the network of a different project closes nothing', async () => {
  const deny = { ...denying({ priority: 1, source_ranges: ['0.0.0.0/0', '::/0'] }), project: 'other' };
  for (const stacks of [beside(onGcp(), FIREWALL, deny), alone(withOwn(onGcp(), FIREWALL, deny))]) {
    const { flows } = await json('matrix', written(stacks));
    expect(flows).toMatchObject([{ rules: [expect.stringContaining('google_compute_firewall.')] }]);
    expect([flows[0].notDocumented, flows[0].closed]).toEqual([undefined, undefined]);
  }
});

test('a flow whose rule is gone is open if a rule of a different stack with the same address opens it', async () => {
  const own = onGcp();
  const [[id, rule]] = Object.entries(own.resource[FIREWALL]);
  delete own.resource;
  const stacks = [own, { '//': { metadata: { stackName: 'own' } }, resource: { [FIREWALL]: { [id]: rule } } }];
  const { flows } = await json('matrix', written(stacks));
  const doubt = `its rule ${FIREWALL}.${id} does not exist, and the rules of all stacks together open it`;
  expect(flows).toMatchObject([{ openedOtherwise: doubt }]);
});

test('firewalls that are not enforced open nothing', async () => {
  const file = written(alone(onGcp({ network: 'prod', disabled: true })));
  const { flows } = await json('matrix', file);
  expect(flows).toMatchObject([{ closed: 'its firewall is disabled', rules: [] }]);
  expect(await output('request', file, '--all')).not.toContain('No action needed');
});

test('a range of ports that the source may send in part is open in part, and not a question of IP addresses', async () => {
  const stack = synthesized('etcd', (scope) => {
    const controlPlane = new AwsSecurityGroup(scope, 'cp', {
      name: 'cp',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.UNMANAGED,
    });
    new KubeadmFlannelClusterRules(scope, 'cluster', {
      controlPlane,
      workers: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
    });
  });
  const own = {
    security_group_id: '${aws_security_group.group_cp.id}',
    referenced_security_group_id: '${aws_security_group.group_cp.id}',
    ip_protocol: 'tcp',
    from_port: 2379,
    to_port: 2379,
  };
  const { flows } = await json('matrix', written(alone(withOwn(stack, 'aws_vpc_security_group_egress_rule', own))));
  const etcd = flows.find(({ port }: Json) => port === '2379-2380/tcp');
  expect(etcd.closedAtSource).toMatch(/^in part, without egress 2380\/tcp from /);
});

/** A hostname in the policy of a network, which the stack attaches. */
function hostnames(order: object): Json {
  const stack = synthesized('hosts', (scope) => {
    new DocumentedHostnameRules(scope, 'hosts', {
      table: {
        id: 'hosts',
        title: 'Hosts',
        reference: 'https://example.com/hosts',
        edition: '2026-10',
        comparedOn: '2026-11-28',
        hostnames: [
          {
            name: 'registry',
            hostname: 'registry.example.com',
            ports: [Port.tcp(443)],
            portsBasis: Basis.TEXT,
            section: 'Hosts',
          },
        ],
      },
      through: new GcpFirewallPolicy({ policy: 'policy', project: 'net-host', priority: 100 }),
    });
  });
  const {
    google_compute_network_firewall_policy: policy,
    google_compute_network_firewall_policy_association: attached,
  } = POLICY;
  stack.resource = {
    ...stack.resource,
    google_compute_network_firewall_policy: policy,
    google_compute_network_firewall_policy_association: attached,
    google_compute_network: { prod: { name: 'prod', project: 'net-host', ...order } },
  };
  return stack;
}

test.each<[string, (own: object) => Json[]]>([
  ['its stack', (own) => alone(withOwn(hostnames({}), FIREWALL, own))],
  ['a different stack', (own) => beside(hostnames({}), FIREWALL, own)],
])('a hostname is closed if a rule of %s denies it before its policy', async (_what, stacks) => {
  const files = written(stacks(outbound({ priority: 1, destination_ranges: ['0.0.0.0/0', '::/0'] })));
  const { hostnames: found } = await json('matrix', files);
  const doubt = 'rules that are evaluated earlier deny it: google_compute_firewall.own';
  expect(found).toMatchObject([{ hostname: 'registry.example.com', closed: doubt }]);
});

test.each<[string, (rule: object) => Json[]]>([
  [
    'the stack of the hostnames attaches it',
    (rule) => beside(hostnames({}), 'google_compute_network_firewall_policy_rule', rule),
  ],
  [
    'a different stack attaches it',
    (rule) => {
      const own = hostnames({});
      const type = 'google_compute_network_firewall_policy_association';
      const { [type]: attached, ...resource } = own.resource;
      const [other] = beside(own, 'google_compute_network_firewall_policy_rule', rule).slice(1);
      return [
        { ...own, resource },
        { ...other, resource: { ...other.resource, [type]: attached } },
      ];
    },
  ],
])('rules of two stacks are in one firewall policy by its name: %s', async (_what, stacks) => {
  const rule = {
    firewall_policy: 'policy',
    project: 'net-host',
    priority: 1,
    action: 'deny',
    direction: 'EGRESS',
    match: [{ dest_ip_ranges: ['0.0.0.0/0', '::/0'], layer4_configs: [{ ip_protocol: 'all' }] }],
  };
  const found = async (own: object): Promise<Json> => (await json('matrix', written(stacks(own)))).hostnames;
  const doubt = 'rules that are evaluated earlier deny it: google_compute_network_firewall_policy_rule.own';
  expect(await found(rule)).toMatchObject([{ hostname: 'registry.example.com', closed: doubt }]);
  const { notEvaluated } = await json('show', written(stacks(rule)));
  expect(notEvaluated).toEqual([]);
  const [open] = await found({ ...rule, priority: 60_000 });
  expect([open.notDocumented, open.closed, open.notKnownToBeOpen]).toEqual([undefined, undefined, undefined]);
});

test('a hostname is not known to be open if the order of its policy is not known and decides', async () => {
  const stack = hostnames({ network_firewall_policy_enforcement_order: '${var.order}' });
  const own = outbound({ priority: 1, destination_ranges: ['0.0.0.0/0', '::/0'] });
  const { hostnames: found } = await json('matrix', written(alone(withOwn(stack, FIREWALL, own))));
  expect(found).toMatchObject([
    { notKnownToBeOpen: expect.stringContaining('evaluated before or after its firewall rules') },
  ]);
});

test('a flow of machines whose IP addresses are not given is not known to be open if a rule decides by them', async () => {
  const decides = denying({ priority: 1, source_ranges: ['10.0.0.0/9'] });
  const file = written(alone(withOwn(onGcp(), FIREWALL, decides)));
  const { flows } = await json('matrix', file);
  const reason = 'google_compute_firewall.own decides by the IP addresses of its source, which are not given';
  expect(flows).toMatchObject([{ notKnownToBeOpen: reason }]);
  const ends = ['--from', 'tag:platform', '--to', 'tag:prometheus', '--port', '9090/tcp'];
  expect(await json('explain', file, ...ends)).toMatchObject({ verdict: 'depends on the IP address' });
});

test('a flow that its source may send in part is open in part', async () => {
  const own = outbound({ target_tags: ['platform'], destination_ranges: ['10.9.0.0/25'] });
  const { flows } = await json('matrix', written(alone(withOwn(onGcp(), FIREWALL, own))));
  expect(flows).toMatchObject([
    {
      closedAtSource:
        'in part, without egress 9090/tcp from tag:platform to tag:prometheus in 10.9.0.0/25 on net-host/prod',
    },
  ]);
});

test.each<[string, () => Json[]]>([
  [
    'the outbound rules of its source',
    () =>
      alone(
        withOwn(onAws(Egress.DOCUMENTED), 'aws_vpc_security_group_ingress_rule', {
          security_group_id: '${aws_security_group.group_prometheus.id}',
          referenced_security_group_id: '${aws_security_group.group_platform.id}',
          ip_protocol: 'tcp',
          from_port: 22,
          to_port: 22,
        }),
      ),
  ],
  [
    'a rule of a different stack',
    () => {
      const stack = withOwn(onGcp(), FIREWALL, {
        network: 'prod',
        project: 'net-host',
        name: 'ssh',
        allow: [{ protocol: 'tcp', ports: ['22'] }],
        source_tags: ['platform'],
        target_tags: ['prometheus'],
      });
      const ssh = { deny: [{ protocol: 'tcp', ports: ['22'] }], source_ranges: ['0.0.0.0/0', '::/0'] };
      return beside(stack, FIREWALL, denying({ priority: 1, ...ssh }));
    },
  ],
])('an opening that no row documents is not listed if it is closed by %s', async (_what, stacks) => {
  const files = written(stacks());
  const { undocumented } = await json('matrix', files);
  expect(undocumented.filter(({ port }: Json) => port === '22/tcp')).toEqual([]);
  const [from, to] = files.endsWith('.json') ? ['platform', 'prometheus'] : ['tag:platform', 'tag:prometheus'];
  const { verdict } = await json('explain', files, '--from', from, '--to', to, '--port', '22/tcp');
  expect(verdict).toBe('refused');
});

test('documents do not match if outbound rules of a source stop a flow', () => {
  const deny = outbound({ destination_ranges: ['0.0.0.0/0', '::/0'] });
  expect(() => {
    expect(withOwn(onGcp(), FIREWALL, deny)).toMatchDocuments();
  }).toThrow(/Closed: outbound rules of the source stop it\n.*outbound rules deny it: google_compute_firewall.own/);
  // their outbound rules may be in a configuration that is not tested
  expect(onAws(Egress.UNMANAGED)).toMatchDocuments();
  expect(onAws(Egress.DOCUMENTED)).toMatchDocuments();
});

test.each([
  ['matrix', []],
  ['request', ['--all']],
  ['diagram', []],
])('IP ranges that users give decide in %s, where an outbound rule denies by the IP address', async (command, more) => {
  const json = synthesized('metrics', (stack) => {
    const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
    const [platform, prometheus] = ['platform', 'prometheus'].map((tag) => firewall.networkTag(tag));
    new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus });
  });
  const rule = outbound({ target_tags: ['platform'], destination_ranges: ['10.1.0.0/24'] });
  const file = written(alone(withOwn(json, FIREWALL, rule)));
  const output = async (...options: string[]): Promise<string> => {
    const { stdout, stderr } = await cli([command, file, ...more, ...options]);
    return (stdout + stderr).replaceAll('#95;', '_').replaceAll('<br/>', ' ');
  };
  const within = await output('--ip-ranges', 'network tag prometheus=10.1.0.0/25');
  const outside = await output('--ip-ranges', 'network tag prometheus=10.2.0.0/24');
  expect(await output()).toContain('by the IP addresses of its destination, which are not given');
  for (const each of [within, outside]) expect(each).not.toContain('which are not given');
  expect(within).toContain(`outbound rules deny it: ${FIREWALL}.own`);
  expect(outside).not.toContain('outbound rules');
});

test('IP addresses of machines that one stack has decide in every stack with the same machines', async () => {
  const own = onGcp();
  const other = JSON.parse(JSON.stringify(own));
  other['//'].metadata.stackName = 'other';
  for (const { hostGroups } of other['//'].metadata.clusterPorts.peers) delete hostGroups[0].ipRanges;
  const deny = outbound({ target_tags: ['platform'], destination_ranges: ['10.9.0.0/16'] });
  const { flows } = await json('matrix', written([withOwn(own, FIREWALL, deny), other]));
  const closedAtSource = `outbound rules deny it: ${FIREWALL}.own`;
  expect(flows).toMatchObject([{ closedAtSource }, { closedAtSource }]);
});

test('a rule of a different network decides nothing about machines that no rule names', async () => {
  const stack = synthesized('metrics', (scope) => {
    new PrometheusCostMetricsRule(scope, 'metrics', {
      platform: new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('platform'),
      prometheus: ExternalHosts.named('prometheus', '10.9.0.0/24'),
    });
  });
  stack.resource = { [FIREWALL]: { own: { ...outbound({ destination_ranges: ['0.0.0.0/0'] }), network: 'test' } } };
  const file = written(alone(stack));
  const ends = ['--from', 'tag:platform', '--to', 'prometheus', '--port', '9090/tcp'];
  expect(await json('explain', file, ...ends)).toMatchObject({
    verdict: 'asked for, not known to be open',
    source: { verdict: 'passes', network: 'net-host/prod' },
  });
  const { flows } = await json('matrix', file);
  expect(flows[0].closedAtSource).toBeUndefined();
});
