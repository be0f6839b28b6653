import {
  AwsSecurityGroup,
  Basis,
  DocumentedPortRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IHostGroup,
  KubernetesPods,
  Peer,
  Port,
  PortLevel,
} from '../../lib';
import { withEachFlow } from '../../lib/provenance';
import '../../lib/testing';
import { newStack } from '../support/clouds';
import { openedPorts as opened } from '../support/protocol-rows';
import { errorOf, expectRefusal, resourcesOf } from '../support/refusals';

/** The protocols that vendors document: Calico has IP-in-IP, keepalived VRRP, Cilium ping, DNS both transports. */
const ALL = [
  ...[Port.tcpAndUdp(53), Port.icmp(8), Port.icmp(3, 4), Port.icmpv6(128), Port.icmp()],
  ...[Port.ip(4), Port.ip(47), Port.ip(50), Port.ip(51), Port.ip(112)],
];
const BOTH = Peer.named('nodes', '10.0.0.0/16', '2001:db8::/48');
const group = (): IHostGroup => AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const tag = (): IHostGroup => new GcpFirewall({ network: 'prod' }).networkTag('server');

test('a security group on AWS has a rule for each protocol, and ICMP only in its family', () => {
  const stack = opened(ALL, BOTH, group);
  const rules = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule).map((rule: any) =>
    [rule.ip_protocol, rule.from_port, rule.to_port, rule.cidr_ipv4 ?? rule.cidr_ipv6].map(String).join(' '),
  );
  expect(rules.sort()).toEqual(
    [
      ...['tcp 53 53', 'udp 53 53'].flatMap((one) => [`${one} 10.0.0.0/16`, `${one} 2001:db8::/48`]),
      ...['icmp 8 -1 10.0.0.0/16', 'icmp 3 4 10.0.0.0/16', 'icmp -1 -1 10.0.0.0/16', 'icmpv6 128 -1 2001:db8::/48'],
      ...['4', '47', '50', '51', '112'].flatMap((number) =>
        ['10.0.0.0/16', '2001:db8::/48'].map((range) => `${number} undefined undefined ${range}`),
      ),
    ].sort(),
  );
  expect(stack).toMatchDocuments();
});

test('the addresses of rules on AWS have the protocol and its numbers', () => {
  const stack = opened([Port.icmp(8), Port.icmp(3, 4), Port.icmp(), Port.ip(112)], Peer.cidr('10.0.0.0/16'), group);
  const addresses = Object.keys(resourcesOf(stack).aws_vpc_security_group_ingress_rule);
  expect(addresses.map((address) => address.replace(/_[0-9a-f]{12}$/, '')).sort()).toEqual([
    'ingress_icmp_3-4',
    'ingress_icmp_8',
    'ingress_icmp_all',
    'ingress_ip_112',
  ]);
});

test('a firewall on GCP has protocols without ports, by the names of GCP, and ICMP of IPv6 by its number', () => {
  const ports = [
    ...[Port.tcpAndUdp(53), Port.sctp(9899), Port.icmp(), Port.icmpv6()],
    ...[Port.ip(4), Port.ip(47), Port.ip(50), Port.ip(51), Port.ip(112)],
  ];
  const stack = opened(ports, BOTH, tag);
  const allowed = Object.values(resourcesOf(stack).google_compute_firewall).map((rule: any) => [
    rule.source_ranges,
    rule.allow.map(({ protocol, ports: numbers }: any) => [protocol, numbers ?? []].flat().join(' ')).sort(),
  ]);
  const shared = ['112', '4', '47', 'ah', 'esp', 'sctp 9899', 'tcp 53', 'udp 53'];
  expect(allowed).toEqual([
    [['10.0.0.0/16'], [...shared, 'icmp'].sort()],
    [['2001:db8::/48'], [...shared, '58'].sort()],
  ]);
  expect(stack).toMatchDocuments();
});

