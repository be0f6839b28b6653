import { synthesizedResources } from '../../../lib/traffic/terraform';

// Values that Terraform 1.11 gave for the same expressions. Random ones are compared with it by hand.

const CONFIGURATION = {
  locals: { s: 'a', n: 1, t: true, z: 0, l: ['a', '1'], m: { k: 'v', a: 'w' } },
  variable: {
    text: { type: 'string', default: 1 },
    number: { type: 'number', default: '1' },
    flag: { type: 'bool', default: 'false' },
  },
};
const { evaluate } = synthesizedResources(CONFIGURATION, 'cdk.tf.json');

test.each<[string, unknown]>([
  ['local.t ? "a" : "b"', 'a'],
  ['!local.t ? "a" : "b"', 'b'],
  ['local.s == "a" ? [1] : []', [1]],
  ['local.s!="a" ? 1 : 2', 2],
  ['var.text == "1" ? 1 : 0', 1],
  ['var.number == 1 ? 1 : 0', 1],
  ['var.flag ? 1 : 0', 0],
  ['local.t ? 1 : "a"', '1'],
  ['local.t ? "a?b:c" : "d"', 'a?b:c'],
  ['"${local.s}-${local.t ? 1 : 2}"', 'a-1'],
  ['{k = local.n, "b c" : [local.s]}', { k: 1, 'b c': ['a'] }],
  ['{\n k = 1\n l = 2\n}', { k: 1, l: 2 }],
  ['toset(["b", "a", "b"])', ['a', 'b']],
  ['tolist(toset([10, 9, 9]))', [9, 10]],
  ['toset(["b", 1, true])', ['1', 'b', 'true']],
  ['tolist(["1", false])', ['1', 'false']],
  ['concat(["1"], [false])', ['1', false]],
])('%s has the value that Terraform gives it', (expression, value) => {
  expect(evaluate(`\${${expression}}`)).toEqual(value);
});

test.each<[string, (n: number) => unknown]>([
  ['in expressions', (n) => `\${{a = local.o${n}, b = local.o${n}}}`],
  ['of JSON', (n) => ({ a: `\${local.o${n}}`, b: `\${local.o${n}}` })],
  ['of lists of JSON', (n) => [`\${local.o${n}}`, `\${local.o${n}}`]],
])('objects %s that grow with every reference are too long to be evaluated', (_what, next) => {
  const locals = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`o${n}`, n === 0 ? { a: 1 } : next(n - 1)]));
  const found = synthesizedResources({ locals }, 'cdk.tf.json').evaluate('${local.o39}');
  expect(JSON.stringify(found).length).toBeLessThan(10_000);
});

test.each([
  'local.t || false ? "a" : "b"',
  'local.t && false ? "a" : "b"',
  '!local.t == var.flag ? "a" : "b"',
  'local.n == "1" ? "a" : "b"',
  'local.x == null ? "a" : "b"',
  'local.t ? local.t ? 1 : 2 : 3',
  '{for k in local.l : k => k}',
])('%s is left to Terraform', (expression) => {
  expect(evaluate(`\${${expression}}`)).toMatchObject({
    reason: expect.stringContaining('only Terraform can evaluate'),
  });
});
