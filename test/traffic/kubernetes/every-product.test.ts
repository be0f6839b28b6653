import { PortTables } from '../../../lib';
import { proof } from '../../../lib/traffic/proof';
import { opened } from './tables-for-pods';

const TABLES = PortTables.all().map((table) => [`${table.id}@${table.edition}`, table] as const);

test.each(TABLES)('the policies for pods of %s have exactly its rows', (_key, table) => {
  const stack = opened(table);
  if (stack === undefined) return; // it has only ports of machines, and protocols that a policy does not have
  const { missing, extra, notEvaluated } = proof(stack.toTerraform(), 'stack');
  expect({ missing, extra, notEvaluated }).toEqual({ missing: [], extra: [], notEvaluated: [] });
});

test('a third of the products have rows for pods', () => {
  expect(TABLES.filter(([, table]) => opened(table) !== undefined).length).toBeGreaterThan(TABLES.length / 3);
});
