import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import 'cdktf-cluster-ports/testing';
import { ComputeNetworkFirewallPolicy } from '@cdktf/provider-google/lib/compute-network-firewall-policy';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { TagsTagValue } from '@cdktf/provider-google/lib/tags-tag-value';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  GcpLogging,
  HostGroup,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const TAG = 'tagValues/281484836404786';
const OTHER_TAG = 'tagValues/281483307043046';
const EMAIL = 'nodes@net-host.iam.gserviceaccount.com';
const GLOBAL = 'google_compute_network_firewall_policy_rule';
const REGIONAL = 'google_compute_region_network_firewall_policy_rule';

const policyOf = (props: Partial<GcpFirewallPolicyProps> = {}): GcpFirewallPolicy =>
  new GcpFirewallPolicy({ policy: 'prod', project: 'net-host', ...props });
const prod = policyOf();
const web = prod.secureTag(TAG);
const ranges = Peer.cidr('10.0.0.0/8');

function open(stack: TerraformStack, platform: IPeer, prometheus: IHostGroup, id = 'rule'): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, id, { platform, prometheus });
}

/** Attaches the policy to a network, as the code of users does. */
function attach(stack: TerraformStack, network = 'prod'): void {
  new ComputeNetworkFirewallPolicyAssociation(stack, `at-${network}`, {
    name: network,
    attachmentTarget: `projects/net-host/global/networks/${network}`,
    firewallPolicy: 'prod',
    project: 'net-host',
  });
}

function rules(source: IPeer, destination: IHostGroup): any[] {
  const stack = newStack();
  attach(stack);
  open(stack, source, destination);
  expect(stack).toMatchDocuments();
  return Object.values(resourcesOf(stack)[GLOBAL]);
}

test('creates a rule of the policy, with a priority in the block', () => {
  expect(rules(ranges, web)).toEqual([
    {
      rule_name: 'allow-vcluster-platform-to-prometheus',
      description:
        'Cost control dashboard metrics [prometheus-cost-metrics@2025-03/platform-to-prometheus/cost-metrics]',
      firewall_policy: 'prod',
      project: 'net-host',
      // the first eight bytes of the SHA-256 of the name, as a number modulo the size of the block, after its beginning
      priority: 138_803_737,
      action: 'allow',
      direction: 'INGRESS',
      match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp', ports: ['9090'] }] },
      target_secure_tags: [{ name: TAG }],
    },
  ]);
});

test('creates two rules for ranges of both families, with secure tags in the IPv4 rule', () => {
  const [ipv4, ipv6, ...others] = rules(
    Peer.anyOf(Peer.cidr('2001:db8::/32', '10.0.0.0/8'), prod.secureTag(OTHER_TAG)),
    web,
  );
  expect(others).toEqual([]);
  expect(ipv4.match).toMatchObject({ src_ip_ranges: ['10.0.0.0/8'], src_secure_tags: [{ name: OTHER_TAG }] });
  expect(ipv6.match.src_ip_ranges).toEqual(['2001:db8::/32']);
  expect(ipv6.match).not.toHaveProperty('src_secure_tags');
  expect([ipv4.rule_name, ipv6.rule_name]).toEqual([
    'allow-vcluster-platform-to-prometheus',
    'allow-vcluster-platform-to-prometheus-ipv6',
  ]);
});

test('selects service accounts, and several machines of one policy in one rule', () => {
  expect(rules(ranges, prod.serviceAccount(EMAIL))[0]).toMatchObject({ target_service_accounts: [EMAIL] });
  const [both, ...others] = rules(ranges, HostGroup.anyOf(web, prod.secureTag(OTHER_TAG)));
  expect(others).toEqual([]);
  expect(both.target_secure_tags).toEqual([{ name: OTHER_TAG }, { name: TAG }]);
});

test('gives every rule the settings of the policy', () => {
  const stack = newStack();
  const settings = {
    logging: GcpLogging.ALL,
    disabled: true,
    namePrefix: 'blue-',
    priorities: { first: 7, last: 7 },
    priority: 8,
  };
  open(stack, ranges, policyOf(settings).secureTag(TAG));
  expect(resourcesOf(stack)[GLOBAL]['rule_blue-allow-vcluster-platform-to-prometheus']).toMatchObject({
    rule_name: 'blue-allow-vcluster-platform-to-prometheus',
    enable_logging: true,
    disabled: true,
    priority: 7,
  });
  expect(stack).toMatchDocuments({ disabled: ['cost-metrics'] });
});

