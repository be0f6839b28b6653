import type { HostnameFilterJson } from './provenance-json';

/** The protocol in which AWS Network Firewall looks for hostnames, by the documented port. */
const PROTOCOLS: Readonly<Record<string, string>> = { '443/tcp': 'TLS', '80/tcp': 'HTTP' };

/**
 * Returns the names that a filter allows for a hostname at a documented port, in the form of `cluster-ports show`. AWS Network Firewall finds
 * names in one protocol, and a wildcard includes the domain itself.
 */
export function allowedNames(hostname: string, port: string, filter: HostnameFilterJson['kind'] | undefined): string[] {
  if (filter !== 'domain-list') return [hostname];
  const names = hostname.startsWith('*.') ? [hostname, hostname.slice(2)] : [hostname];
  const protocol = PROTOCOLS[port];
  return protocol === undefined ? names : names.map((name) => `${name} over ${protocol}`);
}
