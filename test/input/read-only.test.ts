import { readOnly, readOnlyCopy, readOnlyDeep } from '../../lib/input/read-only';

test('the properties of an object cannot be changed, and jsii can still mark it', () => {
  const mark = Symbol.for('$__jsii__objid__$');
  const value = readOnly({ name: 'a', [mark]: 1 });
  expect(() => Object.assign(value, { name: 'b' })).toThrow(TypeError);
  expect(Reflect.deleteProperty(value, 'name')).toBe(false);
  expect(Object.assign(value, { [mark]: 2 })[mark]).toBe(2);
  expect(Object.isExtensible(value)).toBe(true);
});

test('a list is frozen', () => {
  const list = readOnly(['a']);
  expect(() => list.push('b')).toThrow(TypeError);
});

test('everything in a value becomes read-only, in place', () => {
  const value = { list: [{ name: 'a' }], nothing: null, missing: undefined, text: 'a', number: 1 };
  expect(readOnlyDeep(value)).toBe(value);
  expect(() => Object.assign(value, { text: 'b' })).toThrow(TypeError);
  expect(() => value.list.pop()).toThrow(TypeError);
  expect(() => Object.assign(value.list[0], { name: 'b' })).toThrow(TypeError);
  expect([null, undefined, 'a', 1].map(readOnlyDeep)).toEqual([null, undefined, 'a', 1]);
});

test('a value that refers to itself becomes read-only too', () => {
  const value: { self?: object } = {};
  value.self = value;
  expect(() => Object.assign(readOnlyDeep(value), { self: {} })).toThrow(TypeError);
});

test('a copy is read-only, and the original is not', () => {
  const value = { name: 'a' };
  const copy = readOnlyCopy(value);
  value.name = 'b';
  expect(copy).toEqual({ name: 'a' });
  expect(() => Object.assign(copy, { name: 'c' })).toThrow(TypeError);
  expect(Object.isExtensible(copy)).toBe(true);
});
