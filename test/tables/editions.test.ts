import { tableOf } from '../../lib/tables/editions';
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
