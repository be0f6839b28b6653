import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { ApinizerNodePorts, AwsSecurityGroup, Peer } from '../../lib';
import type { Configuration } from '../../lib/traffic/configuration';
import { DocumentedRowIndex } from '../../lib/traffic/documented-row';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { readTerraform } from '../../lib/traffic/read/read-terraform';
import { notEvaluatedIn } from '../support/not-evaluated';

const read = (resource: unknown, more: Record<string, unknown> = {}): Configuration =>
  readTerraform({ resource, ...more }, 'cdk.tf.json');
const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const variable = {
  known: { default: ['10.1.0.0/16', '10.3.0.0/16'] },
  six: { default: ['2001:db8::/32'] },
  unknown: {},
};

const RULE = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443 };
const firewall = (sourceRanges: unknown): Configuration =>
  read(
    {
      google_compute_firewall: {
        a: {
          name: 'a',
          network: 'n',
          allow: [{ protocol: 'tcp', ports: ['443'] }],
          source_ranges: sourceRanges,
          target_tags: ['t'],
        },
      },
    },
    { variable },
  );
const from = (configuration: Configuration): string[] =>
  lines(configuration).map((line) => line.replace(/^ingress 443\/tcp from (.*) to tag:t on n$/, '$1'));

test.each<[string, string[]]>([
  ['${var.known}', ['10.1.0.0/16', '10.3.0.0/16']],
  ['${tolist(var.known)}', ['10.1.0.0/16', '10.3.0.0/16']],
  ['${toset(["10.0.0.0/8", "10.0.0.0/8"])}', ['10.0.0.0/8']],
  ['${concat(["10.0.0.0/16", "10.2.0.0/16"], tolist(var.known), var.six)}', ['10.0.0.0/14', '2001:db8::/32']],
  ['${concat([var.known[0]], [])}', ['10.1.0.0/16']],
  ['${concat( [ "10.0.0.0/8", ], tolist( var.unknown ) )}', ['10.0.0.0/8', 'unknown:var.unknown']],
  ['${var.unknown}', ['unknown:var.unknown']],
  [
    '${concat(["10.0.0.0/8"], concat(var.unknown, data.x.y.z))}',
    ['10.0.0.0/8', 'unknown:data.x.y.z', 'unknown:var.unknown'],
  ],
])('evaluates %s to its members, and to the names of lists that are not known', (list, ends) => {
  expect(from(firewall(list))).toEqual(ends);
});

test('reports a list that is not known, with the name that comparisons use', () => {
  expect(notEvaluatedIn(firewall('${concat(["10.0.0.0/8"], var.unknown)}'))).toEqual([
    {
      file: 'cdk.tf.json',
      address: 'google_compute_firewall.a',
      reason: 'source_ranges is var.unknown, which has no default',
      comparedAs: 'unknown:var.unknown',
    },
  ]);
});

test.each([
  'compact(var.known)',
  'concat(["10.0.0.0/8"], "10.0.0.0/8")',
  'tolist(var.known, var.six)',
  'tolist("10.0.0.0/8")',
  '[["10.0.0.0/8"]]',
  'concat(["10.0.0.0/8"]) + concat(["11.0.0.0/8"])',
  '[for r in var.known : r]',
])('does not evaluate a list of a different form, and compares it by its expression: %s', (list) => {
  const configuration = firewall(`\${${list}}`);
  expect(from(configuration)).toEqual([`unknown:${list}`]);
  expect(configuration.notEvaluated).toMatchObject([
    { reason: `source_ranges is ${list}, which only Terraform can evaluate` },
  ]);
});

test('does not evaluate an unknown list of tags as one tag', () => {
  const target = { target_tags: '${concat(["t"], var.unknown)}', source_ranges: ['10.0.0.0/8'] };
  const configuration = read(
    { google_compute_firewall: { a: { name: 'a', network: 'n', allow: [{ protocol: 'all' }], ...target } } },
    { variable },
  );
  expect(lines(configuration)).toEqual([
    'ingress all from 10.0.0.0/8 to tag:t on n',
    'ingress all from 10.0.0.0/8 to tag:target_tags of google_compute_firewall.a on n',
  ]);
  expect(configuration.notEvaluated).toMatchObject([{ reason: 'target_tags is var.unknown, which has no default' }]);
});

const loop = (list: string): string => `\${toset((length(${list}) >= 1) ? tolist(${list}) : [""])}`;

test('gives a rule for each member of a known list the Terraform address of its instance', () => {
  const rule = { ...RULE, cidr_ipv4: '${each.value}', for_each: loop('var.known') };
  const { rules, notEvaluated } = read({ aws_vpc_security_group_ingress_rule: { a: rule } }, { variable });
  expect(rules.map(({ address }) => address)).toEqual([
    'aws_vpc_security_group_ingress_rule.a["10.1.0.0/16"]',
    'aws_vpc_security_group_ingress_rule.a["10.3.0.0/16"]',
  ]);
  expect(notEvaluated).toEqual([]);
});

