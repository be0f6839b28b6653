import {
  instanceKeys,
  networkText,
  readableText,
  readState,
  referenceText,
  valueIn,
  valuesIn,
} from '../../lib/provenance/terraform-state';
import type { ErrorCode } from '../../lib/input';
import { expectRefusal } from '../support/refusals';

const resource = (address: string, values: unknown): object => ({ address, values });

const state = readState('state.json', {
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        resource('aws_vpc.main', {
          cidr_block: '10.0.0.0/8',
          ranges: ['10.1.0.0/16', '10.2.0.0/16'],
          none: [],
          size: 8,
        }),
        resource('aws_vpc.main-2', { cidr_block: '10.8.0.0/16', tags: { 'team-1': 'network' }, mixed: ['a', null] }),
        resource('aws_subnet.zone[11]', { cidr_block: '10.3.0.0/24' }),
        resource('aws_subnet.named["b"]', { cidr_block: '10.5.0.0/24', blocks: [{ port: 443 }, { port: 80 }] }),
        resource('aws_subnet.named["a"]', { cidr_block: '10.4.0.0/24' }),
        resource('aws_subnet.named2["c"]', {}),
        resource('data.aws_vpc.other', { cidr_block: '10.6.0.0/16' }),
        resource('aws_eip.nat', { many: Array.from({ length: 12 }, (_, index) => `203.0.113.${index}`), gone: null }),
        { values: { cidr_block: '10.7.0.0/16' } },
        null,
      ],
    },
  },
});

test.each([
  ['aws_vpc.main.cidr_block', '10.0.0.0/8'],
  ['aws_vpc.main-2.cidr_block', '10.8.0.0/16'],
  ['aws_vpc.main-2.tags.team-1', 'network'],
  ['aws_vpc.main.ranges[1]', '10.2.0.0/16'],
  ['aws_vpc.main.size', '8'],
  ['aws_eip.nat.many[11]', '203.0.113.11'],
  ['aws_subnet.zone[11].cidr_block', '10.3.0.0/24'],
  ['aws_subnet.named["a"].cidr_block', '10.4.0.0/24'],
  ['aws_subnet.named["b"].blocks[1].port', '80'],
  ['data.aws_vpc.other.cidr_block', '10.6.0.0/16'],
  ['${aws_vpc.main.cidr_block}', '10.0.0.0/8'],
  ['${ aws_vpc.main.cidr_block }', '10.0.0.0/8'],
  ['${aws_eip.nat.many[0]}/${aws_vpc.main.size}', '203.0.113.0/8'],
])('%s is %s', (expression, value) => {
  expect(valueIn(state, expression)).toBe(value);
});

test.each([
  'aws_vpc.main',
  'aws_vpc.main.ranges',
  'aws_vpc.main.nothing',
  'aws_vpc.other.cidr_block',
  'x aws_vpc.main.cidr_block',
  'aws_vpc.main.cidr_block + 1',
  'aws_vpc.main-2.tags.constructor',
  'aws_vpc.main.cidr_block.length',
  'aws_eip.nat.gone',
  'aws_eip.nat.gone.more',
  'var.office',
  '${aws_eip.nat.many[0]}/${var.size}',
])('%s is not known', (expression) => {
  expect(valueIn(state, expression)).toBeUndefined();
});

test('returns the texts of a list, and a single text as a list of one', () => {
  expect(valuesIn(state, 'aws_vpc.main.ranges')).toEqual(['10.1.0.0/16', '10.2.0.0/16']);
  expect(valuesIn(state, 'aws_vpc.main.cidr_block')).toEqual(['10.0.0.0/8']);
  expect(valuesIn(state, '${aws_eip.nat.many[0]}/32')).toEqual(['203.0.113.0/32']);
});

test.each(['aws_vpc.main.none', 'aws_vpc.main-2.mixed', 'aws_vpc.main.nothing', 'aws_vpc.main-2.tags'])(
  '%s is not a list of texts',
  (expression) => {
    expect(valuesIn(state, expression)).toBeUndefined();
  },
);

test('returns the keys of a resource with for_each', () => {
  expect(instanceKeys(state, 'aws_subnet.named')).toEqual(['a', 'b']);
  expect(instanceKeys(state, 'aws_subnet.zone')).toEqual([]);
});

test('reads a state without resources', () => {
  for (const values of [undefined, {}, { root_module: {} }, { root_module: { resources: 'none' } }, 'none', [1]]) {
    const empty = readState('state.json', { format_version: '1.0', values });
    expect([...empty]).toEqual([]);
  }
});

describe('fails for', () => {
  test.each<[string, unknown, ErrorCode]>([
    ['nothing', undefined, 'state-required'],
    ['null', null, 'state-required'],
    ['text', 'state', 'state-required'],
    ['a list', [{ format_version: '1.0' }], 'state-required'],
    ['other JSON', { version: 4 }, 'state-required'],
    ['a different format', { format_version: '2.0' }, 'terraform-json-version-unknown'],
    ['a plan', { format_version: '1.2', planned_values: {} }, 'state-required'],
  ])('%s', (_what, json, code) => {
    expectRefusal(() => readState('state.json', json), code);
  });
});

test('replaces expressions by values or placeholders', () => {
  const text = 'VPC ${aws_vpc.main.cidr_block} of ${var.team}, $${literal} %%{ if }';
  expect(readableText(text, state)).toBe('VPC 10.0.0.0/8 of <var.team>, ${literal} %{ if }');
  expect(readableText(text)).toBe('VPC <aws_vpc.main.cidr_block> of <var.team>, ${literal} %{ if }');
  expect(referenceText('var.office')).toBe('<var.office>');
  expect(referenceText('${var.office}/32')).toBe('<var.office>/32');
});

test('replaces the self link of a network by its name', () => {
  const link = 'https://www.googleapis.com/compute/v1/projects/prod/global/networks/main';
  expect(networkText(`network ${link} of project prod`)).toBe('network main of project prod');
  expect(networkText('network ${var.network}')).toBe('network <var.network>');
  expect(networkText('network xhttps://a.example/global/networks/main')).toBe(
    'network xhttps://a.example/global/networks/main',
  );
});

test('has nothing that a state marks as sensitive, in any depth', () => {
  const secret = readState('state.json', {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.main',
            values: { password: 'hunter2', port: 5432, users: [{ name: 'a', key: 'hunter3' }], list: ['a', 'hunter4'] },
            sensitive_values: { password: true, users: [{ key: true }], list: [false, true] },
          },
          { address: 'aws_db_instance.all', values: { password: 'hunter5' }, sensitive_values: true },
        ],
      },
    },
  });
  const value = (attribute: string): unknown => valuesIn(secret, `aws_db_instance.main.${attribute}`);
  expect([value('password'), value('users[0].key'), value('list')]).toEqual([undefined, undefined, undefined]);
  expect([value('port'), value('users[0].name')]).toEqual([['5432'], ['a']]);
  expect(valuesIn(secret, 'aws_db_instance.all.password')).toBeUndefined();
  expect(readableText('${aws_db_instance.main.password}', secret)).toBe('<aws_db_instance.main.password>');
});
