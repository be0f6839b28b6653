import { refusal, shown } from './refusal';
import { checkText } from './text';

const LONGEST_NAME = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const BESIDE_NAME = /^[a-z][a-z0-9+.-]*:\/\/|[:/].*$|\.$/gi;

/** Refuses text that is no DNS name of a host: letters, digits and hyphens between dots. */
export function checkDnsName(text: unknown, place: string, what: string): string {
  const name = checkText(text, place, what);
  if (isDnsName(name)) return name;
  const without = name.replace(BESIDE_NAME, '');
  throw refusal(
    place,
    `${what} must be a DNS name without scheme, port and path`,
    shown(text),
    isDnsName(without) ? shown(without) : undefined,
  );
}

/** Whether text is a DNS name of a host. What ends in digits alone is no name but, at best, an address. */
export function isDnsName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= LONGEST_NAME && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
}
