export { ApinizerDataStoreRules, type ApinizerDataStoreRulesProps } from './constructs/apinizer-data-store-rules';
export {
  ApinizerInstallationHostnames,
  type ApinizerInstallationHostnamesProps,
} from './constructs/apinizer-installation-hosts';
export { ApinizerNodePorts } from './constructs/apinizer-node-ports';
export {
  type ApinizerGateway,
  type ApinizerNodePortsProps,
  type ApinizerService,
} from './constructs/apinizer-services';
export { ControlPlaneVipRules, type ControlPlaneVipRulesProps } from './constructs/control-plane-vip-rules';
export { DocumentedHostnameRules, type DocumentedHostnameRulesProps } from './constructs/documented-host-rules';
export { type DocumentedHostnamesProps, type IDocumentedHostnames } from './constructs/documented-hosts';
export { DocumentedPortRules, type DocumentedPortRulesProps } from './constructs/documented-port-rules';
export {
  type DocumentedRulesProps,
  type EditionedRulesProps,
  type IDocumentedRules,
} from './constructs/documented-rules';
export { FlannelBackend } from './constructs/flannel-backend';
export {
  KubeadmFlannelClusterRules,
  type KubeadmFlannelClusterRulesProps,
} from './constructs/kubeadm-flannel-cluster-rules';
export { PortTables } from './constructs/port-tables';
export { LinuxDistribution } from './constructs/linux-distribution';
export {
  PrometheusCostMetricsRule,
  type PrometheusCostMetricsRuleProps,
} from './constructs/prometheus-cost-metrics-rule';
export { ReachabilityChecks } from './constructs/reachability-checks';
export type { ReachabilityCheck, ReachabilityChecksProps } from './constructs/reachability-props';
export {
  VClusterPlatformIngressRules,
  type VClusterPlatformIngressRulesProps,
} from './constructs/vcluster-platform-ingress-rules';

export { AwsEgress } from './aws/aws-egress';
export { type IAwsSecurityGroup } from './aws/aws-host-group';
export { AwsEndpoint } from './aws/aws-endpoint';
export { AwsNetworkFirewallRuleGroup } from './aws/aws-network-firewall-rule-group';
export { AwsPeer } from './aws/aws-peer';
export { AwsPrefixList } from './aws/aws-prefix-list';
export { type AwsPrefixListProps } from './aws/aws-prefix-list-props';
export { AwsRuleImports, type AwsRuleImportsProps } from './aws/aws-rule-imports';
export { AwsRuleOrder } from './aws/aws-rule-order';
export { AwsSecurityGroup } from './aws/aws-security-group';
export { type AwsSecurityGroupProps } from './aws/aws-security-group-props';
export { type ExistingPrefixListOptions } from './aws/existing-prefix-list';
export { type ExistingSecurityGroupOptions } from './aws/existing-security-group';
export { type AwsNetworkFirewallRuleGroupProps } from './aws/rule-group-props';
export { ExternalHosts } from './external/external-hosts';
export { ExternalProxy } from './external/external-proxy';
export { PortTableFile } from './files/port-table-file';
export { GcpEndpoint } from './gcp/gcp-endpoint';
export { GcpFirewall, type GcpHostGroupOptions } from './gcp/gcp-firewall';
export { type GcpFirewallProps } from './gcp/gcp-firewall-props';
export { GcpFirewallPolicy, type GcpFirewallPolicyProps } from './gcp/gcp-firewall-policy';
export { GcpHealthCheckers } from './gcp/gcp-health-checkers';
export { GcpLogging } from './gcp/gcp-logging';
export { GcpSecureWebProxy, type GcpSecureWebProxyProps } from './gcp/gcp-secure-web-proxy';
export { type GcpHostnameFilterProps } from './gcp/host-filter-props';

export { AddressFamily } from './model/address-family';
export { Basis } from './model/basis';
export { Cidr } from './model/cidr';
export { type IEndpoint } from './model/endpoint';
export { type Flow } from './model/flow';
export { type IHostnameFilter } from './model/host-filter';
export { type IHostGroup, type IPeer } from './model/host-group';
export { type HostnameRow, type HostnameSupplement, type HostnameTable } from './model/host-table';
export { type OutboundHostname } from './model/outbound-host';
export { Peer } from './model/peer';
export { Port } from './model/port';
export {
  type Discrepancy,
  type DocumentedFlow,
  type PortRow,
  type PortTable,
  type Role,
  type Supplement,
} from './model/port-table';
export { PortTableDiff, type ChangedRow, type EditionRow } from './model/port-table-diff';
export { Protocol } from './model/protocol';

export { HaproxyChecks, HaproxyConfig, type HaproxyConfigProps } from './renderers/haproxy-config';
export { type HaproxyServer } from './renderers/haproxy-servers';
export { SquidAllowList } from './renderers/squid-allow-list';
