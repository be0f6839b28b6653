import { compareEditions, isEdition, tableOf } from '../../lib/tables/editions';
import { laterEdition } from '../../lib/tables/later-edition';
import type { PortTable } from '../../lib/tables/port-table';
import { suggestionOf } from '../support/fixes';
import { expectRefusal } from '../support/refusals';

const TABLES = ['2024-12', '2025-10', '2026-03'].map((edition) => ({ id: 'registry', edition }));

test('finds the table of an edition; the first one is the default', () => {
  expect(tableOf(TABLES, '2025-10', 'place')).toBe(TABLES[1]);
  expect(tableOf(TABLES, undefined, 'place')).toBe(TABLES[0]);
});

test.each<[string, unknown, string | undefined]>([
  ['a month between two editions', '2026-02', '2025-10'], // 2026-03 is nearer in spelling
  ['the month before an edition', '2025-09', '2024-12'],
  ['a later month', '2031-01', '2026-03'], // 2024-12 is as near in spelling
  ['a month before the first edition', '2023-06', '2024-12'],
  ['a day', '2025-10-31', '2025-10'],
  ['a month that does not exist', '2024-13', '2024-12'],
  ['a typing error', '202-12', '2024-12'],
  ['the id of the table', 'registry@2025-11', '2025-10'],
  ['a month within text', 'v12025-10', '2025-10'], // not a month, so the nearest spelling
  ['a month with text after it', '2026-02x', '2026-03'], // the same
  ['a version', 'v4', undefined],
  ['a number', 2026, undefined],
  ['null', null, undefined],
])('fails for %s, and suggests the edition meant', (_what, edition, meant) => {
  expectRefusal(() => tableOf(TABLES, edition as string, 'place'), 'edition-unknown');
  expect(suggestionOf(() => tableOf(TABLES, edition as string, 'place'))).toBe(meant && `"${meant}"`);
});

test('suggests by month, whatever the order of the tables', () => {
  expect(suggestionOf(() => tableOf([...TABLES].reverse(), '2025-11', 'place'))).toBe('"2025-10"');
  expect(suggestionOf(() => tableOf([...TABLES].reverse(), '2020-01', 'place'))).toBe('"2024-12"');
});

test.each([
  [['2024-12', '2025-01', '2025-10', '2026-03']],
  [['0.9', '0.170', '1', '1.0', '1.9', '1.9.3', '1.10', '1.31', '2', '2.0', '2.0.1', '10']],
])('orders %j part by part, as numbers', (editions) => {
  expect([...editions].reverse().sort(compareEditions)).toEqual(editions);
  expect([...editions].sort().sort(compareEditions)).toEqual(editions);
  expect(editions.map((edition) => compareEditions(edition, edition))).toEqual(editions.map(() => 0));
});

test.each(['2024-12', '1.31', '2', '0.170', '41.3', '3.4', '1.2.3.4'])('%s is an edition', (text) => {
  expect(isEdition(text)).toBe(true);
});

test.each([
  'v1.31',
  '1.',
  '.1',
  '1..2',
  '01.2',
  '1.02',
  '1-31',
  '2024-13',
  '2024-12-01',
  '1.2.3.4.5',
  '1.x',
  '',
  ' 1',
  1.31,
])('%j is not an edition', (text) => {
  expect(isEdition(text)).toBe(false);
});

test.each<[string, string | undefined]>([
  ['1.30', '1.9'],
  ['1.31.2', '1.31'],
  ['2', '1.31'],
  ['1', '1.9'],
  ['v1.31', '1.31'],
  ['registry@1.32', '1.31'],
])('suggests for %s the version in force, and not the nearest spelling', (text, meant) => {
  const tables = ['1.31', '1.9'].map((edition) => ({ id: 'registry', edition }));
  expect(suggestionOf(() => tableOf(tables, text, 'place'))).toBe(meant && `"${meant}"`);
});

test('the last edition is later by number, and an edition of the other form is not later', () => {
  const editions = ['1.9', '1.31', '1.14', '2024-12'].map((edition) => ({ id: 'registry', edition }) as PortTable);
  expect(laterEdition({ id: 'registry', edition: '1.9' }, editions)?.edition).toBe('1.31');
  expect(laterEdition({ id: 'registry', edition: '1.31' }, editions)).toBeUndefined();
  expect(laterEdition({ id: 'registry', edition: '2023-01' }, editions)?.edition).toBe('2024-12');
  expect(laterEdition({ id: 'other', edition: '1.9' }, editions)).toBeUndefined();
});
