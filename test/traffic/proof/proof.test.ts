import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list';
import { Ec2ManagedPrefixList } from '@cdktf/provider-aws/lib/ec2-managed-prefix-list';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { exampleApp } from '../../../examples/all';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsPeer,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  FlannelBackend,
  GcpFirewall,
  type IHostGroup,
  type IPeer,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { rowText } from '../../../lib/traffic/permitted/traffic-rows';
import { proof } from '../../../lib/traffic/proof/proof';
import { CLOUDS, newStack } from '../../support/clouds';
import { expectRefusal } from '../../support/refusals';

type Group = (name: string) => IHostGroup;

const ID = 'sg-0123456789abcdef0';
const stacks = exampleApp(Testing.app()).node.children as TerraformStack[];
const gcp = new GcpFirewall({ network: 'prod', project: 'net-host' });

function json(stack: TerraformStack): any {
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

function expectExact(stack: TerraformStack): void {
  const { isExact, missing, extra, elsewhere } = proof(json(stack), 'cdk.tf.json');
  expect({ missing: missing.map(rowText), extra: extra.map(rowText), elsewhere }).toEqual({
    missing: [],
    extra: [],
    elsewhere: [],
  });
  expect(isExact).toBe(true);
}

test.each(stacks.map((stack) => [stack.node.id, stack] as const))(
  'the rules of %s permit exactly its flows',
  (_id, stack) => {
    expectExact(stack);
  },
);

const CONSTRUCTS: [string, (stack: TerraformStack, group: Group) => unknown][] = [
  [
    'VClusterPlatformIngressRules',
    (stack, group) =>
      new VClusterPlatformIngressRules(stack, 'a', {
        kubernetesApi: Peer.cidr('172.16.0.0/28'),
        platform: group('platform'),
      }),
  ],
  [
    'VClusterPlatformIngressRules without a row, with a changed port',
    (stack, group) =>
      new VClusterPlatformIngressRules(stack, 'a', {
        kubernetesApi: Peer.anyOf(Peer.cidr('172.16.0.0/28', '2001:db8::/64'), group('api')),
        platform: group('platform'),
        omit: ['webhook'],
        ports: { 'management-api': Port.tcp(9500) },
      }),
  ],
  [
    'PrometheusCostMetricsRule',
    (stack, group) =>
      new PrometheusCostMetricsRule(stack, 'a', {
        platform: Peer.address('203.0.113.7', '2001:db8::7'),
        prometheus: group('prometheus'),
      }),
  ],
  ...[FlannelBackend.DOCUMENTED, FlannelBackend.VXLAN, FlannelBackend.UDP].flatMap((flannel) =>
    [true, false].map((free): (typeof CONSTRUCTS)[number] => [
      `KubeadmFlannelClusterRules with ${flannel}, freeAccessBetweenControlPlanes ${free}`,
      (stack, group) =>
        new KubeadmFlannelClusterRules(stack, 'a', {
          controlPlane: group('control-plane'),
          workers: group('worker'),
          flannel,
          freeAccessBetweenControlPlanes: free,
          workerToWorkerFlannel: free,
        }),
    ]),
  ),
  [
    'KubeadmFlannelClusterRules of one group',
    (stack, group) => {
      const both = group('both');
      new KubeadmFlannelClusterRules(stack, 'a', { controlPlane: both, workers: both, workerToWorkerFlannel: true });
    },
  ],
  [
    'ApinizerNodePorts',
    (stack, group) =>
      new ApinizerNodePorts(stack, 'a', {
        workers: group('worker'),
        managementConsole: { clients: Peer.named('ops', '10.9.0.0/16') },
        apiPortal: { clients: Peer.cidr('10.0.0.0/9', '10.128.0.0/9'), port: 30181 },
        gateways: [
          { environment: 'prod', clients: Peer.anyOf(Peer.anyIpv4('public API'), Peer.anyIpv6('public API')) },
          { environment: 'test', clients: group('testers'), port: 30081 },
        ],
      }),
  ],
  [
    'ApinizerDataStoreRules',
    (stack, group) =>
      new ApinizerDataStoreRules(stack, 'a', {
        workers: group('worker'),
        mongodb: group('mongodb'),
        elasticsearch: ExternalHosts.named('elastic', '10.8.0.0/28'),
      }),
  ],
];

describe.each([
  ...CLOUDS,
  {
    name: 'AWS with documented egress',
    group: (stack: TerraformStack, name: string) =>
      new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: Egress.DOCUMENTED }),
  },
  {
    name: 'GCP service accounts',
    group: (_stack: TerraformStack, name: string) => gcp.serviceAccount(`${name}@net-host.iam.gserviceaccount.com`),
  },
])('on $name', ({ group }) => {
  test.each(CONSTRUCTS)('the rules of %s permit exactly its flows', (_name, construct) => {
    const stack = newStack();
    construct(stack, (name) => group(stack, name));
    expectExact(stack);
  });
});

