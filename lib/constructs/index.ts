export { DocumentedHostnameRules, type DocumentedHostnameRulesProps } from './documented-hostname-rules';
export { DocumentedPortRules, type DocumentedPortRulesProps } from './documented-port-rules';
export { type ReachabilityCheck, ReachabilityChecks, type ReachabilityChecksProps } from './reachability-checks';
