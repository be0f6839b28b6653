import { spawnSync } from 'node:child_process';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy';
import { DataGoogleNetblockIpRanges } from '@cdktf/provider-google/lib/data-google-netblock-ip-ranges';
import { TagsTagValue } from '@cdktf/provider-google/lib/tags-tag-value';
import { TerraformVariable } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  GcpFirewallPolicy,
  GcpLogging,
  KubernetesPods,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { commandScript } from '../../lib/documents/commands/commands';
import type { Attributes, TracedStack } from '../../lib/provenance/read-stack';
import { readState } from '../../lib/provenance/terraform-state';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';
import { flow, tracedHostname, HOSTILE, peer, readBack } from '../support/traced';

const vpcId = 'vpc-0123456789abcdef0';

/** Returns the words of every call of gcloud and aws, as a shell reads them from a script. */
function calls(script: string): string[][] {
  const show = (program: string): string => `${program}() { printf '%s\\0' ${program} "$@" END >&2; echo sg-made; }\n`;
  const { status, stderr } = spawnSync('sh', ['-c', show('gcloud') + show('aws') + script], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stderr
    .split('\0END\0')
    .slice(0, -1)
    .map((call) => call.split('\0'));
}

test('renders the vendor’s commands flag by flag, with the network and the project that the vendor leaves open', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: firewall.networkTag('vcluster-platform'),
  });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.address('203.0.113.7'),
    prometheus: firewall.networkTag('prometheus'),
  });
  expect(commandScript([{ stack: readBack(stack) }])).toBe(`#!/bin/sh
set -eu

# 8443/tcp from 172.16.0.0/28 to network tag vcluster-platform: API service extension (v1.cluster.loft.sh) (port of a pod)
# 9443/tcp from 172.16.0.0/28 to network tag vcluster-platform: Webhook validation (loft webhook) (port of a pod)
# 9444/tcp from 172.16.0.0/28 to network tag vcluster-platform: Management API (v1.management.loft.sh) (port of a pod)
gcloud compute firewall-rules create allow-k8s-api-to-vcluster-platform \\
--allow tcp:8443,tcp:9443,tcp:9444 \\
--source-ranges=172.16.0.0/28 \\
--target-tags=vcluster-platform \\
--network=prod \\
--project=net-host \\
'--description=API service extension (v1.cluster.loft.sh), Webhook validation (loft webhook), Management API (v1.management.loft.sh) [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service,webhook,management-api]'

# 9090/tcp from 203.0.113.7/32 to network tag prometheus: Cost control dashboard metrics
gcloud compute firewall-rules create allow-vcluster-platform-to-prometheus \\
--allow tcp:9090 \\
--source-ranges=203.0.113.7/32 \\
--target-tags=prometheus \\
--network=prod \\
--project=net-host \\
'--description=Cost control dashboard metrics [prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics]'
`);
});

test('renders the settings of a firewall that differ from the default as options', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({
    network: 'prod',
    priority: 900,
    disabled: true,
    logging: GcpLogging.WITHOUT_METADATA,
    egress: Egress.DOCUMENTED,
  });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: firewall.serviceAccount('worker@shop-1.iam.gserviceaccount.com'),
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
  });
  const [[, , , , name, ...options]] = calls(commandScript([{ stack: readBack(stack) }]));
  expect([name, ...options]).toEqual([
    'apinizer-data-stores-worker-to-mongodb-egress',
    '--allow',
    'tcp:25080',
    '--destination-ranges=10.8.0.0/28',
    '--target-service-accounts=worker@shop-1.iam.gserviceaccount.com',
    '--network=prod',
    '--direction=EGRESS',
    '--priority=900',
    '--disabled',
    '--enable-logging',
    '--logging-metadata=exclude-all',
    '--description=Apinizer configuration database port [apinizer-data-stores@2024-12/worker-to-mongodb/mongodb]',
  ]);
  expect(commandScript([{ stack: readBack(stack) }])).toContain(
    '# the firewall team opens it at the destination: see "cluster-ports request"',
  );
});

