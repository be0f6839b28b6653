import { Peer } from 'cdktf-cluster-ports';
import { Cidr, parseSingleAddress } from '../../lib/net/cidr';
import { checkDnsName, checkHostname } from '../../lib/net/hostname';
import { Port } from '../../lib/net/port';
import { type Fix, suggestionOf, testFixes } from '../support/fixes';

/** The factories in JavaScript, which does not check the number of arguments. */
const { tcp, udp, tcpAndUdp } = Port as unknown as Record<
  'tcp' | 'udp' | 'tcpAndUdp',
  (from: number, to?: number) => Port
>;

testFixes([
  [
    'two numbers for one port of UDP',
    'port-invalid',
    () => udp(8472, 8473),
    'Port.udpRange(8472, 8473)',
    () => Port.udpRange(8472, 8473),
  ],
  ['a number as text', 'port-invalid', () => Port.tcp('9443' as never), 'Port.tcp(9443)', () => Port.tcp(9443)],
  ['a number as text, of UDP', 'port-invalid', () => Port.udp('53' as never), 'Port.udp(53)', () => Port.udp(53)],
  ...(
    [
      ['leading zeros', '080/tcp', '80/tcp'],
      ['leading zeros in a range', '0080-0081/udp', '80-81/udp'],
      ['blanks', ' 443/tcp', '443/tcp'],
      ['a newline', '443/tcp\n', '443/tcp'],
    ] as const
  ).map(([what, wrong, right]): Fix => [
    `${what} in the text of a port`,
    'port-invalid',
    () => Port.parse(wrong),
    JSON.stringify(right),
    () => Port.parse(right),
  ]),
  [
    'two numbers for one port of two protocols',
    'port-invalid',
    () => tcpAndUdp(53, 54),
    'Port.tcpAndUdpRange(53, 54)',
    () => Port.tcpAndUdpRange(53, 54),
  ],
  ['a number as text, of SCTP', 'port-invalid', () => Port.sctp('99' as never), 'Port.sctp(99)', () => Port.sctp(99)],
  ['ICMP by its number', 'port-invalid', () => Port.ip(1), 'Port.icmp()', () => Port.icmp()],
  ['ICMP by its number, as text', 'port-invalid', () => Port.parse('1/ip'), '"icmp"', () => Port.parse('icmp')],
  [
    'two numbers for one port',
    'port-invalid',
    () => tcp(9443, 9444),
    'Port.tcpRange(9443, 9444)',
    () => Port.tcpRange(9443, 9444),
  ],
  ['host bits', 'range-with-host-bits', () => Cidr.parse('10.1.2.3/8'), '"10.0.0.0/8"', () => Cidr.parse('10.0.0.0/8')],
  [
    'no prefix length',
    'range-without-prefix',
    () => Cidr.parse('203.0.113.7'),
    '"203.0.113.7/32"',
    () => Cidr.parse('203.0.113.7/32'),
  ],
  [
    'zeros in a prefix length',
    'range-ambiguous',
    () => Cidr.parse('10.0.0.0/08'),
    '"10.0.0.0/8"',
    () => Cidr.parse('10.0.0.0/8'),
  ],
  [
    'zeros in an address',
    'range-invalid',
    () => Cidr.parse('010.0.0.0/8'),
    '"10.0.0.0/8"',
    () => Cidr.parse('10.0.0.0/8'),
  ],
  ['a zone', 'range-invalid', () => Cidr.parse('fe80::%eth0/64'), '"fe80::/64"', () => Cidr.parse('fe80::/64')],
  [
    'a mapped range',
    'range-ambiguous',
    () => Cidr.parse('::ffff:10.0.0.0/104'),
    '"10.0.0.0/8"',
    () => Cidr.parse('10.0.0.0/8'),
  ],
  [
    'a mapped address',
    'ip-address-ambiguous',
    () => parseSingleAddress('::ffff:203.0.113.7', 'place'),
    '"203.0.113.7"',
    () => parseSingleAddress('203.0.113.7', 'place'),
  ],
  [
    'a range instead of an address',
    'ip-address-invalid',
    () => parseSingleAddress('10.0.0.0/8', 'place'),
    'Peer.cidr("10.0.0.0/8")',
    () => Peer.cidr('10.0.0.0/8'),
  ],
  [
    'a range downwards',
    'port-range-descends',
    () => Port.tcpRange(9, 8),
    'Port.tcpRange(8, 9)',
    () => Port.tcpRange(8, 9),
  ],
  [
    'a UDP range downwards',
    'port-range-descends',
    () => Port.udpRange(9, 8),
    'Port.udpRange(8, 9)',
    () => Port.udpRange(8, 9),
  ],
  [
    'the text of a range downwards',
    'port-range-descends',
    () => Port.parse('9-8/TCP'),
    '"8-9/TCP"',
    () => Port.parse('8-9/TCP'),
  ],
  [
    'a number instead of text',
    'port-invalid',
    () => Port.parse(6443 as never),
    '"6443/tcp"',
    () => Port.parse('6443/tcp'),
  ],
  [
    'a URL instead of a DNS name',
    'hostname-invalid',
    () => checkDnsName('https://api.example.com:6443/', 'place', 'hostname'),
    '"api.example.com"',
    () => checkDnsName('api.example.com', 'place', 'hostname'),
  ],
  ...(
    [
      ['a scheme', 'https://docker.com', 'docker.com'],
      ['a path', 'docker.com/images', 'docker.com'],
      ['a port', '*.docker.com:443', '*.docker.com'],
      ['a wildcard within', 'images.*.docker.com', '*.docker.com'],
      ['a part of a label as wildcard', 'docker-*.example.com', '*.example.com'],
      ['capitals', 'Docker.com', 'docker.com'],
      ['a leading dot', '.docker.com', '*.docker.com'],
      ['a dot at the end', 'docker.com.', 'docker.com'],
      ['a space', 'docker.com ', 'docker.com'],
    ] as const
  ).map(([what, wrong, right]): Fix => [
    `${what} in a hostname`,
    'hostname-invalid',
    () => checkHostname(wrong, 'place'),
    JSON.stringify(right),
    () => checkHostname(right, 'place'),
  ]),
]);

test.each<[string, () => unknown]>([
  ['a number that is not a port', () => Port.parse(70000 as never)],
  ['a port of zeros', () => Port.parse('000/tcp')],
  ['blanks around a port that does not exist', () => Port.parse(' 70000/tcp')],
  ['text before a number', () => Port.tcp('port 443' as never)],
  ['text after a number', () => Port.tcp('443/tcp' as never)],
  ['a second number that is not a port', () => tcp(443, 70000)],
  ['a first number that is not a port', () => tcp(0, 443)],
  ['a mapped range that is wider than IPv4', () => Cidr.parse('::ffff:0.0.0.0/95')],
  ['a top-level domain', () => checkHostname('https://com/', 'place')],
  ['an IP address instead of a hostname', () => checkHostname('10.0.0.1', 'place')],
])('suggests nothing for %s, because no fix would work', (_what, wrong) => {
  expect(suggestionOf(wrong)).toBeUndefined();
});

test('accepts an absent second argument, as a caller with an optional one gives', () => {
  expect(tcp(443, undefined)).toEqual(Port.tcp(443));
});
