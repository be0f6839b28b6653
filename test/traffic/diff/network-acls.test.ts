import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate, firstGateOfPlan, planOf } from '../../support/first-gate';

const ACL = { address: 'aws_network_acl.public', type: 'aws_network_acl', mode: 'managed' };
const RULE = { address: 'aws_network_acl_rule.web', type: 'aws_network_acl_rule', mode: 'managed' };
const rule = {
  id: 'nacl-1',
  network_acl_id: 'acl-1',
  egress: false,
  rule_number: 100,
  rule_action: 'deny',
  protocol: '6',
  from_port: 22,
  to_port: 22,
  cidr_block: '10.66.0.0/16',
};
const listed = (rule_no: number): object => ({ rule_no, action: 'deny', protocol: '6', cidr_block: '10.66.0.0/16' });

/** Returns the gate that stops an empty plan, after the first refresh of a network ACL, which then lists its separate rules. */
function gateOf(before: readonly object[], after: readonly object[], expressions: object = {}): Gate | undefined {
  const acl = (ingress: readonly object[]): object => ({ ...ACL, values: { id: 'acl-1', ingress } });
  const root_module = { resources: [acl(after), { ...RULE, values: rule }] };
  const unchanged = (item: object, values: object): object => ({
    ...item,
    change: { actions: ['no-op'], before: values, after: values, after_unknown: {} },
  });
  const plan = {
    format_version: '1.2',
    planned_values: { root_module },
    prior_state: { format_version: '1.0', values: { root_module } },
    resource_drift: [
      {
        ...ACL,
        change: {
          actions: ['update'],
          before: { id: 'acl-1', ingress: before },
          after: { id: 'acl-1', ingress: after },
        },
      },
    ],
    resource_changes: [unchanged(ACL, { id: 'acl-1', ingress: after }), unchanged(RULE, rule)],
    configuration: { root_module: { resources: [{ address: ACL.address, expressions }, { address: RULE.address }] } },
  };
  return firstGateOfPlan(plan);
}

test('a network ACL that lists a separate rule since the last refresh is not a difference', () => {
  expect(gateOf([], [listed(100)])).toBeUndefined();
});

test('a network ACL that lists a rule that no resource makes is a difference', () => {
  expect(gateOf([listed(100)], [listed(100), listed(90)])).toBe('world');
  expect(gateOf([listed(90), listed(100)], [listed(100)])).toBe('world');
});

test('the rules of a network ACL that has rules of its own are compared', () => {
  expect(gateOf([], [listed(100)], { ingress: { references: ['var.rules'] } })).toBe('world');
});

const allowed = (rule_no: number, range: object): object => ({ rule_no, action: 'allow', protocol: '-1', ...range });
const IPV4 = allowed(100, { cidr_block: '0.0.0.0/0' });
const IPV6 = allowed(101, { ipv6_cidr_block: '::/0' });
const MORE_IPV6 = allowed(102, { ipv6_cidr_block: '2001:db8::/32' });
const ONLY_IPV6 = { ingress: [IPV6], egress: [IPV4] };
const SOME_IPV6 = { ingress: [IPV4, MORE_IPV6], egress: [IPV4] };

test.each<[string, object, object, Gate | undefined]>([
  ['allows IPv6', { ingress: [IPV4], egress: [IPV4] }, { ingress: [IPV4, IPV6], egress: [IPV4] }, 'world'],
  ['allows IPv6 outbound', { ingress: [IPV4], egress: [IPV4] }, { ingress: [IPV4], egress: [IPV4, IPV6] }, 'world'],
  ['allows some IPv6', { ingress: [IPV4], egress: [IPV4] }, SOME_IPV6, 'world'],
  ['allows more IPv6', SOME_IPV6, { ingress: [IPV4, IPV6], egress: [IPV4] }, 'world'],
  ['allows IPv4', ONLY_IPV6, { ingress: [IPV4, IPV6], egress: [IPV4] }, 'world'],
  [
    'has a rule in addition that changes nothing',
    { ingress: [IPV4, IPV6], egress: [IPV4] },
    { ingress: [IPV4, IPV6, MORE_IPV6], egress: [IPV4] },
    undefined,
  ],
])('a default network ACL that %s', (_what, before, after, gate) => {
  const stack = (acl: object): object => ({ resource: { aws_default_network_acl: { d: acl } } });
  expect(firstGate(stack(before), stack(after))).toBe(gate);
  const address = 'aws_default_network_acl.d';
  expect(firstGateOfPlan(planOf({ [address]: before }, { [address]: after }))).toBe(gate);
});
