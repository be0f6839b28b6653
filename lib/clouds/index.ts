export {
  AwsEndpoint,
  AwsNetworkFirewallRuleGroup,
  type AwsNetworkFirewallRuleGroupProps,
  AwsPeer,
  AwsPrefixList,
  type AwsPrefixListProps,
  AwsRuleImports,
  type AwsRuleImportsProps,
  AwsRuleOrder,
  AwsSecurityGroup,
  type AwsSecurityGroupProps,
  type ExistingPrefixListOptions,
  type ExistingSecurityGroupOptions,
  type IAwsSecurityGroup,
  type PeerSecurityGroupOptions,
  UnmanagedRules,
} from './aws';
export { ExternalHosts, ExternalProxy, type ExternalProxyProps } from './external';
export {
  type GcpDenyRest,
  GcpEndpoint,
  GcpFirewall,
  GcpAddressGroup,
  type GcpAddressGroupOptions,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  type GcpFirewallProps,
  GcpHealthCheckers,
  type GcpHostGroupOptions,
  type GcpHostnameFilterProps,
  GcpLogging,
  type GcpPriorityBlock,
  type GcpRulePriority,
  GcpSecureWebProxy,
  type GcpSecureWebProxyProps,
} from './gcp';
export { type ContainerPort, KubernetesDns, KubernetesPods, type KubernetesPodsProps } from './kubernetes';
export { LinuxHosts } from './linux';
