import fc from 'fast-check';
import { trafficDifference } from '../../../lib/traffic/permitted/algebra';
import { changedPairs } from '../../../lib/traffic/permitted/changed-pairs';
import { permittedBy } from '../../../lib/traffic/permitted/permitted-by';
import { pairKey, type TrafficSet } from '../../../lib/traffic/permitted/traffic-set';
import { namedPeers } from '../../../lib/traffic/read/peers';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { type Rule, UNORDERED } from '../../../lib/traffic/rule';
import { portInterval } from '../../../lib/net';
import '../../properties/runs';

type ChangedPair = ReturnType<typeof changedPairs>[number];

// Networks with many names: more pairs of a target and a source than rules.

const RUNS = { numRuns: Number(process.env.TRAFFIC_RUNS ?? 10_000) / 20 };
const TARGETS = ['t0', 't1', 't2', 't3', 't4', 't5', 't6'];
const SOURCES = ['s0', 's1', 's2', 's3', 's4', 's5', 't0'];

const some = (values: readonly string[], max: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max });
const ports = fc.constantFrom('1', '2', '1-3', '2-4');
const priority = fc.constantFrom(900, 1000, 1100);
const ranges = fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '::/0');

const firewall = fc
  .record({
    direction: fc.constantFrom('INGRESS', 'INGRESS', 'EGRESS'),
    priority,
    action: fc.constantFrom('allow', 'deny'),
    ports,
    range: ranges,
    targets: fc.option(some(TARGETS, 2), { nil: undefined }),
    sources: fc.option(some(SOURCES, 2), { nil: undefined }),
    both: fc.constantFrom(false, false, true),
  })
  .map(({ direction, action, ports: port, range, targets, sources, both, ...rest }) => {
    const isFrom = direction === 'INGRESS' && sources !== undefined;
    return {
      ...rest,
      name: 'f',
      network: 'n',
      direction,
      [action]: [{ protocol: 'tcp', ports: [port] }],
      target_tags: targets,
      ...(isFrom ? { source_tags: sources } : {}),
      ...(isFrom && !both ? {} : { [direction === 'INGRESS' ? 'source_ranges' : 'destination_ranges']: [range] }),
    };
  });

/** Names that rules treat the same, and two sides that share most rules. */
const sides = fc
  .record({
    common: fc.array(firewall, { maxLength: 4 }),
    old: fc.array(firewall, { maxLength: 2 }),
    now: fc.array(firewall, { maxLength: 2 }),
    allowed: ports,
    denied: ports,
    priorities: fc.tuple(priority, priority),
  })
  .map(({ common, old, now, allowed, denied, priorities }) => {
    const crossing = [
      ...TARGETS.map((tag) => ({
        allow: allowed,
        priority: priorities[0],
        target_tags: [tag],
        source_ranges: ['10.0.0.0/8'],
      })),
      ...SOURCES.map((tag) => ({ deny: denied, priority: priorities[1], source_tags: [tag] })),
    ].map(({ allow, deny, ...rest }: Record<string, unknown>) => ({
      name: 'f',
      network: 'n',
      direction: 'INGRESS',
      ...rest,
      ...(allow === undefined
        ? { deny: [{ protocol: 'tcp', ports: [deny] }] }
        : { allow: [{ protocol: 'tcp', ports: [allow] }] }),
    }));
    return [old, now].map((own) => rulesOf([...crossing, ...common, ...own]));
  });

function rulesOf(firewalls: readonly object[]): readonly Rule[] {
  const { rules, notEvaluated } = readTerraform(
    { resource: { google_compute_firewall: Object.fromEntries(firewalls.map((one, at) => [`r${at}`, one])) } },
    'side.json',
  );
  expect(notEvaluated).toEqual([]);
  return rules;
}

/** The definition: evaluates everything on both sides, for all pairs of names. */
function byDefinition(before: readonly Rule[], after: readonly Rule[]): ChangedPair[] {
  const [old, now] = [permittedBy(before), permittedBy(after)];
  const [gained, lost] = [trafficDifference(now, old), trafficDifference(old, now)];
  const pairs = new Map(
    [...gained.cells, ...lost.cells].map(({ direction, network, group, peer, family }) => {
      const pair = { direction, network, group, peer, family };
      return [pairKey(pair), pair];
    }),
  );
  const passing = (traffic: TrafficSet, pair: ChangedPair['pair']): ChangedPair['gained'] =>
    (traffic.cellAt(pair)?.overrides ?? []).filter(({ addresses }) => addresses.length > 0);
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pair]) => ({
      pair,
      before: old.at(pair),
      after: now.at(pair),
      gained: passing(gained, pair),
      lost: passing(lost, pair),
    }))
    .filter((change) => change.gained.length + change.lost.length > 0);
}

/** A list of hostnames that a filter allows to machines: some names and ranges include others. */
const hostRule = fc
  .record({
    group: fc.constantFrom('10.0.0.0/8', '10.0.0.0/15', '10.1.0.0/16', 'firewall-vpc'),
    host: fc.constantFrom('*.com', '*.docker.com', 'docker.com', 'registry.docker.com'),
    protocol: fc.constantFrom('', ' over TLS', ' over HTTP'),
    port: fc.constantFrom(80, 443),
  })
  .map(({ group, host, protocol, port }): Rule => ({
    address: 'hosts',
    file: 'side.json',
    direction: 'egress',
    network: '',
    groups: [`machines:${group}`],
    peers: namedPeers(`host:${host}${protocol}`),
    ports: [portInterval(6, port, port)],
    action: 'allow',
    precedence: UNORDERED,
  }));
const hostRules = fc.array(hostRule, { maxLength: 4 });

/** Makes pairs comparable. */
function plain(changes: readonly ChangedPair[]): ChangedPair[] {
  return changes.map(({ pair: { direction, network, group, peer, family }, ...rest }) => {
    return { pair: { direction, network, group, peer, family }, ...rest };
  });
}

test('names that include others are compared as the evaluation of all pairs says, next to many names too', () => {
  let count = 0;
  fc.assert(
    fc.property(sides, fc.tuple(hostRules, hostRules, hostRules), ([before, after], [common, old, now]) => {
      const given = [
        [...before, ...common, ...old],
        [...after, ...common, ...now],
      ] as const;
      const expected = byDefinition(...given);
      expect(plain(changedPairs(...given))).toEqual(expected);
      count += expected.filter(({ pair }) => pair.peer.startsWith('host:')).length;
    }),
    RUNS,
  );
  expect(count).toBeGreaterThan(0);
});

test('what a change opens and closes between many names is what the evaluation of all pairs says', () => {
  let count = 0;
  fc.assert(
    fc.property(sides, ([before, after]) => {
      const expected = byDefinition(before, after);
      expect(plain(changedPairs(before, after))).toEqual(expected);
      count += expected.length;
    }),
    RUNS,
  );
  expect(count).toBeGreaterThan(0);
});
