import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before all tests: one folder for what the framework writes for every app. */
export default function useTemporaryFolder(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cluster-ports-unit-'));
}

/** After all tests. */
export function removeTemporaryFolder(): void {
  rmSync(process.env.TMPDIR!, { recursive: true, force: true });
}