test('a tag of GCP selects machines of both families, so its rule has both kinds of ICMP', () => {
  const firewall = new GcpFirewall({ network: 'prod' });
  const stack = opened([Port.icmp(), Port.icmpv6()], firewall.networkTag('node'), () => firewall.networkTag('server'));
  const [rule, ...more] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(more).toEqual([]);
  expect(rule.allow).toEqual([{ protocol: '58' }, { protocol: 'icmp' }].reverse());
  expect(stack).toMatchDocuments();
});

test('next to a tag, ranges of IPv6 have only ICMP of IPv6', () => {
  const firewall = new GcpFirewall({ network: 'prod' });
  const source = Peer.anyOf(firewall.networkTag('node'), Peer.cidrIpv6('2001:db8::/48'));
  const stack = opened([Port.icmp(), Port.icmpv6()], source, () => firewall.networkTag('server'));
  const rules = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rules.map((rule: any) => [rule.source_tags, rule.source_ranges, rule.allow])).toEqual([
    [['node'], undefined, [{ protocol: 'icmp' }, { protocol: '58' }]],
    [undefined, ['2001:db8::/48'], [{ protocol: '58' }]],
  ]);
  expect(stack).toMatchDocuments();
});

test('outbound rules have the same protocols', () => {
  const nodes = AwsSecurityGroup.fromId('sg-0fedcba9876543210', { egress: Egress.DOCUMENTED });
  const stack = opened([Port.ip(112), Port.icmpv6(128), Port.tcpAndUdp(53)], nodes, group);
  const rules = Object.values(resourcesOf(stack).aws_vpc_security_group_egress_rule);
  expect(rules.map((rule: any) => rule.ip_protocol).sort()).toEqual(['112', 'icmpv6', 'tcp', 'udp']);
  expect(stack).toMatchDocuments();
});

test('a row of two protocols is one row in descriptions and provenance, with a port for each protocol', () => {
  const stack = opened([Port.tcpAndUdp(53)], Peer.cidr('10.0.0.0/16'), tag);
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.description).toBe('Row 0 [protocols@2026-10/node-to-server/row-0]');
  const { flows } = withEachFlow(JSON.parse(JSON.stringify(stack.toTerraform()))['//'].metadata.clusterPorts);
  expect(flows.map(({ port, documentedPort }: any) => [port, documentedPort])).toEqual([
    ['53/tcp', undefined],
    ['53/udp', undefined],
  ]);
});

test('a row of two protocols moves with both', () => {
  const stack = opened([Port.tcpAndUdp(53)], Peer.cidr('10.0.0.0/16'), group, {
    ports: { 'row-0': Port.tcpAndUdp(54) },
  });
  const { flows } = JSON.parse(JSON.stringify(stack.toTerraform()))['//'].metadata.clusterPorts;
  expect(flows.map(({ port, documentedPort }: any) => [port, documentedPort])).toEqual([
    ['54/tcp', '53/tcp'],
    ['54/udp', '53/udp'],
  ]);
});

test.each<[string, Port, () => IHostGroup, string]>([
  ['SCTP on AWS', Port.sctp(9899), group, 'row row-0 (9899/sctp) must have a protocol of AWS'],
  ['a type of ICMP on GCP', Port.icmp(8), tag, 'did you mean ports: { "row-0": Port.icmp() }?'],
  ['a type of ICMP of IPv6 on GCP', Port.icmpv6(128), tag, 'did you mean ports: { "row-0": Port.icmpv6() }?'],
])('fails for %s, and names row and cloud', (_what, port, server, sentence) => {
  expectRefusal(() => opened([port], BOTH, server), 'protocol-not-in-cloud');
  expect(errorOf(() => opened([port], BOTH, server)).sentence).toContain(sentence);
});

