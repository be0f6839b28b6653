import { TerraformVariable, Token } from 'cdktf';
import {
  hasForm,
  holdsToken,
  isListToken,
  isNumberToken,
  literal,
  looksLikeToken,
  splitAtTokens,
  withoutTokens,
} from '../../lib/input/token-text';
import { newStack } from '../support/clouds';

const variable = new TerraformVariable(newStack(), 'range', {});

test.each([
  ['${var.secret}', '$${var.secret}'],
  ['%{ if true }', '%%{ if true }'],
  ['cost $5, 100%', 'cost $5, 100%'],
  ['$${kept}', '$$${kept}'],
  ['%%{kept}', '%%%{kept}'],
  ['${a}%{b}', '$${a}%%{b}'],
  ['{a}', '{a}'],
  ['', ''],
])('escapes %j so that Terraform renders it unchanged', (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});

test('recognizes the tokens of the framework', () => {
  const list = Token.asList(variable.value)[0];
  const map = Object.keys(Token.asStringMap(variable.value))[0];
  expect([variable.stringValue, list, map].map(holdsToken)).toEqual([true, true, true]);
  expect([variable.stringValue, list, map].map(isListToken)).toEqual([false, true, false]);
  expect(holdsToken('${var.range}')).toBe(false);
});

test('the token of a list must be the whole text', () => {
  const list = Token.asList(variable.value)[0];
  expect([`${list}/32`, `10.${list}`].map(isListToken)).toEqual([false, false]);
});

test('splits text into tokens and the text between them', () => {
  const token = variable.stringValue;
  expect(splitAtTokens(`10.${token}.0/${token}${token}`)).toEqual(['10.', token, '.0/', token, token]);
  expect(splitAtTokens(token)).toEqual([token]);
  expect(splitAtTokens('10.0.0.0/8')).toEqual(['10.0.0.0/8']);
  expect(splitAtTokens('')).toEqual([]);
});

test('only numbers that nobody writes are tokens', () => {
  expect([-1e281, Token.asNumber(variable.value)].map(isNumberToken)).toEqual([true, true]);
  expect([-1e280, -65535, 0, 443, 1e300].map(isNumberToken)).toEqual([false, false, false, false, false]);
});

test('returns text without its tokens', () => {
  expect(withoutTokens(`${variable.stringValue}/32`)).toBe('/32');
  expect(withoutTokens(variable.stringValue)).toBe('');
  expect(withoutTokens('10.0.0.0/8')).toBe('10.0.0.0/8');
});

test.each(['${TfToken[]}', '${TfToken[TOKEN 0]}', '${TfToken[TOKEN.0%]}', '${TfToken[TOKEN.0}'])(
  'does not remove %s, because the framework would not resolve it',
  (text) => {
    expect(Token.isUnresolved(text)).toBe(false);
    expect(withoutTokens(text)).toBe(text);
    expect(hasForm(text, /^[a-z]+$/)).toBe(false);
    expect(looksLikeToken(text)).toBe(true);
  },
);

test.each([
  '${TfToken[TOKEN.0]}',
  'the ${TfToken[TOKEN.0]} of it',
  '#{TfToken[TOKEN.0]}',
  '&{TfToken[TOKEN.0]}',
  '{TfToken[',
  '-8.1095622125913805e+298',
  'at -8.1095622125913805E298 o',
  '1-1e300',
  String(Token.asNumber(variable.value)),
])('recognizes a token in %s', (text) => {
  expect(looksLikeToken(text)).toBe(true);
});

test.each(['${var.a}', 'TfToken', '{TfToken}', '-1', '-1.5e3', '1e300', 'from -20 to -5', 'flannel-1e2'])(
  'recognizes no token in %s',
  (text) => {
    expect(looksLikeToken(text)).toBe(false);
  },
);

test('a value has a form if it matches, or if it is exactly one token', () => {
  const form = /^[a-z]+$/;
  expect(hasForm('abc', form)).toBe(true);
  expect(hasForm(variable.stringValue, form)).toBe(true);
  for (const value of ['ABC', `a${variable.stringValue}`, Token.asList(variable.value)[0], 5, undefined, null]) {
    expect(hasForm(value, form)).toBe(false);
  }
});
