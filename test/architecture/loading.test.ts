import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type * as ClusterPorts from '../../lib';

/** Returns the names of the port tables that are loaded, without those that are not in a file of their own format. */
function loadedTables(): string[] {
  const modules = Object.keys(require.cache).filter((file) => file.endsWith('.ts'));
  return modules.filter((file) => existsSync(file.replace(/\.ts$/, '.yaml'))).map((file) => basename(file, '.ts'));
}

test('importing the package loads no port table, and using one loads only it', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the test is about what the import loads
  const { PortTables } = require('../../lib') as typeof ClusterPorts;
  expect(loadedTables()).toEqual([]);
  expect(PortTables.named('longhorn').id).toBe('longhorn');
  expect(loadedTables()).toEqual([expect.stringMatching(/^longhorn@/)]);
  PortTables.all();
  expect(loadedTables().length).toBeGreaterThan(40);
});
