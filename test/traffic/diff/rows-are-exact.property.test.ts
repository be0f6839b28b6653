import fc from 'fast-check';
import { AddressFamily } from '../../../lib/net';
import { type Change, diff, type Reach } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { FAMILIES, parseAddress, WHOLE } from '../../../lib/traffic/sets/address-space';
import { type Bounds, has } from '../../../lib/traffic/sets/bounds';
import { parsePorts, portInterval } from '../../../lib/net';
import { parseWrittenText } from '../../../lib/traffic/sets/written-ranges';
import { ALL_PACKETS, SERVICES, smallConfigurations, type SmallPacket, verdicts } from '../small-world';
import '../../properties/runs';

/** Enough runs for some rows that leave something out. */
const RUNS = { numRuns: Math.max(200, Number(process.env.TRAFFIC_RUNS ?? 10_000) / 10) };

/** A packet in the words of a difference. */
interface Point {
  readonly packet: SmallPacket;
  readonly group: string;
  readonly peer: string;
  readonly family: AddressFamily;
  readonly port: number;
  readonly address: number | bigint;
}

const POINTS = ALL_PACKETS.map((packet): Point => {
  const kind = packet.cloud === 'aws' ? 'sg' : 'tag';
  const { family, point } = parseAddress(packet.address)!;
  const { protocol, port } = SERVICES[packet.service];
  return {
    packet,
    group: packet.group === undefined ? 'all-instances' : `${kind}:${packet.group}`,
    peer: packet.peer === undefined ? '' : `${kind}:${packet.peer}`,
    family,
    port: portInterval(protocol, port)[0],
    address: point,
  };
});

/** `10.0.0.0/8`, `tag:a`, `tag:a over IPv4`, `tag:a in 10.0.0.0/8`. */
function addressesOf(text: string, family: AddressFamily): Bounds {
  const [, place = ''] = /^(?:(?:sg|tag):\S+(?: in| over|$) ?)?(.*)$/.exec(text)!;
  if (place === '') return WHOLE[family];
  if (place.startsWith('IPv')) return place === (family === AddressFamily.IPV4 ? 'IPv4' : 'IPv6') ? WHOLE[family] : [];
  const range = parseWrittenText(place);
  return 'bounds' in range && range.family === family ? range.bounds : [];
}

/** Returns whether packets are in a reach, without regard to what is not open of it. */
function matcherOf({ ports, peer }: Reach): (point: Point) => boolean {
  const intervals = ports.map((text) => parsePorts(text)!);
  const ranges = Object.fromEntries(FAMILIES.map((family) => [family, addressesOf(peer, family)]));
  return ({ port, family, address }) =>
    intervals.some(([from, to]) => from <= port && port < to) && has(ranges[family], address);
}

/** Whether a change is about packets with exactly these names at both ends. */
function isAbout({ direction, network = '', group, peer }: Change, point: Point): boolean {
  const cloud = network === '' ? 'aws' : 'gcp';
  return (
    direction === point.packet.direction && cloud === point.packet.cloud && group === point.group && peer === point.peer
  );
}

/** Whether packets of a row are open, and those that it leaves out are not. `permitted` has the true answer for each packet. */
function isTrue(change: Change, reaches: readonly Reach[], permitted: readonly boolean[]): boolean {
  const shown = reaches.map((reach) => ({ reach: matcherOf(reach), except: (reach.except ?? []).map(matcherOf) }));
  return POINTS.every((point, index) => {
    if (!isAbout(change, point)) return true;
    return shown.every(({ reach, except }) => {
      if (!reach(point)) return true;
      return permitted[index] === !except.some((matches) => matches(point));
    });
  });
}

test('a row of a difference is open where it says so, and not where it says that it is not', () => {
  let exceptions = 0;
  fc.assert(
    fc.property(smallConfigurations(5), smallConfigurations(5), (a, b) => {
      const [old, now] = [verdicts(a), verdicts(b)];
      const { changes } = diff(readTerraform(a, 'before.json'), readTerraform(b, 'after.json'));
      exceptions += changes.filter(({ before, after }) => [...before, ...after].some((one) => one.except)).length;
      const wrong = changes.filter((change) => {
        const { kind, before, after } = change;
        // what is open for a group after a move was open for a different one before
        const [was, is] = kind === 'moved' ? [[], after] : [before, after];
        return !isTrue(change, was, old) || !isTrue(change, is, now);
      });
      expect(wrong).toEqual([]);
    }),
    RUNS,
  );
  expect(exceptions).toBeGreaterThan(0);
});
