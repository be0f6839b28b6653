import { TerraformVariable } from 'cdktf';
import { isPort, byPort, Port } from '../../lib/model/port';
import { Protocol } from '../../lib/model/protocol';
import { newStack } from '../support/clouds';
import { expectRefusal } from '../support/refusals';

test('a port knows its protocol and its ends', () => {
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
])('a port is written as documents write it: %s', (port, text, numbers) => {
  expect(String(port)).toBe(text);
  expect(port.numbers).toBe(numbers);
});

test.each([
  ['6443/tcp', '6443/tcp'],
  ['8472/udp', '8472/udp'],
  ['2379-2380/tcp', '2379-2380/tcp'],
  ['2379:2380/tcp', '2379-2380/tcp'],
  ['6443/TCP', '6443/tcp'],
  [' 8472/Udp ', '8472/udp'],
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

test('only what a factory made is a port', () => {
  expect(isPort(Port.tcp(443))).toBe(true);
  for (const value of [443, '443/tcp', { protocol: 'tcp', fromPort: 443, toPort: 443 }, undefined, null]) {
    expect(isPort(value)).toBe(false);
  }
});

test.each([
  [0, '0'],
  [65536, '65536'],
  [-1, '-1'],
  [80.5, '80.5'],
  [NaN, 'NaN'],
  [Infinity, 'Infinity'],
  ['443', '"443"'],
  [undefined, 'nothing'],
  [null, 'nothing'],
  [[443], '[443]'],
  [{}, 'an object of Object'],
])('fails for %j, which is no port number', (port, shown) => {
  const need = 'a port must be a whole number from 1 to 65535';
  expectRefusal(() => Port.tcp(port as number), `Port.tcp: ${need}, got ${shown}`);
  expectRefusal(() => Port.udp(port as number), `Port.udp: ${need}, got ${shown}`);
  expectRefusal(() => Port.tcpRange(port as number, 443), `Port.tcpRange: ${need}, got ${shown}`);
  expectRefusal(() => Port.udpRange(443, port as number), `Port.udpRange: ${need}, got ${shown}`);
});

test('fails for a range that runs downwards, and turns it round', () => {
  const sentence = 'a port range must run upwards, got 9444-8443; did you mean 8443-9444?';
  expectRefusal(() => Port.tcpRange(9444, 8443), `Port.tcpRange: ${sentence}`);
  expectRefusal(() => Port.udpRange(9444, 8443), `Port.udpRange: ${sentence}`);
  expectRefusal(() => Port.parse('9444-8443/tcp'), `Port.parse: ${sentence}`);
});

test.each([
  ['6443', '"6443"'],
  ['tcp/6443', '"tcp/6443"'],
  ['6443/sctp', '"6443/sctp"'],
  ['6443/tcp,udp', '"6443/tcp,udp"'],
  ['-1/tcp', '"-1/tcp"'],
  ['2379-/tcp', '"2379-/tcp"'],
  ['2379..2380/tcp', '"2379..2380/tcp"'],
  ['', '""'],
  [6443, '6443; did you mean "6443/tcp"?'],
  [undefined, 'nothing'],
])('fails to read %j', (text, shown) => {
  expectRefusal(
    () => Port.parse(text as string),
    `Port.parse: a port must be written as "6443/tcp" or "2379-2380/tcp", got ${shown}`,
  );
});

test('fails to read a number that is no port', () => {
  const sentence = 'Port.parse: a port must be a whole number from 1 to 65535';
  expectRefusal(() => Port.parse('0/tcp'), `${sentence}, got 0`);
  expectRefusal(() => Port.parse('1-65536/udp'), `${sentence}, got 65536`);
});

test('fails for a port that only Terraform knows', () => {
  const port = new TerraformVariable(newStack(), 'port', {}).numberValue;
  for (const [place, act] of [
    ['Port.tcp', () => Port.tcp(port)],
    ['Port.udp', () => Port.udp(port)],
    ['Port.tcpRange', () => Port.tcpRange(1, port)],
    ['Port.udpRange', () => Port.udpRange(port, 65535)],
  ] as const) {
    expectRefusal(act, `${place}: a port must be known at synthesis, got a value known to Terraform`);
  }
});
