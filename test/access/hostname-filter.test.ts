import { isEndpoint } from '../../lib/access/endpoint';
import {
  describeHostnames,
  type HostnameRequest,
  hostnamesByPort,
  isHostnameFilter,
} from '../../lib/access/hostname-filter';
import { Port } from '../../lib/net/port';
import type { HostnameRow } from '../../lib/tables/hostname-table';

function described(title: string, supplements: Record<string, string | undefined>, ...listed: string[]): string {
  const hostnames = Object.entries(supplements).map(([hostname, supplement]) => ({ row: { hostname }, supplement }));
  const request = { table: { id: 'hosts', edition: '2026-10', title }, hostnames } as unknown as HostnameRequest;
  return describeHostnames(request, { port: Port.tcp(443), hostnames: listed });
}

test('describes hostnames by their document, and by how many of them the document leaves out', () => {
  const hosts = { a: undefined, b: 'images', c: 'packages' };
  expect(described('Hosts', hosts, 'a')).toBe('Hosts, 443/tcp [hosts@2026-10]');
  expect(described('Hosts', hosts, 'a', 'b')).toBe('Hosts, 443/tcp; 1 not documented by the vendor [hosts@2026-10]');
  expect(described('Hosts', hosts, 'c', 'b')).toBe('Hosts, 443/tcp; 2 not documented by the vendor [hosts@2026-10]');
  expect(described('t'.repeat(151), hosts, 'a')).toBe(`${'t'.repeat(150)}, 443/tcp [hosts@2026-10]`);
});

test('groups hostnames by port, and puts a hostname with two ports into both groups', () => {
  const row = (hostname: string, ...ports: Port[]): HostnameRow => ({ hostname, ports }) as HostnameRow;
  const lists = hostnamesByPort([row('b', Port.tcp(443)), row('a', Port.tcp(80), Port.tcp(443))]);
  expect(Object.fromEntries(lists.map(({ port, hostnames }) => [String(port), [...hostnames].sort()]))).toEqual({
    '443/tcp': ['a', 'b'],
    '80/tcp': ['a'],
  });
});

test.each([null, undefined, 7, 'proxy', {}])('%j is neither a hostname filter nor an endpoint', (value) => {
  expect([isHostnameFilter(value), isEndpoint(value)]).toEqual([false, false]);
});

test('accepts any object that has the internal methods of a hostname filter or an endpoint', () => {
  expect(isHostnameFilter({ _allowOutbound: () => [] })).toBe(true);
  expect(isEndpoint({ _planCheck: () => [] })).toBe(true);
});
