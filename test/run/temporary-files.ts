import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before all tests: creates one folder for the files that the framework writes for every app. */
export default function useTemporaryFolder(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cluster-ports-unit-'));
}

/** After all tests: removes that folder. */
export function removeTemporaryFolder(): void {
  rmSync(process.env.TMPDIR!, { recursive: true, force: true });
}
