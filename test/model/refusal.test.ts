import { Lazy, TerraformVariable, Token } from 'cdktf';
import { refusal, shown } from '../../lib/model/refusal';
import { newStack } from '../support/clouds';

test('an error says where, what is needed, what was given and what was probably meant', () => {
  expect(refusal('place', 'need').message).toBe('place: need');
  expect(refusal('place', 'need', 'this').message).toBe('place: need, got this');
  expect(refusal('place', 'need', 'this', 'that').message).toBe('place: need, got this; did you mean that?');
});

test.each([
  ['text', '"text"'],
  ['two\nlines and a "quote"', '"two\\nlines and a \\"quote\\""'],
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
  [Token.asAny(Lazy.anyValue({ produce: () => 1 })), 'a token that is no text (Token.asString gives one)'],
  [new TerraformVariable(newStack(), 'v', {}).value, 'a token that is no text (Token.asString gives one)'],
  [{ resolve: 1 }, 'an object of Object'],
  [() => 1, 'a function'],
  [Symbol('s'), 'a symbol'],
])('shows a value on one line: %p', (value, text) => {
  expect(shown(value)).toBe(text);
});

test('shows no more than a line of a value', () => {
  expect(shown('x'.repeat(1000))).toBe(`"${'x'.repeat(99)}...`);
  expect(shown('x'.repeat(99))).toBe(`"${'x'.repeat(99)}...`);
  expect(shown('x'.repeat(98))).toBe(`"${'x'.repeat(98)}"`);
});
