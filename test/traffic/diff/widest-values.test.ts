import { type Gate } from '../../../lib/traffic/configuration';
import { firstGate, firstGateOfPlan } from '../../support/first-gate';

/**
 * What a value that is known after apply can open at most. A plan makes the resource `late`, whose ranges are known after apply, beside
 * what exists.
 */
function gateOfLate(existing: readonly object[], late: object, unknown: object): Gate | undefined {
  const resource = (values: object, name: string): object => {
    const type = 'network' in values ? 'google_compute_firewall' : 'aws_vpc_security_group_ingress_rule';
    return { address: `${type}.${name}`, type, values };
  };
  const before = existing.map((values, at) => resource(values, `r${at}`));
  const made = resource(late, 'late');
  const plan = {
    format_version: '1.2',
    prior_state: { values: { root_module: { resources: before } } },
    planned_values: { root_module: { resources: [...before, made] } },
    resource_changes: [{ ...made, change: { actions: ['create'], after: late, after_unknown: unknown } }],
    complete: true,
  };
  return firstGateOfPlan(plan);
}

const SSH = { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22 };
const WORLD = { ...SSH, cidr_ipv4: '0.0.0.0/0' };
const OFFICE = { ...SSH, cidr_ipv4: '10.0.0.0/8' };
const FIREWALL = { name: 'f', network: 'projects/p/global/networks/n', priority: 1000, target_tags: ['web'] };
const ALLOW = { ...FIREWALL, allow: [{ protocol: 'tcp', ports: ['22'] }] };
const DENY = { ...FIREWALL, deny: [{ protocol: 'tcp', ports: ['22'] }] };
const ANYWHERE = { source_ranges: ['0.0.0.0/0', '::/0'] };

test.each<[string, Gate | undefined, object[], object, object]>([
  ['the range of a port that the world could reach before', undefined, [WORLD], SSH, { cidr_ipv4: true }],
  ['the range of a port that an office could reach before', 'world', [OFFICE], SSH, { cidr_ipv4: true }],
  ['the range of a different port', 'world', [WORLD], { ...SSH, to_port: 23 }, { cidr_ipv4: true }],
  ['the range of a different group', 'world', [WORLD], { ...SSH, security_group_id: 'sg-2' }, { cidr_ipv4: true }],
  ['the IPv6 range, where the world could reach the port over IPv4', 'world', [WORLD], SSH, { cidr_ipv6: true }],
  ['the sources of a rule that denies', 'any', [{ ...ALLOW, ...ANYWHERE }], DENY, { source_ranges: true }],
  ['the sources of a rule that allows', 'world', [], ALLOW, { source_ranges: true }],
])('if %s is known after apply, the first gate that stops is %s', (_what, gate, existing, late, unknown) => {
  expect(gateOfLate(existing, late, unknown)).toBe(gate);
});

test('a rule of higher priority than a deny may open something although the port was open to some machines', () => {
  const deny = { ...DENY, ...ANYWHERE, priority: 900, target_tags: ['db'] };
  const late = { ...ALLOW, priority: 800 };
  expect(gateOfLate([{ ...ALLOW, ...ANYWHERE }, deny], late, { source_ranges: true })).toBe('opened');
});

test('two plans in which an entry of a prefix list is known after apply may differ', () => {
  const type = 'aws_ec2_managed_prefix_list';
  const list = {
    address: `${type}.l`,
    type,
    values: { name: 'l', address_family: 'IPv4', max_entries: 1, entry: [{}] },
  };
  const rule = { ...SSH, prefix_list_id: 'pl-1' };
  const plan = (...rules: object[]): object => ({
    format_version: '1.2',
    planned_values: { root_module: { resources: [{ ...list, values: { ...list.values, id: 'pl-1' } }, ...rules] } },
    resource_changes: [
      { ...list, change: { actions: ['update'], after: {}, after_unknown: { entry: [{ cidr: true }] } } },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: list.address,
            expressions: { entry: [{ cidr: { references: ['aws_eip.e.public_ip', 'aws_eip.e'] } }] },
          },
        ],
      },
    },
  });
  const address = 'aws_vpc_security_group_ingress_rule.r';
  const user = { address, type: address.split('.')[0], values: rule };
  expect(firstGate(plan(user), plan(user))).toBe('widened');
  expect(firstGate(plan(), plan())).toBe('opened');
});
