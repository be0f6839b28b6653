import { refusal, shown } from '../../input';
import type { HostRule } from './host-rules';

/** Returns the error for a port that a firewall of Linux cannot express. */
export function closedProtocol({ port, flows: [{ row }] }: HostRule, firewall: string, place: string): Error {
  const need = `row ${row} (${String(port)}) must be a port that ${firewall} has rules for`;
  const fix = `--for nftables, or omit: [${shown(row)}] in the code of the stack`;
  return refusal(`${place}, --for`, 'protocol-not-in-firewall', need, String(port), fix);
}
