import { checkObject } from '../../lib/input';
import { type Fix, testFixes } from '../support/fixes';

const check = (value: unknown) => (): void => checkObject(value, 'a name', '{ name }', 'place');

testFixes(
  ['text', 7, [1], undefined].map((value): Fix => [
    `${JSON.stringify(value)} in place of an object`,
    'object-required',
    check(value),
    '{ name }',
    check({ name: 'x' }),
  ]),
);
