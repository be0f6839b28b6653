import { FAMILIES, addressText } from './address-space';
import { ALL_INSTANCES, ANY_MACHINE, type GroupName, type PeerName } from './names';
import type { Pair, PermittedTraffic } from './permitted-traffic';
import { portTexts } from './port-space';
import type { Slab } from './region';
import type { Direction } from './rule';
import type { AddressFamily } from '../model/address-family';

/** One packet, as an example of what passes or does not. */
export interface Packet {
  readonly direction: Direction;
  /** `443/tcp`, `icmp type 8 code 0`, `esp`. */
  readonly port: string;
  /** The machines at which the rules stand. */
  readonly group: GroupName;
  /** The name of the machine at the far end; empty where it is known by its address alone. */
  readonly peer: PeerName;
  /** The address at the far end; absent where it does not matter. */
  readonly address?: string;
  readonly family: AddressFamily;
  /** The network on GCP; absent for security groups. */
  readonly network?: string;
}

/** A packet that passes, for each pair of which something passes. */
export function witnesses(traffic: PermittedTraffic): Packet[] {
  const cells = [...traffic.cells].sort(
    (a, b) => FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) || depth(a) - depth(b),
  );
  return cells.flatMap((cell) => {
    const slab = cell.overrides.find(({ addresses }) => addresses.length > 0);
    return slab ? [packetIn(cell, slab)] : [];
  });
}

/** The first packet of a slab. */
export function packetIn({ direction, group, peer, family, network }: Pair, { from, addresses }: Slab): Packet {
  return {
    direction,
    port: portTexts([from, from + 1])[0],
    group,
    peer,
    address: addressText(family, addresses[0]),
    family,
    ...(network === '' ? {} : { network }),
  };
}

/** A packet as one line. */
export function packetText({ direction, port, group, peer, address, network }: Packet): string {
  const far = [peer, address].filter((text) => text !== undefined && text !== '').join(' at ');
  const [from, to] = direction === 'ingress' ? [far, group] : [group, far];
  return `${port} from ${from} to ${to}${network === undefined ? '' : ` on ${network}`}`;
}

function depth({ group, peer }: Pair): number {
  return (group === ALL_INSTANCES ? 0 : 1) + (peer === ANY_MACHINE ? 0 : 1);
}
