import type { Configuration } from '../../../lib/traffic/configuration';
import { permittedBy } from '../../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../../lib/traffic/permitted/traffic-rows';
import { readPlannedChange, readTerraform } from '../../../lib/traffic/read/read-terraform';

const ID = 'sg-0123456789abcdef0';
const linesOf = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const RULE = { security_group_id: ID, ip_protocol: 'tcp', cidr_ipv4: '10.0.0.0/8' };
const ports = (port: number): object => ({ ...RULE, from_port: port, to_port: port });

/** Returns what two rules of one group id permit, which have different providers or regions. */
function permitted(aws: unknown, west: object, east: object = {}): string[] {
  const rules = { east: { ...ports(22), ...east }, west: { ...ports(443), ...west } };
  const json = { provider: { aws }, resource: { aws_vpc_security_group_ingress_rule: rules } };
  return linesOf(readTerraform(json, 'cdk.tf.json'));
}

const inWest = { provider: 'aws.west' };

describe('one group id in two places', () => {
  test.each<[string, unknown, object, string[]]>([
    [
      'regions of two providers',
      [{ region: 'us-east-1' }, { alias: 'west', region: 'us-west-2' }],
      inWest,
      [`us-east-1/${ID}`, `us-west-2/${ID}`],
    ],
    [
      'a provider written as an expression',
      [{ region: 'us-east-1' }, { alias: 'west', region: 'us-west-2' }],
      { provider: '${aws.west}' },
      [`us-east-1/${ID}`, `us-west-2/${ID}`],
    ],
    [
      'the region of a resource',
      [{ region: 'us-east-1' }],
      { region: 'us-west-2' },
      [`us-east-1/${ID}`, `us-west-2/${ID}`],
    ],
    [
      'accounts by the accounts that are allowed',
      [
        { region: 'us-east-1', allowed_account_ids: ['111111111111'] },
        { alias: 'west', region: 'us-east-1', allowed_account_ids: ['222222222222'] },
      ],
      inWest,
      [`111111111111/us-east-1/${ID}`, `222222222222/us-east-1/${ID}`],
    ],
    [
      'accounts by the role that is assumed',
      [{}, { alias: 'west', assume_role: [{ role_arn: 'arn:aws:iam::222222222222:role/deploy' }] }],
      inWest,
      [`222222222222/${ID}`, `aws/${ID}`],
    ],
    ['providers of which nothing is known', [{}, { alias: 'west' }], inWest, [`aws.west/${ID}`, `aws/${ID}`]],
    [
      'providers in one region whose accounts are not known',
      [{ region: 'us-east-1' }, { alias: 'west', region: 'us-east-1', profile: 'other' }],
      inWest,
      [`aws.west/us-east-1/${ID}`, `aws/us-east-1/${ID}`],
    ],
    [
      'a region that is a variable',
      [{ region: 'us-east-1' }, { alias: 'west', region: '${var.west}' }],
      inWest,
      [`aws.west/${ID}`, `us-east-1/${ID}`],
    ],
  ])('is two groups: %s', (_what, aws, west, names) => {
    const [east, other] = [...names].sort((a, b) => Number(/222|west/.test(a)) - Number(/222|west/.test(b)));
    expect(permitted(aws, west)).toEqual(
      [`ingress 22/tcp from 10.0.0.0/8 to sg:${east}`, `ingress 443/tcp from 10.0.0.0/8 to sg:${other}`].sort((a, b) =>
        a.slice(a.indexOf('sg:')).localeCompare(b.slice(b.indexOf('sg:'))),
      ),
    );
  });

  test('is one group if account and region are known to be the same', () => {
    const provider = { region: 'us-east-1', allowed_account_ids: ['111111111111'] };
    expect(permitted([provider, { ...provider, alias: 'west' }], inWest)).toEqual([
      `ingress 22/tcp from 10.0.0.0/8 to sg:${ID}`,
      `ingress 443/tcp from 10.0.0.0/8 to sg:${ID}`,
    ]);
  });

  test('keeps its name if it is used in one place only', () => {
    const other = { security_group_id: 'sg-0123456789abcdef1' };
    expect(
      permitted([{ region: 'us-east-1' }, { alias: 'west', region: 'us-west-2' }], { ...inWest, ...other }),
    ).toEqual([
      `ingress 22/tcp from 10.0.0.0/8 to sg:${ID}`,
      `ingress 443/tcp from 10.0.0.0/8 to sg:${other.security_group_id}`,
    ]);
  });
});

