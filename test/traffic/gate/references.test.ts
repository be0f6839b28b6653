import type { Gate } from '../../../lib/traffic/configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate } from '../../support/first-gate';

// What a reference leads to counts, in every form in which Terraform lets people write it.

const rule = (range: string, more: object = {}, resources: object = {}): object => ({
  ...more,
  resource: {
    ...resources,
    aws_vpc_security_group_ingress_rule: {
      r: { security_group_id: 'sg-12345678', ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: range },
    },
  },
});
const ip = (region: string): object =>
  rule('${data.aws_eip.e.public_ip}/32', {
    provider: [{ aws: { region: 'a' } }, { aws: [{ alias: 'b', region }] }],
    data: { aws_eip: { e: { provider: 'aws.b', tags: { n: 'x' } } } },
  });

test('providers may be a list', () => {
  expect(firstGate(ip('a'), ip('b'))).toBeDefined();
  expect(firstGate(ip('a'), ip('a'))).toBeUndefined();
  const firewall = { f: { name: 'f', network: 'n', provider: 'google.b', allow: { protocol: 'tcp' } } };
  const json = {
    provider: [{ google: { project: 'a' } }, { google: { alias: 'b', project: 'p' } }],
    resource: { google_compute_firewall: firewall },
  };
  expect(readTerraform(json, 'cdk.tf.json').rules.map(({ network }) => network)).toEqual(['p/n']);
});

const TAGS = { Office: '10.0.0.0/8' };
const OPEN = { Office: '0.0.0.0/0' };
const vpc = (range: string, tags: object, more: object = {}): object =>
  rule(range, more, { aws_vpc: { v: { cidr_block: '10.0.0.0/16', tags } } });

test.each<[string, string, object]>([
  ['in a function', '${trimspace(aws_vpc.v.tags.Office)}', {}],
  ['with a bracket', '${trimspace(aws_vpc.v["tags"].Office)}', {}],
  ['with blanks', '${trimspace(aws_vpc.v . tags["Office"])}', {}],
  ['through a local value that is the resource', '${lower(local.v.tags.Office)}', { locals: { v: '${aws_vpc.v}' } }],
  ['with those of the provider', '${lower(aws_vpc.v.tags_all.Office)}', {}],
])('a tag that an expression reads %s counts', (_what, range, more) => {
  expect(firstGate(vpc(range, TAGS, more), vpc(range, OPEN, more))).toBeDefined();
  expect(firstGate(vpc(range, TAGS, more), vpc(range, TAGS, more))).toBeUndefined();
});

test('a tag that no expression reads does not count', () => {
  const range = '${cidrsubnet(aws_vpc.v.cidr_block, 0, 0)}';
  expect(firstGate(vpc(range, TAGS), vpc(range, OPEN))).toBeUndefined();
});

const EIP = { data: { aws_eip: { e: { tags: { Role: 'office' } } } } };
const addresses = (a: object, b: object, more: object = EIP): object =>
  rule('${data.aws_eip.e.public_ip}/32', more, { aws_eip: { a, b } });
const role = (name: string, more: object = {}): object => ({ tags: { Role: name, ...more } });
const SUBNETS = { aws_subnets: { s: { filter: { name: 'tag:Tier', values: ['lb'] } } } };
const balancer = (tags: unknown, more: object = {}, data: object = SUBNETS): object => ({
  data,
  ...more,
  resource: {
    aws_subnet: { a: { vpc_id: 'v', tags } },
    aws_lb: { l: { subnets: '${data.aws_subnets.s.ids}', security_groups: ['sg-1'] } },
  },
});

test.each<[string, object, object, Gate | undefined]>([
  ['the tags of an address', addresses(role('office'), role('x')), addresses(role('x'), role('office')), 'widened'],
  ['the tags of subnets', balancer({ Tier: 'private' }), balancer({ Tier: 'lb' }), 'opened'],
  [
    'tags that are an expression',
    balancer('${merge(local.t, {})}', { locals: { t: { Tier: 'private' } } }),
    balancer('${merge(local.t, {})}', { locals: { t: { Tier: 'lb' } } }),
    'opened',
  ],
  [
    'the tags that a provider gives all resources',
    balancer({}, { provider: { aws: { default_tags: { tags: { Tier: 'private' } } } } }),
    balancer({}, { provider: { aws: { default_tags: { tags: { Tier: 'lb' } } } } }),
    'opened',
  ],
  [
    'the name of a group',
    rule(
      '${lower(data.aws_vpc.v.cidr_block)}',
      { data: { aws_vpc: { v: { tags: { Name: 'a' } } } } },
      { aws_vpc: { x: { tags: { Name: 'a' } } } },
    ),
    rule(
      '${lower(data.aws_vpc.v.cidr_block)}',
      { data: { aws_vpc: { v: { tags: { Name: 'a' } } } } },
      { aws_vpc: { x: { tags: { Name: 'b' } } } },
    ),
    'widened',
  ],
  [
    'a tag that the data source does not name',
    addresses(role('office'), role('x')),
    addresses(role('office', { Cost: '1' }), role('x')),
    undefined,
  ],
  [
    'the tags of a resource of a different type',
    rule('10.0.0.0/8', EIP, { aws_nat_gateway: { n: role('x') } }),
    rule('10.0.0.0/8', EIP, { aws_nat_gateway: { n: role('office') } }),
    undefined,
  ],
])('a change of %s by which a data source selects stops as it should', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
  expect(firstGate(after, after)).toBeUndefined();
});
