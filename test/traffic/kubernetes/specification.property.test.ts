import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { readConfiguration } from '../../../lib/cli/read-configuration';
import { AddressFamily } from '../../../lib/net';
import { combinedConfiguration, type Configuration, EndJudge, explain, readTerraform } from '../../../lib/traffic';
import { coversName } from '../../../lib/traffic/permitted';
import type { EndName, GroupName, PeerName } from '../../../lib/traffic/rule';
import { parsePorts, parseRange } from '../../../lib/traffic/sets';
import { temporaryDirectory } from '../../support/cli';
import { PROPERTY_SEED } from '../../support/property-seed';
import { type Random, seededRandom } from '../../support/random';
import { randomPacket, randomPolicy } from './random-policies';
import { type Direction, type End, type Packet, type Policy, verdict } from './specification';

/** The suite tries a few packets; `NETWORK_POLICY_PACKETS=100000` tries as many. */
const PACKETS = Number(process.env.NETWORK_POLICY_PACKETS ?? 5000);
const PACKETS_PER_WORLD = 50;
const MOST_POLICIES = 4;

/** Returns a policy as a `kubernetes_manifest`, or as a `kubernetes_network_policy_v1`. */
function resourceOf({ namespace, spec }: Policy, at: number, random: Random): [type: string, resource: object] {
  const metadata = { name: `policy-${at}`, namespace };
  if (random.chance(50)) {
    const manifest = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
    return ['kubernetes_manifest', { manifest }];
  }
  const inTerraform = JSON.parse(
    JSON.stringify(spec)
      .replace(/"(podSelector|namespaceSelector|matchLabels|matchExpressions|policyTypes|ipBlock|endPort)":/g, (text) =>
        text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      )
      .replace(/"port":(\d+)/g, '"port":"$1"'),
  ) as object;
  return [
    random.pick(['kubernetes_network_policy_v1', 'kubernetes_network_policy']),
    { metadata: [metadata], spec: [inTerraform] },
  ];
}

function configurationOf(policies: readonly Policy[], random: Random): Configuration {
  const configuration = readTerraform(stackOf(policies, random), 'policies.tf.json');
  expect(configuration.notEvaluated).toEqual([]);
  return configuration;
}

function stackOf(policies: readonly Policy[], random: Random, alias?: string): { resource: object } {
  const resource: Record<string, Record<string, object>> = {};
  policies.forEach((policy, at) => {
    const [type, content] = resourceOf(policy, at, random);
    (resource[type] ??= {})[`policy_${at}`] = alias === undefined ? content : { ...content, provider: alias };
  });
  return { resource };
}

/** Returns policies in some parts, which may be empty. */
function inParts(policies: readonly Policy[], count: number, random: Random): Policy[][] {
  const parts = Array.from({ length: count }, (): Policy[] => []);
  policies.forEach((policy) => random.pick(parts).push(policy));
  return parts;
}

/** Returns two stacks with policies, of which nothing says whether they are for one cluster. */
function inUnknownClusters(parts: readonly (readonly Policy[])[], random: Random): Configuration {
  const stacks = parts.map((part, at): [string, Configuration] => [
    `stack-${at}`,
    readTerraform(stackOf(part, random), `stack-${at}.tf.json`),
  ]);
  return combinedConfiguration('cdktf.out', stacks);
}

/** Returns two stacks of one cluster that have the policies, and that say by their providers that it is one. */
function inTwoStacks(policies: readonly Policy[], random: Random): Configuration {
  const settings = random.pick<object>([
    { host: 'https://10.9.9.9:6443' },
    { config_path: '~/.kube/config', config_context: 'prod' },
  ]);
  const stacks = inParts(policies, 2, random).map((part, at): [string, Configuration] => {
    const alias = random.chance(30) ? 'b' : undefined;
    const provider = { kubernetes: [{ ...settings, alias }] };
    const json = { provider, ...stackOf(part, random, alias && `kubernetes.${alias}`) };
    return [`stack-${at}`, readTerraform(json, `stack-${at}.tf.json`)];
  });
  return combinedConfiguration('cdktf.out', stacks);
}

