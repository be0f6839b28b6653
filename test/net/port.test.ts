import { TerraformVariable } from 'cdktf';
import { byPort, isPort, Port, Protocol } from '../../lib/net/port';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

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
])('a port is written as in documents: %s', (port, text, numbers) => {
  expect(String(port)).toBe(text);
  expect(port.text).toBe(text);
  expect(port.numbers).toBe(numbers);
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
  '6443/sctp',
  '6443/tcp,udp',
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
