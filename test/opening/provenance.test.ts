import { terraformAddresses } from '../support/opened';
import { type TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  type Flow,
  GcpFirewall,
  type IPeer,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  VClusterPlatformIngressRules,
  type VClusterPlatformIngressRulesProps,
} from 'cdktf-cluster-ports';
import { exampleApp } from '../../examples/all';
import {
  type ProvenanceJson,
  rulesJson,
  rulesOf,
  withEachFlow,
  type WrittenProvenanceJson,
} from '../../lib/provenance/provenance-json';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

const vpcId = 'vpc-0123456789abcdef0';

function provenanceOf(stack: TerraformStack): ProvenanceJson {
  return stack.toTerraform()['//'].metadata.clusterPorts;
}

test('records for a flow where it is documented, which construct opens it, and which rules', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: Egress.DOCUMENTED });
  const rules = new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
  });
  const { version, documents, rows, peers, flows } = provenanceOf(stack);
  expect(version).toBe(1);
  expect(documents).toEqual({
    'apinizer-data-stores@2024-12': {
      title: 'Access and Port Requirements for Installation: Apinizer components on database servers',
      reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
      edition: '2024-12',
      checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
      comparedOn: '2026-11-21',
    },
  });
  expect(peers.map((peer) => peer.label)).toEqual(['security group workers', 'security group sg-0123456789abcdef0']);
  expect(flows).toHaveLength(1);
  expect(rows).toEqual({
    'apinizer-data-stores@2024-12/worker-to-mongodb/mongodb': {
      document: 'apinizer-data-stores@2024-12',
      internal: true,
      section: 'Port Requirements of Apinizer Components',
      protocolBasis: 'request-template',
      description: 'Apinizer configuration database port.',
      source: { role: 'worker', title: 'Worker servers' },
      destination: { role: 'mongodb', title: 'Mongodb servers' },
    },
  });
  expect(flows[0]).toEqual({
    row: 'apinizer-data-stores@2024-12/worker-to-mongodb/mongodb',
    port: '25080/tcp',
    source: 0,
    destination: 1,
    construct: 'stack/stores',
    rules: {
      aws_vpc_security_group_ingress_rule: [expect.stringMatching(/^ingress_tcp_25080_[0-9a-f]{12}$/)],
      aws_vpc_security_group_egress_rule: [expect.stringMatching(/^egress_tcp_25080_[0-9a-f]{12}$/)],
    },
  });
  expect(rulesOf(flows[0]).sort()).toEqual(terraformAddresses(rules));
  expect(terraformAddresses(rules)).toHaveLength(2);
});

test('has the external flows, with their ranges and without rules', () => {
  const stack = newStack();
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: ExternalHosts.named('workers', '10.1.0.0/24'),
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
  });
  const { peers, flows } = provenanceOf(stack);
  expect(flows.map(({ external, rules }) => ({ external, rules }))).toEqual([{ external: true, rules: {} }]);
  expect(peers.map(({ label, ranges }) => ({ label, ranges }))).toEqual([
    { label: 'workers', ranges: ['10.1.0.0/24'] },
    { label: 'mongodb', ranges: ['10.8.0.0/28'] },
  ]);
});

test('records the network and the IP ranges of machines, for readers who do not know the cloud', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
  const group = new AwsSecurityGroup(stack, 'workers', {
    name: 'workers',
    vpcId,
    egress: Egress.DOCUMENTED,
    ipRanges: Peer.cidr('10.20.1.0/24'),
  });
  const hosts = ExternalHosts.named('mongodb', '10.8.0.0/28');
  const ask = (id: string, workers: IPeer): unknown =>
    new ApinizerDataStoreRules(stack, id, { workers, mongodb: hosts });
  ask('new', group);
  ask('same', AwsSecurityGroup.fromId(group.securityGroupId));
  ask('existing', AwsSecurityGroup.fromId('sg-0123456789abcdef0', { ipRanges: Peer.address('10.20.2.7') }));
  ask('tag', firewall.networkTag('worker', { ipRanges: Peer.cidr('10.0.0.0/16') }));
  ask('linked', new GcpFirewall({ network: 'projects/host-1/global/networks/shared' }).networkTag('worker'));
  const { peers } = provenanceOf(stack);
  const ipRanges = (...ranges: string[]): object => ({ ipRanges: { ranges, references: [] } });
  expect(peers.flatMap(({ hostGroups }) => hostGroups).map((group) => ({ ...group, selectedBy: undefined }))).toEqual([
    { cloud: 'aws', label: 'security group workers', network: `VPC ${vpcId}`, ...ipRanges('10.20.1.0/24') },
    { cloud: 'aws', label: 'security group sg-0123456789abcdef0', ...ipRanges('10.20.2.7/32') },
    {
      cloud: 'gcp',
      label: 'network tag worker',
      network: 'network prod of project net-host',
      ...ipRanges('10.0.0.0/16'),
    },
    { cloud: 'gcp', label: 'network tag worker', network: 'network shared of project host-1' },
  ]);
  expect(peers.filter(({ external }) => external).map(({ label }) => label)).toEqual(['mongodb']);
});

