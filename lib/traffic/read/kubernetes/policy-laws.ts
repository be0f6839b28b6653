import { shown } from '../../../input';
import { isLabelKey, isLabelValue, LAST_PORT } from '../../../net';
import { contains, parseRange } from '../../sets';
import { type Block, isUnknown, unreadable } from '../../terraform';

// The laws are those of the API server:
// https://github.com/kubernetes/kubernetes/blob/019c5dc51786ef4d3a3c670a852267d2b087016c/pkg/apis/networking/validation/validation.go and
// https://github.com/kubernetes/kubernetes/blob/046d201c45cebd19eb1fc4612426761c64802825/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go

const RULES = { ingress: 'from', egress: 'to' } as const;
const MAX_TYPES = 2;
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Throws if the API server refuses the spec of a network policy, as far as it is known. */
export function checkPolicySpec(spec: Block): void {
  const types = spec.texts('policy_types');
  if (types.length > MAX_TYPES) throw unreadable('policy_types must be at most Ingress and Egress', `${types.length}`);
  for (const selector of blocksIn(spec, 'pod_selector')) checkSelector(selector);
  for (const [direction, far] of Object.entries(RULES)) {
    for (const item of blocksIn(spec, direction)) {
      blocksIn(item, 'ports').forEach(checkPort);
      blocksIn(item, far).forEach(checkFarEnd);
    }
  }
}

/** Returns the known blocks of a name. */
function blocksIn(block: Block, name: string): readonly Block[] {
  const blocks = block.blocks(name);
  return isUnknown(blocks) ? [] : blocks;
}

/** Returns where a block is in its policy: `ingress[0].from[1]`. */
function pathOf({ address }: Block): string {
  return address.replace(/^.*\.spec\[0\]\./, '').replace(/(ip_block|_selector)\[0\]/g, '$1');
}

function checkPort(block: Block): void {
  const [port, end] = [block.text('port'), block.integer('end_port')];
  // an absent number is 0 in a state
  const hasEnd = end !== undefined && end !== 0;
  const place = pathOf(block);
  if (port === undefined || port === '') {
    if (hasEnd) throw unreadable(`${place} must have a port in front of its end_port`, 'none');
    return;
  }
  if (isUnknown(port)) return;
  if (/^-?\d+$/.test(port)) {
    if (Number(port) < 1 || Number(port) > LAST_PORT) {
      throw unreadable(`${place} must have a port from 1 to ${LAST_PORT}`, port);
    }
    return;
  }
  if (hasEnd) throw unreadable(`${place} must have a number as its port, because it has an end_port`, shown(port));
  if (PORT_NAME.test(port)) return;
  const form = 'at most 15 lower-case letters, digits and single hyphens, with a letter';
  throw unreadable(`${place} must have a number or the name of a port, which is ${form}`, shown(port));
}

function checkFarEnd(block: Block): void {
  const [range] = blocksIn(block, 'ip_block');
  const selectors = ['pod_selector', 'namespace_selector'].flatMap((name) => blocksIn(block, name));
  if (range !== undefined && selectors.length > 0) {
    throw unreadable(`${pathOf(block)} must have either an ip_block or selectors`, 'both');
  }
  selectors.forEach(checkSelector);
  if (range !== undefined) checkExceptions(range);
}

/** Each exception must be a part of the range, and not all of it. */
function checkExceptions(block: Block): void {
  const cidr = block.text('cidr');
  const range = typeof cidr === 'string' ? parseRange(cidr) : undefined;
  if (range === undefined || 'problem' in range) return;
  for (const text of block.texts('except')) {
    const except = typeof text === 'string' ? parseRange(text) : undefined;
    if (except === undefined || 'problem' in except) continue;
    const isPart = except.family === range.family && contains(range.bounds, except.bounds);
    if (isPart && !contains(except.bounds, range.bounds)) continue;
    throw unreadable(`${pathOf(block)} must have exceptions within ${cidr as string}, and smaller`, shown(text));
  }
}

function checkSelector(block: Block): void {
  const labels = block.value('match_labels');
  if (typeof labels === 'object' && labels !== null && !isUnknown(labels)) {
    for (const [key, value] of Object.entries(labels)) {
      checkKey(block, key);
      if (isUnknown(value) || isLabelValue(String(value))) continue;
      throw unreadable(`${pathOf(block)} must have a value of a label for ${shown(key)}`, shown(value));
    }
  }
  for (const expression of blocksIn(block, 'match_expressions')) checkExpression(expression);
}

function checkKey(block: Block, key: string): void {
  if (!isLabelKey(key)) throw unreadable(`${pathOf(block)} must have keys of labels`, shown(key));
}

function checkExpression(block: Block): void {
  const [key, operator] = [block.text('key'), block.text('operator')];
  const values = block.texts('values');
  if (key === undefined) throw unreadable(`${pathOf(block)} must have a key`, 'none');
  if (!isUnknown(key)) checkKey(block, key);
  if (isUnknown(operator)) return;
  const place = pathOf(block);
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      throw unreadable(`${place} must have no values, because it has ${operator}`, `${values.length}`);
    }
  } else if (operator !== 'In' && operator !== 'NotIn') {
    throw unreadable(`${place} must have In, NotIn, Exists or DoesNotExist as its operator`, shown(operator));
  } else if (values.length === 0) throw unreadable(`${place} must have values, because it has ${operator}`, 'none');
}
