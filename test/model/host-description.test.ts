import { describeHosts } from '../../lib/model/host-description';
import { isEndpoint } from '../../lib/model/endpoint';
import { isHostFilter, type HostRequest } from '../../lib/model/host-filter';
import { checkAddresses } from '../../lib/model/addresses-given';
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

test('addresses of machines are ranges, and not the whole internet', () => {
  const some = Peer.cidr('10.0.0.0/8');
  expect(checkAddresses(some, 'place')).toBe(some);
  expect(checkAddresses(undefined, 'place')).toBeUndefined();
  expectRefusal(
    () => checkAddresses(Peer.anyIpv4('all'), 'place'),
    'place: addresses must not be the whole internet, got any IPv4 address',
  );
});
