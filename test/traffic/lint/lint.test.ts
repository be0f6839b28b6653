import { AwsSecurityGroup, Egress } from '../../../lib';
import { lint } from '../../../lib/traffic/lint/lint';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';

function findings(resource: unknown, kind: string): string[] {
  const { findings: all } = lint(readTerraform({ resource }, 'cdk.tf.json'));
  return all.filter((one) => one.kind === kind).map(({ address, message }) => `${address}: ${message}`);
}

const RULE = {
  security_group_id: 'sg-aaaaaaaa',
  ip_protocol: 'tcp',
  from_port: 8443,
  to_port: 8443,
  cidr_ipv4: '10.0.0.0/8',
  description: 'API service [vcluster-platform@2025-03/kubernetes-api-to-platform/api-service]',
};
const ingress = (rules: Record<string, unknown>): unknown => ({ aws_vpc_security_group_ingress_rule: rules });
const FIREWALL = { network: 'prod', source_ranges: ['10.0.0.0/8'], target_tags: ['web'], description: 'web' };
const HTTPS = [{ protocol: 'tcp', ports: ['443'] }];
const firewalls = (rules: Record<string, unknown>): unknown => ({ google_compute_firewall: rules });

test('finds nothing in a documented rule', () => {
  expect(lint(readTerraform({ resource: ingress({ a: RULE }) }, 'cdk.tf.json'))).toEqual({
    findings: [],
    notEvaluated: [],
  });
});

test('finds a rule that is open to every IP address, also in two halves', () => {
  const all = { ...FIREWALL, allow: HTTPS };
  expect(
    findings(
      firewalls({
        one: { ...all, source_ranges: ['0.0.0.0/0'] },
        halves: { ...all, source_ranges: ['0.0.0.0/1', '128.0.0.0/1'] },
        none: { ...all, source_ranges: [], source_tags: [] },
        half: { ...all, source_ranges: ['0.0.0.0/1'] },
      }),
      'world-open',
    ),
  ).toEqual([
    'google_compute_firewall.one: it opens 443/tcp of tag:web to 0.0.0.0/0',
    'google_compute_firewall.halves: it opens 443/tcp of tag:web to 0.0.0.0/0',
    'google_compute_firewall.none: it opens 443/tcp of tag:web to 0.0.0.0/0',
    'google_compute_firewall.half: it opens 443/tcp of tag:web to 0.0.0.0/1',
  ]);
});

test('finds a rule within a wider one, and the second of two equal rules', () => {
  const rules = {
    wide: RULE,
    within: { ...RULE, cidr_ipv4: '10.9.0.0/16' },
    again: RULE,
    more: { ...RULE, from_port: 400 },
    other: { ...RULE, cidr_ipv4: '11.0.0.0/8' },
    elsewhere: { ...RULE, security_group_id: 'sg-bbbbbbbb' },
  };
  const other = (name: string): string =>
    `it opens nothing that aws_vpc_security_group_ingress_rule.${name} does not open`;
  const byHand = 'aws_vpc_security_group_ingress_rule.more opens the same, and no known document asks for that'; // its description is false
  expect(findings(ingress(rules), 'redundant')).toEqual([
    `aws_vpc_security_group_ingress_rule.wide: ${byHand}`,
    `aws_vpc_security_group_ingress_rule.within: ${byHand}`,
    `aws_vpc_security_group_ingress_rule.again: ${byHand}`,
  ]);
  expect(findings(ingress({ first: RULE, second: RULE }), 'redundant')).toEqual([
    `aws_vpc_security_group_ingress_rule.second: ${other('first')}`,
  ]);
});

test('says whether a document asks for the rule that makes a documented one redundant', () => {
  const byHand = { ...RULE, description: 'by hand' };
  const type = 'aws_vpc_security_group_ingress_rule';
  expect(findings(ingress({ byHand, documented: RULE }), 'redundant')).toEqual([
    `${type}.documented: ${type}.byHand opens the same, and no known document asks for that`,
  ]);
  expect(findings(ingress({ documented: RULE, byHand }), 'redundant')).toEqual([
    `${type}.byHand: it opens nothing that ${type}.documented does not open`,
  ]);
});

test('names all rules that make one redundant', () => {
  const rules = {
    both: { ...FIREWALL, allow: [...HTTPS, { protocol: 'tcp', ports: ['80'] }] },
    https: { ...FIREWALL, source_ranges: ['10.0.0.0/7'], allow: HTTPS },
    http: { ...FIREWALL, source_ranges: ['10.0.0.0/7'], allow: [{ protocol: 'tcp', ports: ['80'] }] },
  };
  expect(findings(firewalls(rules), 'redundant')).toEqual([
    'google_compute_firewall.both: it opens nothing that google_compute_firewall.https and google_compute_firewall.http do not open',
  ]);
});

test('finds a rule without effect, because earlier rules decide', () => {
  const rules = {
    deny_low: { ...FIREWALL, priority: 10, source_ranges: ['10.0.0.0/9'], deny: [{ protocol: 'all' }] },
    deny_high: { ...FIREWALL, priority: 10, source_ranges: ['10.128.0.0/9'], deny: [{ protocol: 'tcp' }] },
    allow: { ...FIREWALL, allow: HTTPS },
    udp: { ...FIREWALL, allow: [{ protocol: 'udp', ports: ['443'] }] },
    all: { ...FIREWALL, target_tags: undefined, allow: HTTPS },
  };
  expect(findings(firewalls(rules), 'shadowed')).toEqual([
    'google_compute_firewall.allow: it has no effect: google_compute_firewall.deny_low, google_compute_firewall.deny_high decide first',
  ]);
});