test('creates the copies of shadow, and the rules of denyRest after all rules that allow', () => {
  const stack = newStack();
  const denyRest = { priority: 2000 };
  const firewall = new GcpFirewall({ network: 'prod', shadow: true, denyRest, egress: Egress.DOCUMENTED });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.0.0.0/8'),
    prometheus: firewall.networkTag('prometheus'),
  });
  const script = commandScript([{ stack: readBack(stack) }]);
  expect(calls(script).map((words) => words.slice(4, -1))).toEqual([
    [
      'allow-vcluster-platform-to-prometheus',
      ...['--allow', 'tcp:9090', '--source-ranges=10.0.0.0/8', '--target-tags=prometheus', '--network=prod'],
    ],
    [
      'allow-vcluster-platform-to-prometheus-shadow',
      ...['--allow', 'tcp:9090', '--source-ranges=10.0.0.0/8', '--target-tags=prometheus', '--network=prod'],
      ...['--priority=999', '--enable-logging', '--logging-metadata=include-all'],
    ],
    [
      'deny-ingress-tag-prometheus',
      ...['--action=DENY', '--rules=all', '--source-ranges=0.0.0.0/0', '--target-tags=prometheus', '--network=prod'],
      '--priority=2000',
    ],
    [
      'deny-ingress-tag-prometheus-ipv6',
      ...['--action=DENY', '--rules=all', '--source-ranges=::/0', '--target-tags=prometheus', '--network=prod'],
      '--priority=2000',
    ],
  ]);
  expect(script).toContain(
    '\n\n# Denies the inbound traffic that no rule with a smaller priority number allows\ngcloud compute firewall-rules create deny-ingress-tag-prometheus \\\n',
  );
});

test('creates the rules that allow all outbound traffic of a host group, before the rules that deny', () => {
  const stack = newStack();
  const denyRest = { priority: 2000 };
  const firewall = new GcpFirewall({ network: 'prod', denyRest, egress: Egress.ALL });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.0.0.0/8'),
    prometheus: firewall.networkTag('prometheus'),
  });
  const made = calls(commandScript([{ stack: readBack(stack) }]));
  expect(made.map((words) => words.slice(4, 8))).toEqual([
    ['allow-vcluster-platform-to-prometheus', '--allow', 'tcp:9090', '--source-ranges=10.0.0.0/8'],
    ['egress-all-tag-prometheus', '--allow', 'all', '--destination-ranges=0.0.0.0/0'],
    ['egress-all-tag-prometheus-ipv6', '--allow', 'all', '--destination-ranges=::/0'],
    ['deny-ingress-tag-prometheus', '--action=DENY', '--rules=all', '--source-ranges=0.0.0.0/0'],
    ['deny-ingress-tag-prometheus-ipv6', '--action=DENY', '--rules=all', '--source-ranges=::/0'],
  ]);
});

test('leaves out the rule of a documented flow that is not open', () => {
  const own = { '//': { metadata: { path: 'stack/cdktf-cluster-ports/firewall_web' } } };
  const stack = stackWith(own);
  expect(calls(commandScript([{ stack }]))).toHaveLength(1);
  const closed = { ...stack, flows: [flow({ external: false, rules: [] })] };
  expect(calls(commandScript([{ stack: closed }]))).toEqual([]);
});

test('lists a rule of the stack that denies and that this library did not create', () => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: Peer.cidr('10.0.0.0/8'),
    prometheus: new GcpFirewall({ network: 'prod' }).networkTag('prometheus'),
  });
  const sourceRanges = ['10.66.0.0/16'];
  new ComputeFirewall(stack, 'block', { name: 'block', network: 'prod', deny: [{ protocol: 'all' }], sourceRanges });
  new ComputeFirewall(stack, 'web', { name: 'web', network: 'prod', allow: [{ protocol: 'tcp' }], sourceRanges });
  const script = commandScript([{ stack: readBack(stack) }]);
  expect(calls(script)).toHaveLength(1);
  expect(script.split('\n\n').slice(2)).toEqual([
    '# google_compute_firewall.block denies traffic: no command is generated for it, because this library did not create it\n',
  ]);
});

