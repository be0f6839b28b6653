import 'cdktf-cluster-ports/testing';
import { ComputeFirewall, type ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Lazy, TerraformResource, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  Egress,
  ExternalHosts,
  ApinizerDataStoreRules,
  GcpFirewall,
  type GcpFirewallProps,
  GcpLogging,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';
import { warningsOf } from '../../support/warnings';

function open(
  stack: TerraformStack,
  props: Partial<GcpFirewallProps> = {},
  platform: IPeer = Peer.cidr('10.0.0.0/8'),
): PrometheusCostMetricsRule {
  const firewall = new GcpFirewall({ network: 'prod', shadow: true, ...props });
  return new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: firewall.networkTag('web') });
}

function synthesized(props: Partial<GcpFirewallProps> = {}, platform?: IPeer): any[] {
  const stack = newStack();
  open(stack, props, platform);
  expect(stack).toMatchDocuments({ disabled: props.disabled === true ? ['cost-metrics'] : [] });
  return Object.values(resourcesOf(stack).google_compute_firewall);
}

test('copies a rule one priority step in front of it, with logging', () => {
  const [rule, copy, ...others] = synthesized();
  expect(others).toEqual([]);
  expect(rule).toMatchObject({ name: 'allow-vcluster-platform-to-prometheus', priority: 1000 });
  expect(rule.log_config).toBeUndefined();
  expect(copy).toEqual({
    ...rule,
    name: 'allow-vcluster-platform-to-prometheus-shadow',
    description:
      'Cost control dashboard metrics; a copy of allow-vcluster-platform-to-prometheus that logs ' +
      '[prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics]',
    priority: 999,
    log_config: { metadata: 'INCLUDE_ALL_METADATA' },
  });
});

test('copies the rules of both families, with the settings of the firewall', () => {
  const rules = synthesized(
    { priority: 1, logging: GcpLogging.WITHOUT_METADATA, disabled: true, namePrefix: 'dmz-' },
    Peer.cidr('10.0.0.0/8', '2001:db8::/32'),
  );
  expect(
    rules.map(({ name, priority, disabled, log_config }) => [name, priority, disabled, log_config.metadata]),
  ).toEqual([
    ['dmz-allow-vcluster-platform-to-prometheus', 1, true, 'EXCLUDE_ALL_METADATA'],
    ['dmz-allow-vcluster-platform-to-prometheus-ipv6', 1, true, 'EXCLUDE_ALL_METADATA'],
    ['dmz-allow-vcluster-platform-to-prometheus-ipv6-shadow', 0, true, 'EXCLUDE_ALL_METADATA'],
    ['dmz-allow-vcluster-platform-to-prometheus-shadow', 0, true, 'EXCLUDE_ALL_METADATA'],
  ]);
});

test('copies the rules of documented outbound traffic', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod', shadow: true, egress: Egress.DOCUMENTED });
  new ApinizerDataStoreRules(stack, 'stores', {
    workers: firewall.networkTag('app'),
    mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28'),
  });
  expect(
    Object.values(resourcesOf(stack).google_compute_firewall).map(({ name, direction, priority }) => [
      name,
      direction,
      priority,
    ]),
  ).toEqual([
    ['apinizer-data-stores-worker-to-mongodb-egress', 'EGRESS', 1000],
    ['apinizer-data-stores-worker-to-mongodb-egress-shadow', 'EGRESS', 999],
  ]);
});

test('is a setting of one construct if its host group has a GcpFirewall of its own, as logging is', () => {
  const stack = newStack();
  const platform = Peer.cidr('10.0.0.0/8');
  open(stack, { shadow: undefined, logging: GcpLogging.ALL });
  const plain = new GcpFirewall({ network: 'prod' }).networkTag('web');
  new VClusterPlatformIngressRules(stack, 'vcluster', { kubernetesApi: platform, platform: plain });
  const rules = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rules.map(({ name, log_config }) => [name, log_config?.metadata])).toEqual([
    ['allow-k8s-api-to-vcluster-platform', undefined],
    ['allow-vcluster-platform-to-prometheus', 'INCLUDE_ALL_METADATA'],
  ]);
});

