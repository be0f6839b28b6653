import {
  ComputeNetworkFirewallPolicyRule,
  type ComputeNetworkFirewallPolicyRuleConfig,
} from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import { ComputeRegionNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-region-network-firewall-policy-rule';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
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
import fc from 'fast-check';
import { newStack } from '../../support/clouds';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { expectRefusal, resourcesOf } from '../../support/refusals';
import { warningsOf } from '../../support/warnings';
import '../../properties/runs';

const TYPE = 'google_compute_network_firewall_policy_rule';
const policyOf = (props: Partial<GcpFirewallPolicyProps> = {}): GcpFirewallPolicy =>
  new GcpFirewallPolicy({ policy: 'prod', project: 'net-host', ...props });
const METRICS = 'allow-vcluster-platform-to-prometheus';
const PLATFORM = 'allow-k8s-api-to-vcluster-platform';

const BOTH_FAMILIES = Peer.cidr('10.0.0.0/8', '2001:db8::/32');
const IPV4 = Peer.cidr('10.0.0.0/8');

function metrics(
  stack: TerraformStack,
  policy: GcpFirewallPolicy,
  id = 'metrics',
  source = BOTH_FAMILIES,
): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, id, { platform: source, prometheus: policy.secureTag('tagValues/1') });
}

function platform(stack: TerraformStack, policy: GcpFirewallPolicy, id = 'platform'): void {
  const [kubernetesApi, group] = [Peer.cidr('172.16.0.0/28'), policy.secureTag('tagValues/2')];
  new VClusterPlatformIngressRules(stack, id, { kubernetesApi, platform: group });
}

function stores(stack: TerraformStack, policy: GcpFirewallPolicy, id = 'stores'): void {
  const workers = ExternalHosts.named('workers', '10.1.0.0/24');
  const [mongodb, elasticsearch] = [
    policy.secureTag('tagValues/3'),
    policy.serviceAccount('es@net-host.iam.gserviceaccount.com'),
  ];
  new ApinizerDataStoreRules(stack, id, { workers, mongodb, elasticsearch });
}

function priorities(stack: TerraformStack): Record<string, number> {
  return Object.fromEntries(
    Object.entries(resourcesOf(stack)[TYPE] ?? {}).map(([address, { priority }]) => [address, priority as number]),
  );
}

// the first eight bytes of the SHA-256 of the name, as a number modulo the size of the block, after its beginning
test('come only from the name of the rule', () => {
  const stack = newStack();
  const policy = policyOf();
  metrics(stack, policy);
  platform(stack, policy);
  expect(priorities(stack)).toEqual({
    'rule_allow-vcluster-platform-to-prometheus': 138_803_737,
    'rule_allow-vcluster-platform-to-prometheus-ipv6': 167_604_903,
    'rule_allow-k8s-api-to-vcluster-platform': 146_140_164,
  });
});

/** The constructs of an app, in any order, under any ids. */
const KINDS = [metrics, platform, stores] as const;
const apps = fc
  .tuple(
    fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
    fc.array(fc.stringMatching(/^[a-z]{6}$/), { minLength: 3, maxLength: 3 }),
  )
  .map(([kinds, ids]) => kinds.map((kind, at) => ({ kind, id: `${ids[at]}${at}` })));

function prioritiesOf(app: { kind: number; id: string }[]): Record<string, number> {
  const stack = newStack();
  const policy = policyOf();
  for (const { kind, id } of app) KINDS[kind](stack, policy, id);
  return priorities(stack);
}

test('of all rules stay the same, and so do their addresses, if constructs are renamed, shuffled or added', () => {
  const all = prioritiesOf([0, 1, 2].map((kind) => ({ kind, id: `rule-${kind}` })));
  expect(Object.keys(all)).toHaveLength(5);
  fc.assert(
    fc.property(apps, (app) => {
      const some = prioritiesOf(app);
      expect(some).toEqual(Object.fromEntries(Object.entries(all).filter(([address]) => address in some)));
      expect(Object.keys(some).length).toBeGreaterThanOrEqual(app.length);
    }),
    { numRuns: 50 },
  );
});

