export { GcpEndpoint } from './gcp-endpoint';
export {
  GcpAddressGroup,
  type GcpAddressGroupOptions,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  type GcpPriorityBlock,
  type GcpRulePriority,
} from './firewall-policy';
export { GcpFirewall } from './gcp-firewall';
export { type GcpDenyRest, type GcpFirewallProps, GcpLogging } from './gcp-firewall-props';
export { GcpHealthCheckers } from './gcp-health-checkers';
export { type GcpHostGroupOptions } from './host-group-options';
export { GcpSecureWebProxy, type GcpSecureWebProxyProps } from './gcp-secure-web-proxy';
export { type GcpHostnameFilterProps } from './hostname-filter-props';