test('renders the rules of a firewall policy with their priorities, secure tags and settings', () => {
  const stack = newStack();
  const policy = new GcpFirewallPolicy({ policy: 'kubernetes', project: 'net-host', logging: GcpLogging.ALL });
  const platform = policy.secureTag('tagValues/281476592621530');
  new VClusterPlatformIngressRules(stack, 'vcluster', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform,
    prometheus: policy.secureTag('tagValues/281476592621531'),
  });
  expect(commandScript([{ stack: readBack(stack) }])).toBe(`#!/bin/sh
set -eu

# 8443/tcp from 172.16.0.0/28 to secure tag tagValues/281476592621530: API service extension (v1.cluster.loft.sh) (port of a pod)
# 9443/tcp from 172.16.0.0/28 to secure tag tagValues/281476592621530: Webhook validation (loft webhook) (port of a pod)
# 9444/tcp from 172.16.0.0/28 to secure tag tagValues/281476592621530: Management API (v1.management.loft.sh) (port of a pod)
# the rule allow-k8s-api-to-vcluster-platform: gcloud has no option for its name
gcloud compute network-firewall-policies rules create 146140164 \\
--firewall-policy=kubernetes \\
--global-firewall-policy \\
--project=net-host \\
--direction=INGRESS \\
--action=allow \\
--src-ip-ranges=172.16.0.0/28 \\
--target-secure-tags=tagValues/281476592621530 \\
--layer4-configs=tcp:8443,tcp:9443,tcp:9444 \\
--enable-logging \\
'--description=API service extension (v1.cluster.loft.sh), Webhook validation (loft webhook), Management API (v1.management.loft.sh) [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service,webhook,management-api]'

# 9090/tcp from secure tag tagValues/281476592621530 to secure tag tagValues/281476592621531: Cost control dashboard metrics
# the rule allow-vcluster-platform-to-prometheus: gcloud has no option for its name
gcloud compute network-firewall-policies rules create 138803737 \\
--firewall-policy=kubernetes \\
--global-firewall-policy \\
--project=net-host \\
--direction=INGRESS \\
--action=allow \\
--src-secure-tags=tagValues/281476592621530 \\
--target-secure-tags=tagValues/281476592621531 \\
--layer4-configs=tcp:9090 \\
--enable-logging \\
'--description=Cost control dashboard metrics [prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics]'
`);
});

test('renders outbound rules of a regional policy, by its name, for service accounts and without enforcement', () => {
  const stack = newStack();
  const policy = new GcpFirewallPolicy({
    policy: 'projects/net-host/regions/europe-west3/firewallPolicies/kubernetes',
    egress: Egress.DOCUMENTED,
    rulePriorities: [{ rule: 'apinizer-data-stores-worker-to-mongodb-egress', priority: 150000000 }],
    disabled: true,
  });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: policy.serviceAccount('worker@shop-1.iam.gserviceaccount.com'),
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
  });
  expect(calls(commandScript([{ stack: readBack(stack) }]))).toEqual([
    [
      ...['gcloud', 'compute', 'network-firewall-policies', 'rules', 'create', '150000000'],
      '--firewall-policy=kubernetes',
      '--firewall-policy-region=europe-west3',
      '--project=net-host',
      '--direction=EGRESS',
      '--action=allow',
      '--dest-ip-ranges=10.8.0.0/28',
      '--target-service-accounts=worker@shop-1.iam.gserviceaccount.com',
      '--layer4-configs=tcp:25080',
      '--disabled',
      '--description=Apinizer configuration database port [apinizer-data-stores@2024-12/worker-to-mongodb/mongodb]',
    ],
  ]);
});