const OTHER_WAYS: [string, (stack: TerraformStack) => unknown][] = [
  [
    'existing groups, by id and by key, with egress',
    (stack) => {
      const stores = AwsSecurityGroup.fromId('sg-aaaaaaaa', { key: 'stores' });
      const workers = AwsSecurityGroup.fromId(ID, { egress: Egress.DOCUMENTED });
      new ApinizerDataStoreRules(stack, 'a', { workers, mongodb: stores });
    },
  ],
  [
    'groups and ranges that are known after apply',
    (stack) => {
      const vpc = new Vpc(stack, 'vpc', { assignGeneratedIpv6CidrBlock: true });
      const instance = new Instance(stack, 'instance', {});
      const sources = Peer.anyOf(
        Peer.cidr(vpc.cidrBlock),
        Peer.cidrIpv6(vpc.ipv6CidrBlock),
        Peer.address(instance.publicIp),
      );
      const prometheus = AwsSecurityGroup.fromId(vpc.defaultSecurityGroupId);
      new PrometheusCostMetricsRule(stack, 'a', { platform: sources, prometheus });
    },
  ],
  [
    'values of variables, with and without a default',
    (stack) => {
      const office = new TerraformVariable(stack, 'office', { type: 'string', default: '10.9.0.0/16' });
      const home = new TerraformVariable(stack, 'home', { type: 'string' });
      const network = new TerraformVariable(stack, 'network', { type: 'string', default: 'prod' });
      const prometheus = new GcpFirewall({ network: network.stringValue }).networkTag('prometheus');
      const platform = Peer.cidr(office.stringValue, home.stringValue);
      new PrometheusCostMetricsRule(stack, 'a', { platform, prometheus });
    },
  ],
  [
    'a group of a different account',
    (stack) =>
      new PrometheusCostMetricsRule(stack, 'a', {
        platform: AwsPeer.securityGroup('sg-aaaaaaaa', { ownerId: '123456789012' }),
        prometheus: AwsSecurityGroup.fromId(ID),
      }),
  ],
  [
    'all instances of a network that the stack creates',
    (stack) => {
      const network = new ComputeNetwork(stack, 'network', { name: 'prod' });
      const firewall = new GcpFirewall({ network: network.id });
      const prometheus = firewall.allInstances('one purpose');
      new PrometheusCostMetricsRule(stack, 'a', { platform: firewall.networkTag('platform'), prometheus });
    },
  ],
  [
    'a network by its self link, with documented egress',
    (stack) => {
      const network = 'https://www.googleapis.com/compute/v1/projects/net-host/global/networks/prod';
      const firewall = new GcpFirewall({ network, egress: Egress.DOCUMENTED });
      new KubeadmFlannelClusterRules(stack, 'a', {
        controlPlane: firewall.networkTag('control-plane', { ipRanges: Peer.cidr('10.1.0.0/24', '2001:db8::/64') }),
        workers: firewall.networkTag('worker', { ipRanges: Peer.cidr('10.2.0.0/24') }),
        workerToWorkerFlannel: true,
      });
    },
  ],
  [
    'a firewall that is not enforced',
    (stack) =>
      new PrometheusCostMetricsRule(stack, 'a', {
        platform: Peer.address('203.0.113.7'),
        prometheus: new GcpFirewall({ network: 'prod', disabled: true }).networkTag('prometheus'),
      }),
  ],
];

