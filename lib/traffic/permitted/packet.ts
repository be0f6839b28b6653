import type { AddressFamily } from '../../net';
import type { Direction, GroupName, PeerName } from '../rule';
import { addressText, FAMILIES, portTexts, type Slab } from '../sets';
import { nameCount, type Pair, type TrafficSet } from './traffic-set';

/** One packet, as an example of traffic that is permitted or not. */
export interface Packet {
  readonly direction: Direction;
  /** `443/tcp`, `8.0/icmp`, `50/ip`. */
  readonly port: string;
  /** The machines that the rules apply to. */
  readonly group: GroupName;
  /** The name of the machine at the far end; empty if only its IP address is known. */
  readonly peer: PeerName;
  /** The IP address at the far end; absent if it does not matter. */
  readonly address?: string;
  readonly family: AddressFamily;
  /** The network on GCP; absent for security groups. */
  readonly network?: string;
}

/** Returns one permitted packet for each pair between which something is permitted. */
export function witnesses(traffic: TrafficSet): Packet[] {
  const cells = [...traffic.cells].sort(
    (a, b) => FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) || nameCount(a) - nameCount(b),
  );
  return cells.flatMap((cell) => {
    const slab = cell.overrides.find(({ addresses }) => addresses.length > 0);
    return slab ? [packetIn(cell, slab)] : [];
  });
}

/** Returns the first packet of a slab. */
export function packetIn({ direction, group, peer, family, network }: Pair, { from, addresses }: Slab): Packet {
  return {
    direction,
    port: portTexts([from, from + 1])[0],
    group,
    peer,
    ...(peer.startsWith('host:') ? {} : { address: addressText(family, addresses[0]) }),
    family,
    ...(network === '' ? {} : { network }),
  };
}

/** Returns a packet as one line of text. */
export function packetText({ direction, port, group, peer, address, network }: Packet): string {
  const far = [peer, address].filter((text) => text !== undefined && text !== '').join(' at ');
  const [from, to] = direction === 'ingress' ? [far, group] : [group, far];
  return `${port} from ${from} to ${to}${network === undefined ? '' : ` on ${network}`}`;
}