test('renders placeholders for tags that are known after apply, and lists what it does not create', () => {
  const stack = newStack();
  const project = 'net-host';
  const made = new ComputeNetworkFirewallPolicy(stack, 'policy', { name: 'kubernetes', project });
  const tag = new TagsTagValue(stack, 'platform', { parent: 'tagKeys/1', shortName: 'platform' });
  new VClusterPlatformIngressRules(stack, 'vcluster', {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: new GcpFirewallPolicy({ policy: made.id, project }).secureTag(tag.id),
  });
  const id = 'projects/net-host/global/firewallPolicies/kubernetes';
  const resources = [
    { address: 'google_compute_network_firewall_policy.policy', values: { id } },
    { address: 'google_tags_tag_value.platform', values: { id: 'tagValues/7' } },
  ];
  const state = readState('state', { format_version: '1.0', values: { root_module: { resources } } });
  const [before, after] = [undefined, state].map((given) =>
    commandScript([{ stack: readBack(stack, given), state: given }]),
  );
  expect(calls(before)[0]).toEqual(
    expect.arrayContaining([
      '--firewall-policy=<google_compute_network_firewall_policy.policy.id>',
      '--target-secure-tags=<google_tags_tag_value.platform.id>',
    ]),
  );
  expect(before.split('\n\n').at(-1)).toBe(
    '# google_compute_network_firewall_policy.policy: no command is generated for it\n' +
      '# google_tags_tag_value.platform: no command is generated for it\n',
  );
  expect(calls(after)[0]).toEqual(
    expect.arrayContaining(['--firewall-policy=kubernetes', '--target-secure-tags=tagValues/7']),
  );
});

test.each([['--impersonate-service-account=x'], ['${var.priority}'], [undefined]])(
  'lists a rule of a firewall policy with the priority %j, which could be read as an option or is not known',
  (priority) => {
    const stack = {
      ...stackWith({}),
      flows: [flow({ external: false, rules: ['google_compute_network_firewall_policy_rule.web'] })],
      resources: { google_compute_network_firewall_policy_rule: { web: { priority } } },
    };
    const script = commandScript([{ stack }]);
    expect(calls(script)).toEqual([]);
    expect(script.split('\n')).toContain(
      '# google_compute_network_firewall_policy_rule.web: no command is generated for it, because its priority is not a known number',
    );
  },
);

test('says where the network policies of pods come from', () => {
  const stack = newStack();
  const ports = [{ row: 'cost-metrics', port: Port.tcp(9090) }];
  const labels = { app: 'prometheus' };
  const pods = KubernetesPods.labelled({ namespace: 'monitoring', labels, ports, egress: Egress.ALL });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.cidr('10.0.0.0/8'), prometheus: pods });
  const script = commandScript([{ stack: readBack(stack) }]);
  const addresses = Object.keys(readBack(stack).resources.kubernetes_network_policy_v1);
  expect(addresses).toHaveLength(2);
  for (const address of addresses) {
    expect(script.split('\n')).toContain(
      `# kubernetes_network_policy_v1.${address}: a network policy, see "cluster-ports manifests"`,
    );
  }
});

test('creates a new security group first, and revokes the rule of AWS that allows everything outbound', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: Egress.DOCUMENTED });
  const mongodb = new AwsSecurityGroup(stack, 'mongodb', {
    name: 'mongodb',
    vpcId,
    egress: Egress.ALL,
    tags: { 'cost ${x}': "it's" },
  });
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
  const made = calls(commandScript([{ stack: readBack(stack) }]));
  const description = 'Ports that Kubernetes platforms document; each rule names its document';
  const tags = (type: string): string => `[{"ResourceType":"${type}","Tags":[{"Key":"cost \${x}","Value":"it's"}]}]`;
  expect(made.map(([, , operation]) => operation)).toEqual([
    'create-security-group',
    'revoke-security-group-egress',
    'create-security-group',
    'authorize-security-group-ingress',
    'authorize-security-group-egress',
  ]);
  const create = made.filter(([, , operation]) => operation === 'create-security-group');
  expect(create.map((call) => call.slice(3)).sort()).toEqual([
    [
      '--group-name',
      'mongodb',
      '--description',
      description,
      '--vpc-id',
      vpcId,
      '--tag-specifications',
      tags('security-group'),
      '--query',
      'GroupId',
      '--output',
      'text',
    ],
    [
      '--group-name',
      'workers',
      '--description',
      description,
      '--vpc-id',
      vpcId,
      '--query',
      'GroupId',
      '--output',
      'text',
    ],
  ]);
  const ingress = made.find(([, , operation]) => operation === 'authorize-security-group-ingress')!;
  expect(ingress.slice(3)).toEqual([
    '--group-id',
    'sg-made',
    '--ip-permissions',
    '[{"IpProtocol":"tcp","FromPort":25080,"ToPort":25080,"UserIdGroupPairs":[{"GroupId":"sg-made","Description":"Apinizer configuration database port [apinizer-data-stores@2024-12/worker-to-mongodb/mongodb]"}]}]',
    '--tag-specifications',
    tags('security-group-rule'),
  ]);
  const revoke = made.filter(([, , operation]) => operation === 'revoke-security-group-egress');
  expect(revoke.map((call) => call.slice(3))).toEqual([
    ['--group-id', 'sg-made', '--ip-permissions', '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'],
  ]);
});

