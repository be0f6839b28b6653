import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate } from '../../support/first-gate';

// Blocks and settings next to the resources that decide what they are, or that something runs.

const ssh = (to: string): object => ({
  r: { security_group_id: to, ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '0.0.0.0/0' },
});
const groups = (bodies: object, more: object = {}): object => ({
  resource: { aws_security_group: bodies, aws_vpc_security_group_ingress_rule: ssh('${aws_security_group.web.id}') },
  ...more,
});
const BEFORE = groups({ web: { name: 'x' }, db: { name: 'y' } });
const AFTER = { old: { name: 'x' }, web: { name: 'x' } };
const moved = (from: string, to: string): object => ({ from, to });

test.each<[string, object, Gate | undefined]>([
  ['nothing moves', groups(AFTER), undefined],
  [
    'a different group gets the address, with the rules of the one that had it',
    groups(AFTER, {
      moved: [
        moved('aws_security_group.web', 'aws_security_group.old'),
        moved('aws_security_group.db', 'aws_security_group.web'),
      ],
    }),
    'any',
  ],
  [
    'the block is not in a list',
    groups(AFTER, { moved: moved('aws_security_group.db', 'aws_security_group.web') }),
    'any',
  ],
  [
    'an instance gets the address of a different one',
    groups(AFTER, { moved: [moved('aws_security_group.db[0]', 'aws_security_group.web[0]')] }),
    'any',
  ],
  [
    'a group gets an address that nothing had',
    groups(AFTER, { moved: [moved('aws_security_group.db', 'aws_security_group.old')] }),
    undefined,
  ],
  ['a bucket gets an address', groups(AFTER, { moved: [moved('aws_s3_bucket.a', 'aws_s3_bucket.b')] }), undefined],
])('moved blocks: %s', (_what, after, gate) => {
  expect(firstGate(BEFORE, after)).toBe(gate);
  expect(firstGate(after, after)).toBeUndefined();
});

test('a moved block of a module, or of a resource in it, decides what the module is', () => {
  const module = { m: { source: 'x' } };
  const after = (to: string): object => ({ module, moved: [moved('module.other', to)] });
  expect(firstGate({ module }, after('module.m'))).toBe('any');
  expect(firstGate({ module }, after('module.m.aws_security_group.web'))).toBe('any');
  expect(firstGate({ module }, after('module.new'))).toBeUndefined();
});

test.each(['module.m["a.b"].aws_security_group.w', 'module.m[0].module.n["x"].aws_security_group.w[0]'])(
  'an import block in an instance of a module: %s',
  (to) => {
    expect(firstGate({ import: [{ to, id: 'a' }] }, { import: [{ to, id: 'b' }] })).toBe('any');
  },
);

const providers = (required: unknown, more: object = {}): object => ({
  ...groups({ web: { name: 'x' } }),
  terraform: { required_providers: required },
  ...more,
});

test.each<[string, object, object, Gate | undefined]>([
  ['of rules', providers({ aws: { source: 'hashicorp/aws' } }), providers({ aws: { source: 'other/aws' } }), 'any'],
  ['of rules, which is new', groups({ web: { name: 'x' } }), providers([{ aws: { source: 'other/aws' } }]), 'any'],
  [
    'in a different spelling',
    providers({ aws: 'hashicorp/aws' }),
    providers({ aws: { source: 'registry.terraform.io/hashicorp/AWS' } }),
    undefined,
  ],
  [
    'of rules, in a different version',
    providers({ aws: { version: '1' } }),
    providers({ aws: { version: '2' } }),
    undefined,
  ],
  ['of nothing that counts', providers({}), providers({ github: { source: 'integrations/github' } }), undefined],
  [
    'of a function',
    providers({ x: { source: 'a/x' } }, { locals: { a: '${provider::x::cidr("a")}' } }),
    providers({ x: { source: 'b/x' } }, { locals: { a: '${provider::x::cidr("a")}' } }),
    'any',
  ],
])('the source of a provider %s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
});

const replaced = (input: unknown, lifecycle: unknown): object => ({
  resource: {
    terraform_data: {
      x: { lifecycle, provisioner: [{ 'local-exec': { command: 'true' } }] },
      y: { input },
    },
  },
});

test.each<[string, unknown]>([
  ['a list', [{ replace_triggered_by: ['terraform_data.y'] }]],
  ['expressions', { replace_triggered_by: ['${terraform_data.y.output}'] }],
])('a command that runs again if a resource changes depends on that resource: %s', (_what, lifecycle) => {
  expect(firstGate(replaced(1, lifecycle), replaced(2, lifecycle))).toBe('opened');
  expect(firstGate(replaced(1, {}), replaced(2, {}))).toBeUndefined();
});

const inProvider = (provider: string, settings: object, more: object = {}): object => ({
  resource: { aws_vpc_security_group_ingress_rule: { r: { ...(ssh('sg-1') as { r: object }).r, provider } } },
  provider: { aws: { alias: 'x', ...settings } },
  ...more,
});
const REGIONS = { for_each: '${local.regions}', region: '${each.value}' };
const regions = (eu: string): object => ({ locals: { regions: { eu, us: 'us-1' } } });

test.each<[string, object, object, Gate | undefined]>([
  [
    'a different instance',
    inProvider('aws.x["eu"]', REGIONS, regions('a')),
    inProvider('aws.x["us"]', REGIONS, regions('a')),
    'any',
  ],
  [
    'a different value',
    inProvider('aws.x["eu"]', REGIONS, regions('a')),
    inProvider('aws.x["eu"]', REGIONS, regions('b')),
    'any',
  ],
  [
    'an expression',
    inProvider('${aws.x["eu"]}', REGIONS, regions('a')),
    inProvider('${aws.x["eu"]}', REGIONS, regions('b')),
    'any',
  ],
  [
    'a different spelling',
    inProvider('${aws.x["eu"]}', REGIONS, regions('a')),
    inProvider('aws.x["eu"]', REGIONS, regions('a')),
    undefined,
  ],
  [
    'an expression without a loop',
    inProvider('${aws.x}', { region: 'a' }),
    inProvider('${aws.x}', { region: 'b' }),
    'any',
  ],
])('the instance of a provider: %s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
});