test.each([
  { policy: 'prod', region: 'europe-west3' },
  { policy: 'projects/net-host/regions/europe-west3/firewallPolicies/prod' },
])('creates rules of a regional policy: %p', (props) => {
  const stack = newStack();
  open(stack, ranges, policyOf(props).secureTag(TAG));
  expect(Object.keys(resourcesOf(stack))).toEqual([REGIONAL]);
  expect(resourcesOf(stack)[REGIONAL]['rule_allow-vcluster-platform-to-prometheus']).toMatchObject({
    region: 'europe-west3',
    firewall_policy: props.policy,
  });
});

test('whether a regional policy opens something is not known, even if a global policy of that name is attached', () => {
  const stack = newStack();
  attach(stack);
  open(stack, ranges, policyOf({ region: 'europe-west3' }).secureTag(TAG));
  const match = (): unknown => expect(stack).toMatchDocuments();
  expect(match).toThrow(/it is not known to which networks its policy is attached/);
});

test('a network tag and a secure tag as one role have a rule each, for their own machines', () => {
  const stack = newStack();
  attach(stack);
  new ComputeNetwork(stack, 'network', { name: 'prod', project: 'net-host' });
  const tag = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('web');
  open(stack, ranges, HostGroup.anyOf(tag, web));
  const { google_compute_firewall: firewalls, [GLOBAL]: ofPolicy } = resourcesOf(stack);
  expect(Object.values(firewalls).map(({ target_tags: tags }) => tags as unknown)).toEqual([['web']]);
  expect(Object.values(ofPolicy).map(({ target_secure_tags: tags }) => tags as unknown)).toEqual([[{ name: TAG }]]);
  expect(stack).toMatchDocuments();
  expectRefusal(() => {
    open(newStack(), HostGroup.anyOf(tag, web), web);
  }, 'far-end-cloud-mismatch');
});

test('creates EGRESS rules for documented flows that start at machines of the policy', () => {
  const stack = newStack();
  attach(stack);
  const workers = policyOf({ egress: Egress.DOCUMENTED }).serviceAccount(EMAIL);
  const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28', '2001:db8::/64');
  new ApinizerDataStoreRules(stack, 'stores', { workers, mongodb });
  const found = Object.values(resourcesOf(stack)[GLOBAL]);
  expect(found.map(({ rule_name, direction, match }) => [rule_name, direction, match.dest_ip_ranges])).toEqual([
    ['apinizer-data-stores-worker-to-mongodb-egress', 'EGRESS', ['10.8.0.0/28']],
    ['apinizer-data-stores-worker-to-mongodb-egress-ipv6', 'EGRESS', ['2001:db8::/64']],
  ]);
  expect(stack).toMatchDocuments();
});

test('takes the IP ranges of machines of a policy as the destination of EGRESS rules of a network', () => {
  const stack = newStack();
  const firewall = new GcpFirewall({ network: 'prod', project: 'net-host', egress: Egress.DOCUMENTED });
  const database = prod.secureTag(TAG, { ipRanges: Peer.cidr('10.8.0.0/28') });
  new VClusterPlatformIngressRules(stack, 'a', { kubernetesApi: ranges, platform: firewall.networkTag('platform') });
  const source = ExternalHosts.named('platform', '10.1.0.0/24');
  open(stack, source, database);
  expect(Object.keys(resourcesOf(stack))).toEqual(['google_compute_firewall', GLOBAL]);
});

test('takes a policy, a secure tag and a service account that are known after apply', () => {
  const stack = newStack();
  const policy = new ComputeNetworkFirewallPolicy(stack, 'policy', { name: 'prod', project: 'net-host' });
  const tag = new TagsTagValue(stack, 'tag', { parent: 'tagKeys/1', shortName: 'web' });
  new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
    name: 'prod',
    attachmentTarget: 'projects/net-host/global/networks/prod',
    firewallPolicy: policy.id,
    project: 'net-host',
  });
  const created = policyOf({ policy: policy.id });
  open(stack, created.secureTag(tag.id), created.serviceAccount(new TerraformVariable(stack, 'email', {}).stringValue));
  expect(resourcesOf(stack)[GLOBAL]['rule_allow-vcluster-platform-to-prometheus']).toMatchObject({
    firewall_policy: '${google_compute_network_firewall_policy.policy.id}',
    match: { src_secure_tags: [{ name: '${google_tags_tag_value.tag.id}' }] },
    target_service_accounts: ['${var.email}'],
  });
  expect(stack).toMatchDocuments();
});