test('uses the ids of existing groups from a state and does not create them again', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: Egress.DOCUMENTED });
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb: AwsSecurityGroup.fromId('sg-0123456789abcdef0') });
  const resources = [{ address: 'aws_security_group.group_workers', values: { id: 'sg-00000000000000007' } }];
  const state = readState('state', { format_version: '1.0', values: { root_module: { resources } } });
  const made = calls(commandScript([{ stack: readBack(stack, state), state }]));
  expect(made.map(([, , operation, , group]) => [operation, group]).sort()).toEqual([
    ['authorize-security-group-egress', 'sg-00000000000000007'],
    ['authorize-security-group-ingress', 'sg-0123456789abcdef0'],
  ]);
  expect(made.flat().filter((word) => word.includes('UserIdGroupPairs'))).toHaveLength(2);
});

/** Returns the sources in the commands of a stack with unknown ranges, without and with a state. */
function sourcesOn(cloud: 'gcp' | 'aws'): string[][] {
  const stack = newStack();
  const nets = new DataGoogleNetblockIpRanges(stack, 'nets', { rangeType: 'cloud-netblocks' });
  const group = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
  const offices = new TerraformVariable(stack, 'offices', { type: 'list(string)' });
  new PrometheusCostMetricsRule(stack, 'metrics', {
    platform: cloud === 'gcp' ? Peer.cidr('10.0.0.0/8', ...nets.cidrBlocksIpv4) : Peer.cidr(...offices.listValue),
    prometheus: cloud === 'gcp' ? new GcpFirewall({ network: 'prod' }).networkTag('prometheus') : group,
  });
  const [[rule]] = readBack(stack).flows.map(({ rules }) => rules);
  const resources = [
    { address: 'data.google_netblock_ip_ranges.nets', values: { cidr_blocks_ipv4: ['34.64.0.0/24', '34.65.0.0/24'] } },
    ...['10.2.0.0/16', '10.1.0.0/16'].map((range) => ({
      address: `${rule}["${range}"]`,
      values: { cidr_ipv4: range },
    })),
  ];
  const state = readState('state', { format_version: '1.0', values: { root_module: { resources } } });
  return [undefined, state].map((given) =>
    calls(commandScript([{ stack: readBack(stack, given), state: given }]))
      .flat()
      .flatMap((word) => word.match(/--source-ranges=.*|"CidrIp":"[^"]*"/g) ?? []),
  );
}

test('never leaves out a list of ranges that is known after apply: gcloud would open the port to the world', () => {
  expect(sourcesOn('gcp')).toEqual([
    ['--source-ranges=10.0.0.0/8,<data.google_netblock_ip_ranges.nets.cidr_blocks_ipv4>'],
    ['--source-ranges=10.0.0.0/8,34.64.0.0/24,34.65.0.0/24'],
  ]);
});

test('renders a rule for each range of a list with a placeholder, until a state has the ranges', () => {
  expect(sourcesOn('aws')).toEqual([
    ['"CidrIp":"<var.offices>"'],
    ['"CidrIp":"10.1.0.0/16"', '"CidrIp":"10.2.0.0/16"'],
  ]);
});

test('renders a list of a different form as one placeholder', () => {
  const stack = stackWith({ source_ranges: '${flatten([var.a, var.b])}' });
  expect(calls(commandScript([{ stack }]))[0]).toContain('--source-ranges=^:^<flatten([var.a, var.b])>');
});

test('creates an unmanaged group of the stack with its own name and description, and mentions its own rules', () => {
  const stack = newStack();
  const made = new SecurityGroup(stack, 'made', {
    name: 'databases',
    ingress: [{ fromPort: 1, toPort: 2, protocol: 'tcp' }],
  });
  const other = new SecurityGroup(stack, 'other', { namePrefix: 'app-', description: 'Applications', vpcId });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: AwsSecurityGroup.fromId(other.id),
    mongodb: AwsSecurityGroup.fromId(made.id),
  });
  const script = commandScript([{ stack: readBack(stack) }]);
  const create = calls(script).filter(([, , operation]) => operation === 'create-security-group');
  expect(create.map((words) => words.slice(3, -4))).toEqual([
    ['--group-name', 'app', '--description', 'Applications', '--vpc-id', vpcId],
    ['--group-name', 'databases', '--description', 'Managed by Terraform'],
  ]);
  expect(script).toContain('\n# aws_security_group.made has rules in its own block, which this script leaves out\n');
});

