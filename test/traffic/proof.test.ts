import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsPeer,
  AwsSecurityGroup,
  ExternalHosts,
  FlannelBackend,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IHostGroup,
} from '../../lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleApp } from '../../examples/main';
import { proof } from '../../lib/traffic/proof';
import { rowText } from '../../lib/traffic/traffic-rows';
import { CLOUDS, newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

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
  'the rules of %s are exactly its flows',
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
    'VClusterPlatformIngressRules without a row, with another port',
    (stack, group) =>
      new VClusterPlatformIngressRules(stack, 'a', {
        kubernetesApi: Peer.anyOf(Peer.cidr('172.16.0.0/28', '2001:db8::/64'), group('api')),
        platform: group('platform'),
        omit: ['webhook'],
        ports: { 'management-api': Port.tcpRange(9500, 9600) },
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
        apiPortal: { clients: Peer.cidr('10.0.0.0/9', '10.128.0.0/9'), nodePort: 30181 },
        gateways: [
          { environment: 'prod', clients: Peer.anyOf(Peer.anyIpv4('public API'), Peer.anyIpv6('public API')) },
          { environment: 'test', clients: group('testers'), nodePort: 30081 },
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
      new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-0123456789abcdef0', egress: AwsEgress.DOCUMENTED }),
  },
  {
    name: 'GCP service accounts',
    group: (_stack: TerraformStack, name: string) => gcp.serviceAccount(`${name}@net-host.iam.gserviceaccount.com`),
  },
])('on $name', ({ group }) => {
  test.each(CONSTRUCTS)('the rules of %s are exactly its flows', (_name, construct) => {
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
      const workers = AwsSecurityGroup.fromId(ID, { egress: AwsEgress.DOCUMENTED });
      new ApinizerDataStoreRules(stack, 'a', { workers, mongodb: stores });
    },
  ],
  [
    'groups and ranges that only Terraform knows',
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
    'a group of another account',
    (stack) =>
      new PrometheusCostMetricsRule(stack, 'a', {
        platform: AwsPeer.securityGroup('123456789012/sg-aaaaaaaa'),
        prometheus: AwsSecurityGroup.fromId(ID),
      }),
  ],
  [
    'all instances of a network that the stack makes',
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
      const firewall = new GcpFirewall({ network, documentedEgress: true });
      new KubeadmFlannelClusterRules(stack, 'a', {
        controlPlane: firewall.networkTag('control-plane', { addresses: Peer.cidr('10.1.0.0/24', '2001:db8::/64') }),
        workers: firewall.networkTag('worker', { addresses: Peer.cidr('10.2.0.0/24') }),
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

test.each(OTHER_WAYS)('the rules are exactly the flows for %s', (_name, construct) => {
  const stack = newStack();
  construct(stack);
  expectExact(stack);
});

test('the rules are exactly the flows for groups and ranges of another stack', () => {
  const app = Testing.app();
  const [network, rules] = [new TerraformStack(app, 'network'), new TerraformStack(app, 'rules')];
  [network, rules].forEach((stack) => new AwsProvider(stack, 'aws', {}));
  const vpc = new Vpc(network, 'vpc', {});
  const group = new AwsSecurityGroup(network, 'nodes', { name: 'nodes', vpcId: vpc.id, egress: AwsEgress.DOCUMENTED });
  new PrometheusCostMetricsRule(rules, 'a', { platform: Peer.cidr(vpc.cidrBlock), prometheus: group });
  app.synth();
  const synthesized = JSON.parse(readFileSync(join(app.outdir, 'stacks', 'rules', 'cdk.tf.json'), 'utf8'));
  expect(proof(synthesized, 'rules')).toMatchObject({ isExact: true, missing: [], extra: [], elsewhere: [] });
});

describe('a fault in the rules is found', () => {
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

  test('where a rule is deleted', () => {
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

  test('where a range is wider', () => {
    const broken = onAws();
    console(broken.resource.aws_vpc_security_group_ingress_rule).cidr_ipv4 = '10.8.0.0/15';
    expect(found(broken)).toEqual({ missing: [], extra: [`ingress 32080/tcp from 10.8.0.0/16 to sg:${ID}`] });
  });

  test('where the list of ranges is empty, which is the world', () => {
    const broken = onGcp();
    console(broken.resource.google_compute_firewall).source_ranges = [];
    const { extra, missing } = found(broken) as { extra: string[]; missing: string[] };
    expect(missing).toEqual([]);
    expect(extra).toContain('ingress 32080/tcp from 128.0.0.0/1 to tag:worker on net-host/prod');
  });

  test('where a port is another', () => {
    const broken = onAws();
    Object.assign(console(broken.resource.aws_vpc_security_group_ingress_rule), { from_port: 32081, to_port: 32081 });
    expect(found(broken)).toEqual({
      missing: [`ingress 32080/tcp from 10.9.0.0/16 to sg:${ID}`],
      extra: [`ingress 32081/tcp from 10.9.0.0/16 to sg:${ID}`],
    });
  });

  test('where a rule stands at another group', () => {
    const broken = onAws();
    console(broken.resource.aws_vpc_security_group_ingress_rule).security_group_id = 'sg-aaaaaaaa';
    expect(found(broken)).toEqual({
      missing: [`ingress 32080/tcp from 10.9.0.0/16 to sg:${ID}`],
      extra: ['ingress 32080/tcp from 10.9.0.0/16 to sg:sg-aaaaaaaa'],
    });
  });

  test('where the targets are gone, which is every instance', () => {
    const broken = onGcp();
    delete console(broken.resource.google_compute_firewall).target_tags;
    expect(found(broken)).toEqual({
      missing: [],
      extra: ['ingress 32080/tcp from 10.9.0.0/16 to all-instances on net-host/prod'],
    });
  });

  test('where another rule denies', () => {
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

test('fails for a stack without rules of ours', () => {
  expectRefusal(
    () => proof({ resource: {} }, 'cdk.tf.json'),
    'cdk.tf.json: a stack must have rules of cdktf-cluster-ports, got none',
  );
});

test('fails for what is no synthesized stack', () => {
  expectRefusal(
    () => proof({ format_version: '1.2', planned_values: {} }, 'plan.json'),
    'plan.json: only a synthesized stack has the flows to compare with, got a plan',
  );
});

test('fails for provenance that does not say what rules select machines by', () => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'a', {
    platform: Peer.cidr('10.0.0.0/8'),
    prometheus: AwsSecurityGroup.fromId(ID),
  });
  const old = json(stack);
  for (const peer of old['//'].metadata.clusterPorts.peers) {
    for (const group of peer.hostGroups) delete group.selectedBy;
  }
  expectRefusal(
    () => proof(old, 'cdk.tf.json'),
    'cdk.tf.json, metadata.clusterPorts: a stack must be synthesized by a version that says what its rules select machines by, ' +
      'got nothing for prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics',
  );
});
