import { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import { type TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  DocumentedHostnameRules,
  ExternalHosts,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../../lib';
import type { ClusterPortsError } from '../../../lib/input';
import { newStack } from '../../support/clouds';
import { suggestedValue } from '../../support/fixes';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';

type Props = Partial<GcpFirewallPolicyProps>;

const policyOf = (props: Props): GcpFirewallPolicy =>
  new GcpFirewallPolicy({ policy: 'prod', project: 'net-host', ...props });

/** Creates five rules in a policy. */
function openAll(stack: TerraformStack, policy: GcpFirewallPolicy): void {
  const platform = Peer.cidr('10.0.0.0/8', '2001:db8::/32');
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus: policy.secureTag('tagValues/1') });
  const kubernetesApi = Peer.cidr('172.16.0.0/28');
  new VClusterPlatformIngressRules(stack, 'platform', { kubernetesApi, platform: policy.secureTag('tagValues/2') });
  const workers = ExternalHosts.named('workers', '10.1.0.0/24');
  const [mongodb, elasticsearch] = [policy.secureTag('tagValues/3'), policy.secureTag('tagValues/4')];
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb, elasticsearch });
}

function byHand(stack: TerraformStack, priority: number): void {
  new ComputeNetworkFirewallPolicyRule(stack, `by-hand-${priority}`, {
    ...{ firewallPolicy: 'prod', project: 'net-host', priority, action: 'deny', direction: 'INGRESS' },
    match: { srcIpRanges: ['10.0.0.0/8'], layer4Configs: [{ ipProtocol: 'tcp' }] },
  });
}

/** Returns the error of an app with five rules and some by hand. */
function errorOfApp(props: Props, handWritten: readonly number[]): ClusterPortsError | undefined {
  try {
    const stack = newStack();
    openAll(stack, policyOf(props));
    handWritten.forEach((priority) => byHand(stack, priority));
    Testing.synth(stack);
    return undefined;
  } catch (error) {
    return error as ClusterPortsError;
  }
}

/** Reads a suggestion, which is a property in the form of TypeScript. */
function propsOf(suggestion: string): Props {
  return JSON.parse(`{${suggestion.replace(/(\w+):/g, '"$1":')}}`) as Props;
}

// blocks in which five rules collide again and again
const BLOCKS = [7, 8, 9, 12].flatMap((size) =>
  Array.from({ length: 12 }, (_, at) => ({ first: 1_000_000 + 13 * at, last: 1_000_000 + 13 * at + size - 1 })),
);

/** Follows every suggestion; returns the rules that were moved, in their order. */
function movedRules(first: Props, handWritten: readonly number[]): string[] {
  const moved: string[] = [];
  let props = first;
  for (let error = errorOfApp(props, handWritten); error !== undefined; error = errorOfApp(props, handWritten)) {
    expect(error.code).toBe('settings-disagree');
    const given = propsOf(suggestedValue(error.sentence));
    const before = props.rulePriorities ?? [];
    moved.push(given.rulePriorities!.at(-1)!.rule);
    props = { ...props, ...given };
    // the other rules keep what they were given
    expect(given.rulePriorities).toEqual(expect.arrayContaining(before.filter(({ rule }) => rule !== moved.at(-1))));
  }
  return moved;
}

test('a rule that was moved as suggested is not moved again', () => {
  const all = BLOCKS.map((priorities) => movedRules({ priorities }, []));
  for (const moved of all) expect(new Set(moved).size).toBe(moved.length);
  expect(all.flat().length).toBeGreaterThan(40);
});

test('a suggested priority is not that of a rule by hand', () => {
  const [METRICS, PLATFORM] = ['allow-vcluster-platform-to-prometheus', 'allow-k8s-api-to-vcluster-platform'];
  // of the rules by hand, one has the priority of the first rule, two have the next ones, and so has the second rule
  const rulePriorities = [
    { rule: METRICS, priority: 150_000_000 },
    { rule: PLATFORM, priority: 150_000_003 },
  ];
  const { sentence } = errorOfApp({ rulePriorities }, [150_000_000, 150_000_001, 150_000_002])!;
  expect(propsOf(suggestedValue(sentence))).toEqual({
    rulePriorities: [
      { rule: PLATFORM, priority: 150_000_003 },
      { rule: METRICS, priority: 150_000_004 },
    ],
  });
  expect(movedRules({ rulePriorities }, [150_000_000, 150_000_001, 150_000_002])).toEqual([METRICS]);
});

test('a full block is replaced by one with room, which overlaps neither hostnames nor a priority given by hand', () => {
  const error = (props: Props): ClusterPortsError | undefined => errorOfApp(props, []);
  const suggestion = (props: Props): Props => propsOf(suggestedValue(error(props)!.sentence));
  const priorities = { first: 500_000, last: 500_000 };
  expect(suggestion({ priorities })).toEqual({ priorities: { first: 100_000_000, last: 199_999_999 } });
  // the rules for hostnames of the policy begin in the default block
  const hosts = { priorities, priority: 150_000_000 };
  expect(suggestion(hosts)).toEqual({ priorities: { first: 200_000_000, last: 299_999_999 } });
  expect(error({ ...hosts, ...suggestion(hosts) })).toBeUndefined();
  // one of the rules keeps its priority
  const given = { priorities, rulePriorities: [{ rule: 'allow-k8s-api-to-vcluster-platform', priority: 500_000 }] };
  expect(suggestion(given)).toEqual({ priorities: { first: 500_000, last: 100_500_000 } });
  expect(error({ ...given, ...suggestion(given) })).toBeUndefined();
});

test('a suggested base for hostnames overlaps no block and no rule of the app', () => {
  const table = hostnameTable([hostnameRow('a', 'a.example.com', Port.tcp(443))]);
  const app = (priority: number): (() => unknown) => {
    return () => {
      const stack = newStack();
      openAll(stack, policyOf({ priorities: { first: 300_000, last: 400_000 }, priority: 1_000_000 }));
      const through = policyOf({ priorities: { first: 500_000, last: 600_000 }, priority });
      new DocumentedHostnameRules(stack, 'hosts', { table, through });
      [1443, 700_443].forEach((one) => byHand(stack, one));
      return Testing.synth(stack);
    };
  };
  let sentence = '';
  try {
    app(290_000)();
  } catch (error) {
    ({ sentence } = error as ClusterPortsError);
  }
  // 1000 has a rule by hand, 400001 overlaps the second block, and 600001 the other rule by hand
  expect(suggestedValue(sentence)).toBe('priority: 1444');
  expect(app(1444)).not.toThrow();
});
