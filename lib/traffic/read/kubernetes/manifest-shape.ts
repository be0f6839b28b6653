import { nearestName, shown } from '../../../input';
import { LAST_PORT } from '../../../net';
import { isUnknown, unreadable } from '../../terraform';

/** The form of a value in a manifest. */
type Shape =
  | 'text'
  | 'port number'
  | 'port'
  | 'labels'
  | { readonly items: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

const TEXTS: Shape = { items: 'text' };
const SELECTOR: Shape = {
  fields: {
    matchLabels: 'labels',
    matchExpressions: { items: { fields: { key: 'text', operator: 'text', values: TEXTS } } },
  },
};
const PEERS: Shape = {
  items: {
    fields: {
      ipBlock: { fields: { cidr: 'text', except: TEXTS } },
      podSelector: SELECTOR,
      namespaceSelector: SELECTOR,
    },
  },
};
const PORTS: Shape = { items: { fields: { protocol: 'text', port: 'port', endPort: 'port number' } } };

/** https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/, read on 2026-11-29. */
const SPEC: Shape = {
  fields: {
    podSelector: SELECTOR,
    policyTypes: TEXTS,
    ingress: { items: { fields: { from: PEERS, ports: PORTS } } },
    egress: { items: { fields: { to: PEERS, ports: PORTS } } },
  },
};

/**
 * Throws unless the spec of a network policy has the fields of the API, each in its form.
 *
 * @param appliedBy Terraform converts numbers and text; kubectl sends them as they are
 */
export function checkShape(spec: unknown, appliedBy: 'kubectl' | 'terraform'): void {
  checkValue(spec, SPEC, 'spec', appliedBy === 'kubectl');
}

function checkValue(value: unknown, shape: Shape, path: string, isExact: boolean): void {
  if (value === undefined || value === null || isUnknown(value)) return;
  if (typeof shape !== 'string' && 'items' in shape) {
    if (!Array.isArray(value)) throw unreadable(`${path} must be a list`, kindOf(value));
    value.forEach((item: unknown, index) => checkValue(item, shape.items, `${path}[${index}]`, isExact));
  } else if (typeof shape !== 'string') checkFields(value, shape.fields, path, isExact);
  else if (shape === 'labels') checkLabels(value, path, isExact);
  else if (isExact || isSentAsItIs(value, shape)) checkScalar(value, shape, path);
}

function checkFields(value: unknown, fields: Readonly<Record<string, Shape>>, path: string, isExact: boolean): void {
  if (typeof value !== 'object' || Array.isArray(value)) throw unreadable(`${path} must be a map`, kindOf(value));
  for (const [name, member] of Object.entries(value!)) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape === undefined) {
      const names = Object.keys(fields);
      const nearest = nearestName(name, names) ?? names.join(', ');
      throw unreadable(`${path} must have only fields of the API, such as ${nearest}`, shown(name));
    }
    checkValue(member, shape, path === 'spec' ? name : `${path}.${name}`, isExact);
  }
}

function checkLabels(value: unknown, path: string, isExact: boolean): void {
  if (typeof value !== 'object' || Array.isArray(value)) throw unreadable(`${path} must be a map`, kindOf(value));
  for (const [key, text] of Object.entries(value!)) {
    if (isUnknown(text) || typeof text === 'string' || (!isExact && typeof text !== 'object')) continue;
    throw unreadable(`${path} must have text for ${shown(key)}`, kindOf(text));
  }
}

/** Whether Terraform too sends a value as it is. */
function isSentAsItIs(value: unknown, shape: Shape): boolean {
  return typeof value === 'object' || (shape !== 'text' && typeof value === 'number');
}

function checkScalar(value: unknown, shape: 'text' | 'port number' | 'port', path: string): void {
  if (shape !== 'port number' && typeof value === 'string') {
    if (shape === 'text' || !/^\d+$/.test(value)) return;
    throw unreadable(`${path} must be a number, or the name of a port`, `${shown(value)}, which is text`);
  }
  if (shape === 'text') throw unreadable(`${path} must be text`, kindOf(value));
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LAST_PORT) return;
  throw unreadable(`${path} must be a number from 1 to ${LAST_PORT}`, kindOf(value));
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'a map' : shown(value);
}
