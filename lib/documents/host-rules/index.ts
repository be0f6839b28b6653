export { firewalldRemoval, firewalldScript } from './firewalld';
export { hostRules, type HostRules } from './host-rules';
export { nftablesRemoval, nftablesScript } from './nftables';
export { ufwRemoval, ufwScript } from './ufw';
