import { firstGate } from '../../support/first-gate';

// An import block says which existing resource a definition is: its rules then apply to that one.

const GROUP = { name: 'w', ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] }] };
const stack = (blocks?: unknown, more: object = {}): object => ({
  ...(blocks === undefined ? {} : { import: blocks }),
  resource: { aws_security_group: { w: GROUP }, aws_s3_bucket: { b: {} } },
  ...more,
});
const WEB = { to: 'aws_security_group.w', id: 'sg-12345678' };
const DATABASE = { ...WEB, id: 'sg-87654321' };

test.each<[string, object, object]>([
  ['is new', stack(), stack([DATABASE])],
  ['is new, and not in a list', stack(), stack(DATABASE)],
  ['leads to a different group', stack([WEB]), stack([DATABASE])],
  [
    'has a local value that changes',
    stack([{ ...WEB, id: '${local.g}' }], { locals: { g: 'a' } }),
    stack([{ ...WEB, id: '${local.g}' }], { locals: { g: 'b' } }),
  ],
  [
    'has an identity that changes',
    stack([{ to: WEB.to, identity: { id: 'a' } }]),
    stack([{ to: WEB.to, identity: { id: 'b' } }]),
  ],
  ['is for an instance', stack(), stack([{ ...WEB, to: 'aws_security_group.w[0]' }])],
  ['is in a module', stack(), stack([{ ...WEB, to: 'module.m.aws_security_group.w' }])],
  ['is an expression', stack(), stack([{ ...WEB, to: '${aws_security_group.w}' }])],
])('an import block of a group %s: stops', (_what, before, after) => {
  expect(firstGate(before, after)).toBe('any');
  expect(firstGate(after, after)).toBeUndefined();
});

test('an import block that is gone, or of a resource that opens nothing, stops nothing', () => {
  expect(firstGate(stack([WEB]), stack())).toBeUndefined();
  expect(firstGate(stack(), stack([{ to: 'aws_s3_bucket.b', id: 'b' }]))).toBeUndefined();
});
