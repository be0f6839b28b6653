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
