import { type Configuration, type Gate } from '../../../lib/traffic/configuration';
import { explain } from '../../../lib/traffic/explain/explain';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { gateOf } from '../../support/first-gate';

// Whether a firewall policy is evaluated before or after the firewall rules of a network is an attribute of the network, which may belong
// to another stack.

const POLICY = 'projects/p/global/firewallPolicies/q';
const NETWORK = 'projects/p/global/networks/prod';
const RULE = {
  firewall_policy: POLICY,
  priority: 1,
  direction: 'INGRESS',
  action: 'deny',
  match: [{ layer4_configs: [{ ip_protocol: 'all' }], src_ip_ranges: ['0.0.0.0/0'] }],
};
const FIREWALL = {
  name: 'f',
  network: NETWORK,
  allow: [{ protocol: 'tcp', ports: ['22'] }],
  source_ranges: ['0.0.0.0/0'],
};
const ORDER = 'network_firewall_policy_enforcement_order';
const network = (changes: object): object => ({
  google_compute_network: { n: { name: 'prod', project: 'p', ...changes } },
});
const first = (order: string): object => network({ [ORDER]: order });
const [BEFORE, AFTER] = ['BEFORE_CLASSIC_FIREWALL', 'AFTER_CLASSIC_FIREWALL'];

interface Parts {
  /** A policy rule, or none. */
  readonly rule?: object | null;
  readonly association?: object | null;
  readonly firewall?: object | null;
  readonly resources?: object;
  readonly rest?: object;
}

const one = (type: string, body: object | null): object => (body === null ? {} : { [type]: { x: body } });

function stack({
  rule = RULE,
  association = {},
  firewall = FIREWALL,
  resources = {},
  rest = {},
}: Parts): Configuration {
  const attached = association && { firewall_policy: POLICY, attachment_target: NETWORK, ...association };
  const resource = {
    ...one('google_compute_network_firewall_policy_rule', rule),
    ...one('google_compute_network_firewall_policy_association', attached),
    ...one('google_compute_firewall', firewall),
    ...resources,
  };
  return readTerraform({ ...rest, resource }, 'cdk.tf.json');
}

function firstGate(before: Configuration, after: Configuration): Gate | 'none' {
  return gateOf({ before, after }) ?? 'none';
}

const local = (value: string): object => ({ locals: { o: value } });
const variable = (value: string): object => ({ variable: { o: { default: value } } });
const ofSecureTag = { ...RULE, target_secure_tags: [{ name: 'tagValues/1' }] };
const fromInside = { ...RULE, match: [{ layer4_configs: [{ ip_protocol: 'tcp' }], src_ip_ranges: ['10.0.0.0/8'] }] };
const allowsSsh = {
  ...RULE,
  action: 'allow',
  match: [{ layer4_configs: [{ ip_protocol: 'tcp', ports: ['22'] }], src_ip_ranges: ['0.0.0.0/0'] }],
};
const deniesSsh = { ...FIREWALL, allow: undefined, deny: FIREWALL.allow };

test.each<[string, Parts, Parts, Gate | 'none']>([
  ['a deny becomes goto_next', {}, { rule: { ...RULE, action: 'goto_next' } }, 'world'],
  ['a deny is removed', {}, { rule: null }, 'world'],
  ['a deny is disabled', {}, { rule: { ...RULE, disabled: true } }, 'world'],
  ['a deny and its association are removed', {}, { rule: null, association: null }, 'world'],
  [
    'a deny by short name and project is removed',
    { rule: { ...RULE, firewall_policy: 'q', project: 'p' } },
    { rule: null },
    'world',
  ],
  ['a deny denies less', {}, { rule: fromInside }, 'world'],
  ['a deny denies only a secure tag', {}, { rule: ofSecureTag }, 'world'],
  ['a deny of a secure tag is removed', { rule: ofSecureTag }, { rule: null }, 'world'],
  [
    'an allow is put in front of a deny',
    { rule: null, firewall: deniesSsh },
    { rule: allowsSsh, firewall: deniesSsh },
    'world',
  ],
  ['a deny is added', { rule: null }, {}, 'any'],
  ['nothing changes', {}, {}, 'none'],
  ['the description of a deny changes', {}, { rule: { ...RULE, description: 'denies all' } }, 'none'],
])('both orders count if the network is not in the stack: %s', (_what, before, after, gate) => {
  expect(firstGate(stack(before), stack(after))).toBe(gate);
});

