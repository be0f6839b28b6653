export { ExternalHosts } from './external-hosts';
export { ExternalProxy } from './external-proxy';