test('permits the documents in each network to which the policy is attached', () => {
  const stack = newStack();
  attach(stack);
  attach(stack, 'dev');
  open(stack, ranges, web);
  expect(stack).toMatchDocuments();
});

test('never writes an empty list, because it means everyone', () => {
  const [{ match, ...rule }] = rules(prod.secureTag(OTHER_TAG), web);
  expect(match).not.toHaveProperty('src_ip_ranges');
  expect(rule).not.toHaveProperty('target_service_accounts');
});

describe('fails for', () => {
  const account = prod.serviceAccount(EMAIL);
  const other = policyOf({ policy: 'dev' }).secureTag(OTHER_TAG);
  const tag = new GcpFirewall({ network: 'prod', project: 'net-host' }).networkTag('web');

  test.each<[string, IPeer, IHostGroup, string]>([
    ['a service account as source', account, web, 'far-end-not-a-source'],
    ['a network tag as source', tag, web, 'far-end-cloud-mismatch'],
    ['a secure tag as source of a network tag', web, tag, 'far-end-cloud-mismatch'],
    ['a secure tag of a different policy as source', other, web, 'far-end-network-mismatch'],
    [
      'a secure tag and a service account as destination',
      ranges,
      HostGroup.anyOf(web, account),
      'tags-and-accounts-mixed',
    ],
  ])('%s', (_what, source, destination, code) => {
    expectNothingCreated((stack) => open(stack, source, destination), code);
  });

  test.each([
    'tagValues/',
    'tagValues/x',
    '281484836404786',
    'web',
    '123/env/prod',
    'tagKeys/1',
    '',
    'tagValues/0',
    'tagValues/0123',
    'tagValues/00',
    '0',
    'tagValues/12345678901234567890',
    'tagvalues/1',
  ])('the secure tag %j', (value) => {
    expectRefusal(() => prod.secureTag(value), 'secure-tag-invalid');
  });

  test.each<[string, object, string]>([
    [
      'a region that is not that of the policy',
      { policy: 'projects/p/regions/us-east1/firewallPolicies/a', region: 'us-east4' },
      'policy-region-mismatch',
    ],
    [
      'a region of a global policy',
      { policy: 'projects/p/global/firewallPolicies/a', region: 'us-east4' },
      'policy-region-mismatch',
    ],
    ['a zone', { region: 'us-east4-b' }, 'location-is-a-zone'],
    ['a region that is none', { region: 'Frankfurt' }, 'location-invalid'],
    ['Egress.ALL', { egress: Egress.ALL }, 'egress-invalid'],
    ['text in place of disabled', { disabled: 'no' }, 'not-a-boolean'],
  ])('%s', (_what, props, code) => {
    expectRefusal(() => policyOf(props), code);
  });

  test('one rule name for two constructs', () => {
    expectRefusal(() => {
      const stack = newStack();
      open(stack, ranges, web, 'first');
      open(stack, ranges, prod.secureTag(OTHER_TAG), 'second');
    }, 'rule-created-twice');
  });

  test('one rule name in two policies of a stack', () => {
    expectRefusal(() => {
      const stack = newStack();
      open(stack, ranges, web, 'first');
      open(stack, ranges, other, 'second');
    }, 'rule-address-taken');
  });

  test('more secure tags than a rule can have', () => {
    const tags = Array.from({ length: 257 }, (_, at) => prod.secureTag(`tagValues/${at + 1}`));
    expectNothingCreated((stack) => open(stack, Peer.anyOf(...tags), web), 'firewall-list-too-long');
  });
});

test('deploys one policy in two stacks', () => {
  const app = Testing.app();
  const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id));
  open(first, ranges, web);
  new VClusterPlatformIngressRules(second, 'rules', { kubernetesApi: ranges, platform: web });
  expect(Object.keys(resourcesOf(second)[GLOBAL])).toEqual(['rule_allow-k8s-api-to-vcluster-platform']);
});
