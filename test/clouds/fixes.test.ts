import { AddressFamily, AwsSecurityGroup, GcpFirewall, type IHostGroup, Peer, Port } from '../../lib';
import { testFixes } from '../support/fixes';
import { openedPorts } from '../support/protocol-rows';

const BOTH = Peer.named('nodes', '10.0.0.0/16', '2001:db8::/48');
const IPV4 = Peer.cidr('10.0.0.0/16');
const IPV6 = Peer.cidrIpv6('2001:db8::/48');
const group = (): IHostGroup => AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const tag = (): IHostGroup => new GcpFirewall({ network: 'prod' }).networkTag('server');
const moved = (port: Port, to: Port) => () => openedPorts([port], BOTH, group, { ports: { 'row-0': to } });

const TAG_AND_IPV4 = Peer.anyOf(new GcpFirewall({ network: 'prod' }).networkTag('node'), Peer.cidr('10.0.0.0/16'));

testFixes([
  [
    'SCTP on AWS',
    'protocol-not-in-cloud',
    () => openedPorts([Port.sctp(9899), Port.tcp(443)], BOTH, group),
    'omit: ["row-0"]',
    () => openedPorts([Port.sctp(9899), Port.tcp(443)], BOTH, group, { omit: ['row-0'] }),
  ],
  [
    'a type of ICMP on GCP',
    'protocol-not-in-cloud',
    () => openedPorts([Port.icmp(8)], BOTH, tag),
    'ports: { "row-0": Port.icmp() }',
    () => openedPorts([Port.icmp(8)], BOTH, tag, { ports: { 'row-0': Port.icmp() } }),
  ],
  [
    'a type of ICMP of IPv6 on GCP',
    'protocol-not-in-cloud',
    () => openedPorts([Port.icmpv6(128)], BOTH, tag),
    'ports: { "row-0": Port.icmpv6() }',
    () => openedPorts([Port.icmpv6(128)], BOTH, tag, { ports: { 'row-0': Port.icmpv6() } }),
  ],
  [
    'ICMP from ranges of IPv6',
    'family-missing',
    () => openedPorts([Port.icmp(8), Port.tcp(443)], IPV6, group),
    'omit: ["row-0"]',
    () => openedPorts([Port.icmp(8), Port.tcp(443)], IPV6, group, { omit: ['row-0'] }),
  ],
  [
    'a row for IPv6 from a tag and ranges of IPv4',
    'family-not-separate',
    () => openedPorts([Port.udp(51821), Port.tcp(443)], TAG_AND_IPV4, tag, { family: AddressFamily.IPV6 }),
    'omit: ["row-0"]',
    () =>
      openedPorts([Port.udp(51821), Port.tcp(443)], TAG_AND_IPV4, tag, { family: AddressFamily.IPV6, omit: ['row-0'] }),
  ],
  [
    'ICMP of IPv6 from ranges of IPv4',
    'family-missing',
    () => openedPorts([Port.icmpv6(128), Port.tcp(443)], IPV4, group),
    'omit: ["row-0"]',
    () => openedPorts([Port.icmpv6(128), Port.tcp(443)], IPV4, group, { omit: ['row-0'] }),
  ],
  [
    'one of two protocols',
    'protocol-differs',
    moved(Port.tcpAndUdp(53), Port.tcp(54)),
    'Port.tcpAndUdp(54), or a table of your own for DocumentedPortRules',
    moved(Port.tcpAndUdp(53), Port.tcpAndUdp(54)),
  ],
  [
    'another type',
    'protocol-differs',
    moved(Port.icmp(8), Port.icmp(0)),
    'Port.icmp()',
    moved(Port.icmp(8), Port.icmp()),
  ],
  [
    'another IP protocol',
    'protocol-differs',
    moved(Port.ip(112), Port.ip(51)),
    'Port.ip(112), or a table of your own for DocumentedPortRules',
    moved(Port.ip(112), Port.ip(112)),
  ],
]);
