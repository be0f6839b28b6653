import { refusal } from '../../lib/input';
import { inCallersLanguage } from '../../lib/input/caller-language';
import { AGENTS } from '../support/agents';

const agent = process.env.JSII_AGENT;
afterEach(() => {
  if (agent === undefined) delete process.env.JSII_AGENT;
  else process.env.JSII_AGENT = agent;
});

test.each([
  ['omit: ["api-server", "server>server/kubelet"]', 'omit=["api-server", "server>server/kubelet"]'],
  ['priority: 65001', 'priority=65001'],
  ['denyRest: { priority: 65001 }', 'deny_rest={"priority": 65001}'],
  ['priorities: { first: 1, last: 2 }', 'priorities={"first": 1, "last": 2}'],
  ['ports: { "api-server": Port.tcp(6443) } of the construct', 'ports={"api-server": Port.tcp(6443)} of the construct'],
  ['rulePriorities: [{ rule: "a-b", priority: 7 }]', 'rule_priorities=[{"rule": "a-b", "priority": 7}]'],
  ["rowOwnership: { kubelet: { owner: 'payments' } }", 'row_ownership={"kubelet": {"owner": "payments"}}'],
  ['{ workers, managementConsole: { clients } }', 'workers=..., management_console={"clients": ...}'],
  ['[{ environment, clients }]', '[{"environment": ..., "clients": ...}]'],
  ['networkTag(tag, { ipRanges: Peer.cidr(...) })', 'network_tag(tag, ip_ranges=Peer.cidr(...))'],
  ['AwsPrefixList.fromId(id, { maxEntries, key: "b" })', 'AwsPrefixList.from_id(id, max_entries=..., key="b")'],
  ['new AwsSecurityGroup(this, "id", { ... })', 'AwsSecurityGroup(self, "id", ...)'],
  ['new GcpFirewall({ network }).networkTag("web")', 'GcpFirewall(network=...).network_tag("web")'],
  ['cni: "flannel", windows: true', 'cni="flannel", windows=True'],
  ['ExternalHosts.named(name, ...ranges)', 'ExternalHosts.named(name, *ranges)'],
  ['egress: Egress.DOCUMENTED', 'egress=Egress.DOCUMENTED'],
  ['"203.0.113.7/32"', '"203.0.113.7/32"'],
  ['import cdktf_cdktf_provider_aws', 'import cdktf_cdktf_provider_aws'],
  ['the stack itself, or the path of its cdk.tf.json', 'the stack itself, or the path of its cdk.tf.json'],
  ['a vCluster of your own with a limit for maxEntries', 'a vCluster of your own with a limit for max_entries'],
])('%s is written in Python as %s', (typescript, python) => {
  process.env.JSII_AGENT = AGENTS.python;
  expect(inCallersLanguage(typescript)).toBe(python);
});

test.each([
  ['omit: ["api-server", "server>server/kubelet"]', 'Omit: ["api-server", "server>server/kubelet"]', undefined],
  ['denyRest: { priority: 65001 }', 'DenyRest: { Priority: 65001 }', undefined],
  [
    'ports: { kubelet: Port.tcp(6443) } of the construct',
    'Ports: { kubelet: Port_Tcp(6443) } of the construct',
    'Ports: { kubelet: Port.Tcp(6443) } of the construct',
  ],
  ["rowOwnership: { kubelet: { owner: 'payments' } }", "RowOwnership: { kubelet: { Owner: 'payments' } }", undefined],
  ['{ workers, managementConsole: { clients } }', '{ Workers, ManagementConsole: { Clients } }', undefined],
  ['[{ environment, clients }]', '[{ Environment, Clients }]', undefined],
  [
    'networkTag(tag, { ipRanges: Peer.cidr(...) })',
    'NetworkTag(tag, { IpRanges: Peer_Cidr(...) })',
    'NetworkTag(tag, { IpRanges: Peer.Cidr(...) })',
  ],
  [
    'AwsPrefixList.fromId(id, { maxEntries, key: "b" })',
    'AwsPrefixList_FromId(id, { MaxEntries, Key: "b" })',
    'AwsPrefixList.FromId(id, { MaxEntries, Key: "b" })',
  ],
  [
    'new GcpFirewall({ network }).networkTag("web")',
    'NewGcpFirewall({ Network }).NetworkTag("web")',
    'new GcpFirewall({ Network }).NetworkTag("web")',
  ],
  ['egress: Egress.DOCUMENTED', 'Egress: Egress_DOCUMENTED', 'Egress: Egress.DOCUMENTED'],
  ['"203.0.113.7/32"', '"203.0.113.7/32"', undefined],
  ['the stack itself, or the path of its cdk.tf.json', 'the stack itself, or the path of its cdk.tf.json', undefined],
  [
    'a vCluster of your own with a limit for maxEntries',
    'a vCluster of your own with a limit for MaxEntries',
    undefined,
  ],
])('%s has the names of Go and C#: %s', (typescript, go, csharp = go) => {
  process.env.JSII_AGENT = AGENTS.go;
  expect(inCallersLanguage(typescript)).toBe(go);
  process.env.JSII_AGENT = AGENTS.csharp;
  expect(inCallersLanguage(typescript)).toBe(csharp);
});

test('Java has the names of TypeScript', () => {
  for (const language of [undefined, AGENTS.java]) {
    delete process.env.JSII_AGENT;
    if (language !== undefined) process.env.JSII_AGENT = language;
    expect(inCallersLanguage('denyRest: { priority: 65001 }')).toBe('denyRest: { priority: 65001 }');
  }
});

test('errors have their fix in the language of the caller', () => {
  process.env.JSII_AGENT = AGENTS.python;
  const { message } = refusal('place', 'priority-invalid', 'a need', undefined, 'denyRest: { priority: 65001 }');
  expect(message).toBe('place: a need; did you mean deny_rest={"priority": 65001}? [priority-invalid]');
});
