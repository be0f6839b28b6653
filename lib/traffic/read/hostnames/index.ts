export { FIREWALL_VPC, readDomainList } from './domain-lists';
export { exactHost, hostPeers } from './host-peers';
export { enforcedRules, mayBeUsed, ruleGroupsIn } from './rule-group-policies';
export { readWebProxyRule, WebProxyNames } from './web-proxy';
