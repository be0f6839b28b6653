import { rmSync } from 'node:fs';
import { environment } from './checkov';

export default function removeCheckov(): void {
  const directory = environment();
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
}
