import { rmSync } from 'node:fs';
import { setups } from './setups';

export default function removeSetups(): void {
  if (process.env.SETUPS_DIRECTORY === undefined) rmSync(setups().directory, { recursive: true, force: true });
}
