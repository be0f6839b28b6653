export { addressGroupsIn, GcpAddressGroup, type GcpAddressGroupOptions } from './gcp-address-group';
export { GcpFirewallPolicy } from './gcp-firewall-policy';
export { type GcpFirewallPolicyProps } from './gcp-firewall-policy-props';
export { type GcpPriorityBlock, type GcpRulePriority } from './policy-priorities';
