import { isIP } from 'node:net';
import { refusal, shown } from './refusal';
import { holdsToken } from './token-text';

const LONGEST_HOST = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NEED = 'hostname must be a name as "archive.ubuntu.com", or "*.docker.com" for all names below one';

/** Refuses what is neither the exact name of a host nor one wildcard before a domain. */
export function checkHostname(host: unknown, place: string): string {
  if (typeof host !== 'string' || host === '') throw refusal(place, NEED, shown(host));
  if (holdsToken(host)) throw refusal(place, 'hostname must be known at synthesis', shown(host));
  checkBare(host, place);
  const name = host.startsWith('*.') ? host.slice(2) : host;
  if (name.includes('*')) {
    const last = host.slice(host.lastIndexOf('*') + 1).replace(/^[^.]*\./, '');
    const fix = isName(last) ? shown(`*.${last}`) : undefined;
    throw refusal(place, 'a wildcard must be the whole first label of a hostname', shown(host), fix);
  }
  if (isIP(name) !== 0) {
    throw refusal(place, 'hostname must be a name and no address', shown(host), 'a Peer for addresses');
  }
  if (isName(name)) return host;
  const other = host.toLowerCase().replace(/\.$/, '').replace(/^\./, '*.').trim();
  const isFixed = other !== host && isName(other.replace(/^\*\./, ''));
  throw refusal(place, NEED, shown(host), isFixed ? shown(other) : undefined);
}

/** Whether a host stands for all names below a domain. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/** The host with a dot in the place of its wildcard, as lists write it in which that adds the domain itself. */
export function dotted(host: string): string {
  return isWildcard(host) ? host.slice(1) : host;
}

/** An address of a page is what people have at hand; only its host can be opened. */
function checkBare(host: string, place: string): void {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(host)!;
  const bare = rest.replace(/[/?#].*$/s, '').replace(/:\d*$/, '');
  const fix = isName(bare.replace(/^\*\./, '')) ? shown(bare) : undefined;
  if (scheme !== undefined) throw refusal(place, 'hostname must be a name without a scheme', shown(host), fix);
  if (/[/?#]/.test(rest)) throw refusal(place, 'hostname must be a name without a path', shown(host), fix);
  if (/^[^:]+:\d*$/.test(rest)) {
    throw refusal(place, 'hostname must be a name without a port, which stands in ports', shown(host), fix);
  }
}

/** A domain of at least two labels: a wildcard before fewer would be a whole top-level domain. */
function isName(name: string): boolean {
  const labels = name.split('.');
  return (
    name.length <= LONGEST_HOST &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels[labels.length - 1])
  );
}