test('are all in the block', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_147_482_900 }), fc.integer({ min: 10, max: 600 }), (first, size) => {
      const stack = newStack();
      const priority = first > 200_000 ? 0 : 1_999_999_999;
      const last = first + size;
      platform(stack, policyOf({ priorities: { first, last }, priority }));
      const [found] = Object.values(priorities(stack));
      expect(found >= first && found <= last).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('can be given by hand, and the others stay the same', () => {
  const stack = newStack();
  const policy = policyOf({ rulePriorities: [{ rule: PLATFORM, priority: 100_000_000 }] });
  metrics(stack, policy);
  platform(stack, policy);
  expect(priorities(stack)).toEqual({
    'rule_allow-vcluster-platform-to-prometheus': 138_803_737,
    'rule_allow-vcluster-platform-to-prometheus-ipv6': 167_604_903,
    'rule_allow-k8s-api-to-vcluster-platform': 100_000_000,
  });
});

describe('fails for', () => {
  test('two rules with one priority, and names both', () => {
    const act = (): void => {
      const stack = newStack();
      const policy = policyOf({ priorities: { first: 5, last: 5 }, priority: 1000 });
      platform(stack, policy);
      stores(stack, policy);
    };
    expectRefusal(act, 'settings-disagree');
    expect(act).toThrow(
      /rule apinizer-data-stores-worker-to-elasticsearch|rule apinizer-data-stores-worker-to-mongodb/,
    );
    expect(act).toThrow(/rule allow-k8s-api-to-vcluster-platform elsewhere/);
  });

  test('two rules with one priority of two objects for the same policy', () => {
    expectRefusal(() => {
      const stack = newStack();
      const policy = policyOf({ priorities: { first: 5, last: 5 } });
      platform(stack, policy);
      metrics(stack, policyOf({ priorities: { first: 5, last: 5 } }));
    }, 'settings-disagree');
  });

  test('a rule for hostnames with the priority of another rule of the policy', () => {
    expectRefusal(() => {
      const stack = newStack();
      platform(stack, policyOf({ priorities: { first: 500_443, last: 500_443 } }));
      const table = hostnameTable([hostnameRow('a', 'a.example.com', Port.tcp(443))]);
      new DocumentedHostnameRules(stack, 'hosts', { table, through: policyOf({ priority: 500_000 }) });
    }, 'settings-disagree');
  });

  test('a priority of a rule that does not exist', () => {
    expectRefusal(() => {
      const stack = newStack();
      platform(stack, policyOf({ rulePriorities: [{ rule: METRICS, priority: 100_000_001 }] }));
      return Testing.synth(stack);
    }, 'rule-unknown');
  });

  test.each<[string, object, string]>([
    ['a block that descends', { priorities: { first: 9, last: 8 } }, 'priority-invalid'],
    ['a block without an end', { priorities: { first: 9 } }, 'priority-invalid'],
    ['a negative priority', { priorities: { first: -1, last: 9 } }, 'priority-invalid'],
    ['a fraction', { priorities: { first: 1.5, last: 9 } }, 'priority-invalid'],
    [
      'priorities that Google gives to no rule of a user',
      { priorities: { first: 1e9, last: 2_147_483_548 } },
      'priority-invalid',
    ],
    ['a number', { priorities: 5 }, 'object-required'],
    ['a block with the priorities of hostnames', { priorities: { first: 0, last: 1e6 } }, 'priorities-overlap'],
    ['a block with the last of them', { priorities: { first: 132_071, last: 132_071 } }, 'priorities-overlap'],
    ['a rule priority after the block', { rulePriorities: [{ rule: 'a', priority: 2e8 }] }, 'priority-outside-block'],
    [
      'a rule priority in front of the block',
      { priorities: { first: 3e8, last: 4e8 }, rulePriorities: [{ rule: 'a', priority: 1e8 }] },
      'priority-outside-block',
    ],
    ['a rule priority that is none', { rulePriorities: [{ rule: 'a', priority: '5' }] }, 'priority-outside-block'],
    ['a rule priority without a rule', { rulePriorities: [{ priority: 1e8 }] }, 'rule-priorities-invalid'],
    ['no list', { rulePriorities: { rule: 'a', priority: 1e8 } }, 'rule-priorities-invalid'],
    [
      'a rule twice',
      {
        rulePriorities: [
          { rule: 'a', priority: 1e8 },
          { rule: 'a', priority: 100_000_001 },
        ],
      },
      'rule-priorities-invalid',
    ],
    [
      'a priority twice',
      {
        rulePriorities: [
          { rule: 'a', priority: 1e8 },
          { rule: 'b', priority: 1e8 },
        ],
      },
      'rule-priorities-invalid',
    ],
    ['an unknown member of an entry', { rulePriorities: [{ name: 'a', priority: 1e8 }] }, 'prop-unknown'],
  ])('%s', (_what, props, code) => {
    expectRefusal(() => policyOf(props), code);
  });

  test('a host group of a policy whose hostnames have priorities of the default block', () => {
    const policy = policyOf({ priority: 150_000_000 });
    expectRefusal(() => policy.secureTag('tagValues/1'), 'priorities-overlap');
  });
});

test('a block may begin directly after the priorities of hostnames', () => {
  expect(() => policyOf({ priorities: { first: 132_072, last: 132_073 } }).secureTag('tagValues/1')).not.toThrow();
  expect(() => policyOf({ priorities: { first: 0, last: 999 } }).secureTag('tagValues/1')).not.toThrow();
});

describe('two objects for one policy', () => {
  const table = hostnameTable([hostnameRow('a', 'a.example.com', Port.tcp(443))]);
  const hosts = (stack: TerraformStack, policy: GcpFirewallPolicy): unknown =>
    new DocumentedHostnameRules(stack, 'hosts', { table, through: policy });
  const regional = { region: 'europe-west3', policy: 'regional' };
  const inId = 'projects/net-host/global/firewallPolicies/prod';

  test.each<[string, Partial<GcpFirewallPolicyProps>, Partial<GcpFirewallPolicyProps>]>([
    ['a name', {}, {}],
    ['a name and an id', {}, { policy: inId, project: undefined }],
    ['a region', regional, regional],
  ])('fails if the hostnames of one have priorities of the block of the other, by %s', (_what, one, other) => {
    for (const isFirst of [true, false]) {
      const act = (): unknown => {
        const stack = newStack();
        if (isFirst) hosts(stack, policyOf({ priority: 150_000_000, ...one }));
        metrics(stack, policyOf(other));
        if (!isFirst) hosts(stack, policyOf({ priority: 150_000_000, ...one }));
        return Testing.synth(stack);
      };
      expectRefusal(act, 'priorities-overlap');
      expect(act).toThrow(
        /^rule allow-vcluster-platform-to-prometheus: .* 150000000 to 150131071, got priority: 150000000 of rule .*443-tcp/,
      );
    }
  });

  test('fails across the stacks of an app, whichever is synthesized', () => {
    for (const at of [0, 1]) {
      const app = Testing.app();
      const stacks = ['first', 'second'].map((id) => new TerraformStack(app, id));
      hosts(stacks[0], policyOf({ priority: 150_000_000 }));
      metrics(stacks[1], policyOf());
      expectRefusal(() => Testing.synth(stacks[at]), 'priorities-overlap');
    }
  });

  test.each<[string, Partial<GcpFirewallPolicyProps>, Partial<GcpFirewallPolicyProps>]>([
    ['priorities are apart', { priority: 200_000_000 }, {}],
    ['policies are two', { priority: 150_000_000 }, { policy: 'other' }],
    ['projects are two', { priority: 150_000_000 }, { project: 'other-host' }],
    ['regions are two', { priority: 150_000_000, ...regional }, { ...regional, region: 'us-east1' }],
  ])('are accepted if their %s', (_what, one, other) => {
    const stack = newStack();
    hosts(stack, policyOf(one));
    metrics(stack, policyOf(other));
    expect(() => Testing.synth(stack)).not.toThrow();
  });

  test('are accepted with one block for host groups', () => {
    const stack = newStack();
    metrics(stack, policyOf());
    platform(stack, policyOf({ namePrefix: 'second' }));
    expect(() => Testing.synth(stack)).not.toThrow();
  });
});

describe('a rule by hand in the same policy', () => {
  const byHand = (
    stack: TerraformStack,
    props: Partial<ComputeNetworkFirewallPolicyRuleConfig> = {},
  ): ComputeNetworkFirewallPolicyRule =>
    new ComputeNetworkFirewallPolicyRule(stack, 'by-hand', {
      firewallPolicy: 'prod',
      project: 'net-host',
      priority: 150_000_000,
      action: 'deny',
      direction: 'INGRESS',
      match: { srcIpRanges: ['10.0.0.0/8'], layer4Configs: [{ ipProtocol: 'tcp' }] },
      ...props,
    });
  const rulePriorities = [{ rule: METRICS, priority: 150_000_000 }];
  const synthesized =
    (change: (stack: TerraformStack) => void, policy = policyOf({ rulePriorities })): (() => unknown) =>
    () => {
      const stack = newStack();
      metrics(stack, policy);
      change(stack);
      return Testing.synth(stack);
    };

  test('must have a different priority, and the fix works', () => {
    expectRefusal(synthesized(byHand), 'settings-disagree');
    const fixed = policyOf({ rulePriorities: [{ rule: METRICS, priority: 150_000_001 }] });
    expect(synthesized(byHand, fixed)).not.toThrow();
    const inId = { firewallPolicy: 'projects/net-host/global/firewallPolicies/prod', project: undefined };
    expectRefusal(
      synthesized((stack) => byHand(stack, inId)),
      'settings-disagree',
    );
  });

  test.each([
    ['a different policy', { firewallPolicy: 'other' }],
    ['a different project', { project: 'other-host' }],
    ['a different priority', { priority: 150_000_002 }],
  ])('may be in %s', (_what, props) => {
    expect(synthesized((stack) => byHand(stack, props))).not.toThrow();
  });

  test('may not have the priority of a rule for hostnames', () => {
    const act = (): unknown => {
      const stack = newStack();
      const table = hostnameTable([hostnameRow('a', 'a.example.com', Port.tcp(443))]);
      new DocumentedHostnameRules(stack, 'hosts', { table, through: policyOf() });
      byHand(stack, { priority: 1443 });
      return Testing.synth(stack);
    };
    expectRefusal(act, 'settings-disagree');
  });

  const REGIONAL = { firewallPolicy: 'prod', project: 'net-host', region: 'europe-west3' };
  type Change = (rule: ComputeNetworkFirewallPolicyRule, stack: TerraformStack) => void;
  /** A stack with a rule by hand, which overrides change. */
  const changed = (change: Change, props: Partial<ComputeNetworkFirewallPolicyRuleConfig> = {}): TerraformStack => {
    const stack = newStack();
    metrics(stack, policyOf({ rulePriorities }), 'metrics', IPV4);
    change(byHand(stack, { priority: 1, ...props }), stack);
    return stack;
  };

  test.each<[string, Partial<ComputeNetworkFirewallPolicyRuleConfig>, Change]>([
    ['its priority', {}, (rule) => rule.addOverride('priority', 150_000_000)],
    ['its priority as text', {}, (rule) => rule.addOverride('priority', '150000000')],
    [
      'its priority in the stack',
      {},
      (_rule, stack) => {
        stack.addOverride('resource.google_compute_network_firewall_policy_rule.by-hand.priority', 150_000_000);
      },
    ],
    [
      'its policy',
      { priority: 150_000_000, firewallPolicy: 'other' },
      (rule) => rule.addOverride('firewall_policy', 'prod'),
    ],
    [
      'its project',
      { priority: 150_000_000, project: 'other-host' },
      (rule) => rule.addOverride('project', 'net-host'),
    ],
  ])('must have a different priority if an override says %s', (_what, props, change) => {
    const stack = changed(change, props);
    expectRefusal(() => Testing.synth(stack), 'settings-disagree');
    expectRefusal(() => stack.runAllValidations(), 'settings-disagree');
  });

  test.each<[string, Change]>([
    ['a different priority', (rule) => rule.addOverride('priority', 150_000_001)],
    ['a different policy', (rule) => rule.addOverride('firewall_policy', 'other')],
    ['that there is no instance of it', (rule) => rule.addOverride('count', 0)],
  ])('is accepted if an override says %s', (_what, change) => {
    const stack = changed(change, { priority: 150_000_000 });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('must have a different priority in a regional policy, with and without an override', () => {
    const regional = (priority: number, override?: number): TerraformStack => {
      const stack = newStack();
      metrics(stack, policyOf({ region: 'europe-west3', rulePriorities }));
      const rule = new ComputeRegionNetworkFirewallPolicyRule(stack, 'by-hand', {
        ...REGIONAL,
        priority,
        action: 'deny',
        direction: 'INGRESS',
        match: { srcIpRanges: ['10.0.0.0/8'], layer4Configs: [{ ipProtocol: 'tcp' }] },
      });
      if (override !== undefined) rule.addOverride('priority', override);
      return stack;
    };
    expectRefusal(() => Testing.synth(regional(150_000_000)), 'settings-disagree');
    expectRefusal(() => Testing.synth(regional(1, 150_000_000)), 'settings-disagree');
    expect(() => Testing.synth(regional(150_000_000, 1))).not.toThrow();
    const other = regional(1, 150_000_000);
    (other.node.findChild('by-hand') as ComputeRegionNetworkFirewallPolicyRule).addOverride('region', 'europe-west4');
    expect(() => Testing.synth(other)).not.toThrow();
  });

  test('must have a different priority than an override gives a rule of this library', () => {
    const stack = newStack();
    const [rule] = metrics(stack, policyOf()).resources as unknown as ComputeNetworkFirewallPolicyRule[];
    byHand(stack, { priority: 7 });
    expect(() => Testing.synth(stack)).not.toThrow();
    rule.addOverride('priority', 7);
    expectRefusal(() => Testing.synth(stack), 'settings-disagree');
  });

  test.each<[string, Change]>([
    ['its priority', (rule, stack) => (rule.priority = new TerraformVariable(stack, 'unknown', {}).numberValue)],
    ['its priority, in an override', (rule) => rule.addOverride('priority', '${local.priority}')],
    [
      'its policy',
      (rule, stack) => {
        rule.addOverride('priority', 150_000_000);
        rule.firewallPolicy = new TerraformVariable(stack, 'unknown', {}).stringValue;
      },
    ],
  ])('gives one warning if this is known after apply: %s', (_what, change) => {
    expect(warningsOf(changed(change))).toEqual([
      `the rule ${METRICS} and the rule "stack/by-hand" of a firewall policy must not have the same priority: values decide that are ` +
        'known after apply; not evaluated',
    ]);
  });
});
