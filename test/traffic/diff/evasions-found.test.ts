import { type Gate } from '../../../lib/traffic/configuration';
import { firstGate } from '../../support/first-gate';

// Changes that once ended with "no difference". Each is one of a kind.

const RULE = { security_group_id: 'sg-01234567', ip_protocol: 'tcp', from_port: 443, to_port: 443 };
const rule = (changes: object): object => ({ aws_vpc_security_group_ingress_rule: { r: { ...RULE, ...changes } } });
const INTERNAL = rule({ cidr_ipv4: '10.0.0.0/8' });
const instance = (changes: object): object => ({
  resource: { ...INTERNAL, aws_instance: { i: { vpc_security_group_ids: ['sg-01234567'], ...changes } } },
});
const expression = (text: string, locals: object): object => ({ locals, resource: rule({ cidr_ipv4: text }) });
const association = (policy: string): object => ({
  google_compute_network_firewall_policy_association: {
    a: { name: 'a', firewall_policy: policy, attachment_target: 'projects/p/global/networks/n' },
  },
});
const POLICY = 'projects/p/global/firewallPolicies/q';
const internal = (more: object): object => ({ ...more, resource: INTERNAL });
const withResource = (type: string, body: object): object => ({ resource: { ...INTERNAL, [type]: { x: body } } });

test.each<[string, object, object, Gate]>([
  ['the count of machines', instance({ count: 0 }), instance({ count: 1 }), 'opened'],
  [
    'a local value that counts machines',
    { locals: { n: 0 }, ...instance({ count: '${local.n}' }) },
    { locals: { n: 1 }, ...instance({ count: '${local.n}' }) },
    'opened',
  ],
  ['a dynamic block of a machine', instance({}), instance({ dynamic: { network_interface: {} } }), 'opened'],
  [
    'ignored changes of a machine',
    instance({ lifecycle: { ignore_changes: ['vpc_security_group_ids'] } }),
    instance({}),
    'opened',
  ],
  [
    'the region of a rule',
    { resource: rule({ cidr_ipv4: '0.0.0.0/0', region: 'a' }) },
    { resource: rule({ cidr_ipv4: '0.0.0.0/0', region: 'b' }) },
    'any',
  ],
  [
    'a local value of the region of a rule',
    { locals: { r: 'a' }, resource: rule({ cidr_ipv4: '0.0.0.0/0', region: '${lower(local.r)}' }) },
    { locals: { r: 'b' }, resource: rule({ cidr_ipv4: '0.0.0.0/0', region: '${lower(local.r)}' }) },
    'any',
  ],
  ['a provider that is gone', internal({ provider: { aws: [{ region: 'a' }] } }), internal({}), 'any'],
  ['a policy outside of the stack, attached', { resource: {} }, { resource: association(POLICY) }, 'any'],
  ['a policy outside of the stack, detached', { resource: association(POLICY) }, { resource: {} }, 'any'],
  [
    'blanks around a dot',
    expression('${lower(local . x)}', { x: '10.0.0.0/8' }),
    expression('${lower(local . x)}', { x: '0.0.0.0/0' }),
    'widened',
  ],
  [
    'a comment before a dot',
    expression('${lower(local/* */.x)}', { x: '10.0.0.0/8' }),
    expression('${lower(local/* */.x)}', { x: '0.0.0.0/0' }),
    'widened',
  ],
  [
    'a name that is not ASCII',
    expression('${lower(local.é)}', { é: '10.0.0.0/8' }),
    expression('${lower(local.é)}', { é: '0.0.0.0/0' }),
    'widened',
  ],
  [
    'a template of other resources',
    internal({}),
    withResource('aws_cloudformation_stack', { template_body: '{}' }),
    'opened',
  ],
  [
    'a manifest of Kubernetes',
    withResource('kubernetes_manifest', { manifest: { spec: { ingress: [] } } }),
    withResource('kubernetes_manifest', { manifest: { spec: { ingress: [{}] } } }),
    'opened',
  ],
  [
    'a data source that runs a program',
    internal({}),
    internal({ data: { external: { c: { program: ['sh'] } } } }),
    'opened',
  ],
  ['an action', internal({}), internal({ action: { aws_lambda_invoke: { c: {} } } }), 'opened'],
  [
    'a provisioner of a removed block',
    internal({}),
    internal({ removed: [{ from: 'a.b', provisioner: [{ 'local-exec': {} }] }] }),
    'opened',
  ],
  ['a route', internal({}), withResource('aws_route', { gateway_id: 'igw-1' }), 'any'],
  [
    'a load balancer that bypasses groups',
    withResource('aws_lb', { security_groups: ['sg-1'] }),
    withResource('aws_lb', {
      security_groups: ['sg-1'],
      enforce_security_group_inbound_rules_on_private_link_traffic: 'off',
    }),
    'opened',
  ],
  [
    'the network of a group, which is now the default one',
    withResource('aws_security_group', { vpc_id: 'vpc-1' }),
    withResource('aws_security_group', {}),
    'any',
  ],
  [
    'the provider of a data source',
    {
      ...expression('${lower(data.a_b.c.d)}', {}),
      data: { a_b: { c: { provider: 'aws.x' } } },
      provider: { aws: [{ alias: 'x', region: 'a' }] },
    },
    {
      ...expression('${lower(data.a_b.c.d)}', {}),
      data: { a_b: { c: { provider: 'aws.x' } } },
      provider: { aws: [{ alias: 'x', region: 'b' }] },
    },
    'widened',
  ],
])('a change of %s stops', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
  expect(firstGate(before, before)).toBeUndefined();
  expect(firstGate(after, after)).toBeUndefined();
});