const variable = (stack: TerraformStack, id: string, ranges?: string[]): string[] =>
  new TerraformVariable(stack, id, { type: 'list(string)', default: ranges }).listValue;
const open = (stack: TerraformStack, platform: IPeer, prometheus: IHostGroup = AwsSecurityGroup.fromId(ID)): unknown =>
  new PrometheusCostMetricsRule(stack, 'a', { platform, prometheus });

const LISTS: [string, (stack: TerraformStack) => unknown][] = [
  [
    'an existing prefix list, by its id',
    (stack) => open(stack, AwsPrefixList.fromId('pl-12345678', { maxEntries: 3 })),
  ],
  [
    'an existing prefix list, by a reference, in addition to ranges',
    (stack) => {
      const list = new DataAwsEc2ManagedPrefixList(stack, 'list', { name: 'com.amazonaws.global.cloudfront' });
      open(stack, Peer.anyOf(AwsPrefixList.fromId(list.id, { maxEntries: 55 }), Peer.cidr('10.0.0.0/8')));
    },
  ],
  [
    'a prefix list that the user creates',
    (stack) => {
      const entry = [{ cidr: '10.1.0.0/16' }];
      const list = new Ec2ManagedPrefixList(stack, 'l', { name: 'l', addressFamily: 'IPv4', maxEntries: 1, entry });
      open(stack, AwsPrefixList.fromId(list.id, { maxEntries: 1 }));
    },
  ],
  [
    'a new AwsPrefixList of both families',
    (stack) =>
      open(stack, new AwsPrefixList(stack, 'l', { name: 'l', ranges: Peer.cidr('10.0.0.0/8', '2001:db8::/32') })),
  ],
  [
    'a new AwsPrefixList of lists with and without a default',
    (stack) => {
      const [known, unknown] = [variable(stack, 'known', ['10.9.0.0/16']), variable(stack, 'unknown')];
      const ranges = Peer.anyOf(
        Peer.cidr('10.0.0.0/16', ...known, ...unknown),
        Peer.cidrIpv6(...variable(stack, 'six')),
      );
      open(stack, new AwsPrefixList(stack, 'l', { name: 'l', ranges, maxEntries: 9 }));
    },
  ],
  [
    'a list with a default, on AWS',
    (stack) => open(stack, Peer.cidr('10.0.0.0/8', ...variable(stack, 'x', ['11.0.0.0/8']))),
  ],
  ['a list without a default, on AWS', (stack) => open(stack, Peer.cidr('10.0.0.0/8', ...variable(stack, 'x')))],
  [
    'a list with a default, on GCP',
    (stack) => open(stack, Peer.cidr('10.0.0.0/8', ...variable(stack, 'x', ['11.0.0.0/8'])), gcp.networkTag('a')),
  ],
  [
    'lists without a default, on GCP',
    (stack) =>
      open(stack, Peer.cidr('10.0.0.0/8', ...variable(stack, 'x'), ...variable(stack, 'y')), gcp.networkTag('a')),
  ],
  [
    'one list without a default, on GCP',
    (stack) => open(stack, Peer.cidr(...variable(stack, 'x')), gcp.networkTag('a')),
  ],
];

test.each(LISTS)('the rules permit exactly the flows for %s', (_name, construct) => {
  const stack = newStack();
  construct(stack);
  expectExact(stack);
});

test('the rules permit exactly the flows for a prefix list of both families and a list of ranges of a different stack', () => {
  const app = Testing.app();
  const [network, rules] = [new TerraformStack(app, 'network'), new TerraformStack(app, 'rules')];
  [network, rules].forEach((stack) => new AwsProvider(stack, 'aws', {}));
  const list = new AwsPrefixList(network, 'l', { name: 'l', ranges: Peer.cidr('10.0.0.0/8', '2001:db8::/32') });
  open(rules, Peer.anyOf(list, Peer.cidr(...variable(network, 'x'))));
  app.synth();
  const synthesized = JSON.parse(readFileSync(join(app.outdir, 'stacks', 'rules', 'cdk.tf.json'), 'utf8'));
  expect(proof(synthesized, 'rules')).toMatchObject({ isExact: true, missing: [], extra: [], elsewhere: [] });
});

