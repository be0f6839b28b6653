import { createHash } from 'node:crypto';
import { AddressFamily } from '../model/address-family';
import type { FlowGroup } from '../model/flow-group';

const LONGEST_NAME = 63;
const HASH_DIGITS = 8;

/** The name of a firewall rule, frozen by decision record 1: the vendor's own, else what the rule is for. */
export function firewallName(
  group: FlowGroup,
  family: AddressFamily,
  direction: 'INGRESS' | 'EGRESS',
  prefix = '',
): string {
  const { documented, table, environment } = group;
  const documentedName = documented.name ?? `${table.id}-${documented.source.id}-to-${documented.destination.id}`;
  const parts = [
    prefix + documentedName,
    ...(environment === undefined ? [] : [environment]),
    ...(direction === 'EGRESS' ? ['egress'] : []),
    ...(family === AddressFamily.IPV6 ? ['ipv6'] : []),
  ];
  return shortened(parts.join('-'));
}

/** Keeps the beginning of a name that is too long, and tells it from others by a hash of the whole. */
export function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_DIGITS);
  return `${name.slice(0, LONGEST_NAME - HASH_DIGITS - 1).replace(/-+$/, '')}-${hash}`;
}
