import { AwsSecurityGroup } from '../../lib';
import { describeHostnames } from '../../lib/model/host-description';
import { isEndpoint } from '../../lib/model/endpoint';
import { isHostnameFilter, type HostnameRequest } from '../../lib/model/host-filter';
import { checkIpRanges } from '../../lib/model/addresses-given';
import type { HostnameRow } from '../../lib/model/host-table';
import { checkObject } from '../../lib/model/object-given';
import { hostnamesByPort } from '../../lib/model/outbound-host';
import { Peer } from '../../lib/model/peer';
import { Port } from '../../lib/model/port';
import { expectRefusal } from '../support/refusals';

function described(title: string, supplements: Record<string, string | undefined>, ...listed: string[]): string {
  const hostnames = Object.entries(supplements).map(([hostname, supplement]) => ({ row: { hostname }, supplement }));
  const request = { table: { id: 'hosts', edition: '2026-10', title }, hostnames } as unknown as HostnameRequest;
  return describeHostnames(request, { port: Port.tcp(443), hostnames: listed });
}

test('hosts are described by their document, and by how many of them it does not name', () => {
  const hosts = { a: undefined, b: 'images', c: 'packages' };
  expect(described('Hosts', hosts, 'a')).toBe('Hosts, 443/tcp [hosts@2026-10]');
  expect(described('Hosts', hosts, 'a', 'b')).toBe('Hosts, 443/tcp; 1 not documented by the vendor [hosts@2026-10]');
  expect(described('Hosts', hosts, 'c', 'b')).toBe('Hosts, 443/tcp; 2 not documented by the vendor [hosts@2026-10]');
  expect(described('t'.repeat(151), hosts, 'a')).toBe(`${'t'.repeat(150)}, 443/tcp [hosts@2026-10]`);
});

test.each([null, undefined, 7, 'proxy', {}])('%j is no filter of hosts and no end of a check', (value) => {
  expect([isHostnameFilter(value), isEndpoint(value)]).toEqual([false, false]);
});

test('what has their methods is one', () => {
  expect(isHostnameFilter({ _allowOutbound: () => [] })).toBe(true);
  expect(isEndpoint({ _planCheck: () => [] })).toBe(true);
});

test('hosts are told apart by the ports at which they are needed, without order', () => {
  const row = (hostname: string, ...ports: Port[]): HostnameRow => ({ hostname, ports }) as HostnameRow;
  const lists = hostnamesByPort([row('b', Port.tcp(443)), row('a', Port.tcp(80), Port.tcp(443))]);
  expect(Object.fromEntries(lists.map(({ port, hostnames }) => [String(port), [...hostnames].sort()]))).toEqual({
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

test('ranges of machines are ranges, and not the whole internet', () => {
  const some = Peer.cidr('10.0.0.0/8');
  expect(checkIpRanges(some, 'place')).toBe(some);
  expect(checkIpRanges(undefined, 'place')).toBeUndefined();
  expectRefusal(
    () => checkIpRanges('10.0.0.0/8' as never, 'place'),
    'place: ipRanges must be a peer, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?',
  );
  expectRefusal(
    () => checkIpRanges(AwsSecurityGroup.fromId('sg-01234567'), 'place'),
    'place: ipRanges must be ranges, got security group sg-01234567; did you mean Peer.cidr(...)?',
  );
  expectRefusal(
    () => checkIpRanges(Peer.anyIpv4('all'), 'place'),
    'place: ipRanges must not be the whole internet, got any IPv4 address',
  );
});
