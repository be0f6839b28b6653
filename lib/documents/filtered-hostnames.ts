import type { Port } from '../net';
import type { TracedHostname } from '../provenance';

/** The protocol in which AWS Network Firewall looks for hostnames, by the documented port. */
const PROTOCOLS: Readonly<Record<string, string>> = { '443/tcp': 'TLS', '80/tcp': 'HTTP' };

/**
 * Returns the names that the filter of a hostname allows for it at a port, in the form of `cluster-ports show`. AWS Network Firewall finds
 * names in one protocol, and a wildcard includes the domain itself.
 */
export function filteredNames({ hostname, filter }: TracedHostname, port: Port): string[] {
  if (filter !== 'domain-list') return [hostname];
  const names = hostname.startsWith('*.') ? [hostname, hostname.slice(2)] : [hostname];
  const protocol = PROTOCOLS[String(port)];
  return protocol === undefined ? names : names.map((name) => `${name} over ${protocol}`);
}

/** Returns the ports at which the filter allows a hostname; with the port of the document, if that is a different one. */
export function filteredPort({ filter }: TracedHostname, port: Port): string {
  return filter === 'domain-list' ? `0-65535/tcp, document: ${String(port)}` : String(port);
}

/** Returns what a reader must know about a filter that allows more than the document says; nothing if it does not. */
export function filterRemark({ filter }: TracedHostname): string | undefined {
  if (filter !== 'domain-list') return undefined;
  return 'AWS Network Firewall finds names over TLS (443/tcp) or HTTP (80/tcp) on every port, and *.docker.com includes docker.com';
}
