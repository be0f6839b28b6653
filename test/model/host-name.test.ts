import { checkHostname, dotted } from '../../lib/model/host-name';
import { expectRefusal } from '../support/refusals';

const NEED = 'hostname must be a name as "archive.ubuntu.com", or "*.docker.com" for all names below one';

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
])('%s is the name of a host', (host) => {
  expect(checkHostname(host, 'place')).toBe(host);
});

test('the wildcard becomes a dot in lists that write it so', () => {
  expect(['*.docker.com', 'archive.ubuntu.com'].map(dotted)).toEqual(['.docker.com', 'archive.ubuntu.com']);
});

describe('fails for', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, `${NEED}, got nothing`],
    ['no text', 443, `${NEED}, got 443`],
    ['empty text', '', `${NEED}, got ""`],
    ['one label', 'localhost', `${NEED}, got "localhost"`],
    ['a space', 'docker .com', `${NEED}, got "docker .com"`],
    ['an underscore', 'a_b.com', `${NEED}, got "a_b.com"`],
    ['a label that ends with a hyphen', 'a-.com', `${NEED}, got "a-.com"`],
    ['a label of digits at the end', 'node.12', `${NEED}, got "node.12"`],
    ['a colon that is no port', 'docker.com:x', `${NEED}, got "docker.com:x"`],
    ['two ports', 'a.com:1:2', `${NEED}, got "a.com:1:2"`],
    ['an empty label', 'docker..com', `${NEED}, got "docker..com"`],
    ['a space at the end', 'docker.com ', `${NEED}, got "docker.com "; did you mean "docker.com"?`],
    ['254 characters', `${'a.'.repeat(126)}ab`, `${NEED}, got "${'a.'.repeat(49)}a...`],
    ['a label of 64', `${'a'.repeat(64)}.com`, `${NEED}, got "${'a'.repeat(64)}.com"`],
    ['other letters', 'bücher.example', `${NEED}, got "bücher.example"`],
    ['capitals', 'Archive.Ubuntu.com', `${NEED}, got "Archive.Ubuntu.com"; did you mean "archive.ubuntu.com"?`],
    ['capitals after a wildcard', '*.Docker.com', `${NEED}, got "*.Docker.com"; did you mean "*.docker.com"?`],
    ['a dot at the end', 'docker.com.', `${NEED}, got "docker.com."; did you mean "docker.com"?`],
    [
      'a scheme',
      'https://artifacts.elastic.co',
      'hostname must be a name without a scheme, got "https://artifacts.elastic.co"; did you mean "artifacts.elastic.co"?',
    ],
    [
      'a whole address',
      'https://artifacts.elastic.co:443/packages?x',
      'hostname must be a name without a scheme, got "https://artifacts.elastic.co:443/packages?x"; did you mean "artifacts.elastic.co"?',
    ],
    [
      'a path',
      'archive.ubuntu.com/ubuntu',
      'hostname must be a name without a path, got "archive.ubuntu.com/ubuntu"; did you mean "archive.ubuntu.com"?',
    ],
    [
      'a port',
      '*.docker.com:443',
      'hostname must be a name without a port, which stands in ports, got "*.docker.com:443"; did you mean "*.docker.com"?',
    ],
    ['a path of no host', 'a/b', 'hostname must be a name without a path, got "a/b"'],
    ['a dot in the place of a wildcard', '.docker.com', `${NEED}, got ".docker.com"; did you mean "*.docker.com"?`],
    ['the whole world', '*', 'a wildcard must be the whole first label of a hostname, got "*"'],
    ['a top-level domain', '*.com', `${NEED}, got "*.com"`],
    [
      'a wildcard without a dot',
      '*docker.com',
      'a wildcard must be the whole first label of a hostname, got "*docker.com"',
    ],
    [
      'a wildcard within',
      'images.*.docker.com',
      'a wildcard must be the whole first label of a hostname, got "images.*.docker.com"; did you mean "*.docker.com"?',
    ],
    [
      'a wildcard in a part of a label',
      'docker-*.r2.example.com',
      'a wildcard must be the whole first label of a hostname, got "docker-*.r2.example.com"; did you mean "*.r2.example.com"?',
    ],
    [
      'an address',
      '10.0.0.1',
      'hostname must be a name and no address, got "10.0.0.1"; did you mean a Peer for addresses?',
    ],
    ['an IPv6 address', '::1', 'hostname must be a name and no address, got "::1"; did you mean a Peer for addresses?'],
    ['a token', '${TfToken[TOKEN.0]}', 'hostname must be known at synthesis, got "${TfToken[TOKEN.0]}"'],
  ])('%s', (_what, host, sentence) => {
    expectRefusal(() => checkHostname(host, 'place'), `place: ${sentence}`);
  });
});
