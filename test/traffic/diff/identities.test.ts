import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate, firstGateOfPlan, planOf, type ValuesByAddress } from '../../support/first-gate';

// Two parts of a configuration that exchange what they are, or one that gets what a different one had.

const instance = (group: string): object => ({ vpc_security_group_ids: [group] });
const tagged = (...tags: string[]): object => ({ tags, network_interface: { network: 'n' } });
const balancer = (internal: boolean): object => ({ internal, security_groups: ['sg-1'] });
const group = (network: string, more: object = {}): object => ({ vpc_id: network, ...more });
const cluster = (range: string): object => ({ master_authorized_networks_config: { cidr_blocks: [range] } });
const service = (type: string): object => ({ spec: { type, port: { port: 22 } } });
const loop = (range: string): object => ({
  count: '${var.n}',
  security_group_id: 'sg-1',
  ip_protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_ipv4: range,
});
const OPEN = { ingress: [{ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] }] };
const RULE = 'aws_vpc_security_group_ingress_rule';
const POLICY = { spec: { pod_selector: {}, policy_types: ['Ingress'] } };

/** Returns a synthesized stack. */
function stack(resources: ValuesByAddress): object {
  const resource: Record<string, Record<string, object>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const [type, name] = address.split('.');
    (resource[type] ??= {})[name] = body;
  }
  const provider = { aws: [{ region: 'eu-central-1' }, { alias: 'us', region: 'us-east-1' }] };
  return { provider, resource };
}

test.each<[string, ValuesByAddress, ValuesByAddress, Gate]>([
  [
    'two machines exchange their groups',
    { 'aws_instance.a': instance('sg-1'), 'aws_instance.b': instance('sg-2') },
    { 'aws_instance.a': instance('sg-2'), 'aws_instance.b': instance('sg-1') },
    'opened',
  ],
  [
    'two machines exchange their tags',
    { 'google_compute_instance.a': tagged('ssh'), 'google_compute_instance.b': tagged('db') },
    { 'google_compute_instance.a': tagged('db'), 'google_compute_instance.b': tagged('ssh') },
    'opened',
  ],
  [
    'a machine that existed gets the tags of a deleted one',
    { 'google_compute_instance.a': tagged('ssh'), 'google_compute_instance.b': {} },
    { 'google_compute_instance.b': tagged('ssh') },
    'opened',
  ],
  [
    'a new machine gets the tags of one that loses them',
    { 'google_compute_instance.a': tagged('ssh') },
    { 'google_compute_instance.a': {}, 'google_compute_instance.b': tagged('ssh') },
    'opened',
  ],
  [
    'a database gets the groups of a deleted machine',
    { 'aws_instance.a': instance('sg-1') },
    { 'aws_db_instance.a': instance('sg-1') },
    'opened',
  ],
  [
    'a chain of machines hands its groups on',
    { 'aws_instance.a': instance('sg-1'), 'aws_instance.b': instance('sg-2') },
    { 'aws_instance.b': instance('sg-1'), 'aws_instance.c': instance('sg-2') },
    'opened',
  ],
  [
    'two load balancers exchange who is public',
    { 'aws_lb.a': balancer(false), 'aws_lb.b': balancer(true) },
    { 'aws_lb.a': balancer(true), 'aws_lb.b': balancer(false) },
    'opened',
  ],
  [
    'two clusters exchange their authorized networks',
    { 'google_container_cluster.a': cluster('10.0.0.0/8'), 'google_container_cluster.b': cluster('0.0.0.0/0') },
    { 'google_container_cluster.a': cluster('0.0.0.0/0'), 'google_container_cluster.b': cluster('10.0.0.0/8') },
    'opened',
  ],
  [
    'two services exchange their types',
    { 'kubernetes_service.a': service('ClusterIP'), 'kubernetes_service.b': service('LoadBalancer') },
    { 'kubernetes_service.a': service('LoadBalancer'), 'kubernetes_service.b': service('ClusterIP') },
    'opened',
  ],
  [
    'two groups exchange their networks',
    { 'aws_security_group.a': group('vpc-1', OPEN), 'aws_security_group.b': group('vpc-2') },
    { 'aws_security_group.a': group('vpc-2', OPEN), 'aws_security_group.b': group('vpc-1') },
    'any',
  ],
  [
    'a group moves to the network of a deleted one',
    { 'aws_security_group.a': group('vpc-1', OPEN), 'aws_security_group.b': group('vpc-2') },
    { 'aws_security_group.a': group('vpc-2', OPEN) },
    'any',
  ],
  [
    'one of two equal machines is replaced by two new ones',
    { 'aws_instance.a': instance('sg-1'), 'aws_instance.b': instance('sg-1') },
    { 'aws_instance.a': instance('sg-1'), 'aws_instance.c': instance('sg-1'), 'aws_instance.d': instance('sg-1') },
    'opened',
  ],
  [
    'two rules of different loops exchange their ranges',
    { [`${RULE}.a`]: loop('10.0.0.0/8'), [`${RULE}.b`]: { ...loop('0.0.0.0/0'), count: '${var.m}' } },
    { [`${RULE}.a`]: loop('0.0.0.0/0'), [`${RULE}.b`]: { ...loop('10.0.0.0/8'), count: '${var.m}' } },
    'world',
  ],
])('%s: stops', (_what, before, after, gate) => {
  expect(firstGate(stack(before), stack(after))).toBe(gate);
});

test('two machines of a plan exchange their groups: stops', () => {
  const before = { 'aws_instance.a': instance('sg-1'), 'aws_instance.b': instance('sg-2') };
  const after = { 'aws_instance.a': instance('sg-2'), 'aws_instance.b': instance('sg-1') };
  expect(firstGateOfPlan(planOf(before, after))).toBe('opened');
});

test('two groups exchange the regions of their providers: stops', () => {
  const inRegions = (a: string, b: string): object =>
    stack({
      'aws_security_group.a': { provider: a, ...OPEN },
      'aws_security_group.b': { provider: b, ingress: [{ ...OPEN.ingress[0], to_port: 23 }] },
    });
  expect(firstGate(inRegions('aws', 'aws.us'), inRegions('aws.us', 'aws'))).toBe('any');
});

test.each<[string, ValuesByAddress, ValuesByAddress]>([
  ['a machine is renamed', { 'aws_instance.a': instance('sg-1') }, { 'aws_instance.b': instance('sg-1') }],
  [
    'two different machines are renamed',
    { 'aws_instance.a': instance('sg-1'), 'aws_instance.b': instance('sg-2') },
    { 'aws_instance.c': instance('sg-1'), 'aws_instance.d': instance('sg-2') },
  ],
  ['a network policy is renamed', { 'kubernetes_network_policy.a': POLICY }, { 'kubernetes_network_policy.b': POLICY }],
  [
    'two rules of one loop exchange their ranges',
    { [`${RULE}.a`]: loop('10.0.0.0/8'), [`${RULE}.b`]: loop('0.0.0.0/0') },
    { [`${RULE}.a`]: loop('0.0.0.0/0'), [`${RULE}.b`]: loop('10.0.0.0/8') },
  ],
  ['a loop of rules is renamed', { [`${RULE}.a`]: loop('10.0.0.0/8') }, { [`${RULE}.b`]: loop('10.0.0.0/8') }],
])('%s: no difference', (_what, before, after) => {
  expect(firstGate(stack(before), stack(after))).toBeUndefined();
});