test.each([
  [AwsSecurityGroup.fromId('sg-0123456789abcdef0'), 'ip-ranges-required'],
  ['10.0.0.0/8', 'peer-required'],
])('fails if the ipRanges of a security group are not IP ranges', (ipRanges, code) => {
  const options = { ipRanges: ipRanges as IPeer };
  expectRefusal(() => AwsSecurityGroup.fromId('sg-0123456789abcdef1', options), code);
  const stack = newStack();
  const props = { name: 'workers', vpcId, egress: Egress.ALL, ...options };
  expectRefusal(() => new AwsSecurityGroup(stack, 'workers', props), code);
});

test('keeps the reason for opening to the world, the environment and the supplement', () => {
  const stack = newStack();
  const workers = ExternalHosts.named('workers', '10.1.0.0/24');
  new ApinizerNodePorts(stack, 'ports', {
    workers,
    gateways: [{ environment: 'prod', clients: Peer.anyIpv4('public API') }],
  });
  new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane: workers, workers, workerToWorkerFlannel: true });
  const { rows, peers, flows } = provenanceOf(stack);
  expect(peers[flows[0].source].openToTheWorld).toEqual(['ipv4: public API']);
  expect(flows[0].environment).toBe('prod');
  expect(Object.keys(rows).filter((row) => rows[row].supplement !== undefined)).toEqual([
    'kubeadm-flannel@2024-12/worker-to-worker/flannel-udp',
    'kubeadm-flannel@2024-12/worker-to-worker/flannel-vxlan',
  ]);
});

test('is not part of the JSON that snapshot tests of the framework see', () => {
  const stack = newStack();
  const hosts = ExternalHosts.named('hosts', '10.1.0.0/24');
  new ApinizerDataStoreRules(stack, 'stores', { workers: hosts, mongodb: hosts });
  expect(Testing.synth(stack)).not.toContain('clusterPorts');
});

test.each(exampleApp(Testing.app()).node.children.map((stack) => [stack.node.id, stack as TerraformStack] as const))(
  'names existing rules for every flow of %s, and a flow for every rule',
  (_id, stack) => {
    const resource: Record<string, Record<string, any>> = stack.toTerraform().resource ?? {};
    const synthesized = Object.entries(resource)
      .filter(([type]) =>
        /^(?:google_compute_(?:network_)?firewall(?:_policy_rule)?|aws_vpc_security_group_\w+|kubernetes_network_policy(?:_v1)?)$/.test(
          type,
        ),
      )
      .flatMap(([type, ofType]) => Object.entries(ofType).map(([id, rule]) => ({ address: `${type}.${id}`, rule })))
      .filter(({ rule }) => rule.match?.dest_fqdns === undefined) // rules for hostnames belong to no flow
      .filter(({ rule }) => rule.ip_protocol !== '-1') // rules that allow all outbound traffic belong to no flow
      .map(({ address }) => address);
    const { flows } = provenanceOf(stack);
    expect([...new Set(flows.flatMap(rulesOf))].sort()).toEqual(synthesized.sort());
    for (const flow of flows.filter(({ external }) => external !== true)) expect(rulesOf(flow)).not.toEqual([]);
  },
);

test('holds no token, because the framework does not look for tokens in it', () => {
  for (const stack of exampleApp(Testing.app()).node.children as TerraformStack[]) {
    expect(JSON.stringify(stack.toTerraform())).not.toContain('{TfToken[');
  }
  const stack = newStack();
  const value = (id: string): string => new TerraformVariable(stack, id, { type: 'string' }).stringValue;
  const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
  const firewall = new GcpFirewall({ network: value('network'), project: value('project') });
  const workers = firewall.networkTag(value('tag'), { ipRanges: Peer.cidr(value('nodes')) });
  const mongodb = firewall.serviceAccount(value('account'));
  const elasticsearch = ExternalHosts.named('hosts', value('host'));
  const clients = Peer.anyOf(Peer.cidr(...list), Peer.address(value('client')), Peer.cidrIpv6(value('ipv6')));
  new ApinizerDataStoreRules(stack, 'stores', { workers: clients, mongodb, elasticsearch });
  new ApinizerNodePorts(stack, 'ports', { workers, gateways: [{ clients, environment: 'prod' }] });
  const group = AwsSecurityGroup.fromId(value('group'));
  new ApinizerDataStoreRules(stack, 'aws', { workers: group, mongodb: AwsSecurityGroup.fromId(value('other')) });
  expect(provenanceOf(stack).flows.length).toBeGreaterThan(3);
  expect(JSON.stringify(provenanceOf(stack))).not.toContain('{TfToken[');
});

