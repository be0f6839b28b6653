import 'cdktf-cluster-ports/testing';
import { ComputeFirewall, type ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
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

function open(
  stack: TerraformStack,
  props: Partial<GcpFirewallProps> = {},
  platform: IPeer = Peer.cidr('10.0.0.0/8'),
): void {
  const firewall = new GcpFirewall({ network: 'prod', shadow: true, ...props });
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: firewall.networkTag('web') });
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
