import { parseJson } from '../../lib/input';

const read = (text: string): unknown => parseJson(text, 'the text');

test.each<[string, string, unknown]>([
  ['no key twice', '{"a": 1, "b": {"a": 2}}', { a: 1, b: { a: 2 } }],
  ['a key twice', '{"a": {"x": 1}, "b": 0, "a": {"y": 2}}', { a: [{ x: 1 }, { y: 2 }], b: 0 }],
  ['a key three times', '{"a":1,"a":[2],"a":"3"}', { a: [1, [2], '3'] }],
  ['a key twice with blanks behind it', '{"a" : 1, "a"\n\t: 2}', { a: [1, 2] }],
  ['a key and the same text as value', '{"a": "a", "b": ["a"]}', { a: 'a', b: ['a'] }],
  [
    'a type twice within one key',
    '{"resource": {"t": {"x": 1}, "u": {}, "t": {"y": 2}}}',
    { resource: { t: [{ x: 1 }, { y: 2 }], u: {} } },
  ],
  [
    'the same names in two types',
    '{"resource": {"t": {"x": 1}, "u": {"x": 2}}}',
    { resource: { t: { x: 1 }, u: { x: 2 } } },
  ],
  ['an escaped key', '{"\\u0061": 1, "a": 2}', { a: [1, 2] }],
  ['braces and quotes in text', '{"a": "}{,\\":", "a": "]"}', { a: ['}{,":', ']'] }],
  [
    'a nested block of a resource twice',
    '{"resource":{"t":{"x":{"allow":{"ports":["22"]},"allow":[{"ports":["443"]}],"tag":"a:"}}}}',
    { resource: { t: { x: { allow: [{ ports: ['22'] }, { ports: ['443'] }], tag: 'a:' } } } },
  ],
  [
    'text in quotes that looks like a key',
    '{"resource":{"t":{"x":{"policy":"{\\"a\\":1,\\"a\\":2}"}}}}',
    { resource: { t: { x: { policy: '{"a":1,"a":2}' } } } },
  ],
  ['a value that begins with a colon', '{"a":{"b":":80"}}', { a: { b: ':80' } }],
  ['a key that ends with a backslash twice', '{"a\\\\":1,"a\\\\":2}', { 'a\\': [1, 2] }],
  ['what Terraform prints', '{"format_version":"1.2","a":1,"a":2}', { format_version: '1.2', a: 2 }],
  ['a list', '[{"a": 1, "a": 2}]', [{ a: 2 }]],
  ['text', '"a"', 'a'],
])('reads JSON with %s', (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});
