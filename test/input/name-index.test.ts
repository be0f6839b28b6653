import { NameIndex } from '../../lib/input/name-index';
import { expectRefusal } from '../support/refusals';

const index = new NameIndex<number>([
  [1, ['sg:web', 'web', 'workers']],
  [2, ['tag:db', 'db', 'workers']],
  [3, ['10.0.0.0/8']],
]);
const ERRORS = { need: 'must be machines', unknown: 'group-unknown', ambiguous: 'group-ambiguous' } as const;
const find = (name: string): number => index.only(name, 'explain', ERRORS);

test('finds a thing by each of its names', () => {
  expect(['sg:web', 'web', 'tag:db', '10.0.0.0/8'].map(find)).toEqual([1, 1, 2, 3]);
  expect(index.all('workers')).toEqual([1, 2]);
});

test('fails for a name that nothing has, with the nearest name', () => {
  expectRefusal(() => find('wb'), 'group-unknown');
  expectRefusal(() => new NameIndex([]).only('web', 'explain', ERRORS), 'group-unknown');
});

test('fails for a name of several things, with a name that only one of them has', () => {
  expectRefusal(() => find('workers'), 'group-ambiguous');
});

test('finds the only thing that outputs print with a name, with and without a stack in front', () => {
  const printed = new NameIndex<number>([
    [1, ['security group ops', 'ops', 'prod/security group ops', 'prod/ops']],
    [2, ['ops', 'prod/ops']],
    [3, ['devops', 'prod/devops', 'prod/ops']],
  ]);
  expect(['ops', 'prod/ops'].map((name) => printed.only(name, 'explain', ERRORS))).toEqual([2, 2]);
});

test('fails for the only name of several things, and suggests no name that they all have', () => {
  const same = new NameIndex<number>([
    [1, ['clients']],
    [2, ['clients']],
  ]);
  expectRefusal(() => same.only('clients', 'explain', ERRORS), 'group-ambiguous');
  expectRefusal(() => same.only('client', 'explain', ERRORS), 'group-unknown');
});

test('lists at most five names', () => {
  const many = new NameIndex(Array.from({ length: 7 }, (_, at) => [at, [`machine-${at}`]] as const));
  expectRefusal(() => many.only('xyz', 'explain', ERRORS), 'group-unknown');
});
