import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkov } from './checkov';

export default function removeCheckov(): void {
  rmSync(dirname(dirname(checkov())), { recursive: true, force: true });
}
