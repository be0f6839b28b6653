import { firstGate } from '../../support/first-gate';

// The same text in a different region, account or project is something different, also if it is not evaluated.

const RULE = {
  security_group_id: 'sg-01234567',
  ip_protocol: 'tcp',
  from_port: 443,
  to_port: 443,
  cidr_ipv4: '0.0.0.0/0',
};
const only = (type: string, body: object): object => ({ resource: { [type]: { x: body } } });
const rule = (body: object): object => only('aws_vpc_security_group_ingress_rule', { ...RULE, ...body });
const moduleWith = (body: object): object => ({ module: { m: { source: 'x/y', ...body } } });

test.each<[string, object, string, object, object]>([
  ['a rule with count', rule({ count: '${var.n}' }), 'aws', { region: 'a' }, { region: 'b' }],
  ['a rule with for_each', rule({ for_each: '${var.n}' }), 'aws', { region: 'a' }, { region: 'b' }],
  [
    'a group with dynamic blocks',
    only('aws_security_group', { dynamic: { ingress: {} } }),
    'aws',
    { profile: 'a' },
    { profile: 'b' },
  ],
  [
    'a rule with an unknown port',
    rule({ to_port: '${var.p}' }),
    'aws',
    { assume_role: { role_arn: 'a' } },
    { assume_role: { role_arn: 'b' } },
  ],
  [
    'a rule with a provider of its own',
    rule({ count: 2, provider: 'aws.x' }),
    'aws',
    { alias: 'x', region: 'a' },
    { alias: 'x', region: 'b' },
  ],
  ['a module', moduleWith({}), 'aws', { region: 'a' }, { region: 'b' }],
  [
    'a module with a provider',
    moduleWith({ providers: { aws: 'aws.x' } }),
    'aws',
    { alias: 'x', region: 'a' },
    { alias: 'x', region: 'b' },
  ],
  ['a module with for_each', moduleWith({ for_each: '${var.n}' }), 'google', { project: 'a' }, { project: 'b' }],
  [
    'a rule of Azure',
    only('azurerm_network_security_rule', {}),
    'azurerm',
    { subscription_id: 'a' },
    { subscription_id: 'b' },
  ],
  ['a rule of Hetzner', only('hcloud_firewall', {}), 'hcloud', { endpoint: 'a' }, { endpoint: 'b' }],
  ['a manifest', only('kubernetes_manifest', {}), 'kubernetes', { host: 'a' }, { host: 'b' }],
  ['a machine', only('aws_instance', { vpc_security_group_ids: ['sg-1'] }), 'aws', { region: 'a' }, { region: 'b' }],
  [
    'a machine of Google',
    only('google_compute_instance', { tags: ['a'] }),
    'google',
    { project: 'a' },
    { project: 'b' },
  ],
  ['a module that has none now', moduleWith({}), 'aws', { region: 'a' }, {}],
  ['a network ACL', only('aws_network_acl_rule', {}), 'aws', { region: 'a' }, {}],
])('the provider of %s stops if it changes', (_what, stack, provider, old, now) => {
  const using = (settings: object): object => ({ ...stack, provider: { [provider]: [settings] } });
  expect(firstGate(using(old), using(now))).toBe('any');
  expect(firstGate(using(old), using({ ...old, default_tags: [{ tags: {} }] }))).toBeUndefined();
  expect(
    firstGate(using(old), { ...using(old), provider: { [provider]: [old], unrelated: [{ alias: 'x', region: 'x' }] } }),
  ).toBeUndefined();
});

test('a module stops if there is a provider that it inherits now', () => {
  expect(firstGate(moduleWith({}), { ...moduleWith({}), provider: { aws: [{ region: 'b' }] } })).toBe('any');
});

test('the settings of providers that nothing uses stop nothing', () => {
  const using = (settings: object): object => ({
    ...rule({ count: 2 }),
    provider: { aws: [{ region: 'a' }], google: [settings] },
  });
  expect(firstGate(using({ project: 'a' }), using({ project: 'b' }))).toBeUndefined();
});

test.each([
  [{}, { region: 'b' }],
  [{ region: 'a' }, { region: 'b' }],
  [{ region: 'a' }, {}],
])('a machine of region %j stops if it is of %j', (old, now) => {
  const using = (more: object): object => only('aws_instance', { vpc_security_group_ids: ['sg-1'], ...more });
  expect(firstGate(using(old), using(now))).toBe('any');
});
