export { AwsEndpoint } from './aws-endpoint';
export {
  type AwsEncryptionConfiguration,
  AwsNetworkFirewallRuleGroup,
  type AwsNetworkFirewallRuleGroupProps,
  AwsRuleOrder,
} from './aws-network-firewall-rule-group';
export { AwsPeer, type PeerSecurityGroupOptions } from './aws-peer';
export { AwsRuleImports, type AwsRuleImportsProps } from './aws-rule-imports';
export { type IAwsSecurityGroup } from './group-identity';
export { AwsPrefixList, type AwsPrefixListProps, type ExistingPrefixListOptions } from './prefix-list';
export {
  AwsSecurityGroup,
  type AwsSecurityGroupProps,
  type ExistingSecurityGroupOptions,
  UnmanagedRules,
} from './security-group';
