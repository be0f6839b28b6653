export { HaproxyChecks, HaproxyConfig, type HaproxyConfigProps, type HaproxyServer } from './haproxy-config';
export { SquidAllowList } from './squid-allow-list';
