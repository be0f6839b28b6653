import fc from 'fast-check';
import { AddressFamily } from '../../lib/net';
import { containsTraffic, trafficDifference, trafficIntersection } from '../../lib/traffic/permitted/algebra';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import type { TrafficSet } from '../../lib/traffic/permitted/traffic-set';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { namedPeers } from '../../lib/traffic/read/peers';
import { type EndName, type Rule, UNORDERED } from '../../lib/traffic/rule';
import { portInterval } from '../../lib/net';
import { addressesAt } from '../../lib/traffic/sets/region';
import '../properties/runs';

const runs = Number(process.env.TRAFFIC_RUNS ?? 10_000) / 20;

/** The machines behind a filter, and the machines of the small world that each name selects. */
const MACHINES: Readonly<Record<string, readonly string[]>> = {
  'machines:10.0.0.0/8': ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16'],
  'machines:10.0.0.0/15': ['10.0.0.0/16', '10.1.0.0/16'],
  'machines:10.0.0.0/16': ['10.0.0.0/16'],
  'machines:firewall-vpc': ['firewall-vpc'],
};
/** The hostnames of a list, and the hostnames of the small world that each covers. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  '*.com': ['elastic.com', 'docker.com', 'auth.docker.com', 'registry.docker.com', 'eu.registry.docker.com'],
  '*.docker.com': ['auth.docker.com', 'registry.docker.com', 'eu.registry.docker.com'],
  'docker.com': ['docker.com'],
  'registry.docker.com': ['registry.docker.com'],
  '*.registry.docker.com': ['eu.registry.docker.com'],
};
const PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  '': ['TLS', 'HTTP', 'QUIC'],
  ' over TLS': ['TLS'],
  ' over HTTP': ['HTTP'],
};
const PORTS = [80, 443];

interface SmallRule {
  readonly group: string;
  readonly host: string;
  readonly protocol: string;
  readonly port: number;
}

const smallRules = fc.array(
  fc.record<SmallRule>({
    group: fc.constantFrom(...Object.keys(MACHINES)),
    host: fc.constantFrom(...Object.keys(HOSTS)),
    protocol: fc.constantFrom(...Object.keys(PROTOCOLS)),
    port: fc.constantFrom(...PORTS),
  }),
  { maxLength: 4 },
);

/** Every connection of the small world, with the narrowest names that select its two ends. */
const CONNECTIONS = [...new Set(Object.values(MACHINES).flat())].flatMap((machines) =>
  [...new Set(Object.values(HOSTS).flat())].flatMap((host) =>
    ['TLS', 'HTTP', 'QUIC'].flatMap((protocol) => PORTS.map((port) => ({ machines, host, protocol, port }))),
  ),
);

function trafficOf(rules: readonly SmallRule[]): TrafficSet {
  return permittedBy(
    rules.map(({ group, host, protocol, port }, index): Rule => ({
      address: `rule${index}`,
      file: 'small.json',
      direction: 'egress',
      network: '',
      groups: [group as EndName],
      peers: namedPeers(`host:${host}${protocol}`),
      ports: [portInterval(6, port, port)],
      action: 'allow',
      precedence: UNORDERED,
    })),
  );
}

function verdicts(rules: readonly SmallRule[]): boolean[] {
  return CONNECTIONS.map(({ machines, host, protocol, port }) =>
    rules.some(
      (rule) =>
        MACHINES[rule.group].includes(machines) &&
        HOSTS[rule.host].includes(host) &&
        PROTOCOLS[rule.protocol].includes(protocol) &&
        rule.port === port,
    ),
  );
}

function permitted(traffic: TrafficSet): boolean[] {
  return CONNECTIONS.map(({ machines, host, protocol, port }) => {
    const peer = `host:${host} over ${protocol}` as const;
    const group = `machines:${machines}` as const;
    const region = traffic.at({ direction: 'egress', network: '', group, peer, family: AddressFamily.IPV4 });
    return addressesAt(region, portInterval(6, port)[0]).length > 0;
  });
}

test('permits exactly the connections that a brute-force evaluation of every list permits', () => {
  fc.assert(
    fc.property(smallRules, (rules) => {
      expect(permitted(trafficOf(rules))).toEqual(verdicts(rules));
    }),
    { numRuns: runs },
  );
});

test('finds traffic in both lists, or in only one, if and only if there is a connection', () => {
  fc.assert(
    fc.property(smallRules, smallRules, (a, b) => {
      const [first, second] = [trafficOf(a), trafficOf(b)];
      const [inA, inB] = [verdicts(a), verdicts(b)];
      const hasSome = (traffic: TrafficSet): boolean => trafficRows(traffic).some((row) => row.permitted);
      expect(hasSome(trafficIntersection(first, second))).toBe(inA.some((verdict, index) => verdict && inB[index]));
      expect(hasSome(trafficDifference(first, second))).toBe(inA.some((verdict, index) => verdict && !inB[index]));
      expect(containsTraffic(first, second)).toBe(inA.every((verdict, index) => verdict || !inB[index]));
    }),
    { numRuns: runs },
  );
});

test('prints the same rows for two lists if and only if they allow the same connections', () => {
  fc.assert(
    fc.property(smallRules, smallRules, (a, b) => {
      const [text, other] = [a, b].map((rules) => trafficRows(trafficOf(rules)).map(rowText).join('\n'));
      const [inA, inB] = [verdicts(a), verdicts(b)];
      expect(text === other).toBe(inA.every((verdict, index) => verdict === inB[index]));
    }),
    { numRuns: runs },
  );
});
