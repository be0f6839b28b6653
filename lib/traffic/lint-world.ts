import type { AddressFamily } from '../model/address-family';
import { FAMILIES, isWhole } from './address-space';
import { union, type Bounds } from './bounds';
import { ANY_MACHINE } from './names';
import type { Finding } from './finding';
import { portTexts } from './port-space';
import type { Rule } from './rule';

const PLACE: Readonly<Record<AddressFamily, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** Rules that let in every address of a family, whether they say so in one range or in several. */
export function worldOpen(rules: readonly Rule[]): Finding[] {
  return rules
    .filter(({ direction, action }) => direction === 'ingress' && action === 'allow')
    .flatMap((rule) => FAMILIES.filter((family) => isOpenTo(family, rule)).map((family) => finding(rule, family)));
}

function isOpenTo(family: AddressFamily, { peers }: Rule): boolean {
  const own = peers.filter((peer) => peer.family === family && peer.name === ANY_MACHINE);
  return isWhole(
    family,
    own.reduce<Bounds>((all, { addresses }) => union(all, addresses), []),
  );
}

function finding({ address, file, ports, groups }: Rule, family: AddressFamily): Finding {
  const open = ports.flatMap(portTexts).join(', ');
  const message = `it opens ${open} of ${groups.join(', ')} to ${PLACE[family]}`;
  return { kind: 'world-open', address, file, message, related: [] };
}
