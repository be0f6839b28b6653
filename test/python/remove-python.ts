import { rmSync } from 'node:fs';
import { environment } from './python';

export default function removePython(): void {
  rmSync(environment(), { recursive: true, force: true });
}