const { path } = temporaryDirectory();
const NO_OUTPUT = { isTTY: false, write: () => undefined };

/** Returns a directory of files that have the policies, or its files, as the command line reads them. */
function inFiles(policies: readonly Policy[], random: Random): Configuration {
  const directory = join(path, 'policies');
  rmSync(directory, { recursive: true, force: true });
  const names = ['a.yaml', 'b.yml', 'one/c.yaml', 'one/two/d.json'];
  const objects = policies.map(({ namespace, spec }, at) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `policy-${at}`, namespace },
    spec,
  }));
  const files = new Map<string, object[]>([['a.yaml', []]]);
  for (const object of objects) {
    const name = random.pick(names);
    files.set(name, [...(files.get(name) ?? []), object]);
  }
  for (const [name, some] of files) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    const list = { apiVersion: 'v1', kind: 'List', items: some };
    const isList = name.endsWith('.json') || random.chance(30);
    const text = isList ? JSON.stringify(list) : some.map((one) => stringify(one)).join('---\n');
    writeFileSync(join(directory, name), text);
  }
  return readConfiguration([directory], [], { stdout: NO_OUTPUT, stderr: NO_OUTPUT, env: {} });
}

/** The name of a pod by all of its labels. */
function nameOf({ pod }: End, cluster = ''): EndName | undefined {
  if (pod === undefined) return undefined;
  const labels = Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`);
  return `pods:${cluster}${pod.namespace}:${labels.sort().join(',') || '*'}`;
}

function judged(judge: EndJudge, { from, to, protocol, port }: Packet, direction: Direction): string {
  const [near, far] = direction === 'ingress' ? [to, from] : [from, to];
  const group = nameOf(near);
  const range = parseRange(`${far.ip}/32`);
  if (group === undefined || 'problem' in range) return 'not isolated';
  const peer = { name: nameOf(far) ?? ('' as PeerName), family: AddressFamily.IPV4, addresses: range.bounds };
  const found = judge.judge(
    { direction, network: '', group },
    [peer],
    parsePorts(`${port}/${protocol.toLowerCase()}`)!,
  );
  return found?.verdict ?? 'not isolated';
}

test('what is read back is what the specification of NetworkPolicy says', () => {
  const random = seededRandom(PROPERTY_SEED);
  const seen = new Map<string, number>();
  for (let tried = 0; tried < PACKETS; tried += PACKETS_PER_WORLD) {
    const policies = Array.from({ length: 1 + random.below(MOST_POLICIES) }, () => randomPolicy(random));
    const judge = new EndJudge(configurationOf(policies, random));
    for (let at = 0; at < PACKETS_PER_WORLD; at += 1) {
      const packet = randomPacket(random);
      for (const direction of ['ingress', 'egress'] as const) {
        const expected = verdict(policies, packet, direction);
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        const found = judged(judge, packet, direction);
        if (found !== expected) throw new Error(disagreement(policies, packet, { direction, expected, found }));
      }
    }
  }
  // otherwise the comparison says little
  for (const one of ['passes', 'refused', 'not isolated']) expect(seen.get(one)).toBeGreaterThan(PACKETS / 20);
});

/** Returns how a question names an end: by its pods, or by its IP address if no policy names them. */
function asked(end: End, { rules, isolatedPods = [] }: Configuration, cluster?: string): { text: string; ip?: string } {
  const name = nameOf(end, cluster);
  const known: GroupName[] = [
    ...rules.flatMap(({ groups, peers }) => [...groups, ...peers.map((peer) => peer.name as GroupName)]),
    ...isolatedPods.map(({ group }) => group),
  ];
  const isKnown = name !== undefined && known.some((each) => coversName<GroupName>(each, name));
  return isKnown ? { text: name, ip: end.ip } : { text: end.ip };
}

/** Returns what explain says about both ends of a packet; nothing if no policy is about any of them. */
function explained(
  configuration: Configuration,
  packet: Packet,
  cluster?: string,
): Record<Direction, string> | undefined {
  const [from, to] = [packet.from, packet.to].map((end) => asked(end, configuration, cluster));
  if (from.ip === undefined && to.ip === undefined) return undefined;
  const port = `${packet.port}/${packet.protocol.toLowerCase()}`;
  const ends = { from: from.text, fromIp: from.ip, to: to.text, toIp: to.ip };
  const { source, destination } = explain(configuration, { ...ends, port });
  const text = (each: string): string => (each === 'not judged' ? 'not isolated' : each);
  return { egress: text(source.verdict), ingress: text(destination.verdict) };
}

test('explain answers the same however policies are split over files, and over two stacks of one cluster', () => {
  const random = seededRandom(PROPERTY_SEED);
  const seen = new Map<string, number>();
  // each packet is asked about twice, and each answer finds the names of its ends
  const packets = Math.ceil(PACKETS / 5);
  for (let tried = 0; tried < packets; tried += PACKETS_PER_WORLD) {
    const policies = Array.from({ length: 1 + random.below(MOST_POLICIES) }, () => randomPolicy(random));
    const all = { files: inFiles(policies, random), stacks: inTwoStacks(policies, random) };
    for (let at = 0; at < PACKETS_PER_WORLD; at += 1) {
      const packet = randomPacket(random);
      for (const [split, configuration] of Object.entries(all)) {
        const found = explained(configuration, packet);
        for (const direction of ['ingress', 'egress'] as const) {
          const expected = verdict(policies, packet, direction);
          const answer = found?.[direction] ?? 'not isolated';
          seen.set(expected, (seen.get(expected) ?? 0) + 1);
          if (answer !== expected) {
            throw new Error(disagreement(policies, packet, { split, direction, expected, found: answer }));
          }
        }
      }
    }
  }
  for (const one of ['passes', 'refused', 'not isolated']) expect(seen.get(one)).toBeGreaterThan(packets / 10);
});

test('explain says what is the same whether two stacks are for one cluster or not, and that anything else is not known', () => {
  const random = seededRandom(PROPERTY_SEED);
  const seen = new Map<string, number>();
  const packets = Math.ceil(PACKETS / 5);
  for (let tried = 0; tried < packets; tried += PACKETS_PER_WORLD) {
    const policies = Array.from({ length: 2 + random.below(MOST_POLICIES) }, () => randomPolicy(random));
    const parts = inParts(policies, 2, random);
    const configuration = inUnknownClusters(parts, random);
    for (let at = 0; at < PACKETS_PER_WORLD; at += 1) {
      const packet = randomPacket(random);
      const ends = [packet.from, packet.to];
      // pods that the first stack does not name are asked about by their IP address, which is a different question
      const areNamed = ends.every((end) => !end.pod || asked(end, configuration, 'stack-0/').ip !== undefined);
      const found = areNamed ? explained(configuration, packet, 'stack-0/') : undefined;
      if (found === undefined) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const both = [parts[0], policies].map((some) => verdict(some, packet, direction));
        const expected = both[0] === both[1] ? both[0] : 'not known';
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        if (found[direction] === expected) continue;
        throw new Error(disagreement(policies, packet, { first: parts[0], direction, expected, found }));
      }
    }
  }
  for (const one of ['passes', 'refused', 'not isolated', 'not known']) expect(seen.get(one)).toBeGreaterThan(5);
});

function disagreement(policies: readonly Policy[], packet: Packet, facts: object): string {
  return `PROPERTY_SEED=${PROPERTY_SEED}: ${JSON.stringify({ ...facts, packet, policies }, undefined, 1)}`;
}
