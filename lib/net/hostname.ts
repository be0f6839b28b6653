import { isIP } from 'node:net';
import { checkText, holdsToken, refusal, shown } from '../input';

const LONGEST_NAME = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const AROUND_NAME = /^[a-z][a-z0-9+.-]*:\/\/|[:/].*$|\.$/gi;
const NEED = 'hostname must be a DNS name such as "archive.ubuntu.com", or "*.docker.com" for all names below a domain';

/** Throws unless `text` is the DNS name of a machine: letters, digits and hyphens between dots. One label is enough. */
export function checkDnsName(text: unknown, place: string, what: string): string {
  const name = checkText(text, place, what);
  if (isDnsName(name)) return name;
  const bare = name.replace(AROUND_NAME, '');
  const need = `${what} must be a DNS name without scheme, port and path`;
  throw refusal(place, 'hostname-invalid', need, shown(text), isDnsName(bare) ? shown(bare) : undefined);
}

/** Returns whether text is the DNS name of a machine. Its last label has a letter, so an IP address is not a name. */
export function isDnsName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= LONGEST_NAME && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
}

/** Throws unless `hostname` is a DNS name of two or more labels, or `*.` and such a name. */
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

/** Returns a hostname with a leading dot instead of its wildcard. Lists that use this form also allow the domain itself. */
export function dotted(hostname: string): string {
  return isWildcard(hostname) ? hostname.slice(1) : hostname;
}

function withoutWildcard(hostname: string): string {
  return isWildcard(hostname) ? hostname.slice(2) : hostname;
}

/** People often paste the URL of a page. */
function checkBare(hostname: string, place: string): void {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(hostname)!;
  const bare = rest.replace(/[/?#].*$/s, '').replace(/:\d*$/, '');
  const tooMuch =
    scheme !== undefined
      ? 'a scheme'
      : /[/?#]/.test(rest)
        ? 'a path'
        : /^[^:]+:\d*$/.test(rest)
          ? 'a port, which belongs in ports'
          : undefined;
  if (tooMuch === undefined) return;
  const fix = isHostname(withoutWildcard(bare)) ? shown(bare) : undefined;
  throw refusal(place, 'hostname-invalid', `hostname must be a DNS name without ${tooMuch}`, shown(hostname), fix);
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

/** At least two labels: a wildcard in front of one would be a whole top-level domain. */
function isHostname(name: string): boolean {
  return name.includes('.') && name === name.toLowerCase() && isDnsName(name);
}
