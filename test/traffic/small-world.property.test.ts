import fc from 'fast-check';
import { parseAddress } from '../../lib/traffic/address-space';
import { isSameTraffic, trafficDifference, trafficIntersection, trafficUnion } from '../../lib/traffic/algebra';
import { has } from '../../lib/traffic/bounds';
import { permittedBy } from '../../lib/traffic/permitted-by';
import type { PermittedTraffic } from '../../lib/traffic/permitted-traffic';
import { portInterval } from '../../lib/traffic/port-space';
import { readTerraform } from '../../lib/traffic/read-terraform';
import { addressesAt, type Region } from '../../lib/traffic/region';
import { canonicalText } from '../../lib/traffic/traffic-rows';
import { ALL_PACKETS, SERVICES, smallConfigurations, verdicts, type SmallConfiguration } from './small-world';

const RUNS = { numRuns: Number(process.env.TRAFFIC_RUNS ?? 10_000) };

function read(configuration: SmallConfiguration): PermittedTraffic {
  const { rules, unread } = readTerraform(configuration, 'small.json');
  expect(unread).toEqual([]);
  return permittedBy(rules);
}

function permitted(traffic: PermittedTraffic): boolean[] {
  const regions = new Map<string, Region>();
  return ALL_PACKETS.map(({ cloud, direction, group, peer, address, service }) => {
    const { family, point } = ADDRESSES.get(address)!;
    const key = `${cloud}${direction}${group}|${peer}${family}`;
    const kind = cloud === 'aws' ? 'sg' : 'tag';
    const found = regions.get(key);
    const region =
      found ??
      traffic.at({
        direction,
        network: cloud === 'aws' ? '' : 'prod',
        group: group === undefined ? 'all-instances' : `${kind}:${group}`,
        peer: peer === undefined ? '' : `${kind}:${peer}`,
        family,
      });
    if (!found) regions.set(key, region);
    const { protocol, port } = SERVICES[service];
    return has(addressesAt(region, portInterval(protocol, port)[0]), point);
  });
}

function isEqual(a: readonly boolean[], b: readonly boolean[]): boolean {
  return a.every((verdict, index) => verdict === b[index]);
}

const ADDRESSES = new Map(ALL_PACKETS.map(({ address }) => [address, parseAddress(address)!]));

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
    RUNS,
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
    RUNS,
  );
});
