import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A chapter of API.md: a task of a reader, and the types for it in reading order. */
export interface Group {
  readonly title: string;
  readonly about: string;
  readonly types: readonly string[];
}

/**
 * The chapters of API.md. Every exported type is in one of them, except the props and options of a single class: API.md
 * shows those with their class.
 */
export const GROUPS: readonly Group[] = [
  {
    title: 'Open documented ports',
    about: 'Each construct opens the ports of one vendor document between the machines that it is given.',
    types: [
      'KubeadmFlannelClusterRules',
      'FlannelBackend',
      'ControlPlaneEndpoint',
      'DnsRecord',
      'ControlPlaneVipRules',
      'ApinizerNodePorts',
      'ApinizerService',
      'ApinizerGateway',
      'ApinizerDataStoreRules',
      'VClusterPlatformIngressRules',
      'PrometheusCostMetricsRule',
      'DocumentedPortRules',
      'DocumentedRules',
      'IDocumentedRules',
      'IDependableResource',
      'Flow',
      'Ownership',
    ],
  },
  {
    title: 'Open the ports of a product',
    about:
      'The constructs that are generated from port tables, one for each product, with a prop for each role and for each option.',
    types: generatedTypes(),
  },
  {
    title: 'Say which machines: peers and host groups',
    about:
      'A peer is the far end of a flow: IP ranges, a prefix list, a host group. A host group is a set of machines that ' +
      'rules can be made for.',
    types: ['Peer', 'IPeer', 'HostGroup', 'IHostGroup', 'Cloud', 'Egress', 'NetworkZone'],
  },
  {
    title: 'Google Cloud',
    about: 'Host groups of VPC firewall rules and of network firewall policies.',
    types: [
      'GcpFirewall',
      'GcpAddressGroup',
      'GcpFirewallPolicy',
      'GcpHostGroupOptions',
      'GcpDenyRest',
      'GcpPriorityBlock',
      'GcpRulePriority',
      'GcpLogging',
      'GcpHealthCheckers',
    ],
  },
  {
    title: 'AWS',
    about: 'Host groups and peers of security group rules.',
    types: ['AwsSecurityGroup', 'IAwsSecurityGroup', 'UnmanagedRules', 'AwsPeer', 'AwsPrefixList'],
  },
  {
    title: 'Kubernetes',
    about: 'Pods that network policies select, and their name servers.',
    types: ['KubernetesPods', 'ContainerPort', 'KubernetesDns'],
  },
  {
    title: 'On premises',
    about: 'Machines behind a firewall that another team manages, and the load balancer in front of a control plane.',
    types: ['ExternalHosts', 'LinuxHosts', 'HaproxyConfig', 'HaproxyServer', 'HaproxyChecks'],
  },
  {
    title: 'Allow hostnames',
    about: 'Outbound connections by DNS name, through a firewall or proxy that can filter by name.',
    types: [
      'ApinizerInstallationHostnames',
      'LinuxDistribution',
      'DocumentedHostnameRules',
      'DocumentedHostnames',
      'IDocumentedHostnames',
      'OutboundHostname',
      'IHostnameFilter',
      'GcpSecureWebProxy',
      'AwsNetworkFirewallRuleGroup',
      'AwsRuleOrder',
      'AwsEncryptionConfiguration',
      'ExternalProxy',
      'SquidAllowList',
      'HostnameTable',
      'HostnameTableFile',
      'HostnameRow',
      'HostnameParameter',
      'HostnameSupplement',
    ],
  },
  {
    title: 'Check and prove',
    about: 'Test what a stack permits, and ask the cloud whether one machine reaches another.',
    types: [
      'PermittedTraffic',
      'ExpectedTraffic',
      'TrafficDirection',
      'PermittedRow',
      'TrafficDifferences',
      'ReachabilityChecks',
      'ReachabilityCheck',
      'IEndpoint',
      'AwsEndpoint',
      'GcpEndpoint',
    ],
  },
  {
    title: 'Port tables',
    about: 'What one edition of a vendor document says about one product, as data.',
    types: [
      'PortTables',
      'DocumentedPort',
      'PortTableFile',
      'PortTable',
      'DocumentedFlow',
      'PortRow',
      'Role',
      'Supplement',
      'TableOption',
      'Discrepancy',
      'Basis',
      'PortLevel',
      'PortTableDiff',
      'EditionRow',
      'ChangedRow',
    ],
  },
  {
    title: 'Adopt existing rules',
    about: 'Bring rules that exist already under Terraform, without closing a port in between.',
    types: ['AwsRuleImports'],
  },
  {
    title: 'Values',
    about: 'The small values that props and tables are made of.',
    types: ['Port', 'Protocol', 'Cidr', 'AddressFamily'],
  },
];

/** Returns the constructs of products, each before the enums of its options. */
function generatedTypes(): string[] {
  const list = readFileSync(join(__dirname, '../../lib/products/generated-rules.ts'), 'utf8');
  return [...list.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names]) => {
    const types = names.split(',').map((name) => name.trim());
    const own = types.filter((name) => name !== '' && !name.startsWith('type '));
    return [...own].sort((a, b) => Number(b.endsWith('Rules')) - Number(a.endsWith('Rules')));
  });
}
