import { checkObject } from '../../lib/input/refusal';
import { expectRefusal } from '../support/refusals';

test.each([[undefined], [null], [7], ['text'], [[1]]])('fails for %j, which is not an object', (value) => {
  expectRefusal(() => {
    checkObject(value, 'a name', '{ name }', 'place');
  }, 'object-required');
});

test('accepts an object', () => {
  expect(() => {
    checkObject({}, 'a name', '{ name }', 'place');
  }).not.toThrow();
});
