import fc from 'fast-check';
import type { Configuration } from '../../../lib/traffic/configuration';
import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import {
  ADDRESSES,
  GROUPS,
  SERVICES,
  type SmallConfiguration,
  smallConfigurations,
  smallEvaluator,
  type SmallPacket,
  TAGS,
  unknownIn,
} from '../small-world';
import '../../properties/runs';

const RUNS = { numRuns: Number(process.env.TRAFFIC_RUNS ?? 10_000) / 5 };
const QUESTIONS = 12;

/** A question in the words of the small world. */
interface SmallQuestion {
  readonly cloud: 'gcp' | 'aws';
  /** A tag or security group; absent for machines without any. */
  readonly from?: string;
  readonly to?: string;
  readonly fromIp?: string;
  readonly toIp?: string;
  readonly service: number;
}

const maybe = <T>(values: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined });
const questions = fc.constantFrom('gcp' as const, 'aws' as const).chain((cloud): fc.Arbitrary<SmallQuestion> => {
  const names = cloud === 'gcp' ? TAGS : GROUPS;
  const [from, to, fromIp, toIp] = [maybe(names), maybe(names), maybe(ADDRESSES), maybe(ADDRESSES)];
  return fc.record({ cloud: fc.constant(cloud), from, to, fromIp, toIp, service: fc.nat(SERVICES.length - 1) });
});

type End = 'from' | 'to';

/** The name of an end in a question; on AWS, a machine without a group has only its IP address. */
function nameOf(question: SmallQuestion, end: End): string | undefined {
  if (question.cloud === 'gcp') return question[end] === undefined ? 'all-instances' : `tag:${question[end]}`;
  return question[end] ?? question[`${end}Ip`];
}

/** What both of the ends may have as IP addresses. */
function pairsOfAddresses({ fromIp, toIp, service }: SmallQuestion): [string, string][] {
  const isSix = (address: string): boolean => address.includes(':');
  return (fromIp === undefined ? ADDRESSES : [fromIp]).flatMap((from) =>
    (toIp === undefined ? ADDRESSES : [toIp])
      .filter((to) => isSix(from) === isSix(to))
      .filter((to) => SERVICES[service].protocol !== 1 || !isSix(to))
      .map((to): [string, string] => [from, to]),
  );
}

/** Judges one end by trying everything that may be: every IP address, and everything that unknown ranges may contain. */
function expectedAt(direction: SmallPacket['direction'], question: SmallQuestion, world: World): string {
  const { cloud, service } = question;
  const [near, far] = direction === 'ingress' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const group = question[near];
  if (cloud === 'aws' && group === undefined) return 'not judged';
  const pairs = pairsOfAddresses(question);
  if (pairs.length === 0) return 'refused';
  const isManaged =
    world.areCreated ||
    world.read.rules.some((rule) => rule.direction === direction && rule.groups.includes(`sg:${group!}`));
  if (cloud === 'aws' && !isManaged) return 'not judged';
  const addresses = new Set(pairs.map(([from, to]) => (far === 'from' ? from : to)));
  const found = world.evaluators.map((isPermitted) => {
    const verdicts = [...addresses].map((address) =>
      isPermitted({ cloud, direction, group, peer: question[far], address, service }),
    );
    if (verdicts.every((verdict) => verdict)) return 'passes';
    return verdicts.some((verdict) => verdict) ? 'depends on the IP address' : 'refused';
  });
  return new Set(found).size === 1 ? found[0] : 'not known';
}

interface World {
  /** Rules that match nothing, such as ICMP over IPv6, are not in it. */
  readonly read: Configuration;
  /** Whether the configuration creates the security groups. */
  readonly areCreated: boolean;
  /** One for each combination of what unknown ranges may contain. */
  readonly evaluators: readonly ((packet: SmallPacket) => boolean)[];
}