describe('a rule that denies', () => {
  const deny = (stack: TerraformStack, config: Partial<ComputeFirewallConfig> = {}): ComputeFirewall =>
    new ComputeFirewall(stack, 'deny', {
      name: 'deny',
      network: 'prod',
      sourceRanges: ['10.0.0.0/8'],
      deny: [{ protocol: 'all' }],
      ...config,
    });
  const after =
    (config: Partial<ComputeFirewallConfig>, props: Partial<GcpFirewallProps> = {}) =>
    (): unknown => {
      const stack = newStack();
      open(stack, props);
      deny(stack, config);
      return Testing.synth(stack);
    };

  test('fails if it has the priority of the copied rule, whichever exists first', () => {
    expectRefusal(after({}), 'shadow-overtakes-deny');
    expectRefusal(after({ priority: 7 }, { priority: 7 }), 'shadow-overtakes-deny');
    const stack = newStack();
    deny(stack);
    open(stack);
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
  });

  test('fails if it is in a second stack, or names the network in a different way', () => {
    const app = Testing.app();
    const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id));
    open(first, { project: 'net-host' });
    deny(second, { network: 'projects/net-host/global/networks/prod' });
    expectRefusal(() => Testing.synth(first), 'shadow-overtakes-deny');
    const stack = newStack();
    const network = new ComputeNetwork(stack, 'network', { name: 'prod' });
    open(stack, { network: network.id });
    deny(stack, { network: network.id });
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
  });

  test.each<[string, (network: ComputeNetwork) => string]>([
    ['self link', (network) => network.selfLink],
    ['id', (network) => network.id],
    ['name in text', () => 'prod'],
  ])('fails if it names a network by its %s, which the copy names by a reference to its name', (_what, named) => {
    const stack = newStack();
    const network = new ComputeNetwork(stack, 'network', { name: 'prod' });
    open(stack, { network: network.name });
    deny(stack, { network: named(network) });
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
  });

  test('fails if only one of them says the project, and the provider has the same', () => {
    const stack = newStack();
    new GoogleProvider(stack, 'google', { project: 'net-host' });
    open(stack, { project: 'net-host' });
    deny(stack);
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
  });

  test('fails for the network of its own stack, although a network of a different stack has the same id', () => {
    const app = Testing.app();
    const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id));
    new ComputeNetwork(first, 'network', { name: 'test' });
    const network = new ComputeNetwork(second, 'network', { name: 'prod' });
    open(second, { network: network.id });
    deny(second);
    expectRefusal(() => Testing.synth(second), 'shadow-overtakes-deny');
  });

  test('of a different network resource, or of a network of that name in a different project, is accepted', () => {
    const stack = newStack();
    const [prod, test] = ['prod', 'test'].map((name) => new ComputeNetwork(stack, name, { name }));
    open(stack, { network: prod.id });
    deny(stack, { network: test.id });
    expect(() => Testing.synth(stack)).not.toThrow();
    const other = newStack();
    open(other, { project: 'net-one' });
    deny(other, { project: 'net-two' });
    expect(() => Testing.synth(other)).not.toThrow();
  });

  test('fails if it is a rule for the rest of the traffic that a different firewall denies', () => {
    const stack = newStack();
    open(stack, { priority: 65000, namePrefix: 'a-' });
    const firewall = new GcpFirewall({ network: 'prod', denyRest: { priority: 65000 } });
    new VClusterPlatformIngressRules(stack, 'second', {
      kubernetesApi: Peer.cidr('10.0.0.0/8'),
      platform: firewall.networkTag('db'),
    });
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
  });

  test.each<[string, Partial<ComputeFirewallConfig>]>([
    ['of a different priority', { priority: 999 }],
    ['after the rule', { priority: 1001 }],
    ['of a different network', { network: 'dev' }],
    ['of the other direction', { direction: 'EGRESS', sourceRanges: undefined, destinationRanges: ['10.0.0.0/8'] }],
    ['that is disabled', { disabled: true }],
    ['that allows', { deny: undefined, allow: [{ protocol: 'tcp' }] }],
  ])('%s is accepted', (_what, config) => {
    expect(after(config)).not.toThrow();
    expect(after(config, { shadow: false })).not.toThrow();
  });

  const PATH = 'resource.google_compute_firewall.deny';
  const overridden =
    (change: (rule: ComputeFirewall, stack: TerraformStack) => void, config: Partial<ComputeFirewallConfig> = {}) =>
    (): TerraformStack => {
      const stack = newStack();
      open(stack);
      change(deny(stack, config), stack);
      return stack;
    };

  test.each<[string, Partial<ComputeFirewallConfig>, (rule: ComputeFirewall, stack: TerraformStack) => void]>([
    ['its priority', { priority: 7 }, (rule) => rule.addOverride('priority', 1000)],
    ['its priority, as text', { priority: 7 }, (rule) => rule.addOverride('priority', '1000')],
    ['its priority, which removes it', { priority: 7 }, (rule) => rule.addOverride('priority', undefined)],
    ['its priority, with null', { priority: 7 }, (rule) => rule.addOverride('priority', null)],
    [
      'what it does',
      { deny: undefined, allow: [{ protocol: 'tcp' }] },
      (rule) => {
        rule.addOverride('deny', [{ protocol: 'tcp' }]);
        rule.addOverride('allow', undefined);
      },
    ],
    ['whether it is enforced', { disabled: true }, (rule) => rule.addOverride('disabled', false)],
    ['its network', { network: 'other' }, (rule) => rule.addOverride('network', 'global/networks/prod')],
    [
      'its direction',
      { direction: 'EGRESS', sourceRanges: undefined, destinationRanges: ['10.0.0.0/8'] },
      (rule) => rule.addOverride('direction', 'INGRESS'),
    ],
    ['its priority in the stack', { priority: 7 }, (_rule, stack) => stack.addOverride(`${PATH}.priority`, 1000)],
  ])('fails if an override of it says %s', (_what, config, change) => {
    const stack = overridden(change, config)();
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
    expectRefusal(() => stack.runAllValidations(), 'shadow-overtakes-deny');
  });

  test.each<[string, Partial<ComputeFirewallConfig>, (rule: ComputeFirewall, stack: TerraformStack) => void]>([
    ['a different priority', {}, (rule) => rule.addOverride('priority', 1001)],
    ['that it allows', {}, (rule) => rule.addOverride('deny', undefined)],
    ['that it is not enforced', {}, (rule) => rule.addOverride('disabled', true)],
    ['that there is no instance of it', {}, (rule) => rule.addOverride('count', 0)],
    ['in the stack that it does not exist', {}, (_rule, stack) => stack.addOverride(PATH, undefined)],
    ['a different network', {}, (rule) => rule.addOverride('network', 'other')],
  ])('is accepted if an override says %s', (_what, config, change) => {
    const stack = overridden(change, config)();
    expect(() => Testing.synth(stack)).not.toThrow();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('fails if only an override of the stack defines it, and for any class of a resource', () => {
    const attributes = { name: 'deny', network: 'prod', source_ranges: ['10.0.0.0/8'], deny: [{ protocol: 'all' }] };
    const stack = newStack();
    open(stack);
    stack.addOverride(PATH, attributes);
    expectRefusal(() => Testing.synth(stack), 'shadow-overtakes-deny');
    const second = newStack();
    open(second);
    const rule = new TerraformResource(second, 'deny', { terraformResourceType: 'google_compute_firewall' });
    Object.entries(attributes).forEach(([name, value]) => rule.addOverride(name, value));
    expectRefusal(() => Testing.synth(second), 'shadow-overtakes-deny');
  });

  test('fails for a number that is only calculated at synthesis', () => {
    const priority = Token.asNumber(Lazy.numberValue({ produce: () => 1000 }));
    expectRefusal(after({ priority }), 'shadow-overtakes-deny');
    expect(after({ priority: Token.asNumber(Lazy.numberValue({ produce: () => 1001 })) })).not.toThrow();
  });

  test.each<[string, (rule: ComputeFirewall, variable: TerraformVariable) => void, string]>([
    ['priority', (rule, { numberValue }) => (rule.priority = numberValue), 'its priority is known after apply'],
    [
      'priority as an expression in an override',
      (rule) => rule.addOverride('priority', '${var.unknown + 1}'),
      'its priority is known after apply',
    ],
    [
      'what it does',
      (rule) => rule.addOverride('dynamic.deny', { for_each: '${var.unknown}', content: { protocol: 'all' } }),
      'only apply tells whether it denies',
    ],
    [
      'whether it is enforced',
      (rule, { booleanValue }) => (rule.disabled = booleanValue),
      'only apply tells whether it is enforced',
    ],
    ['network', (rule, { stringValue }) => (rule.network = stringValue), 'the two networks may be one'],
    ['network in a loop', (rule) => rule.addOverride('network', '${each.value}'), 'the two networks may be one'],
    ['direction', (rule, { stringValue }) => (rule.direction = stringValue), 'a direction is known after apply'],
  ])('gives one warning if this is known after apply: %s', (_what, change, reason) => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, 'unknown', {});
    open(stack);
    change(deny(stack), variable);
    const warning =
      'the copy firewall_allow-vcluster-platform-to-prometheus-shadow (shadow: true) may allow what the rule "stack/deny" denies, ' +
      `because ${reason}; not evaluated`;
    expect(warningsOf(stack)).toEqual([warning]);
  });

  test('fails if an override gives the copy or its rule a priority that leaves it between them', () => {
    const changed = (copy: number, rule: number): TerraformStack => {
      const stack = newStack();
      const { resources } = open(stack);
      const [first, second] = resources as unknown as ComputeFirewall[];
      expect(second.name).not.toBe(first.name);
      first.addOverride('priority', rule);
      second.addOverride('priority', copy);
      deny(stack, { priority: 500 });
      return stack;
    };
    expectRefusal(() => Testing.synth(changed(499, 1000)), 'shadow-overtakes-deny');
    expectRefusal(() => Testing.synth(changed(400, 500)), 'shadow-overtakes-deny');
    expect(() => Testing.synth(changed(500, 1000))).not.toThrow();
    expect(() => Testing.synth(changed(400, 499))).not.toThrow();
  });

  test('is accepted without a copy', () => {
    expect(after({}, { shadow: false })).not.toThrow();
  });
});

test.each<[string, object, string]>([
  ['a priority in front of which there is none', { priority: 0, shadow: true }, 'priority-invalid'],
  ['text', { shadow: 'yes' }, 'not-a-boolean'],
])('fails for %s', (_what, props, code) => {
  expectRefusal(() => new GcpFirewall({ network: 'prod', ...props }), code);
});

test('takes priority 0 without copies', () => {
  expect(() => new GcpFirewall({ network: 'prod', priority: 0, shadow: false })).not.toThrow();
});
