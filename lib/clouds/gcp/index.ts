export { GcpEndpoint } from './gcp-endpoint';
export { GcpFirewall, type GcpHostGroupOptions } from './gcp-firewall';
export { GcpFirewallPolicy, type GcpFirewallPolicyProps } from './gcp-firewall-policy';
export { type GcpDenyRest, type GcpFirewallProps, GcpLogging } from './gcp-firewall-props';
export { GcpHealthCheckers } from './gcp-health-checkers';
export { GcpSecureWebProxy, type GcpSecureWebProxyProps } from './gcp-secure-web-proxy';
export { type GcpHostnameFilterProps } from './hostname-filter-props';