function expected(question: SmallQuestion, world: World): { source: string; destination: string; verdict: string } {
  const source = expectedAt('egress', question, world);
  const destination = expectedAt('ingress', question, world);
  const isHidden = destination === 'not judged' && question.cloud === 'aws' && question.to !== undefined;
  const both = [source, isHidden ? 'not known' : destination];
  const order = ['refused', 'not known', 'depends on the IP address', 'passes'];
  return { source, destination, verdict: order.find((verdict) => both.includes(verdict)) ?? 'not known' };
}

function created(configuration: SmallConfiguration): object {
  const groups = Object.fromEntries(GROUPS.map((id) => [id.replace('-', '_'), { id }]));
  return { resource: { ...configuration.resource, aws_security_group: groups } };
}

test.each([
  ['known ranges', false],
  ['ranges and prefix lists that are not known', true],
])('judges both ends as a brute-force evaluation of every rule does: %s', (_what, hasUnknown) => {
  fc.assert(
    fc.property(
      smallConfigurations(4, { hasUnknown }),
      fc.boolean(),
      fc.array(questions, { minLength: QUESTIONS, maxLength: QUESTIONS }),
      (configuration, areCreated, all) => {
        const sets = unknownIn(configuration).reduce<string[][]>(
          (some, name) => some.flatMap((set) => [set, [...set, name]]),
          [[]],
        );
        const read = readTerraform(areCreated ? created(configuration) : configuration, 'small.json');
        const world = { read, areCreated, evaluators: sets.map((set) => smallEvaluator(configuration, set)) };
        for (const question of all) {
          const [from, to] = [nameOf(question, 'from'), nameOf(question, 'to')];
          const { service } = question;
          if (from === undefined || to === undefined || !isAnswered(question, [from, to], world)) continue;
          const { protocol, port } = SERVICES[service];
          const answer = explain(read, {
            from,
            to,
            port: protocol === 1 ? `0.${port}/icmp` : `${port}/${protocol === 6 ? 'tcp' : 'udp'}`,
            fromIp: from === question.fromIp ? undefined : question.fromIp,
            toIp: to === question.toIp ? undefined : question.toIp,
          });
          const { source, destination, verdict } = answer;
          const got = { source: source.verdict, destination: destination.verdict, verdict };
          expect({ question, ...got }).toEqual({ question, ...expected(question, world) });
        }
      },
    ),
    RUNS,
  );
});

/** The machines of the small world that constructs give IP ranges: the ranges of the first are one source together with an IP range. */
const MACHINES = {
  gcp: [
    ['a', '10.0.0.0'],
    ['b', '10.0.0.1'],
  ],
  aws: [
    ['sg-0a', '10.0.0.0'],
    ['sg-0b', '10.0.0.1'],
  ],
} as const;
const TOGETHER = '10.0.0.2';

/** Provenance with a source that is a host group and an IP range together (`Peer.anyOf`), and for a different row the host group by itself. */
function provenance(cloud: 'gcp' | 'aws', isAlsoAlone: boolean): object {
  const document = 'prometheus-cost-metrics@2025-03';
  const row = `${document}/platform-to-prometheus/cost-metrics`;
  const peer = (index: 0 | 1, ranges: string[]): object => {
    const [value, address] = MACHINES[cloud][index];
    const label = cloud === 'gcp' ? `network tag ${value}` : `security group ${value}`;
    const selectedBy = cloud === 'gcp' ? { kind: 'tag', value, network: 'prod' } : { kind: 'sg', value };
    const own = { ranges: [`${address}/32`], references: [] };
    return {
      label: [label, ...ranges].join(', '),
      hostGroups: [{ cloud, label, selectedBy, ipRanges: own }],
      openToTheWorld: [],
      ranges,
      references: [],
    };
  };
  const flow = { row, construct: 'one/metrics', port: '9090/tcp', destination: 1, rules: {} };
  const clusterPorts = {
    version: 1,
    documents: {
      [document]: {
        title: 'Networking',
        edition: '2025-03',
        comparedOn: '2026-11-21',
        reference: 'https://docs.example.com',
      },
    },
    rows: {
      [row]: {
        document,
        section: 'Prometheus',
        description: 'Cost metrics',
        protocolBasis: 'command',
        source: { role: 'platform', title: 'the platform' },
        destination: { role: 'prometheus', title: 'Prometheus' },
      },
    },
    peers: [peer(0, [`${TOGETHER}/32`]), peer(1, []), peer(0, [])],
    flows: [{ ...flow, source: 0 }, ...(isAlsoAlone ? [{ ...flow, source: 2 }] : [])],
  };
  return { '//': { metadata: { clusterPorts } } };
}

