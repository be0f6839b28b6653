import { checkHostname, withLeadingDot } from '../../lib/net/hostname';
import { expectRefusal } from '../support/refusals';

test.each([
  'archive.ubuntu.com',
  '*.docker.com',
  'xn--bcher-kva.example',
  '1.example.com',
  'a.b',
  `${'a'.repeat(63)}.com`,
  'node.k8s',
  'node.8s',
  `${'a.'.repeat(125)}abc`,
])('accepts %s', (host) => {
  expect(checkHostname(host, 'place')).toBe(host);
});

test('replaces the wildcard by a dot, for lists that use this form', () => {
  expect(['*.docker.com', 'archive.ubuntu.com'].map(withLeadingDot)).toEqual(['.docker.com', 'archive.ubuntu.com']);
});

describe('fails for', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'hostname-invalid'],
    ['a number', 443, 'hostname-invalid'],
    ['empty text', '', 'hostname-invalid'],
    ['one label', 'localhost', 'hostname-invalid'],
    ['a space', 'docker .com', 'hostname-invalid'],
    ['an underscore', 'a_b.com', 'hostname-invalid'],
    ['a label that ends with a hyphen', 'a-.com', 'hostname-invalid'],
    ['a label of digits at the end', 'node.12', 'hostname-invalid'],
    ['a colon without a port number', 'docker.com:x', 'hostname-invalid'],
    ['two ports', 'a.com:1:2', 'hostname-invalid'],
    ['an empty label', 'docker..com', 'hostname-invalid'],
    ['a space at the end', 'docker.com ', 'hostname-invalid'],
    ['254 characters', `${'a.'.repeat(126)}ab`, 'hostname-invalid'],
    ['a label of 64', `${'a'.repeat(64)}.com`, 'hostname-invalid'],
    ['letters outside of ASCII', 'bücher.example', 'hostname-invalid'],
    ['capitals', 'Archive.Ubuntu.com', 'hostname-invalid'],
    ['capitals after a wildcard', '*.Docker.com', 'hostname-invalid'],
    ['a dot at the end', 'docker.com.', 'hostname-invalid'],
    ['a scheme', 'https://artifacts.elastic.co', 'hostname-invalid'],
    ['a URL', 'https://artifacts.elastic.co:443/packages?x', 'hostname-invalid'],
    ['a path', 'archive.ubuntu.com/ubuntu', 'hostname-invalid'],
    ['a port', '*.docker.com:443', 'hostname-invalid'],
    ['a path after one label', 'a/b', 'hostname-invalid'],
    ['a dot instead of a wildcard', '.docker.com', 'hostname-invalid'],
    ['all names', '*', 'hostname-invalid'],
    ['a top-level domain', '*.com', 'hostname-invalid'],
    ['a wildcard without a dot', '*docker.com', 'hostname-invalid'],
    ['a wildcard within', 'images.*.docker.com', 'hostname-invalid'],
    ['a wildcard in a part of a label', 'docker-*.r2.example.com', 'hostname-invalid'],
    ['an IPv4 address', '10.0.0.1', 'hostname-is-an-ip-address'],
    ['an IPv6 address', '::1', 'hostname-is-an-ip-address'],
    ['a token', '${TfToken[TOKEN.0]}', 'text-not-known'],
  ])('%s', (_what, host, code) => {
    expectRefusal(() => checkHostname(host, 'place'), code);
  });
});
