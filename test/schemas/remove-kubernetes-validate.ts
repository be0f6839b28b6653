import { rmSync } from 'node:fs';
import { environment } from './kubernetes-validate';

export default function removeKubernetesValidate(): void {
  if (environment() !== '') rmSync(environment(), { recursive: true, force: true });
}