test('finds the documented rows of an instance by the Terraform address of its resource', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  const workers = AwsSecurityGroup.fromId('sg-0a1b2c3d');
  const list = new TerraformVariable(stack, 'offices', {
    type: 'list(string)',
    default: ['10.1.0.0/16', '10.3.0.0/16'],
  });
  const offices = Peer.cidr(...Token.asList(list.value));
  new ApinizerNodePorts(stack, 'ports', { workers, managementConsole: { clients: offices } });
  const configuration = readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json');
  const documentedRows = new DocumentedRowIndex([configuration]);
  const { rules, notEvaluated } = configuration;
  expect(notEvaluated).toEqual([]);
  const row = 'apinizer-node-ports@2024-12/console-client-to-worker/management-console';
  const address = 'aws_vpc_security_group_ingress_rule.ingress_tcp_32080_f390445e6659';
  const reasons = rules.map((rule) => [rule.address, documentedRows.reasonOf(rule)]);
  expect(reasons).toEqual([
    [`${address}["10.1.0.0/16"]`, { documentedBy: [expect.objectContaining({ row, construct: 'prod/ports' })] }],
    [`${address}["10.3.0.0/16"]`, { documentedBy: [expect.objectContaining({ row, construct: 'prod/ports' })] }],
  ]);
});

test('finds the documented rows of an instance of a resource with a count', () => {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new ApinizerNodePorts(stack, 'ports', {
    workers: AwsSecurityGroup.fromId('sg-0a1b2c3d'),
    managementConsole: { clients: Peer.cidr('10.1.0.0/16') },
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  for (const rule of Object.values<any>(json.resource.aws_vpc_security_group_ingress_rule)) rule.count = 1;
  const configuration = readTerraform(json, 'cdk.tf.json');
  const documentedRows = new DocumentedRowIndex([configuration]);
  const row = 'apinizer-node-ports@2024-12/console-client-to-worker/management-console';
  expect(configuration.rules.map((rule) => [rule.address.slice(-3), documentedRows.reasonOf(rule)])).toEqual([
    ['[0]', { documentedBy: [expect.objectContaining({ row })] }],
  ]);
});

test('evaluates both lists of a rule if one of them is not known', () => {
  const rule = { ...RULE, cidr_ipv4: '${each.value}', for_each: loop('concat(var.known, var.unknown)') };
  expect(lines(read({ aws_vpc_security_group_ingress_rule: { a: rule } }, { variable }))).toEqual([
    'ingress 443/tcp from 10.1.0.0/16 to sg:sg-1',
    'ingress 443/tcp from 10.3.0.0/16 to sg:sg-1',
    'ingress 443/tcp from unknown:var.unknown over IPv4 to sg:sg-1',
  ]);
});

const entry = { for_each: '${toset(var.known)}', iterator: 'each', content: { cidr: '${each.value}' } };
const list = (dynamic: unknown, more: Record<string, unknown> = {}): Configuration =>
  read(
    {
      aws_ec2_managed_prefix_list: { l: { address_family: 'IPv4', dynamic, ...more } },
      aws_vpc_security_group_ingress_rule: { a: { ...RULE, prefix_list_id: '${aws_ec2_managed_prefix_list.l.id}' } },
    },
    { variable },
  );

const later = { ...entry, for_each: '${toset(var.unknown)}' };

test.each<[string, unknown, Record<string, unknown>]>([
  ['only', { entry }, {}],
  ['and an entry of its own', { entry: { ...entry, for_each: ['10.1.0.0/16'] } }, { entry: [{ cidr: '10.3.0.0/16' }] }],
  ['with a different iterator', { entry: { ...entry, iterator: 'range', content: { cidr: '${range.value}' } } }, {}],
  ['with the keys of a set', { entry: { ...entry, content: { cidr: '${each.key}' } } }, {}],
  ['with a description', { entry: { ...entry, content: { cidr: '${each.value}', description: 'x' } } }, {}],
])('reads the entries of a prefix list with a dynamic block %s', (_what, dynamic, more) => {
  expect(lines(list(dynamic, more))).toEqual([
    'ingress 443/tcp from 10.1.0.0/16 to sg:sg-1',
    'ingress 443/tcp from 10.3.0.0/16 to sg:sg-1',
  ]);
});

test.each<[string, unknown, Record<string, unknown>]>([
  ['and a second dynamic block', { entry, tags: {} }, {}],
  [
    'of which it has entries of its own, over values that are not known',
    { entry: later },
    { entry: [{ cidr: '10.0.0.0/8' }] },
  ],
  ['with a different iterator, over values that are not known', { entry: { ...later, iterator: 'range' } }, {}],
  ['with a different value that is not known', { entry: { ...later, content: { cidr: '${each.key}' } } }, {}],
  [
    'with descriptions that are not known',
    { entry: { ...later, content: { cidr: '${each.value}', description: 'x' } } },
    {},
  ],
  ['without content', { entry: { for_each: entry.for_each, iterator: 'each' } }, {}],
  ['that is text', 'entry', {}],
])('reports a prefix list with a dynamic block %s as not evaluated', (_what, dynamic, more) => {
  expect(notEvaluatedIn(list(dynamic, more))).toEqual([
    {
      file: 'cdk.tf.json',
      address: 'aws_ec2_managed_prefix_list.l',
      reason: 'dynamic is evaluated by Terraform: read its plan',
    },
  ]);
});