test('creates a new prefix list once, with its id in a variable', () => {
  const stack = newStack();
  const clients = new AwsPrefixList(stack, 'clients', {
    name: 'clients',
    ranges: Peer.cidr('10.1.0.0/16', '10.2.0.0/16'),
    maxEntries: 5,
    tags: { team: 'web' },
  });
  const workers = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
  new ApinizerNodePorts(stack, 'ports', { workers, managementConsole: { clients }, apiPortal: { clients } });
  const made = calls(commandScript([{ stack: readBack(stack) }]));
  expect(made.map(([, , operation]) => operation)).toEqual([
    'create-managed-prefix-list',
    'authorize-security-group-ingress',
    'authorize-security-group-ingress',
  ]);
  expect(made[0].slice(3)).toEqual([
    ...['--prefix-list-name', 'clients', '--address-family', 'IPv4', '--max-entries', '5'],
    ...['--entries', '[{"Cidr":"10.1.0.0/16"},{"Cidr":"10.2.0.0/16"}]'],
    ...['--tag-specifications', '[{"ResourceType":"prefix-list","Tags":[{"Key":"team","Value":"web"}]}]'],
    ...['--query', 'PrefixList.PrefixListId', '--output', 'text'],
  ]);
  expect(made[1].join(' ')).toContain('"PrefixListIds":[{"PrefixListId":"sg-made"');
});

test('mentions hostnames, and who allows them', () => {
  const stack = {
    ...stackWith({}),
    flows: [],
    hostnames: [tracedHostname({ external: false }), tracedHostname({ hostname: '*.example.org' })],
  };
  expect(commandScript([{ stack }]).split('\n\n').slice(1)).toEqual([
    '# packages.example.com 443/tcp through proxy-berlin: no command is generated for it\n' +
      '# *.example.org 443/tcp through proxy-berlin: the firewall team allows it: see "cluster-ports request"\n',
  ]);
});

/** Returns a stack with one firewall rule that has these attributes. */
function stackWith(attributes: Attributes): TracedStack {
  const rule = {
    name: 'web',
    allow: [{ protocol: 'tcp', ports: ['443'] }],
    network: 'prod',
    direction: 'INGRESS',
    priority: 1000,
    ...attributes,
  };
  return {
    name: 'stack',
    flows: [flow({ external: false, rules: ['google_compute_firewall.firewall_web'] })],
    peers: [],
    hostnames: [],
    omitted: [],
    resources: { google_compute_firewall: { firewall_web: rule } },
    providers: { google: [{ project: 'from-provider' }, { alias: 'other', project: 'elsewhere' }] },
  };
}

test('renders a value that is known after apply as a placeholder, and takes the project from the provider', () => {
  const [[, , , , ...words]] = calls(
    commandScript([
      { stack: stackWith({ network: '${google_compute_network.main.id}', description: 'costs $${x} %%{y}' }) },
    ]),
  );
  expect(words).toEqual([
    'web',
    '--allow',
    'tcp:443',
    '--network=<google_compute_network.main.id>',
    '--project=from-provider',
    '--description=costs ${x} %{y}',
  ]);
  expect(commandScript([{ stack: stackWith({ provider: 'google.other' }) }])).toContain('--project=elsewhere');
});

