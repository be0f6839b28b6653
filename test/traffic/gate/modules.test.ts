import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate } from '../../support/first-gate';

// A module is not evaluated. A range in its arguments that begins to be open to the world is most likely the source of a rule.

const OFFICE = '10.0.0.0/8';
const WORLD = '0.0.0.0/0';
const called = (body: object, more: object = {}): object => ({
  module: { sg: { source: 'terraform-aws-modules/security-group/aws', name: 'web', ...body } },
  ...more,
});

test.each<[string, object, object, Gate]>([
  ['a range', called({ ingress_cidr_blocks: [OFFICE] }), called({ ingress_cidr_blocks: [WORLD] }), 'world'],
  ['an IPv6 range', called({ ranges: [] }), called({ ranges: ['::/0'] }), 'world'],
  ['two halves', called({ ranges: ['0.0.0.0/1'] }), called({ ranges: ['0.0.0.0/1', '128.0.0.0/1'] }), 'world'],
  [
    'a range in an object in a list, as text with several ranges',
    called({ rules: [{ port: 22, cidr_blocks: OFFICE }] }),
    called({ rules: [{ port: 22, cidr_blocks: `${OFFICE},${WORLD}` }] }),
    'world',
  ],
  [
    'a range of a variable',
    called({ ranges: '${var.r}' }, { variable: { r: { default: [OFFICE] } } }),
    called({ ranges: '${var.r}' }, { variable: { r: { default: [WORLD] } } }),
    'world',
  ],
  ['a range of a new module', {}, called({ ranges: [WORLD] }), 'world'],
  ['a range for outbound traffic', called({}), called({ egress_cidr_blocks: [WORLD] }), 'any'],
  ['a range for outbound traffic in an object', called({}), called({ rules: { egress: [WORLD] } }), 'any'],
  ['a range that is not of the world', called({ ranges: [OFFICE] }), called({ ranges: ['10.0.0.0/7'] }), 'any'],
  ['a name next to a range', called({ ranges: [WORLD] }), called({ ranges: [WORLD], name: 'db' }), 'any'],
  ['a range next to one of the world', called({ r: [WORLD, OFFICE] }), called({ r: [WORLD, '11.0.0.0/8'] }), 'any'],
  ['a range that is no longer of the world', called({ ranges: [WORLD] }), called({ ranges: [OFFICE] }), 'any'],
])('the arguments of a module change: %s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
  expect(firstGate(after, after)).toBeUndefined();
});

test('the arguments of a module count with the threshold that is given', () => {
  expect(firstGate(called({ ranges: ['20.0.0.0/9'] }), called({ ranges: ['20.0.0.0/8'] }))).toBe('any');
  expect(firstGate(called({ ranges: ['20.0.0.0/8'] }), called({ ranges: ['20.0.0.0/7'] }))).toBe('world');
});
