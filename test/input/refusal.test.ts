import { Lazy, TerraformVariable, Token } from 'cdktf';
import { refusal, shown } from '../../lib/input/refusal';
import { newStack } from '../support/clouds';

test('an error has the place, the need, the value, the suggestion and the code', () => {
  expect(refusal('place', 'text-required', 'need').message).toBe('place: need [text-required]');
  expect(refusal('place', 'text-required', 'need', 'this').message).toBe('place: need, got this [text-required]');
  const { message, sentence, code, name } = refusal('place', 'text-required', 'need', 'this', 'that');
  expect({ message, sentence, code, name }).toEqual({
    message: 'place: need, got this; did you mean that? [text-required]',
    sentence: 'place: need, got this; did you mean that?',
    code: 'text-required',
    name: 'ClusterPortsError',
  });
});

test('an error shows no character that a terminal would obey, wherever it comes from', () => {
  const file = 'a\u001b[2J\u202e\r\n.json';
  expect(refusal(file, 'text-required', file, file, file).sentence).toBe(
    ['', ': ', ', got ', '; did you mean '].map((part) => `${part}a\\u001b[2J\\u202e\\r\\n.json`).join('') + '?',
  );
});

test.each([
  ['text', '"text"'],
  ['two\nlines and a "quote"', '"two\\nlines and a \\"quote\\""'],
  ['\u001b[2J\u009b\u202e\u200b\ufeff\ud800', '"\\u001b[2J\\u009b\\u202e\\u200b\\ufeff\\ud800"'],
  [`${'a'.repeat(97)}👩‍💻👩‍💻`, `"${'a'.repeat(97)}...`],
  [80.5, '80.5'],
  [NaN, 'NaN'],
  [10n, '10'],
  [true, 'true'],
  [undefined, 'nothing'],
  [null, 'nothing'],
  [['a', 1, null], '["a", 1, nothing]'],
  [{}, 'an object of Object'],
  [new Map(), 'an object of Map'],
  [Object.create(null), 'an object of no class'],
  [Token.asAny(Lazy.anyValue({ produce: () => 1 })), 'a token that is not text (Token.asString converts it)'],
  [new TerraformVariable(newStack(), 'v', {}).value, 'a token that is not text (Token.asString converts it)'],
  [{ resolve: 1 }, 'an object of Object'],
  [() => 1, 'a function'],
  [Symbol('s'), 'a symbol'],
])('shows a value on one line: %p', (value, text) => {
  expect(shown(value)).toBe(text);
});

const variable = new TerraformVariable(newStack(), 'tokens', {});
const text = variable.stringValue;
const number = Token.asNumber(variable.value);

test.each<[string, unknown, string]>([
  ['text', text, 'a value known after apply'],
  ['a part of text', `10.${text}.0.0/16`, '"10.(known after apply).0.0/16"'],
  ['several parts of text', `${text}/${text}`, '"(known after apply)/(known after apply)"'],
  ['a number', number, 'a value known after apply'],
  ['a number in text', `port ${number}`, '"port (known after apply)"'],
  ['the token of a list', variable.listValue, 'a list known after apply'],
  ['a member of such a list', variable.listValue[0], 'a list known after apply'],
  ['a list of tokens', [text, 'b', number], '[a value known after apply, "b", a value known after apply]'],
  ['a list that has a list', ['b', ...variable.listValue], '["b", a list known after apply]'],
  ['a list of numbers', Token.asNumberList(variable.value), '[a value known after apply]'],
  ['the key of a map', Object.keys(Token.asStringMap(variable.value))[0], 'a value known after apply'],
  ['an object', { range: text }, 'an object of Object'],
])('never shows a token in its encoded form: %s', (_what, value, expected) => {
  expect(shown(value)).toBe(expected);
  expect(shown(value)).not.toMatch(/TfToken|e\+29\d/);
});

test('an error never has a token in its encoded form, wherever it is', () => {
  const key = Object.keys(Token.asStringMap(variable.value))[0];
  const { message } = refusal(
    `tags["${key}"]`,
    'text-required',
    `label ${text} must be text`,
    `${number}`,
    `f(${text})`,
  );
  expect(message).toBe(
    'tags["(known after apply)"]: label (known after apply) must be text, got (known after apply); ' +
      'did you mean f((known after apply))? [text-required]',
  );
});

test('shows at most one line of a value', () => {
  expect(shown('x'.repeat(1000))).toBe(`"${'x'.repeat(99)}...`);
  expect(shown('x'.repeat(99))).toBe(`"${'x'.repeat(99)}...`);
  expect(shown('x'.repeat(98))).toBe(`"${'x'.repeat(98)}"`);
});
