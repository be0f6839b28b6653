import { AwsSecurityGroup } from '../../lib';
import { describeHosts } from '../../lib/model/host-description';
import { isEndpoint } from '../../lib/model/endpoint';
import { isHostFilter, type HostRequest } from '../../lib/model/host-filter';
import { checkAddresses } from '../../lib/model/addresses-given';
import type { HostRow } from '../../lib/model/host-table';
import { checkObject } from '../../lib/model/object-given';
import { hostsByPort } from '../../lib/model/outbound-host';
import { Peer } from '../../lib/model/peer';
import { Port } from '../../lib/model/port';
import { expectRefusal } from '../support/refusals';

function described(title: string, supplements: Record<string, string | undefined>, ...listed: string[]): string {
  const hosts = Object.entries(supplements).map(([host, supplement]) => ({ row: { host }, supplement }));
  const request = { table: { id: 'hosts', edition: '2026-10', title }, hosts } as unknown as HostRequest;
  return describeHosts(request, { port: Port.tcp(443), hosts: listed });
}

test('hosts are described by their document, and by how many of them it does not name', () => {
  const hosts = { a: undefined, b: 'images', c: 'packages' };
  expect(described('Hosts', hosts, 'a')).toBe('Hosts, 443/tcp [hosts@2026-10]');
  expect(described('Hosts', hosts, 'a', 'b')).toBe('Hosts, 443/tcp; 1 not documented by the vendor [hosts@2026-10]');
  expect(described('Hosts', hosts, 'c', 'b')).toBe('Hosts, 443/tcp; 2 not documented by the vendor [hosts@2026-10]');
  expect(described('t'.repeat(151), hosts, 'a')).toBe(`${'t'.repeat(150)}, 443/tcp [hosts@2026-10]`);
});

test.each([null, undefined, 7, 'proxy', {}])('%j is no filter of hosts and no end of a check', (value) => {
  expect([isHostFilter(value), isEndpoint(value)]).toEqual([false, false]);
});

test('what has their methods is one', () => {
  expect(isHostFilter({ _letOut: () => [] })).toBe(true);
  expect(isEndpoint({ _planCheck: () => [] })).toBe(true);
});

test('hosts are told apart by the ports at which they are needed, without order', () => {
  const row = (host: string, ...ports: Port[]): HostRow => ({ host, ports }) as HostRow;
  const lists = hostsByPort([row('b', Port.tcp(443)), row('a', Port.tcp(80), Port.tcp(443))]);
  expect(Object.fromEntries(lists.map(({ port, hosts }) => [String(port), [...hosts].sort()]))).toEqual({
    '443/tcp': ['a', 'b'],
    '80/tcp': ['a'],
  });
});

test.each([undefined, null, 7, 'text', [1]])('%j is no object with properties', (value) => {
  expect(() => {
    checkObject(value, 'a name', '{ name }', 'place');
  }).toThrow(/^place: an object with a name is needed, got .*; did you mean \{ name \}\?$/);
});

test('an object is one', () => {
  expect(() => {
    checkObject({}, 'a name', '{ name }', 'place');
  }).not.toThrow();
});

test('addresses of machines are ranges, and not the whole internet', () => {
  const some = Peer.cidr('10.0.0.0/8');
  expect(checkAddresses(some, 'place')).toBe(some);
  expect(checkAddresses(undefined, 'place')).toBeUndefined();
  expectRefusal(
    () => checkAddresses('10.0.0.0/8' as never, 'place'),
    'place: addresses must be a peer, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?',
  );
  expectRefusal(
    () => checkAddresses(AwsSecurityGroup.fromId('sg-01234567'), 'place'),
    'place: addresses must be ranges, got security group sg-01234567; did you mean Peer.cidr(...)?',
  );
  expectRefusal(
    () => checkAddresses(Peer.anyIpv4('all'), 'place'),
    'place: addresses must not be the whole internet, got any IPv4 address',
  );
});