/** Opens a table in which two rows of one name have different ports in different flows. */
function openNamesakes(port: Port, group: (name: string) => IHostGroup, props: object): void {
  const [node, server] = ['node', 'server'].map((id) => ({ id, title: id }));
  const row = {
    name: 'probe',
    description: 'Probe',
    section: 'Ports',
    protocolBasis: Basis.TABLE,
    level: PortLevel.POD,
  };
  const table = {
    id: 'namesakes',
    title: 'Ports',
    reference: 'https://wiki.example.com/ports',
    edition: '2026-10',
    comparedOn: '2026-11-21',
    flows: [
      { source: node, destination: server, rows: [{ ...row, port: Port.tcp(8080) }] },
      { source: server, destination: node, rows: [{ ...row, port }] },
    ],
  };
  new DocumentedPortRules(newStack(), 'own', {
    table,
    roles: { node: group('node'), server: group('server') },
    ...props,
  });
}

test.each<[string, Port, (name: string) => IHostGroup, string, object]>([
  [
    'GCP',
    Port.icmp(8),
    (name) => new GcpFirewall({ network: 'prod' }).networkTag(name),
    'did you mean ports: { "server>node/probe": Port.icmp() }?',
    { ports: { 'server>node/probe': Port.icmp() } },
  ],
  [
    'AWS',
    Port.sctp(9899),
    (name) => AwsSecurityGroup.fromId(name === 'node' ? 'sg-0123456789abcdef0' : 'sg-0123456789abcdef1'),
    'did you mean omit: ["server>node/probe"]?',
    { omit: ['server>node/probe'] },
  ],
  [
    'Kubernetes',
    Port.ip(112),
    (name) => KubernetesPods.labelled({ namespace: 'prod', labels: { app: name } }),
    'did you mean omit: ["server>node/probe"]?',
    { omit: ['server>node/probe'] },
  ],
])('the fix on %s is for no row of the same name with a different port', (_cloud, port, machines, fix, props) => {
  expectRefusal(() => openNamesakes(port, machines, {}), 'protocol-not-in-cloud');
  expect(errorOf(() => openNamesakes(port, machines, {})).sentence).toContain(fix);
  openNamesakes(port, machines, props);
});

test('every type of ICMP can be opened where the cloud has no types, and outputs show the port of the document', () => {
  const stack = opened([Port.icmp(8)], Peer.cidr('10.0.0.0/16'), tag, { ports: { 'row-0': Port.icmp() } });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.allow).toEqual([{ protocol: 'icmp' }]);
  expect(rule.description).toContain('document: 8/icmp');
});

test.each<[string, Port, Port, string]>([
  ['another protocol', Port.tcp(53), Port.udp(53), 'did you mean Port.tcp(53)'],
  ['one of two protocols', Port.tcpAndUdp(53), Port.tcp(53), 'did you mean Port.tcpAndUdp(53)'],
  ['another type', Port.icmp(8), Port.icmp(0), 'did you mean Port.icmp()?'],
  ['another IP protocol', Port.ip(112), Port.ip(51), 'did you mean Port.ip(112)'],
])('a row cannot be moved to %s', (_what, port, moved, sentence) => {
  const move = (): unknown => opened([port], BOTH, group, { ports: { 'row-0': moved } });
  expectRefusal(move, 'protocol-differs');
  expect(errorOf(move).sentence).toContain(sentence);
});

test.each<[Port, string, string]>([
  [
    Port.icmp(8),
    '2001:db8::/48',
    'row row-0 (8/icmp) exists only in IPv4, and its source must have such ranges, got only IPv6 ranges',
  ],
  [Port.icmpv6(128), '10.0.0.0/16', 'row row-0 (128/icmpv6) exists only in IPv6'],
])('fails for %s if its source has only ranges of the other family', (port, range, sentence) => {
  const source = Peer.named('nodes', range);
  for (const server of [group, () => ExternalHosts.named('servers', '10.9.0.0/16')]) {
    expectRefusal(() => opened([port], source, server), 'family-missing');
    expect(errorOf(() => opened([port], source, server)).sentence).toContain(sentence);
  }
});
