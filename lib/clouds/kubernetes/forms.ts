import { looksLikeToken, refusal, shown } from '../../input';
import { isLabelKey, isLabelValue, Protocol } from '../../net';

/** Labels of pods or namespaces, by key. */
export type Labels = Readonly<Record<string, string>>;

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/, read on 2026-11-28
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const TEXT_FORM = 'at most 63 letters, digits, dots, hyphens and underscores, with a letter or digit at both ends';

const PROTOCOLS: readonly Protocol[] = [Protocol.TCP, Protocol.UDP, Protocol.SCTP];

/** Whether a network policy can have a protocol. */
export function isPolicyProtocol(protocol: Protocol): boolean {
  return PROTOCOLS.includes(protocol);
}

/** Returns a namespace. Throws unless it has the form that Kubernetes requires: there is no default. */
export function checkedNamespace(value: unknown, place: string): string {
  if (typeof value === 'string' && DNS_LABEL.test(value)) return value;
  const need = 'namespace must be the name of a namespace: at most 63 lower-case letters, digits and hyphens';
  throw refusal(place, 'namespace-invalid', need, shown(value), lowerCase(value));
}

function lowerCase(value: unknown): string | undefined {
  const text = typeof value === 'string' && !looksLikeToken(value) ? value.toLowerCase().replaceAll('_', '-') : '';
  return DNS_LABEL.test(text) ? shown(text) : undefined;
}

/** Returns a copy of labels, sorted by key. Throws unless keys and values have the form that Kubernetes requires. */
export function checkedLabels(value: unknown, prop: string, place: string): Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Map) {
    const need = `${prop} must be an object of label values by key`;
    throw refusal(place, 'label-invalid', need, shown(value), labelsIn(value, prop));
  }
  const entries = Object.entries(value as Record<string, unknown>);
  for (const [key, text] of entries) checkLabel(key, text, prop, place);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.freeze(Object.fromEntries(entries)) as Labels;
}

function checkLabel(key: string, value: unknown, prop: string, place: string): void {
  if (!isLabelKey(key)) {
    const need =
      `a key of ${prop} must be ${TEXT_FORM}, which may follow a DNS name of at most 253 characters ` + 'and a slash';
    throw refusal(place, 'label-invalid', need, shown(key));
  }
  if (typeof value === 'string' && isLabelValue(value)) return;
  const need = `${prop}[${shown(key)}] must be ${TEXT_FORM}`;
  const text = String(value);
  const isTextOf = (typeof value === 'number' && value >= 0) || typeof value === 'boolean';
  throw refusal(place, 'label-invalid', need, shown(value), isTextOf && isLabelValue(text) ? shown(text) : undefined);
}

/** Returns labels in the form of a selector of kubectl, `app=web,tier=front`, as an object. */
function labelsIn(value: unknown, prop: string): string | undefined {
  const pairs =
    typeof value === 'string' && !looksLikeToken(value) ? value.split(',').map((one) => one.split('=')) : [];
  const isSelector = pairs.length > 0 && pairs.every(([key, text, more]) => isPair(key, text) && more === undefined);
  return isSelector
    ? `${prop}: { ${pairs.map(([key, text]) => `${shown(key)}: ${shown(text)}`).join(', ')} }`
    : undefined;
}

function isPair(key: string, text: string | undefined): boolean {
  return isLabelKey(key) && text !== undefined && isLabelValue(text);
}

/** Returns labels as text: `app=web,tier=front`; `*` if there are none. */
export function labelText(labels: Labels): string {
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return texts.length === 0 ? '*' : texts.join(',');
}