test.each(OTHER_WAYS)('the rules permit exactly the flows for %s', (_name, construct) => {
  const stack = newStack();
  construct(stack);
  expectExact(stack);
});

test('the rules permit exactly the flows for groups and ranges of a different stack', () => {
  const app = Testing.app();
  const [network, rules] = [new TerraformStack(app, 'network'), new TerraformStack(app, 'rules')];
  [network, rules].forEach((stack) => new AwsProvider(stack, 'aws', {}));
  const vpc = new Vpc(network, 'vpc', {});
  const group = new AwsSecurityGroup(network, 'nodes', { name: 'nodes', vpcId: vpc.id, egress: Egress.DOCUMENTED });
  new PrometheusCostMetricsRule(rules, 'a', { platform: Peer.cidr(vpc.cidrBlock), prometheus: group });
  app.synth();
  const synthesized = JSON.parse(readFileSync(join(app.outdir, 'stacks', 'rules', 'cdk.tf.json'), 'utf8'));
  expect(proof(synthesized, 'rules')).toMatchObject({ isExact: true, missing: [], extra: [], elsewhere: [] });
});

describe('finds a fault', () => {
  const cluster = (group: Group): TerraformStack => {
    const stack = newStack();
    new KubeadmFlannelClusterRules(stack, 'a', {
      controlPlane: group('control-plane'),
      workers: group('worker'),
      flannel: FlannelBackend.VXLAN,
      workerToWorkerFlannel: false,
    });
    new ApinizerNodePorts(stack, 'b', {
      workers: group('worker'),
      managementConsole: { clients: Peer.cidr('10.9.0.0/16') },
    });
    return stack;
  };
  const onGcp = (): any => json(cluster((name) => gcp.networkTag(name)));
  const onAws = (): any => json(cluster((name) => AwsSecurityGroup.fromId(name === 'worker' ? ID : 'sg-aaaaaaaa')));
  const found = (broken: any): unknown => {
    const { isExact, missing, extra } = proof(broken, 'cdk.tf.json');
    expect(isExact).toBe(false);
    return { missing: missing.map(rowText), extra: extra.map(rowText) };
  };
  const console = (rules: Record<string, any>): any =>
    Object.values(rules).find(({ description }) => description.includes('management-console'));

  test('if a rule is deleted', () => {
    const broken = onAws();
    const rules = broken.resource.aws_vpc_security_group_ingress_rule;
    broken.resource.aws_vpc_security_group_ingress_rule = Object.fromEntries(
      Object.entries(rules).filter(([id]) => !id.startsWith('ingress_tcp_2379-2380')),
    );
    expect(found(broken)).toEqual({
      missing: ['ingress 2379-2380/tcp from sg:sg-aaaaaaaa to sg:sg-aaaaaaaa'],
      extra: [],
    });
  });

  test('if a range is wider', () => {
    const broken = onAws();
    console(broken.resource.aws_vpc_security_group_ingress_rule).cidr_ipv4 = '10.8.0.0/15';
    expect(found(broken)).toEqual({ missing: [], extra: [`ingress 32080/tcp from 10.8.0.0/16 to sg:${ID}`] });
  });

  test('if the list of ranges is empty, which means the world', () => {
    const broken = onGcp();
    console(broken.resource.google_compute_firewall).source_ranges = [];
    const { extra, missing } = found(broken) as { extra: string[]; missing: string[] };
    expect(missing).toEqual([]);
    expect(extra).toContain('ingress 32080/tcp from 0.0.0.0/0 except 10.9.0.0/16 to tag:worker on net-host/prod');
  });

  test('if a port is different', () => {
    const broken = onAws();
    Object.assign(console(broken.resource.aws_vpc_security_group_ingress_rule), { from_port: 32081, to_port: 32081 });
    expect(found(broken)).toEqual({
      missing: [`ingress 32080/tcp from 10.9.0.0/16 to sg:${ID}`],
      extra: [`ingress 32081/tcp from 10.9.0.0/16 to sg:${ID}`],
    });
  });

  test('if a rule belongs to a different group', () => {
    const broken = onAws();
    console(broken.resource.aws_vpc_security_group_ingress_rule).security_group_id = 'sg-aaaaaaaa';
    expect(found(broken)).toEqual({
      missing: [`ingress 32080/tcp from 10.9.0.0/16 to sg:${ID}`],
      extra: ['ingress 32080/tcp from 10.9.0.0/16 to sg:sg-aaaaaaaa'],
    });
  });

  test('if the targets are gone, which means every instance', () => {
    const broken = onGcp();
    delete console(broken.resource.google_compute_firewall).target_tags;
    expect(found(broken)).toEqual({
      missing: [],
      extra: ['ingress 32080/tcp from 10.9.0.0/16 to all-instances on net-host/prod'],
    });
  });

  const lists = (ranges: (stack: TerraformStack) => IPeer, prometheus?: IHostGroup): any => {
    const stack = newStack();
    open(stack, ranges(stack), prometheus);
    return json(stack);
  };
  const theRule = (broken: any): any => Object.values(broken.resource.aws_vpc_security_group_ingress_rule)[0];
  const made = (): any =>
    lists((stack) => new AwsPrefixList(stack, 'l', { name: 'l', ranges: Peer.cidr('10.0.0.0/8', '2001:db8::/32') }));

  test('if a prefix list has a different range', () => {
    const broken = made();
    broken.resource.aws_ec2_managed_prefix_list.prefix_list_l.entry[0].cidr = '10.0.0.0/7';
    expect(found(broken)).toEqual({ missing: [], extra: [`ingress 9090/tcp from 11.0.0.0/8 to sg:${ID}`] });
  });

  test('if the rule for the prefix list of one family is missing', () => {
    const broken = made();
    const rules = Object.entries<any>(broken.resource.aws_vpc_security_group_ingress_rule);
    broken.resource.aws_vpc_security_group_ingress_rule = Object.fromEntries(
      rules.filter(([, rule]) => !rule.prefix_list_id.includes('ipv6')),
    );
    expect(found(broken)).toEqual({ missing: [`ingress 9090/tcp from 2001:db8::/32 to sg:${ID}`], extra: [] });
  });

  test('if a rule has a different prefix list', () => {
    const broken = lists(() => AwsPrefixList.fromId('pl-12345678', { maxEntries: 3 }));
    theRule(broken).prefix_list_id = 'pl-87654321';
    expect(found(broken)).toEqual({
      missing: [`ingress 9090/tcp from list:pl-12345678 to sg:${ID}`],
      extra: [`ingress 9090/tcp from list:pl-87654321 to sg:${ID}`],
    });
  });

  test('if a loop iterates over a different list', () => {
    const broken = lists((stack) => Peer.cidr(...variable(stack, 'x')));
    const rule = theRule(broken);
    rule.for_each = rule.for_each.replaceAll('var.x', 'var.y');
    expect(found(broken)).toEqual({
      missing: [`ingress 9090/tcp from unknown:var.x over IPv4 to sg:${ID}`],
      extra: [`ingress 9090/tcp from unknown:var.y over IPv4 to sg:${ID}`],
    });
  });

  test('if the entries of a prefix list lack one of its lists', () => {
    const broken = lists((stack) => {
      const ranges = Peer.cidr('10.0.0.0/8', ...variable(stack, 'x'), ...variable(stack, 'y', ['11.0.0.0/8']));
      return new AwsPrefixList(stack, 'l', { name: 'l', ranges, maxEntries: 9 });
    });
    const { entry } = broken.resource.aws_ec2_managed_prefix_list.prefix_list_l.dynamic;
    entry.for_each = '${toset(concat(["10.0.0.0/8"], tolist(var.x)))}';
    expect(found(broken)).toEqual({ missing: [`ingress 9090/tcp from 11.0.0.0/8 to sg:${ID}`], extra: [] });
  });

  test('if a list on GCP has one more member', () => {
    const broken = lists((stack) => Peer.cidr('10.0.0.0/8', ...variable(stack, 'x')), gcp.networkTag('a'));
    const [firewall] = Object.values<any>(broken.resource.google_compute_firewall);
    expect(firewall.source_ranges).toBe('${concat(["10.0.0.0/8"], tolist(var.x))}');
    firewall.source_ranges = '${concat(["10.0.0.0/8", "12.0.0.0/8"], tolist(var.x))}';
    expect(found(broken)).toEqual({
      missing: [],
      extra: ['ingress 9090/tcp from 12.0.0.0/8 to tag:a on net-host/prod'],
    });
  });

  test.each([
    ['for_each', '${toset(var.x)}'],
    ['for_each', '${toset((length(var.x) >= 1) ? tolist(var.y) : [""])}'],
    ['for_each', '${{ for one in var.x : one => one }}'],
    ['count', '${length(var.x)}'],
  ])('if a rule has a loop that this library did not write: %s = %j', (name, value) => {
    const broken = lists((stack) => Peer.cidr(...variable(stack, 'x')));
    Object.assign(theRule(broken), { for_each: undefined, [name]: value });
    const { isExact, missing, notEvaluated } = proof(broken, 'cdk.tf.json');
    expect(isExact).toBe(false);
    expect(missing.map(rowText)).toEqual([`ingress 9090/tcp from unknown:var.x over IPv4 to sg:${ID}`]);
    expect(notEvaluated.map(({ reason }) => reason)).toEqual([`${name} is evaluated by Terraform: read its plan`]);
  });

  test('if the list of a loop is empty by default, which Terraform rejects', () => {
    const broken = lists((stack) => Peer.cidr('10.0.0.0/8', ...variable(stack, 'x', [])));
    expect(proof(broken, 'cdk.tf.json')).toMatchObject({
      isExact: false,
      missing: [],
      extra: [],
      notEvaluated: [{ reason: 'for_each is evaluated by Terraform: read its plan' }],
    });
  });

  test('if a different rule denies', () => {
    const broken = onGcp();
    broken.resource.google_compute_firewall.mine = {
      name: 'mine',
      network: 'projects/net-host/global/networks/prod',
      priority: 900,
      deny: [{ protocol: 'tcp', ports: ['10250'] }],
      source_ranges: ['0.0.0.0/0'],
    };
    expect(found(broken)).toEqual({
      missing: [
        'ingress 10250/tcp from tag:control-plane over IPv4 to tag:control-plane on net-host/prod',
        'ingress 10250/tcp from tag:control-plane over IPv4 to tag:worker on net-host/prod',
      ],
      extra: [],
    });
  });
});

