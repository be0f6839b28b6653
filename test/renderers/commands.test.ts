import { spawnSync } from 'node:child_process';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { DataGoogleNetblockIpRanges } from '@cdktf/provider-google/lib/data-google-netblock-ip-ranges';
import { TerraformVariable } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  GcpLogging,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import type { Attributes, TracedStack } from '../../lib/model/read-stack';
import { readState } from '../../lib/model/terraform-state';
import { commandScript, commandsOf } from '../../lib/renderers/commands';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';
import { flow, host, HOSTILE, peer, readBack } from '../support/traced';

const vpcId = 'vpc-0123456789abcdef0';

/** What a shell reads from a script: the words of every call of gcloud and aws. */
function calls(script: string): string[][] {
  const show = (program: string): string => `${program}() { printf '%s\\0' ${program} "$@" END >&2; echo sg-made; }\n`;
  const { status, stderr } = spawnSync('sh', ['-c', show('gcloud') + show('aws') + script], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stderr
    .split('\0END\0')
    .slice(0, -1)
    .map((call) => call.split('\0'));
}

test('the vendor’s commands come out flag by flag, with the network and the project that the vendor leaves open', () => {
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

# 8443/tcp from 172.16.0.0/28 to network tag vcluster-platform: API service extension (v1.cluster.loft.sh)
# 9443/tcp from 172.16.0.0/28 to network tag vcluster-platform: Webhook validation (loft webhook)
# 9444/tcp from 172.16.0.0/28 to network tag vcluster-platform: Management API (v1.management.loft.sh)
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

test('settings of a firewall that are not the usual ones are options', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({
    network: 'prod',
    priority: 900,
    disabled: true,
    logging: GcpLogging.WITHOUT_METADATA,
    documentedEgress: true,
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
    '# others open it at the destination: cluster-ports request',
  );
});

test('a new security group is made first, without the rule by which AWS lets everything out', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: AwsEgress.DOCUMENTED });
  const mongodb = new AwsSecurityGroup(stack, 'mongodb', {
    name: 'mongodb',
    vpcId,
    egress: AwsEgress.ALL,
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

test('a state has the ids of groups that exist, and nothing is made again', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: AwsEgress.DOCUMENTED });
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

/** The words of the calls of a stack whose platform has these ranges, and of the same with a state. */
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

test('a list of ranges that only Terraform knows is never left out: gcloud would open the port to the world', () => {
  expect(sourcesOn('gcp')).toEqual([
    ['--source-ranges=10.0.0.0/8,<data.google_netblock_ip_ranges.nets.cidr_blocks_ipv4>'],
    ['--source-ranges=10.0.0.0/8,34.64.0.0/24,34.65.0.0/24'],
  ]);
});

test('a rule for each range of a list is named after the list, until a state has the ranges', () => {
  expect(sourcesOn('aws')).toEqual([
    ['"CidrIp":"<var.offices>"'],
    ['"CidrIp":"10.1.0.0/16"', '"CidrIp":"10.2.0.0/16"'],
  ]);
});

test('a list that is written in another way is a placeholder as a whole', () => {
  const stack = stackWith({ source_ranges: '${flatten([var.a, var.b])}' });
  expect(calls(commandScript([{ stack }]))[0]).toContain('--source-ranges=<flatten([var.a, var.b])>');
});

test('a group that others make in the stack has its own name and description, and rules of its own are told', () => {
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
  expect(script).toContain('\n# aws_security_group.made has rules in its own block, which are not here\n');
});

test('a new prefix list is made once, and its id is a variable', () => {
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

test('hosts that are let out by name are told of, with who lets them out', () => {
  const stack = {
    ...stackWith({}),
    flows: [],
    hostnames: [host({ external: false }), host({ hostname: '*.example.org' })],
  };
  expect(commandsOf(stack)).toEqual([
    '# packages.example.com 443/tcp through proxy-berlin: no command is known for it\n' +
      '# *.example.org 443/tcp through proxy-berlin: others let it out: cluster-ports request',
  ]);
});

/** A stack whose one firewall has this attribute. */
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
    hostnames: [],
    resources: { google_compute_firewall: { firewall_web: rule } },
    providers: { google: [{ project: 'from-provider' }, { alias: 'other', project: 'elsewhere' }] },
  };
}

test('a value that only Terraform knows is a placeholder, and the project may come from the provider', () => {
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
  expectRefusal(
    () => commandsOf(stackWith({ name: '--impersonate-service-account=x' })),
    'google_compute_firewall.firewall_web: name must be lower-case letters, digits and hyphens, at most 63, got "--impersonate-service-account=x"',
  );
});

test('a rule that is not in the stack is named', () => {
  const stack = { ...stackWith({}), resources: {} };
  expect(commandsOf(stack)[0].split('\n')[1]).toBe('# google_compute_firewall.firewall_web is not in the stack');
});

test.each(HOSTILE)('text such as %j is text to the shell, in commands and comments', (text) => {
  const stack = stackWith({
    description: text.replace(/([$%])\{/g, '$1$1{'),
    network: text.replace(/([$%])\{/g, '$1$1{'),
  });
  const hostile = {
    ...stack,
    flows: [{ ...stack.flows[0], source: peer(text), description: text, environment: text }],
  };
  const made = calls(commandScript([{ stack: hostile }]));
  expect(made).toHaveLength(1);
  const shown = text.replace(/[\p{Cc}\u202e\u2028]/gu, '');
  const words = made[0].map((word) => word.replace(/\\n|\\u001b|\\u202e|\\u2028/g, ''));
  expect(words).toContain(`--description=${shown}`);
  expect(words).toContain(`--network=${shown}`);
});
