import { isIP } from 'node:net';
import { checkText, holdsToken, refusal, shown } from '../input';

const MAX_NAME_LENGTH = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const URL_PARTS = /^[a-z][a-z0-9+.-]*:\/\/|[:/].*$|\.$/gi;
const NEED = 'hostname must be a DNS name such as "archive.ubuntu.com", or "*.docker.com" for all names below a domain';

/** Returns `text`. Throws unless it is the DNS name of a machine: labels of letters, digits and hyphens. One label is enough. */
export function checkDnsName(text: unknown, place: string, what: string): string {
  const name = checkText(text, place, what);
  if (isDnsName(name)) return name;
  const bare = name.replace(URL_PARTS, '');
  const need = `${what} must be a DNS name without scheme, port and path`;
  throw refusal(place, 'hostname-invalid', need, shown(text), isDnsName(bare) ? shown(bare) : undefined);
}

/** Returns whether text is the DNS name of a machine. Its last label has a letter, so an IP address is not a name. */
export function isDnsName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= MAX_NAME_LENGTH && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
}

/** Returns `hostname`. Throws unless it is a DNS name of two or more labels, or `*.` and such a name. */
export function checkHostname(hostname: unknown, place: string): string {
  if (typeof hostname !== 'string' || hostname === '') {
    throw refusal(place, 'hostname-invalid', NEED, shown(hostname));
  }
  if (holdsToken(hostname)) {
    throw refusal(place, 'text-not-known', 'hostname must be known at synthesis', shown(hostname));
  }
  checkBare(hostname, place);
  const name = withoutWildcard(hostname);
  checkNoWildcardWithin(name, hostname, place);
  if (isIP(name) !== 0) {
    const need = 'hostname must be a DNS name; an IP address belongs in a port table';
    throw refusal(place, 'hostname-is-an-ip-address', need, shown(hostname));
  }
  if (isHostname(name)) return hostname;
  const corrected = hostname.toLowerCase().replace(/\.$/, '').replace(/^\./, '*.').trim();
  const isFix = corrected !== hostname && isHostname(withoutWildcard(corrected));
  throw refusal(place, 'hostname-invalid', NEED, shown(hostname), isFix ? shown(corrected) : undefined);
}

/** Returns whether a hostname means all names below a domain. */
export function isWildcard(hostname: string): boolean {
  return hostname.startsWith('*.');
}

/** Returns a hostname with a leading dot instead of `*.`. Allow-lists that use this form also allow the domain itself. */
export function withLeadingDot(hostname: string): string {
  return isWildcard(hostname) ? hostname.slice(1) : hostname;
}

function withoutWildcard(hostname: string): string {
  return isWildcard(hostname) ? hostname.slice(2) : hostname;
}

/** Throws if a hostname has a scheme, a path or a port, because people often paste a URL. */
function checkBare(hostname: string, place: string): void {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(hostname)!;
  const bare = rest.replace(/[/?#].*$/s, '').replace(/:\d*$/, '');
  const extra =
    scheme !== undefined
      ? 'a scheme'
      : /[/?#]/.test(rest)
        ? 'a path'
        : /^[^:]+:\d*$/.test(rest)
          ? 'a port, which belongs in ports'
          : undefined;
  if (extra === undefined) return;
  const fix = isHostname(withoutWildcard(bare)) ? shown(bare) : undefined;
  throw refusal(place, 'hostname-invalid', `hostname must be a DNS name without ${extra}`, shown(hostname), fix);
}

function checkNoWildcardWithin(name: string, hostname: string, place: string): void {
  if (!name.includes('*')) return;
  const domain = hostname.slice(hostname.lastIndexOf('*') + 1).replace(/^[^.]*\./, '');
  const need = 'a wildcard must be the whole first label of a hostname';
  throw refusal(
    place,
    'hostname-invalid',
    need,
    shown(hostname),
    isHostname(domain) ? shown(`*.${domain}`) : undefined,
  );
}

/** Returns whether text is a lower-case DNS name of at least two labels. A wildcard for one label would be a top-level domain. */
function isHostname(name: string): boolean {
  return name.includes('.') && name === name.toLowerCase() && isDnsName(name);
}