test('a group at the far end, of an inline rule and in a prefix list is in the place of its rule', () => {
  const inline = (peer: object): object => ({ ingress: [{ protocol: 'tcp', from_port: 80, to_port: 80, ...peer }] });
  const json = {
    provider: { aws: [{ region: 'us-east-1' }, { alias: 'west', region: 'us-west-2' }] },
    resource: {
      aws_security_group: {
        east: inline({ security_groups: [ID], prefix_list_ids: ['pl-1'] }),
        west: { ...inline({ security_groups: [ID], prefix_list_ids: ['pl-1'] }), provider: 'aws.west' },
      },
    },
  };
  expect(linesOf(readTerraform(json, 'cdk.tf.json'))).toEqual([
    'ingress 80/tcp from list:us-east-1/pl-1 to sg:aws_security_group.east',
    `ingress 80/tcp from sg:us-east-1/${ID} to sg:aws_security_group.east`,
    'ingress 80/tcp from list:us-west-2/pl-1 to sg:aws_security_group.west',
    `ingress 80/tcp from sg:us-west-2/${ID} to sg:aws_security_group.west`,
  ]);
});

const arn = (region: string, account: string, id: string): string => `arn:aws:ec2:${region}:${account}:${id}`;

/** Returns a resource in the form of a state. */
function existing(type: string, name: string, values: object): object {
  return { address: `${type}.${name}`, mode: 'managed', type, name, values };
}

const ofState = (...resources: object[]): object => ({
  format_version: '1.0',
  values: { root_module: { resources } },
});

describe('a state', () => {
  const group = (name: string, region: string): object =>
    existing('aws_security_group', name, { id: ID, arn: arn(region, '111111111111', `security-group/${ID}`) });
  const rule = (name: string, region: string, port: number): object =>
    existing('aws_vpc_security_group_ingress_rule', name, {
      ...ports(port),
      arn: arn(region, '111111111111', 'security-group-rule/sgr-1'),
    });

  test('has two groups of one id in two regions, each with the rules of its region', () => {
    const json = ofState(
      group('east', 'us-east-1'),
      group('west', 'us-west-2'),
      rule('ssh', 'us-east-1', 22),
      rule('web', 'us-west-2', 443),
    );
    expect(linesOf(readTerraform(json, 'state.json'))).toEqual([
      'ingress 22/tcp from 10.0.0.0/8 to sg:aws_security_group.east',
      'ingress 443/tcp from 10.0.0.0/8 to sg:aws_security_group.west',
    ]);
  });

  test('has a rule that says no region in the group of its id, if there is only one', () => {
    const old = existing('aws_security_group_rule', 'old', {
      type: 'ingress',
      security_group_id: ID,
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: ['10.0.0.0/8'],
    });
    expect(linesOf(readTerraform(ofState(group('east', 'us-east-1'), old), 'state.json'))).toEqual([
      'ingress 22/tcp from 10.0.0.0/8 to sg:aws_security_group.east',
    ]);
    const both = ofState(group('east', 'us-east-1'), group('west', 'us-west-2'), old);
    expect(linesOf(readTerraform(both, 'state.json'))).toEqual([`ingress 22/tcp from 10.0.0.0/8 to sg:${ID}`]);
  });
});

test('a plan has the regions of its providers, and those of existing resources, before and after the apply', () => {
  const address = (name: string): string => `aws_vpc_security_group_ingress_rule.${name}`;
  const planned = (name: string, port: number, more: object = {}): object =>
    existing('aws_vpc_security_group_ingress_rule', name, { ...ports(port), ...more });
  const ssh = planned('ssh', 22, { arn: arn('us-east-1', '111111111111', 'security-group-rule/sgr-1') });
  const configured = (name: string, key: string): object => ({
    address: address(name),
    type: 'aws_vpc_security_group_ingress_rule',
    provider_config_key: key,
    expressions: {},
  });
  const json = {
    format_version: '1.2',
    variables: { west: { value: 'us-west-2' } },
    prior_state: ofState(ssh),
    planned_values: { root_module: { resources: [ssh, planned('web', 443)] } },
    resource_changes: [
      {
        address: address('web'),
        type: 'aws_vpc_security_group_ingress_rule',
        mode: 'managed',
        change: { actions: ['create'], before: null, after: ports(443), after_unknown: {} },
      },
    ],
    configuration: {
      provider_config: {
        aws: { name: 'aws' },
        'aws.west': { name: 'aws', alias: 'west', expressions: { region: { references: ['var.west'] } } },
      },
      root_module: { resources: [configured('ssh', 'aws'), configured('web', 'aws.west')] },
    },
  };
  const { before, after } = readPlannedChange(json, 'plan.json');
  const east = `ingress 22/tcp from 10.0.0.0/8 to sg:111111111111/us-east-1/${ID}`;
  expect(linesOf(before)).toEqual([east]);
  expect(linesOf(after)).toEqual([east, `ingress 443/tcp from 10.0.0.0/8 to sg:us-west-2/${ID}`]);
});
