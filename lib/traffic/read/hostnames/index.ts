export { FIREWALL_VPC, firewallVpc, isFirewallVpc, readDomainList } from './domain-lists';
export { exactHost, hostPeers } from './host-peers';
export { enforcedRules, inSharedVpcs, mayBeUsed, ruleGroupsIn } from './rule-group-policies';
export { readWebProxyRule, WebProxyNames } from './web-proxy';