test('flows that differ only in their rows are one entry, and constructs with the same rows share the list', () => {
  const stack = newStack();
  const open = (id: string, props: Partial<VClusterPlatformIngressRulesProps> = {}): Flow[] => {
    const platform = new GcpFirewall({ network: 'prod', namePrefix: `${id}-` }).networkTag('platform');
    const ends = { kubernetesApi: Peer.cidr('10.0.0.0/28'), platform };
    return new VClusterPlatformIngressRules(stack, id, { ...ends, ...props }).flows;
  };
  const moved = { webhook: Port.tcp(9543) };
  const opened = [open('a'), open('b'), open('c', { ports: moved }), open('d', { omit: ['webhook'] })];
  const written: WrittenProvenanceJson = stack.toTerraform()['//'].metadata.clusterPorts;
  expect(written.flows.map((entry) => 'rowList' in entry && entry.rowList)).toEqual([0, 0, 1, 2]);
  expect(written.rowLists?.map((rows) => rows.map(({ port }) => port))).toEqual([
    ['8443/tcp', '9443/tcp', '9444/tcp'],
    ['8443/tcp', '9543/tcp', '9444/tcp'],
    ['8443/tcp', '9444/tcp'],
  ]);
  const each = withEachFlow(written);
  expect(each).not.toHaveProperty('rowLists');
  expect(each.flows.map(({ construct, port }) => `${construct} ${port}`)).toEqual(
    opened.flat().map(({ constructPath, port }) => `${constructPath} ${String(port)}`),
  );
});

test('flows with rules of their own have an entry each', () => {
  const stack = newStack();
  const platform = AwsSecurityGroup.fromId('sg-0123456789abcdef0');
  new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: Peer.cidr('10.0.0.0/28'), platform });
  const { rowLists, flows } = stack.toTerraform()['//'].metadata.clusterPorts as WrittenProvenanceJson;
  expect(rowLists).toBeUndefined();
  expect(flows.map((entry) => 'port' in entry && entry.port)).toEqual(['8443/tcp', '9443/tcp', '9444/tcp']);
});

test('Terraform addresses are read back as they were written, however many there are', () => {
  const addresses = [
    'google_compute_firewall.firewall_one',
    ...Array.from({ length: 100 }, (_, at) => `aws_rule.id_${at}`),
  ];
  const rules = rulesJson(addresses);
  expect(rules.aws_rule.every((line) => line.length < 300)).toBe(true);
  expect(rulesOf({ rules })).toEqual(addresses);
});

test('records the rows that a construct omits, with their ends and their document, and opens nothing for them', () => {
  const stack = newStack();
  const workers = new AwsSecurityGroup(stack, 'workers', { name: 'workers', vpcId, egress: Egress.ALL });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
    elasticsearch: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
    omit: ['mongodb'],
  });
  const { omitted, flows, peers, rows } = provenanceOf(stack);
  const row = 'apinizer-data-stores@2024-12/worker-to-mongodb/mongodb';
  expect(omitted).toEqual([
    { row, port: '25080/tcp', source: 0, destination: 2, external: true, construct: stack.node.path + '/stores' },
  ]);
  expect(peers[2].label).toBe('mongodb');
  expect(flows.map(({ port }) => port)).toEqual(['9200/tcp']);
  expect(rows[row].description).toBe('Apinizer configuration database port.');
});

test('does not call a row omitted that an option closes, and has no list if nothing is omitted', () => {
  const stack = newStack();
  const [workers, controlPlane] = ['workers', 'masters'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId, egress: Egress.ALL }),
  );
  const cluster = { workers, controlPlane, workerToWorkerFlannel: false, freeAccessBetweenControlPlanes: true };
  new KubeadmFlannelClusterRules(stack, 'cluster', cluster);
  expect(provenanceOf(stack)).not.toHaveProperty('omitted');
});

test('records only the omitted flow if omit has the key of a flow', () => {
  const stack = newStack();
  const [workers, controlPlane] = ['workers', 'masters'].map(
    (name) => new AwsSecurityGroup(stack, name, { name, vpcId, egress: Egress.ALL }),
  );
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    workers,
    controlPlane,
    workerToWorkerFlannel: false,
    omit: ['worker>control-plane/api-server'],
  });
  const { omitted, flows } = provenanceOf(stack);
  expect(omitted?.map(({ row }) => row)).toEqual(['kubeadm-flannel@2024-12/worker-to-control-plane/api-server']);
  expect(flows.map(({ row }) => row)).toContain('kubeadm-flannel@2024-12/control-plane-to-control-plane/api-server');
});