/** An end as a text, and the machines that it means. */
interface AskedEnd {
  readonly text: string;
  readonly group?: string;
  readonly ip: string;
}

const asksInPlaces = fc.constantFrom('gcp' as const, 'aws' as const).chain((cloud) => {
  const machines = MACHINES[cloud].flatMap(([group, ip]): AskedEnd[] => [
    { text: ip, group, ip },
    { text: cloud === 'gcp' ? `tag:${group}` : group, group, ip },
  ]);
  const others = [TOGETHER, '192.0.2.1'].map((ip): AskedEnd => ({ text: ip, ip }));
  const ends = fc.constantFrom(...machines, ...others);
  const questions = fc.record({ from: ends, to: ends, service: fc.nat(SERVICES.length - 1) });
  return fc.record({
    cloud: fc.constant(cloud),
    isAlsoAlone: fc.boolean(),
    all: fc.array(questions, { minLength: QUESTIONS, maxLength: QUESTIONS }),
  });
});

test('judges the IP address of machines that are one source together with IP ranges as these machines', () => {
  fc.assert(
    fc.property(smallConfigurations(4), asksInPlaces, (configuration, { cloud, isAlsoAlone, all }) => {
      const read = readTerraform({ ...created(configuration), ...provenance(cloud, isAlsoAlone) }, 'small.json');
      const world = { read, areCreated: true, evaluators: [smallEvaluator(configuration)] };
      for (const { from, to, service } of all) {
        if (cloud === 'gcp' && !read.rules.some(({ network }) => network !== '')) continue;
        if (from.group === undefined && to.group === undefined) continue;
        const { protocol, port } = SERVICES[service];
        const answer = explain(read, {
          from: from.text,
          to: to.text,
          port: protocol === 1 ? `0.${port}/icmp` : `${port}/${protocol === 6 ? 'tcp' : 'udp'}`,
        });
        const question = { cloud, from: from.group, to: to.group, fromIp: from.ip, toIp: to.ip, service };
        const { source, destination, verdict } = answer;
        const got = { source: source.verdict, destination: destination.verdict, verdict };
        const asked = { ...question, texts: [from.text, to.text] };
        expect({ asked, ...got }).toEqual({ asked, ...expectedInPlaces(question, world) });
      }
    }),
    { numRuns: Math.ceil(RUNS.numRuns / 8) },
  );
});

/** As `expected`; an IP address that no machines of the configuration have is not judged on GCP either. */
function expectedInPlaces(question: SmallQuestion, world: World): ReturnType<typeof expected> {
  const all = expected(question, world);
  if (question.from === undefined) return { ...all, source: 'not judged', verdict: all.destination };
  if (question.to === undefined) return { ...all, destination: 'not judged', verdict: all.source };
  return all;
}

/** Whether a question has names that the configuration has; all other questions are errors. */
function isAnswered(
  { cloud, from, to }: SmallQuestion,
  names: readonly string[],
  { read, areCreated }: World,
): boolean {
  if (cloud === 'aws') {
    const groups = [from, to].filter((group) => group !== undefined);
    return groups.length > 0 && (areCreated || groups.every((group) => isNamed(`sg:${group}`, read)));
  }
  const isOnNetwork = read.rules.some(({ network }) => network !== '');
  return isOnNetwork && names.every((name) => name === 'all-instances' || isNamed(name, read));
}

function isNamed(name: string, { rules }: Configuration): boolean {
  return rules.some(
    ({ groups, peers }) => groups.some((group) => group === name) || peers.some((peer) => peer.name === name),
  );
}
