import { AddressFamily } from '../../../lib/net';
import { type Configuration, EndJudge, readTerraform } from '../../../lib/traffic';
import type { EndName, PeerName } from '../../../lib/traffic/rule';
import { parsePorts, parseRange } from '../../../lib/traffic/sets';
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
  const resource: Record<string, Record<string, object>> = {};
  policies.forEach((policy, at) => {
    const [type, content] = resourceOf(policy, at, random);
    (resource[type] ??= {})[`policy_${at}`] = content;
  });
  const configuration = readTerraform({ resource }, 'policies.tf.json');
  expect(configuration.notEvaluated).toEqual([]);
  return configuration;
}

/** The name of a pod by all of its labels. */
function nameOf({ pod }: End): EndName | undefined {
  if (pod === undefined) return undefined;
  const labels = Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`);
  return `pods:${pod.namespace}:${labels.sort().join(',') || '*'}`;
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

function disagreement(policies: readonly Policy[], packet: Packet, facts: object): string {
  return `PROPERTY_SEED=${PROPERTY_SEED}: ${JSON.stringify({ ...facts, packet, policies }, undefined, 1)}`;
}
