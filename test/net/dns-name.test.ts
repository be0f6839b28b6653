import { checkDnsName } from '../../lib/net/hostname';
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
])('accepts %s', (name) => {
  expect(checkDnsName(name, 'place', 'hostname')).toBe(name);
});

test.each([
  'https://api.example.com',
  'api.example.com:6443',
  'https://api.example.com:6443/readyz',
  'api.example.com/',
  'api.example.com.',
  '10.1.0.100',
  'node.12',
  'x+https://api.example.com',
  '*.example.com',
  '-api.example.com',
  'api..example.com',
  'a'.repeat(64),
  `${'a.'.repeat(126)}ab`,
  'api example.com',
  'b\u00fccher.example',
  '${var.name}',
])('fails for %s', (name) => {
  expectRefusal(() => checkDnsName(name, 'place', 'hostname'), 'hostname-invalid');
});

test.each([
  [undefined, 'text-required'],
  ['', 'text-required'],
  ['a\nb', 'text-invalid'],
  ['${TfToken[TOKEN.0]}', 'text-not-known'],
])('fails for %j', (name, code) => {
  expectRefusal(() => checkDnsName(name, 'place', 'hostname'), code);
});
