import fc from 'fast-check';
import { containsTraffic, trafficDifference, trafficIntersection } from '../../lib/traffic/permitted/algebra';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { type Pair, pairKey, type TrafficSet } from '../../lib/traffic/permitted/traffic-set';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { readTerraform } from '../../lib/traffic/read/read-terraform';
import { parseAddress } from '../../lib/traffic/sets/address-space';
import { has, type Point } from '../../lib/traffic/sets/bounds';
import { portInterval } from '../../lib/net';
import { addressesAt } from '../../lib/traffic/sets/region';
import { ALL_PACKETS, SERVICES, type SmallConfiguration, smallConfigurations, verdicts } from './small-world';
import '../properties/runs';

const runs = Number(process.env.TRAFFIC_RUNS ?? 10_000);
const RUNS = { numRuns: runs };
/** The first property is the basis of the other two, so it gets more runs. */
const FEWER_RUNS = { numRuns: runs / 5 };

function read(configuration: SmallConfiguration): TrafficSet {
  const { rules, notEvaluated } = readTerraform(configuration, 'small.json');
  if (notEvaluated.length > 0) throw new Error(notEvaluated[0].reason);
  return permittedBy(rules);
}

/** Packets by pair, so that every pair is evaluated once. */
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

function permitted(traffic: TrafficSet): boolean[] {
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

test('permits exactly the packets that a brute-force evaluation of every rule permits', () => {
  fc.assert(
    fc.property(smallConfigurations(5), (configuration) => {
      const traffic = read(configuration);
      expect(isEqual(permitted(traffic), verdicts(configuration))).toBe(true);
    }),
    RUNS,
  );
});

test('prints the same rows for two configurations if and only if they permit the same traffic', () => {
  fc.assert(
    fc.property(smallConfigurations(2), smallConfigurations(2), (a, b) => {
      const isSame = isEqual(verdicts(a), verdicts(b));
      const [first, second] = [read(a), read(b)];
      const [text, otherText] = [first, second].map((traffic) => trafficRows(traffic).map(rowText).join('\n'));
      expect(text === otherText).toBe(isSame);
      expect(containsTraffic(first, second) && containsTraffic(second, first)).toBe(isSame);
    }),
    FEWER_RUNS,
  );
});

test('computes intersection and difference packet by packet', () => {
  fc.assert(
    fc.property(smallConfigurations(3), smallConfigurations(3), (a, b) => {
      const [first, second] = [read(a), read(b)];
      const [inA, inB] = [verdicts(a), verdicts(b)];
      const expectPermitted = (traffic: TrafficSet, holds: (inA: boolean, inB: boolean) => boolean): void =>
        expect(
          isEqual(
            permitted(traffic),
            inA.map((verdict, index) => holds(verdict, inB[index])),
          ),
        ).toBe(true);
      expectPermitted(trafficIntersection(first, second), (one, other) => one && other);
      expectPermitted(trafficDifference(first, second), (one, other) => one && !other);
    }),
    FEWER_RUNS,
  );
});
