import type { Port } from '../net';
import type { TracedHostname } from '../provenance';

/** Returns the ports at which the filter allows a hostname; with the port of the document, if that is a different one. */
export function filteredPort({ filter }: TracedHostname, port: Port): string {
  return filter === 'domain-list' ? `0-65535/tcp, document: ${String(port)}` : String(port);
}

/** Returns what a reader must know about a filter that allows more than the document says; nothing if it does not. */
export function filterRemark({ filter }: TracedHostname): string | undefined {
  if (filter !== 'domain-list') return undefined;
  return 'AWS Network Firewall finds names over TLS (443/tcp) or HTTP (80/tcp) on every port, and *.docker.com includes docker.com';
}
