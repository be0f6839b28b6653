import { checkDnsName } from '../../lib/model/dns-name';
import { expectRefusal } from '../support/refusals';

test.each([
  'api.k8s.example.com',
  'vip',
  'API.Example.com',
  '3com.example',
  'a'.repeat(63),
  'xn--bcher-kva.example',
  'a.b',
  'k8s',
  '8s',
  `${'a.'.repeat(125)}abc`,
])('takes %s', (name) => {
  expect(checkDnsName(name, 'place', 'dnsName')).toBe(name);
});

test.each([
  ['https://api.example.com', '; did you mean "api.example.com"?'],
  ['api.example.com:6443', '; did you mean "api.example.com"?'],
  ['https://api.example.com:6443/readyz', '; did you mean "api.example.com"?'],
  ['api.example.com/', '; did you mean "api.example.com"?'],
  ['api.example.com.', '; did you mean "api.example.com"?'],
  ['10.1.0.100', ''],
  ['node.12', ''],
  ['x+https://api.example.com', '; did you mean "api.example.com"?'],
  ['*.example.com', ''],
  ['-api.example.com', ''],
  ['api..example.com', ''],
  ['a'.repeat(64), ''],
  [`${'a.'.repeat(126)}ab`, ''],
  ['api example.com', ''],
  ['b\u00fccher.example', ''],
  ['${var.name}', ''],
])('fails for %s', (name, fix) => {
  expectRefusal(
    () => checkDnsName(name, 'place', 'dnsName'),
    `place: dnsName must be a DNS name without scheme, port and path, got ${JSON.stringify(name).slice(0, 100)}${
      JSON.stringify(name).length > 100 ? '...' : ''
    }${fix}`,
  );
});

test.each([
  [undefined, 'must be text, got nothing'],
  ['', 'must be text, got ""'],
  ['a\nb', 'must be one line without control characters, got "a\\nb"'],
  ['${TfToken[TOKEN.0]}', 'must be known at synthesis and must not look like a token, got "${TfToken[TOKEN.0]}"'],
])('fails for %j', (name, sentence) => {
  expectRefusal(() => checkDnsName(name, 'place', 'dnsName'), `place: dnsName ${sentence}`);
});