test('finds rules without a description, and rules that no document asks for', () => {
  const rules = ingress({ a: { ...RULE, description: undefined }, b: { ...RULE, description: 'by hand' }, c: RULE });
  expect(findings(rules, 'no-description')).toEqual(['aws_vpc_security_group_ingress_rule.a: it has no description']);
  expect(findings(rules, 'no-provenance')).toEqual([
    'aws_vpc_security_group_ingress_rule.a: no known document asks for it',
    'aws_vpc_security_group_ingress_rule.b: no known document asks for it',
  ]);
});

test('finds a group that is allowed as a source, and has no egress rule for that', () => {
  const from = { ...RULE, cidr_ipv4: undefined, referenced_security_group_id: '${aws_security_group.web.id}' };
  const resource = { aws_security_group: { web: {} }, aws_vpc_security_group_ingress_rule: { from } };
  expect(findings(resource, 'egress-missing')).toEqual([
    'aws_vpc_security_group_ingress_rule.from: it allows 8443/tcp from sg:aws_security_group.web, and no egress rule of that group allows this',
  ]);
  const egress = { ...RULE, security_group_id: '${aws_security_group.web.id}', from_port: 8000, to_port: 9000 };
  expect(findings({ ...resource, aws_vpc_security_group_egress_rule: { egress } }, 'egress-missing')).toEqual([]);
});

test('finds a group with nearly as many rules as AWS allows, and counts the entries that prefix lists may have', () => {
  const some = (count: number): [string, unknown][] =>
    Array.from({ length: count }, (_, index) => [`rule${index}`, { ...RULE, cidr_ipv4: `10.0.${index}.0/24` }]);
  expect(findings(ingress(Object.fromEntries(some(49))), 'quota')).toEqual([]);
  expect(findings(ingress(Object.fromEntries(some(50))), 'quota')).toEqual([
    'sg:sg-aaaaaaaa: it has 50 ingress rules for IPv4; AWS allows 60 by default',
  ]);
  const list = { address_family: 'IPv4', max_entries: 55, entry: [{ cidr: '10.0.0.0/8' }] };
  const rule = { ...RULE, cidr_ipv4: undefined, prefix_list_id: '${aws_ec2_managed_prefix_list.list.id}' };
  expect(
    findings({ aws_ec2_managed_prefix_list: { list }, aws_vpc_security_group_ingress_rule: { rule } }, 'quota'),
  ).toEqual(['sg:sg-aaaaaaaa: it has 55 ingress rules for IPv4; AWS allows 60 by default']);
});

test('finds ports that the EKS module and GKE open themselves', () => {
  const eks = {
    ...RULE,
    security_group_id: '${module.eks.node_security_group_id}',
    cidr_ipv4: undefined,
    referenced_security_group_id: '${module.eks.cluster_security_group_id}',
    from_port: 9443,
    to_port: 9443,
    description: 'Webhook validation [vcluster-platform@2025-03/kubernetes-api-to-platform/webhook]',
  };
  expect(findings(ingress({ eks }), 'collision')).toEqual([
    'aws_vpc_security_group_ingress_rule.eks: 9443/tcp: the EKS module already opens it from the security group of the ' +
      'cluster to that of the nodes; AWS rejects a second rule that is the same',
  ]);
  const gke = {
    ...FIREWALL,
    description: 'Kubelet API [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]',
    target_tags: ['gke-prod-1a2b3c4d-node'],
    allow: [{ protocol: 'tcp', ports: ['10250'] }],
  };
  expect(findings(firewalls({ gke }), 'collision')).toEqual([
    'google_compute_firewall.gke: 10250/tcp: GKE already opens it from the control plane of a private cluster to its nodes; ' +
      'this rule is not needed',
  ]);
});

test('finds a rule that denies by tag, if a rule for a different tag allows', () => {
  const rules = {
    deny: { ...FIREWALL, priority: 10, deny: [{ protocol: 'all' }] },
    allow: { ...FIREWALL, target_tags: ['api'], allow: HTTPS },
  };
  expect(findings(firewalls(rules), 'denies-by-name')).toEqual([
    'google_compute_firewall.deny: it denies by name: a machine with several names may be denied traffic that a rule for its other names allows',
  ]);
  expect(findings(firewalls({ ...rules, deny: { ...rules.deny, target_tags: undefined } }), 'denies-by-name')).toEqual(
    [],
  );
});

test('does not ask for the provenance of a group that allows all outbound traffic', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, 'group', { name: 'group', vpcId: 'vpc-12345678', egress: Egress.ALL });
  const { findings: all } = lint(readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json'));
  expect(all.map(({ kind }) => kind)).not.toContain('no-provenance');
});

describe('next to rules that deny, a rule is redundant', () => {
  const all = { ...FIREWALL, allow: HTTPS };
  const redundant = (rules: Record<string, unknown>): string[] => findings(firewalls(rules), 'redundant');
  const found = ['google_compute_firewall.b: it opens nothing that google_compute_firewall.a does not open'];
  const deny = { ...FIREWALL, allow: undefined, deny: HTTPS, target_tags: ['db'] };

  test('if a deny in the network is about a different port', () => {
    const other = { ...deny, deny: [{ protocol: 'tcp', ports: ['22'] }], priority: 1500 };
    expect(redundant({ a: { ...all, priority: 2000 }, b: all, other })).toEqual(found);
  });

  test('if no deny is between it and the rule that opens the same', () => {
    expect(redundant({ a: all, b: all, deny })).toEqual(found);
    expect(redundant({ a: { ...all, priority: 2000 }, b: all, deny: { ...deny, priority: 1500 } })).toEqual([]);
  });
});
