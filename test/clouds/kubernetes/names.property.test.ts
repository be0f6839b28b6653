import { Construct } from 'constructs';
import fc from 'fast-check';
import {
  DocumentedPortRules,
  Egress,
  HostGroup,
  KubernetesDns,
  KubernetesPods,
  Peer,
  PrometheusCostMetricsRule,
  Port,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { RUNS } from '../../properties/runs';
import { WEB } from './table';

/** Pods as a user writes them. Two in one namespace have two prefixes. */
interface Pods {
  readonly namespace: string;
  readonly namePrefix?: string;
  readonly app: string;
}

const pods = fc.record({
  namespace: fc.constantFrom('prod', 'test', 'a-b', 'a'),
  namePrefix: fc.constantFrom(undefined, 'a-', 'b-', 'prod-'),
  app: fc.constantFrom('web', 'api', 'A', ''),
});
const someOf = (minLength: number): fc.Arbitrary<Pods[]> =>
  fc.uniqueArray(pods, { minLength, maxLength: 4, selector: (one) => JSON.stringify([one.namespace, one.namePrefix]) });

/** Returns the policies of an app as text, by Terraform address or, of manifests, by namespace and name. */
function policies(all: readonly Pods[], id: string, manifestsOnly: boolean): Map<string, string> {
  const stack = newStack();
  const groups = all.map(({ namespace, namePrefix, app }) =>
    KubernetesPods.labelled({
      namespace,
      namePrefix,
      manifestsOnly,
      labels: { app: `${app}x${namePrefix ?? ''}x` },
      egress: Egress.DOCUMENTED,
      dns: KubernetesDns.kubeDns(),
      ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
    }),
  );
  const machines = HostGroup.anyOf(groups[0], ...groups.slice(1));
  const around = new Construct(stack, `around-${id}`);
  new DocumentedPortRules(around, id, { table: WEB, roles: { client: Peer.cidr('10.0.0.0/8'), server: machines } });
  new PrometheusCostMetricsRule(stack, `metrics-${id}`, { platform: machines, prometheus: machines });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const found: Record<string, any> = manifestsOnly
    ? json['//'].metadata.clusterPorts.manifests
    : json.resource.kubernetes_network_policy_v1;
  return new Map(
    Object.entries(found).map(([address, policy]) => {
      delete policy['//']; // the path of the construct, which is no attribute
      return [address, JSON.stringify(policy)];
    }),
  );
}

/** Each run synthesizes two apps. */
const FEW = { ...RUNS, numRuns: 150 };

test.each([
  ['resources', false],
  ['manifests', true],
])('another name of a construct, or a different order, changes no policy: %s', (_what, manifestsOnly) => {
  const shuffled = someOf(1).chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, others]) => {
      const before = policies(all, 'a', manifestsOnly);
      expect([...policies(others, 'b', manifestsOnly)].sort()).toEqual([...before].sort());
      expect(before.size).toBe(all.length * 3);
    }),
    FEW,
  );
});

test.each([
  ['resources', false],
  ['manifests', true],
])('further pods keep the address and the pods of every policy: %s', (_what, manifestsOnly) => {
  fc.assert(
    fc.property(someOf(2), (all) => {
      const selected = (some: readonly Pods[]): string[][] =>
        [...policies(some, 'a', manifestsOnly)].map(([address, text]) => {
          const { metadata, spec } = JSON.parse(text);
          return [address, metadata.name, metadata.namespace, JSON.stringify(spec.pod_selector ?? spec.podSelector)];
        });
      expect(selected(all)).toEqual(expect.arrayContaining(selected(all.slice(0, -1))));
    }),
    FEW,
  );
});
