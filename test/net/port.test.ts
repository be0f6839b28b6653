import { TerraformVariable } from 'cdktf';
import { portTexts } from '../../lib/net';
import { byPort, isPort, Port, Protocol } from '../../lib/net/port';
import { newStack } from '../support/clouds';
import { errorOf, expectRefusal } from '../support/refusals';

test('a port has a protocol, a first and a last number', () => {
  const { protocol, fromPort, toPort } = Port.udpRange(7946, 7950);
  expect({ protocol, fromPort, toPort }).toEqual({ protocol: Protocol.UDP, fromPort: 7946, toPort: 7950 });
});

test.each([
  [Port.tcp(6443), '6443/tcp', '6443'],
  [Port.udp(8472), '8472/udp', '8472'],
  [Port.tcpRange(2379, 2380), '2379-2380/tcp', '2379-2380'],
  [Port.udpRange(7946, 7950), '7946-7950/udp', '7946-7950'],
  [Port.tcpRange(22, 22), '22/tcp', '22'],
  [Port.tcpRange(1, 65535), '1-65535/tcp', '1-65535'],
  [Port.tcpAndUdp(53), '53/tcp+udp', '53'],
  [Port.tcpAndUdpRange(30000, 32767), '30000-32767/tcp+udp', '30000-32767'],
  [Port.sctp(9899), '9899/sctp', '9899'],
  [Port.sctpRange(1, 65535), '1-65535/sctp', '1-65535'],
  [Port.icmp(), 'icmp', ''],
  [Port.icmp(8), '8/icmp', '8'],
  [Port.icmp(0), '0/icmp', '0'],
  [Port.icmp(3, 4), '3.4/icmp', '3.4'],
  [Port.icmp(8, 0), '8.0/icmp', '8.0'],
  [Port.icmpv6(128), '128/icmpv6', '128'],
  [Port.ip(112), '112/ip', '112'],
  [Port.ip(4), '4/ip', '4'],
])('a port is written as in documents: %s', (port, text, numbers) => {
  expect(String(port)).toBe(text);
  expect(port.text).toBe(text);
  expect(port.numbers).toBe(numbers);
  expect(String(Port.parse(text))).toBe(text);
  expect(port._intervals().flatMap(portTexts)).toEqual(port._ofOneProtocol().map(String));
});

test('reads protocols by name', () => {
  const names = ['vrrp', 'ESP', 'ah', 'gre', 'ipip', 'icmp', 'ICMPv6'];
  expect(names.map((name) => String(Port.parse(name)))).toEqual([
    ...['112/ip', '50/ip', '51/ip', '47/ip', '4/ip'],
    ...['icmp', 'icmpv6'],
  ]);
});

test('a port of two protocols is two ports in rules', () => {
  expect(Port.tcpAndUdp(53)._ofOneProtocol().map(String)).toEqual(['53/tcp', '53/udp']);
  expect(Port.tcp(53)._ofOneProtocol().map(String)).toEqual(['53/tcp']);
});

test.each<[string, () => Port, string]>([
  ['TCP as an IP protocol', () => Port.ip(6), 'tcp must be given with its ports'],
  ['ICMP as an IP protocol', () => Port.ip(1), 'did you mean Port.icmp()?'],
  ['a protocol number that does not exist', () => Port.ip(256), 'from 0 to 255, got 256'],
  ['a type that does not exist', () => Port.icmp(256), 'the ICMP type must be a whole number from 0 to 255'],
  ['a code that does not exist', () => Port.icmpv6(1, -1), 'the ICMP code must be a whole number from 0 to 255'],
  ['a code without a type', () => Port.icmp(undefined, 4), 'an ICMP code must have a type'],
  ['two ports', () => (Port.tcpAndUdp as any)(53, 54), 'did you mean Port.tcpAndUdpRange(53, 54)?'],
  ['a text as a number', () => Port.sctp('9899' as any), 'did you mean Port.sctp(9899)?'],
])('fails for %s', (_what, call, sentence) => {
  expectRefusal(call, 'port-invalid');
  expect(errorOf(call).sentence).toContain(sentence);
});

test.each([
  ['6443/tcp', '6443/tcp'],
  ['8472/udp', '8472/udp'],
  ['2379-2380/tcp', '2379-2380/tcp'],
  ['2379:2380/tcp', '2379-2380/tcp'],
  ['6443/TCP', '6443/tcp'],
  ['8472/Udp', '8472/udp'],
  ['22-22/tcp', '22/tcp'],
])('reads %j', (text, port) => {
  expect(String(Port.parse(text))).toBe(port);
});

test('a port cannot be changed', () => {
  const port = Port.tcp(443);
  expect(() => Object.assign(port, { fromPort: 1 })).toThrow(TypeError);
  expect(String(port)).toBe('443/tcp');
});

test('ports are ordered by protocol, then by number', () => {
  const ports = [Port.udp(53), Port.tcp(8443), Port.tcpRange(443, 445), Port.tcp(443)].sort(byPort);
  expect(ports.map(String)).toEqual(['443/tcp', '443-445/tcp', '8443/tcp', '53/udp']);
});

test('recognizes only objects of the factories as ports', () => {
  expect(isPort(Port.tcp(443))).toBe(true);
  for (const value of [443, '443/tcp', { protocol: 'tcp', fromPort: 443, toPort: 443 }, undefined, null]) {
    expect(isPort(value)).toBe(false);
  }
});

test.each([[0], [65536], [-1], [80.5], [NaN], [Infinity], ['443'], [undefined], [null], [[443]], [{}]])(
  'fails for %j, which is not a port number',
  (port) => {
    expectRefusal(() => Port.tcp(port as number), 'port-invalid');
    expectRefusal(() => Port.udp(port as number), 'port-invalid');
    expectRefusal(() => Port.tcpRange(port as number, 443), 'port-invalid');
    expectRefusal(() => Port.udpRange(443, port as number), 'port-invalid');
  },
);

test('fails for a range that runs downwards, and suggests the reverse', () => {
  expectRefusal(() => Port.tcpRange(9444, 8443), 'port-range-descends');
  expectRefusal(() => Port.udpRange(9444, 8443), 'port-range-descends');
  expectRefusal(() => Port.parse('9444-8443/tcp'), 'port-range-descends');
});

test.each([
  '6443',
  'tcp/6443',
  '6443/dccp',
  '6443/tcp,udp',
  '256/icmp',
  '8.256/icmp',
  '8.0.0/icmp',
  '8-9/icmp',
  '256/ip',
  '6/ip',
  'tcp',
  '17/ip',
  '132/ip',
  '1/ip',
  '50/esp',
  '-1/tcp',
  '2379-/tcp',
  '2379..2380/tcp',
  '',
  6443,
  undefined,
])('fails to read %j', (text) => {
  expectRefusal(() => Port.parse(text as string), 'port-invalid');
});

test('fails to read a number that is not a port', () => {
  expectRefusal(() => Port.parse('0/tcp'), 'port-invalid');
  expectRefusal(() => Port.parse('1-65536/udp'), 'port-invalid');
});

test('fails for a port known after apply', () => {
  const port = new TerraformVariable(newStack(), 'port', {}).numberValue;
  expectRefusal(() => Port.tcp(port), 'port-not-known');
  expectRefusal(() => Port.udp(port), 'port-not-known');
  expectRefusal(() => Port.tcpRange(1, port), 'port-not-known');
  expectRefusal(() => Port.udpRange(port, 65535), 'port-not-known');
});
