import fc from 'fast-check';
import { parseAddress } from '../../lib/traffic/address-space';
import { isSameTraffic, trafficDifference, trafficIntersection, trafficUnion } from '../../lib/traffic/algebra';
import { has, type Point } from '../../lib/traffic/bounds';
import { permittedBy } from '../../lib/traffic/permitted-by';
import { pairKey, type Pair, type PermittedTraffic } from '../../lib/traffic/permitted-traffic';
import { portInterval } from '../../lib/traffic/port-space';
import { readTerraform } from '../../lib/traffic/read-terraform';
import { addressesAt } from '../../lib/traffic/region';
import { canonicalText } from '../../lib/traffic/traffic-rows';
import { ALL_PACKETS, SERVICES, smallConfigurations, verdicts, type SmallConfiguration } from './small-world';

const runs = Number(process.env.TRAFFIC_RUNS ?? 10_000);
const RUNS = { numRuns: runs };
/** The first property says what the others rest on. */
const FEWER_RUNS = { numRuns: runs / 5 };

function read(configuration: SmallConfiguration): PermittedTraffic {
  const { rules, notEvaluated } = readTerraform(configuration, 'small.json');
  if (notEvaluated.length > 0) throw new Error(notEvaluated[0].reason);
  return permittedBy(rules);
}

/** Packets by the pair that they go between, so that every pair is asked once. */
const PAIRS = new Map<string, { pair: Pair; packets: { index: number; port: number; point: Point }[] }>();
ALL_PACKETS.forEach(({ cloud, direction, group, peer, address, service }, index) => {
  const kind = cloud === 'aws' ? 'sg' : 'tag';
  const { family, point } = parseAddress(address)!;
  const pair: Pair = {
    direction,
    network: cloud === 'aws' ? '' : 'prod',
    group: group === undefined ? 'all-instances' : `${kind}:${group}`,
    peer: peer === undefined ? '' : `${kind}:${peer}`,
    family,
  };
  const entry = PAIRS.get(pairKey(pair)) ?? { pair, packets: [] };
  const { protocol, port } = SERVICES[service];
  entry.packets.push({ index, port: portInterval(protocol, port)[0], point });
  PAIRS.set(pairKey(pair), entry);
});

function permitted(traffic: PermittedTraffic): boolean[] {
  const verdict = new Array<boolean>(ALL_PACKETS.length);
  for (const { pair, packets } of PAIRS.values()) {
    const region = traffic.at(pair);
    for (const { index, port, point } of packets) verdict[index] = has(addressesAt(region, port), point);
  }
  return verdict;
}

function isEqual(a: readonly boolean[], b: readonly boolean[]): boolean {
  return a.every((verdict, index) => verdict === b[index]);
}

test('permits exactly what asking every rule for every packet permits', () => {
  fc.assert(
    fc.property(smallConfigurations(5), (configuration) => {
      const traffic = read(configuration);
      expect(isEqual(permitted(traffic), verdicts(configuration))).toBe(true);
    }),
    RUNS,
  );
});

test('prints the same text of two configurations if and only if they permit the same', () => {
  fc.assert(
    fc.property(smallConfigurations(2), smallConfigurations(2), (a, b) => {
      const isSame = isEqual(verdicts(a), verdicts(b));
      const [first, second] = [read(a), read(b)];
      expect(canonicalText(first) === canonicalText(second)).toBe(isSame);
      expect(isSameTraffic(first, second)).toBe(isSame);
    }),
    FEWER_RUNS,
  );
});

test('unites, intersects and subtracts packet by packet', () => {
  fc.assert(
    fc.property(smallConfigurations(3), smallConfigurations(3), (a, b) => {
      const [first, second] = [read(a), read(b)];
      const [union, intersection, difference] = [trafficUnion, trafficIntersection, trafficDifference].map(
        (operation) => operation(first, second),
      );
      const [inA, inB] = [verdicts(a), verdicts(b)];
      const merged = (holds: (a: boolean, b: boolean) => boolean): boolean[] =>
        inA.map((verdict, index) => holds(verdict, inB[index]));
      expect(
        isEqual(
          permitted(union),
          merged((one, other) => one || other),
        ),
      ).toBe(true);
      expect(
        isEqual(
          permitted(intersection),
          merged((one, other) => one && other),
        ),
      ).toBe(true);
      expect(
        isEqual(
          permitted(difference),
          merged((one, other) => one && !other),
        ),
      ).toBe(true);
    }),
    FEWER_RUNS,
  );
});
