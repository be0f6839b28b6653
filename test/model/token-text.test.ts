import { TerraformVariable, Token } from 'cdktf';
import {
  aroundTokens,
  besideTokens,
  hasForm,
  isNumberToken,
  holdsToken,
  isListToken,
  literal,
  looksLikeToken,
} from '../../lib/model/token-text';
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
])('writes %j so that Terraform renders it as it is', (text, escaped) => {
  expect(literal(text)).toBe(escaped);
});

test('finds the markers of the framework', () => {
  const list = Token.asList(variable.value)[0];
  const map = Object.keys(Token.asStringMap(variable.value))[0];
  expect([variable.stringValue, list, map].map(holdsToken)).toEqual([true, true, true]);
  expect([variable.stringValue, list, map].map(isListToken)).toEqual([false, true, false]);
  expect(holdsToken('${var.range}')).toBe(false);
});

test('a list stands alone', () => {
  const list = Token.asList(variable.value)[0];
  expect([`${list}/32`, `10.${list}`].map(isListToken)).toEqual([false, false]);
});

test('splits a text into tokens and what stands between them', () => {
  const token = variable.stringValue;
  expect(aroundTokens(`10.${token}.0/${token}${token}`)).toEqual(['10.', token, '.0/', token, token]);
  expect(aroundTokens(token)).toEqual([token]);
  expect(aroundTokens('10.0.0.0/8')).toEqual(['10.0.0.0/8']);
  expect(aroundTokens('')).toEqual([]);
});

test('only numbers beyond all that people write are tokens', () => {
  expect([-1e281, Token.asNumber(variable.value)].map(isNumberToken)).toEqual([true, true]);
  expect([-1e280, -65535, 0, 443, 1e300].map(isNumberToken)).toEqual([false, false, false, false, false]);
});

test('knows what stands beside a token', () => {
  expect(besideTokens(`${variable.stringValue}/32`)).toBe('/32');
  expect(besideTokens(variable.stringValue)).toBe('');
  expect(besideTokens('10.0.0.0/8')).toBe('10.0.0.0/8');
});

test.each(['${TfToken[]}', '${TfToken[TOKEN 0]}', '${TfToken[TOKEN.0%]}', '${TfToken[TOKEN.0}'])(
  'takes %s for no value, because the framework would leave it in the text',
  (text) => {
    expect(Token.isUnresolved(text)).toBe(false);
    expect(besideTokens(text)).toBe(text);
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
])('takes %s for a token', (text) => {
  expect(looksLikeToken(text)).toBe(true);
});

test.each(['${var.a}', 'TfToken', '{TfToken}', '-1', '-1.5e3', '1e300', 'from -20 to -5', 'flannel-1e2'])(
  'takes %s for text',
  (text) => {
    expect(looksLikeToken(text)).toBe(false);
  },
);

test('a value has a form, or is one value known to Terraform', () => {
  const form = /^[a-z]+$/;
  expect(hasForm('abc', form)).toBe(true);
  expect(hasForm(variable.stringValue, form)).toBe(true);
  for (const value of ['ABC', `a${variable.stringValue}`, Token.asList(variable.value)[0], 5, undefined, null]) {
    expect(hasForm(value, form)).toBe(false);
  }
});
