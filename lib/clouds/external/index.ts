export { ExternalHosts } from './external-hosts';
export { ExternalProxy, type ExternalProxyProps } from './external-proxy';
