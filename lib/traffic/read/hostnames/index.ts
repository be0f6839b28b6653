export { FIREWALL_VPC, readDomainList } from './domain-lists';
export { exactHost, hostPeers } from './host-peers';
export { readWebProxyRule, WebProxyNames } from './web-proxy';
