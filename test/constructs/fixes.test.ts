import { type TerraformStack } from 'cdktf';
import {
  AwsEndpoint,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  DocumentedPortRules,
  ExternalProxy,
  GcpEndpoint,
  GcpFirewall,
  type IDocumentedRules,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  ReachabilityChecks,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { testFixes } from '../support/fixes';

const [source, destination] = ['i-01234567', 'i-89abcdef'].map((id) => AwsEndpoint.fromId(id));
const machine = GcpEndpoint.instance('projects/prod/zones/europe-west3-a/instances/node-1');
const kubernetes = GcpEndpoint.address('172.16.0.2', 'projects/prod/global/networks/prod');
const web = new GcpFirewall({ network: 'prod' }).networkTag('web');

function cluster(stack: TerraformStack): IDocumentedRules {
  const [controlPlane, workers] = ['sg-01234567', 'sg-89abcdef'].map((id) => AwsSecurityGroup.fromId(id));
  return new KubeadmFlannelClusterRules(stack, 'cluster', { controlPlane, workers });
}

function platform(stack: TerraformStack): IDocumentedRules {
  const kubernetesApi = Peer.cidr('172.16.0.0/28');
  return new VClusterPlatformIngressRules(stack, 'platform', { kubernetesApi, platform: web });
}

/** Checks of a cluster on AWS; `props` of undefined is no props. */
const reach = (props: object | undefined) => (): unknown => {
  const stack = newStack();
  const rules = cluster(stack);
  return new ReachabilityChecks(stack, 'checks', (props && { rules, ...props }) as never);
};
const check = (change: object): (() => unknown) =>
  reach({ checks: [{ flow: 'etcd', source, destination, ...change }] });
const ETCD = { flow: 'etcd', source, destination };
/** Checks one flow on GCP in several constructs. */
const checkOnGcp = (count: number) => (): void => {
  const stack = newStack();
  const rules = platform(stack);
  const checks = [{ flow: 'webhook', source: kubernetes, destination: machine }];
  for (let at = 0; at < count; at++) new ReachabilityChecks(stack, `checks-${at}`, { rules, checks });
};

const table = PrometheusCostMetricsRule.portTable;
const roles = { platform: Peer.address('203.0.113.7'), prometheus: web };
const ports = (props: object | undefined) => (): unknown =>
  new DocumentedPortRules(newStack(), 'rules', props as never);

const through = ExternalProxy.named('proxy');
const platformHosts = hostnameTable([hostnameRow('registry', 'registry.example.com', Port.tcp(443))]);
const hostnames = (props: object | undefined) => (): unknown =>
  new DocumentedHostnameRules(newStack(), 'rules', props as never);

const cniTable = {
  ...table,
  id: 'cni',
  options: [
    { id: 'cni', title: 'CNI plugin', choices: ['canal', 'cilium'], default: 'canal', section: 'CNI' },
    { id: 'windows', title: 'Windows agents', default: 'false', section: 'Windows' },
  ],
  flows: table.flows.map((flow) => ({
    ...flow,
    rows: [
      ...flow.rows,
      { ...flow.rows[0], name: 'canal-vxlan', port: Port.udp(8472), when: { cni: ['canal'] } },
      { ...flow.rows[0], name: 'cilium-vxlan', port: Port.udp(8472), when: { cni: ['cilium'] } },
      { ...flow.rows[0], name: 'calico', port: Port.udp(4789), when: { windows: ['true'], cni: ['cilium'] } },
    ],
  })),
};
const withOptions = (options: object, props = {}): (() => unknown) =>
  ports({ table: cniTable, roles, options, ...props });

testFixes([
  ['a misspelled option', 'option-unknown', withOptions({ cnii: 'canal' }), '"cni"', withOptions({ cni: 'canal' })],
  [
    'a misspelled choice',
    'choice-unknown',
    withOptions({ cni: 'cillium' }),
    '"cilium"',
    withOptions({ cni: 'cilium' }),
  ],
  [
    'a boolean as choice of a flag',
    'choice-unknown',
    withOptions({ windows: true }),
    '"true"',
    withOptions({ windows: 'true' }),
  ],
  [
    'omit of a closed row',
    'row-closed',
    withOptions({}, { omit: ['cilium-vxlan'] }),
    'options: { "cni": "cilium" }',
    withOptions({ cni: 'cilium' }, { omit: ['cilium-vxlan'] }),
  ],
  [
    'the port of a row that one more option closes',
    'row-closed',
    withOptions({ cni: 'cilium' }, { ports: { calico: Port.udp(4790) } }),
    'options: { "cni": "cilium", "windows": "true" }',
    withOptions({ cni: 'cilium', windows: 'true' }, { ports: { calico: Port.udp(4790) } }),
  ],

  ['no props of checks', 'object-required', reach(undefined), '{ rules, checks }', check({})],
  [
    'an unknown prop of checks',
    'prop-unknown',
    reach({ checks: [{ flow: 'etcd', source, destination }], failsApply: true }),
    '"failApply"',
    reach({ checks: [{ flow: 'etcd', source, destination }], failApply: true }),
  ],
  ['one check twice', 'rule-address-taken', reach({ checks: [ETCD, ETCD] }), 'one check', reach({ checks: [ETCD] })],
  ['one check in two constructs', 'rule-created-twice', checkOnGcp(2), 'one check', checkOnGcp(1)],
  ['no checks', 'checks-missing', reach({ checks: [] }), '[{ flow, source, destination }]', check({})],
  ['nothing as a check', 'object-required', reach({ checks: [null] }), '{ flow, source, destination }', check({})],
  ['an unknown prop of a check', 'prop-unknown', check({ sourc: source }), '"source"', check({ source })],
  [
    'a row of two flows',
    'flow-unknown',
    check({ flow: 'api-server' }),
    '"worker>control-plane/api-server"',
    check({ flow: 'worker>control-plane/api-server' }),
  ],
  ['a misspelled row', 'flow-unknown', check({ flow: 'etdc' }), '"etcd"', check({ flow: 'etcd' })],
  [
    'a misspelled row of two flows',
    'flow-unknown',
    check({ flow: 'kublet' }),
    '"control-plane>worker/kubelet"',
    check({ flow: 'control-plane>worker/kubelet' }),
  ],
  [
    'a group as an end',
    'endpoint-required',
    check({ source: AwsSecurityGroup.fromId('sg-01234567') }),
    'AwsEndpoint.fromId(id) or GcpEndpoint.instance(id)',
    check({ source }),
    checkOnGcp(1),
  ],
  [
    'a list of triggers',
    'object-required',
    reach({ checks: [{ flow: 'etcd', source, destination }], triggers: ['acl'] }),
    '{ routes: route.id }',
    reach({ checks: [{ flow: 'etcd', source, destination }], triggers: { routes: 'rtb-1' } }),
  ],
  ['no props of port rules', 'object-required', ports(undefined), '{ table, roles }', ports({ table, roles })],
  ['an unknown prop of port rules', 'prop-unknown', ports({ table, role: roles }), '"roles"', ports({ table, roles })],
  [
    'an unknown role',
    'role-unknown',
    ports({ table, roles: { ...roles, prometeus: web } }),
    '"prometheus"',
    ports({ table, roles: { ...roles, prometheus: web } }),
  ],
  [
    'no props of hostname rules',
    'object-required',
    hostnames(undefined),
    '{ table, through }',
    hostnames({ table: platformHosts, through }),
  ],
  [
    'an unknown prop of hostname rules',
    'prop-unknown',
    hostnames({ table: platformHosts, throug: through }),
    '"through"',
    hostnames({ table: platformHosts, through }),
  ],
]);