test('fails when the name of a rule could be read as an option', () => {
  const stack = stackWith({ name: '--impersonate-service-account=x' });
  expectRefusal(() => commandScript([{ stack }]), 'rule-name-invalid');
});

test('mentions a rule that is not in the stack', () => {
  const stack = { ...stackWith({}), resources: {} };
  expect(commandScript([{ stack }]).split('\n')).toContain(
    '# google_compute_firewall.firewall_web is not in the stack',
  );
});

test.each(HOSTILE.filter(isPrintable))('keeps text such as %j as text in commands and comments', (text) => {
  const stack = stackWith({ description: escaped(text), network: escaped(text) });
  const hostile = {
    ...stack,
    flows: [{ ...stack.flows[0], source: peer(text), description: text, environment: text }],
  };
  const made = calls(commandScript([{ stack: hostile }]));
  expect(made).toHaveLength(1);
  expect(made[0]).toContain(`--description=${text}`);
  expect(made[0]).toContain(`--network=${text}`);
});

test.each(HOSTILE.filter((text) => !isPrintable(text)))(
  'fails when a gcloud command would contain text such as %j',
  (text) => {
    expectRefusal(() => commandScript([{ stack: stackWith({ description: escaped(text) }) }]), 'text-invalid');
  },
);

test.each(HOSTILE)('keeps text such as %j in comments on one line', (text) => {
  const stack = stackWith({});
  const hostile = {
    ...stack,
    flows: [{ ...stack.flows[0], source: peer(text), description: text, environment: text }],
  };
  expect(calls(commandScript([{ stack: hostile }]))).toHaveLength(1);
});

test.each([
  ['file:///etc/passwd'],
  ['fileb://key.der'],
  ['https://wiki.example.com/ports'],
  ['http://169.254.169.254/latest'],
  ['-x'],
  ['--profile=other'],
  ['@file.json'],
  ['say "hi", it\'s $HOME'],
  ['two\nlines\u202e'],
])('passes %j to the AWS command line as it is, which would read files and web addresses', (text) => {
  const description = escaped(text);
  const stack = newStack();
  const made = new SecurityGroup(stack, 'made', { name: description, description, vpcId: description });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
    mongodb: AwsSecurityGroup.fromId(made.id),
  });
  const [create] = calls(commandScript([{ stack: readBack(stack) }]));
  expect(parametersOf(create)).toEqual({ GroupName: text, Description: text, VpcId: text });
});

/** Returns the parameters of a call of the AWS command line, as it understands them. */
function parametersOf([, , , ...words]: string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (let at = 0; at < words.length; at += 2) {
    const [option, value] = words.slice(at, at + 2);
    // it would read these, or take them for an option
    expect(value).not.toMatch(/^(fileb?:|https?:|-)/);
    const name = option.slice(1).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (option === '--cli-input-json') Object.assign(parameters, JSON.parse(value));
    else if (option !== '--query' && option !== '--output') parameters[name] = value;
  }
  return parameters;
}

test.each([
  [['10.0.0.0/8', '<flatten([var.a, var.b])>'], '^:^10.0.0.0/8:<flatten([var.a, var.b])>'],
  [['2001:db8::/32', 'a,b'], '^;^2001:db8::/32;a,b'],
  [['^:^0.0.0.0/0', 'b'], '^;^^:^0.0.0.0/0;b'],
  [['a^:^b', 'c'], 'a^:^b,c'],
])('keeps the members of the list %j apart, which gcloud would split', (members, word) => {
  const stack = stackWith({ source_ranges: members });
  expect(calls(commandScript([{ stack }]))[0]).toContain(`--source-ranges=${word}`);
});

/** Returns text as Terraform JSON has it. */
function escaped(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

function isPrintable(text: string): boolean {
  return !/[\p{Cc}\u202e\u2028]/u.test(text);
}