test.each<[string, Parts, Parts, Gate | 'none']>([
  ['written', { resources: first(BEFORE) }, { resources: first(AFTER) }, 'world'],
  ['left out, which is after', { resources: first(BEFORE) }, { resources: network({}) }, 'world'],
  ['the other way round', { resources: first(AFTER) }, { resources: first(BEFORE) }, 'any'],
  [
    'of a local value',
    { resources: first('${trimspace(local.o)}'), rest: local(BEFORE) },
    { resources: first('${trimspace(local.o)}'), rest: local(AFTER) },
    'world',
  ],
  [
    'of a variable',
    { resources: first('${upper(var.o)}'), rest: variable(BEFORE) },
    { resources: first('${upper(var.o)}'), rest: variable(AFTER) },
    'world',
  ],
  [
    'of an expression that stays',
    { resources: first('${upper(var.o)}'), rest: variable(AFTER) },
    { resources: first('${upper(var.o)}'), rest: variable(AFTER) },
    'none',
  ],
  [
    'of an expression in place of text',
    { resources: first(BEFORE) },
    { resources: first('${var.o}'), rest: { variable: { o: {} } } },
    'world',
  ],
  [
    'of a network by expression',
    { resources: network({ name: '${lower(local.n)}', [ORDER]: BEFORE }) },
    { resources: network({ name: '${lower(local.n)}' }) },
    'world',
  ],
  [
    'of a network without a project',
    { resources: network({ project: undefined, [ORDER]: BEFORE }) },
    { resources: network({ project: undefined }) },
    'world',
  ],
  [
    'of networks by for_each',
    { resources: network({ for_each: '${toset(["prod"])}', name: '${each.key}', [ORDER]: BEFORE }) },
    { resources: network({ for_each: '${toset(["prod"])}', name: '${each.key}' }) },
    'world',
  ],
  [
    'of a network whose policies are elsewhere',
    { rule: null, association: null, resources: first(BEFORE) },
    { rule: null, association: null, resources: first(AFTER) },
    'opened',
  ],
  [
    'of a network that is new',
    { rule: null, association: null, firewall: null },
    { rule: null, association: null, firewall: null, resources: first(BEFORE) },
    'none',
  ],
])('the order is compared: %s', (_what, before, after, gate) => {
  expect(firstGate(stack(before), stack(after))).toBe(gate);
});

const reasons = ({ notEvaluated }: Configuration): string[] =>
  notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);
const UNCERTAIN =
  'p/prod: it is not known whether the firewall policies of this network are evaluated before or after its firewall rules';

test.each<[string, Parts, string[]]>([
  ['is listed if the network is not in the stack', {}, [UNCERTAIN]],
  ['is listed if it is an expression', { resources: first('${var.o}'), rest: { variable: { o: {} } } }, [UNCERTAIN]],
  ['is listed if it is not a word of Google', { resources: first('FIRST') }, [UNCERTAIN]],
  ['is known if it is written', { resources: first(BEFORE) }, []],
  ['is known if the network leaves it out', { resources: network({}) }, []],
  ['does not matter without firewall rules', { firewall: null }, []],
  [
    'does not matter for rules of the other direction',
    { firewall: { ...FIREWALL, direction: 'EGRESS', source_ranges: undefined } },
    [],
  ],
])('the order %s', (_what, parts, listed) => {
  expect(reasons(stack(parts))).toEqual(listed);
});

test.each<[string, Parts, string]>([
  ['the order is not known', {}, 'depends on the enforcement order of the network'],
  ['the policy is first', { resources: first(BEFORE) }, 'refused'],
  ['the policy is last', { resources: first(AFTER) }, 'passes'],
  ['both orders are the same', { rule: allowsSsh }, 'passes'],
])('a packet that a firewall rule allows and a policy denies: %s', (_what, parts, verdict) => {
  const question = { to: 'all-instances', from: '8.8.8.8', port: '22/tcp' };
  expect(explain(stack(parts), question).verdict).toBe(verdict);
});

test.each<[string, object, string, string[]]>([
  ['is known from another stack', first(BEFORE), 'refused', []],
  [
    'is not known from a stack with another network',
    network({ name: 'other' }),
    'depends on the enforcement order of the network',
    [UNCERTAIN],
  ],
])('in a combination of stacks, the order %s', (_what, resources, verdict, listed) => {
  const networks = stack({ rule: null, association: null, firewall: null, resources });
  const both = combinedConfiguration('cdktf.out', [
    ['rules', stack({})],
    ['networks', networks],
  ]);
  const question = { to: 'all-instances', from: '8.8.8.8', port: '22/tcp', network: 'p/prod' };
  expect(explain(both, question).verdict).toBe(verdict);
  expect(reasons(both)).toEqual(listed);
});

test.each(['self_link_with_id', 'network_firewall_policy_id', 'id', 'name', 'self_link'])(
  'a policy is found by its attribute %s',
  (attribute) => {
    const rule = {
      ...RULE,
      project: 'p',
      firewall_policy: `\${google_compute_network_firewall_policy.q.${attribute}}`,
    };
    const resources = { google_compute_network_firewall_policy: { q: { name: 'q', project: 'p' } }, ...first(BEFORE) };
    expect(firstGate(stack({ rule, resources }), stack({ rule: null, resources }))).toBe('world');
  },
);