test('fails for a stack without constructs of this library', () => {
  expectRefusal(() => proof({ resource: {} }, 'cdk.tf.json'), 'provenance-missing');
});

test('fails for a plan', () => {
  expectRefusal(() => proof({ format_version: '1.2', planned_values: {} }, 'plan.json'), 'synthesized-stack-required');
});

test('fails for an invalid range in the default of a variable', () => {
  const stack = newStack();
  const office = new TerraformVariable(stack, 'office', { type: 'string', default: '10.9.0.1/16' });
  open(stack, Peer.cidr(office.stringValue));
  expectRefusal(() => proof(json(stack), 'cdk.tf.json'), 'range-with-host-bits');
});

test('fails for a range in the default of a variable that is not text', () => {
  const stack = newStack();
  const office = new TerraformVariable(stack, 'office', { type: 'any', default: { main: '10.9.0.0/16' } });
  open(stack, Peer.cidr(office.stringValue));
  expectRefusal(() => proof(json(stack), 'cdk.tf.json'), 'value-not-text');
});

test('fails for provenance that does not record how rules select machines', () => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'a', {
    platform: Peer.cidr('10.0.0.0/8'),
    prometheus: AwsSecurityGroup.fromId(ID),
  });
  const old = json(stack);
  for (const peer of old['//'].metadata.clusterPorts.peers) {
    for (const group of peer.hostGroups) delete group.selectedBy;
  }
  expectRefusal(() => proof(old, 'cdk.tf.json'), 'provenance-incomplete');
});
