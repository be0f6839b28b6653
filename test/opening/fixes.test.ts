import type { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { TerraformStack, Testing } from 'cdktf';
import {
  Egress,
  AwsNetworkFirewallRuleGroup,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  ExternalProxy,
  GcpFirewall,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  type IHostnameFilter,
  KubeadmFlannelClusterRules,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';
import { newStack } from '../support/clouds';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { testFixes } from '../support/fixes';

const firewall = new GcpFirewall({ network: 'prod' });
const web = firewall.networkTag('web');
const range = Peer.cidr('10.0.0.0/8');
const existing = AwsSecurityGroup.fromId('sg-01234567');

const cluster = (props: object) => () =>
  new KubeadmFlannelClusterRules(newStack(), 'rules', { controlPlane: web, workers: web, ...props });
const vcluster = (props: object) => () =>
  new VClusterPlatformIngressRules(newStack(), 'rules', { kubernetesApi: range, platform: web, ...props });

const table = hostnameTable([
  hostnameRow('registry', 'registry.example.com', Port.tcp(443)),
  hostnameRow('all', '*.example.com', Port.tcp(443)),
]);
const policy = new GcpFirewallPolicy({ policy: 'prod' });
const proxy = new GcpSecureWebProxy({ location: 'europe-west3' });
const hostnames = (props: object) => () =>
  new DocumentedHostnameRules(newStack(), 'rules', { table, through: proxy, ...props });
const through = (filter: IHostnameFilter): (() => unknown) => hostnames({ through: filter, omit: ['all'] });

testFixes([
  ['a row of omit', 'row-unknown', cluster({ omit: ['kubelett'] }), '"kubelet"', cluster({ omit: ['kubelet'] })],
  [
    'a flow of omit',
    'row-unknown',
    cluster({ omit: ['worker>control-plane/api-sever'] }),
    '"worker>control-plane/api-server"',
    cluster({ omit: ['worker>control-plane/api-server'] }),
  ],
  [
    'a row of ports',
    'row-unknown',
    cluster({ ports: { kubelett: Port.tcp(10251) } }),
    '"kubelet"',
    cluster({ ports: { kubelet: Port.tcp(10251) } }),
  ],
  [
    'a number as port',
    'port-required',
    cluster({ ports: { 'flannel-vxlan': 8473 } }),
    'Port.udp(8473)',
    cluster({ ports: { 'flannel-vxlan': Port.udp(8473) } }),
  ],
  [
    'a different protocol',
    'protocol-differs',
    cluster({ ports: { 'flannel-vxlan': Port.tcp(8473) } }),
    'Port.udp(8473)',
    cluster({ ports: { 'flannel-vxlan': Port.udp(8473) } }),
  ],
  [
    'a range with a different protocol',
    'protocol-differs',
    cluster({ ports: { 'flannel-vxlan': Port.tcpRange(8473, 8474) } }),
    'Port.udpRange(8473, 8474)',
    cluster({ ports: { 'flannel-vxlan': Port.udpRange(8473, 8474) } }),
  ],
  [
    'a role that an edition needs',
    'role-missing',
    vcluster({ edition: '2025-10', virtualClusters: range }),
    'omit: ["coredns-tcp", "coredns-udp"]',
    vcluster({ edition: '2025-10', virtualClusters: range, omit: ['coredns-tcp', 'coredns-udp'] }),
  ],
  [
    'a role that an edition does not have',
    'role-not-in-edition',
    vcluster({ edition: '2025-03', nodes: web }),
    'a later edition',
    vcluster({ edition: '2025-04', nodes: web }),
  ],
  [
    'something else than a hostname filter',
    'hostname-filter-required',
    hostnames({ through: 'proxy' }),
    'an AwsNetworkFirewallRuleGroup, a GcpSecureWebProxy, a GcpFirewallPolicy, or ExternalProxy.named(name)',
    through(new AwsNetworkFirewallRuleGroup()),
    through(proxy),
    through(policy),
    through(ExternalProxy.named('proxy')),
  ],
  [
    'a row of hostnames',
    'row-unknown',
    hostnames({ omit: ['registri'] }),
    '"registry"',
    hostnames({ omit: ['registry'] }),
  ],
  [
    'wildcards',
    'wildcard-not-supported',
    hostnames({ through: policy }),
    'a GcpSecureWebProxy, or omit: ["all"] and a table of your own with the exact hostnames',
    hostnames({ through: proxy }),
    hostnames({ through: policy, omit: ['all'] }),
  ],
]);

const rule = (stack: Construct, prometheus = web): PrometheusCostMetricsRule =>
  new PrometheusCostMetricsRule(stack, 'rule', { platform: range, prometheus });

/** Opens a port between two groups, and then the opposite direction in the stack of one of the groups. */
const bothDirections = (at: 0 | 1) => (): unknown => {
  const app = Testing.app();
  const stacks = ['left', 'right'].map((id) => new TerraformStack(app, id));
  const [left, right] = stacks.map((stack) => {
    const name = stack.node.id;
    return new AwsSecurityGroup(stack, 'group', { name, vpcId: 'vpc-01234567', egress: Egress.ALL });
  });
  new PrometheusCostMetricsRule(stacks[0], 'rule', { platform: right, prometheus: left });
  return new PrometheusCostMetricsRule(stacks[at], 'back', { platform: left, prometheus: right });
};

const withConstruct = (id: string) => (): unknown => {
  const stack = newStack();
  new Construct(stack, id);
  return rule(stack);
};

const withFirewall = (id: string) => (): unknown => {
  const stack = newStack();
  rule(stack);
  new ComputeFirewall(stack, id, { name: 'mine', network: 'prod' });
  return Testing.synth(stack);
};

const RULES = 'aws_vpc_security_group_ingress_rule';
const MOVED = { from: `${RULES}.prometheus`, to: `${RULES}.ingress_tcp_9090_a5630f61d934` };

const overridden = (): unknown => {
  const stack = newStack();
  const [resource] = rule(stack, existing).resources;
  (resource as VpcSecurityGroupIngressRule).overrideLogicalId('prometheus');
  return Testing.synth(stack);
};

const moved = (): void => {
  const stack = newStack();
  const [{ fqn }] = rule(stack, existing).dependables;
  stack.addOverride('moved', [MOVED]);
  expect(fqn).toBe(MOVED.to);
  expect(JSON.parse(Testing.synth(stack)).moved).toEqual([MOVED]);
};

testFixes([
  [
    'two stacks that depend on each other',
    'stacks-depend-on-each-other',
    bothDirections(1),
    'one stack that opens both directions',
    bothDirections(0),
  ],
  [
    'a construct with the id of the hidden construct',
    'construct-id-taken',
    withConstruct('cdktf-cluster-ports'),
    'a different id',
    withConstruct('something-else'),
  ],
  [
    'a resource with the Terraform address of a rule',
    'rule-address-taken',
    withFirewall('firewall_allow-vcluster-platform-to-prometheus'),
    'a different id',
    withFirewall('firewall_allow-vcluster-platform-to-prometheus-2'),
  ],
  [
    'a rule whose logical id was overridden',
    'rule-moved',
    overridden,
    `stack.addOverride("moved", [{ from: "${MOVED.from}", to: "${MOVED.to}" }])`,
    moved,
  ],
]);
