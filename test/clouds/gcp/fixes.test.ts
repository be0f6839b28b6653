import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import { ComputeNetworkFirewallPolicyRule } from '@cdktf/provider-google/lib/compute-network-firewall-policy-rule';
import { DataGoogleTagsTagValue } from '@cdktf/provider-google/lib/data-google-tags-tag-value';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  AddressFamily,
  ApinizerDataStoreRules,
  AwsPrefixList,
  AwsSecurityGroup,
  DocumentedHostnameRules,
  Egress,
  ExternalHosts,
  GcpEndpoint,
  GcpAddressGroup,
  GcpFirewall,
  GcpFirewallPolicy,
  type GcpFirewallPolicyProps,
  type GcpFirewallProps,
  type GcpHostGroupOptions,
  GcpLogging,
  GcpSecureWebProxy,
  type GcpSecureWebProxyProps,
  type HostnameTable,
  type IDocumentedRules,
  type IHostGroup,
  type IPeer,
  KubernetesPods,
  Peer,
  Port,
  PrometheusCostMetricsRule,
  ReachabilityChecks,
  type ReachabilityChecksProps,
  VClusterPlatformIngressRules,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { type Fix, testFixes } from '../../support/fixes';
import { hostnameRow, hostnameTable } from '../../support/hostname-tables';
import { expectRefusal } from '../../support/refusals';

const LINK = 'projects/net-host/global/networks/prod';
const NODE = 'projects/prod/zones/europe-west3-a/instances/node-1';
const ACCOUNT = 'nodes@net-host.iam.gserviceaccount.com';
const CLUSTER = 'projects/prod/locations/europe-west3/clusters/main';

/** Plain JavaScript, which the types do not check. */
const [Firewall, Policy, Proxy] = [GcpFirewall, GcpFirewallPolicy, GcpSecureWebProxy] as any[];

const firewall = new GcpFirewall({ network: 'prod', project: 'net-host' });
const documenting = new GcpFirewall({ network: 'prod', project: 'net-host', egress: Egress.DOCUMENTED });
const web = firewall.networkTag('web');
const ranges = Peer.cidr('10.1.0.0/24');
const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');

const ADDRESS_GROUP = 'projects/net-host/locations/global/addressGroups/offices';
const addressGroup = (id = ADDRESS_GROUP, addressFamily = AddressFamily.IPV4, ipRanges?: IPeer): GcpAddressGroup =>
  GcpAddressGroup.fromId(id, { addressFamily, ipRanges });

const metricsPods = KubernetesPods.labelled({
  namespace: 'monitoring',
  labels: { app: 'prometheus' },
  ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
});
const regionalTag = new GcpFirewallPolicy({ policy: 'west', region: 'europe-west3' }).secureTag('tagValues/1');

type Call = () => unknown;

const firewallWith =
  (props: object): Call =>
  () =>
    new GcpFirewall({ network: 'prod', ...props });
const policyWith =
  (props: object): Call =>
  () =>
    new GcpFirewallPolicy({ policy: 'prod', ...props });
const proxyWith =
  (props: object): Call =>
  () =>
    new GcpSecureWebProxy({ location: 'europe-west3', ...props });
const tagWith =
  (options: object): Call =>
  () =>
    firewall.networkTag('web', options);

/** Opens one port from sources to a destination, in a new stack. */
const from =
  (platform: IPeer, prometheus: IHostGroup = web): Call =>
  () =>
    new PrometheusCostMetricsRule(newStack(), 'rule', { platform, prometheus });

/** Allows the same port outbound from the source. */
const to =
  (destination: IHostGroup): Call =>
  () =>
    new ApinizerDataStoreRules(newStack(), 'stores', { workers: documenting.networkTag('app'), mongodb: destination });

/** Checks one flow of one stack. */
const checked =
  (props: Partial<ReachabilityChecksProps>): Call =>
  () => {
    const stack = newStack();
    const [source, destination] = [GcpEndpoint.address('10.0.0.1', LINK), GcpEndpoint.instance(NODE)];
    const checks = [{ flow: 'webhook', source, destination }];
    return new ReachabilityChecks(stack, 'checks', { rules: platformRules(stack), checks, ...props });
  };

function platformRules(stack: TerraformStack): IDocumentedRules {
  return new VClusterPlatformIngressRules(stack, 'platform', { kubernetesApi: ranges, platform: web });
}

/** Opens the same flow in one stack, or in two, once for each firewall. */
const twice =
  (stacks: number, ...firewalls: GcpFirewallProps[]): Call =>
  () => {
    const app = Testing.app();
    const all = Array.from({ length: stacks }, (_, at) => new TerraformStack(app, `stack-${at}`));
    firewalls.forEach((props, at) => {
      const prometheus = new GcpFirewall(props).networkTag('web');
      const platform = Peer.cidr(`10.${at}.0.0/24`);
      new PrometheusCostMetricsRule(all[at % stacks], `rule-${at}`, { platform, prometheus });
    });
  };

/** Needs an EGRESS rule of the same host group in two constructs. */
const allEgress =
  (stacks: number, ...firewalls: GcpFirewallProps[]): Call =>
  () => {
    const app = Testing.app();
    const all = Array.from({ length: stacks }, (_, at) => new TerraformStack(app, `stack-${at}`));
    firewalls.forEach((props, at) => {
      const workers = new GcpFirewall({ egress: Egress.ALL, ...props }).networkTag('web');
      new ApinizerDataStoreRules(all[at % stacks], `stores-${at}`, { workers, mongodb });
    });
  };

/** Needs an EGRESS rule of the same host group in two constructs, with a provider in the second. */
const twoProviders =
  (props: object): Call =>
  () => {
    const stack = newStack();
    const provider = new GoogleProvider(stack, 'second', { alias: 'second', project: 'net-host' });
    for (const [at, settings] of [{}, { provider, ...props }].entries()) {
      const workers = new GcpFirewall({ ...PROD, egress: Egress.ALL, ...settings }).networkTag('web');
      new ApinizerDataStoreRules(stack, `stores-${at}`, { workers, mongodb });
    }
  };

/** Denies the rest of the traffic of the same host group in two stacks. */
const denyingTwice =
  (...firewalls: Partial<GcpFirewallProps>[]): Call =>
  () => {
    const app = Testing.app();
    const [first, second] = firewalls.map((props) =>
      new GcpFirewall({ ...PROD, denyRest: { priority: 65000 }, ...props }).networkTag('web'),
    );
    const source = Peer.cidr('10.1.0.0/24');
    new PrometheusCostMetricsRule(new TerraformStack(app, 'a'), 'rule', { platform: source, prometheus: first });
    new VClusterPlatformIngressRules(new TerraformStack(app, 'b'), 'rule', { kubernetesApi: source, platform: second });
  };

/** Synthesizes a firewall with copies beside a rule that denies at priority 1000 or 1001. */
const shadowing =
  (props: Partial<GcpFirewallProps>): Call =>
  () => {
    const stack = newStack();
    for (const priority of [1000, 1001]) {
      const deny = { sourceRanges: ['10.0.0.0/8'], deny: [{ protocol: 'all' }] };
      new ComputeFirewall(stack, `deny-${priority}`, { ...PROD, name: `deny-${priority}`, priority, ...deny });
    }
    const prometheus = new GcpFirewall({ ...PROD, shadow: true, ...props }).networkTag('web');
    new PrometheusCostMetricsRule(stack, 'rule', { platform: ranges, prometheus });
    return Testing.synth(stack);
  };

/** Synthesizes a firewall, with a copy or not, whose last rule an override moves in front of a rule that denies at priority 500. */
const movedShadow =
  (shadow: boolean): Call =>
  () => {
    const stack = newStack();
    const deny = { sourceRanges: ['10.0.0.0/8'], deny: [{ protocol: 'all' }] };
    new ComputeFirewall(stack, 'deny', { ...PROD, name: 'deny', priority: 500, ...deny });
    const prometheus = new GcpFirewall({ ...PROD, shadow }).networkTag('web');
    const { resources } = new PrometheusCostMetricsRule(stack, 'rule', { platform: ranges, prometheus });
    (resources.at(-1) as unknown as ComputeFirewall).addOverride('priority', 400);
    return Testing.synth(stack);
  };

/** Opens ports of machines with a second firewall after those that a first one denies. */
const openingAfter =
  (denyRest: number, second: Partial<GcpFirewallProps>): Call =>
  () => {
    const stack = newStack();
    const [prometheus, platform] = [{ priority: 5, denyRest: { priority: denyRest } }, second].map((props) =>
      new GcpFirewall({ ...PROD, ...props }).networkTag('web'),
    );
    new PrometheusCostMetricsRule(stack, 'first', { platform: ranges, prometheus });
    new VClusterPlatformIngressRules(stack, 'second', { kubernetesApi: ranges, platform });
    return Testing.synth(stack);
  };

/** Opens ports of machines in a policy of a network whose firewall denies the rest of their traffic. */
const openingInPolicy =
  (config: { readonly networkFirewallPolicyEnforcementOrder?: string }): Call =>
  () => {
    const stack = newStack();
    const { id: network } = new ComputeNetwork(stack, 'network', { name: 'prod', ...config });
    const association = { name: 'association', attachmentTarget: network, firewallPolicy: 'prod' };
    new ComputeNetworkFirewallPolicyAssociation(stack, 'association', association);
    const [prometheus, platform] = [
      new GcpFirewall({ network, denyRest: { priority: 65000 } }),
      new GcpFirewallPolicy({ policy: 'prod' }),
    ].map((each) => each.serviceAccount(ACCOUNT));
    new PrometheusCostMetricsRule(stack, 'first', { platform: ranges, prometheus });
    new VClusterPlatformIngressRules(stack, 'second', { kubernetesApi: ranges, platform });
    return Testing.synth(stack);
  };

const SECURE_TAG = 'tagValues/281484836404786';

/** Opens a port to machines, and hostnames to all instances, through two objects for one policy. */
const inTwoObjects =
  (ofMachines: Partial<GcpFirewallPolicyProps>, ofHostnames: Partial<GcpFirewallPolicyProps>): Call =>
  () => {
    const stack = newStack();
    const [machines, through] = [ofMachines, ofHostnames].map(
      (props) => new GcpFirewallPolicy({ policy: 'prod', ...props }),
    );
    new PrometheusCostMetricsRule(stack, 'rule', { platform: ranges, prometheus: machines.secureTag(SECURE_TAG) });
    const table = hostnameTable([hostnameRow('mirror', 'mirror.example.com', Port.tcp(443))]);
    new DocumentedHostnameRules(stack, 'hosts', { table, through });
    return Testing.synth(stack);
  };

/** Overrides the priorities of a rule of a policy: first that of the rule, then that of a rule by hand. */
const withPriorities =
  (...[own, byHand]: number[]): Call =>
  () => {
    const stack = newStack();
    const prometheus = new GcpFirewallPolicy({ policy: 'prod' }).secureTag(SECURE_TAG);
    const rules = new PrometheusCostMetricsRule(stack, 'rule', { platform: ranges, prometheus });
    const match = { srcIpRanges: ['10.0.0.0/8'], layer4Configs: [{ ipProtocol: 'tcp' }] };
    const config = { firewallPolicy: 'prod', direction: 'INGRESS', action: 'deny', match } as const;
    new ComputeNetworkFirewallPolicyRule(stack, 'by-hand', { ...config, priority: byHand });
    (rules.resources[0] as unknown as ComputeNetworkFirewallPolicyRule).addOverride('priority', own);
    return Testing.synth(stack);
  };

/** Opens the ports of two products to machines of a policy. */
const inPolicy =
  (props: Partial<GcpFirewallPolicyProps>, second: Partial<GcpFirewallPolicyProps> = props): Call =>
  () => {
    const stack = newStack();
    const [prometheus, platform] = [props, second].map((each) =>
      new GcpFirewallPolicy({ policy: 'prod', ...each }).secureTag(SECURE_TAG),
    );
    new PrometheusCostMetricsRule(stack, 'metrics', { platform: ranges, prometheus });
    new VClusterPlatformIngressRules(stack, 'platform', { kubernetesApi: ranges, platform });
    return Testing.synth(stack);
  };

/** Opens the same port to machines of several policies in one stack. */
const inPolicies =
  (...policies: Partial<GcpFirewallPolicyProps>[]): Call =>
  () => {
    const stack = newStack();
    policies.forEach((props, at) => {
      const prometheus = new GcpFirewallPolicy({ policy: 'prod', ...props }).secureTag(SECURE_TAG);
      new PrometheusCostMetricsRule(stack, `metrics-${at}`, { platform: ranges, prometheus });
    });
  };
/** Allows outbound traffic from machines of a policy to others. */
const sentToSecureTag =
  (options: GcpHostGroupOptions): Call =>
  () => {
    const policy = new GcpFirewallPolicy({ policy: 'prod', egress: Egress.DOCUMENTED });
    const [workers, database] = [policy.secureTag('tagValues/1'), policy.secureTag(SECURE_TAG, options)];
    new ApinizerDataStoreRules(newStack(), 'stores', { workers, mongodb: database });
  };
const secureTag = new GcpFirewallPolicy({ policy: 'prod' }).secureTag(SECURE_TAG);
const BLOCK = { first: 7, last: 8 };

/** Allows tables through a filter, with one construct for each table. */
function through(filters: (GcpFirewallPolicy | GcpSecureWebProxy)[], tables: HostnameTable[]): void {
  const stack = newStack();
  tables.forEach((table, at) => {
    new DocumentedHostnameRules(stack, `rules-${at}`, { table, through: filters[at % filters.length] });
  });
}

/** Allows one table through a proxy in each of two stacks. */
const inTwoStacks =
  (...props: Partial<GcpSecureWebProxyProps>[]): Call =>
  () => {
    const app = Testing.app();
    props.forEach((each, at) => {
      const stack = new TerraformStack(app, `stack-${at}`);
      const filter = new GcpSecureWebProxy({ location: 'europe-west3', project: 'net-host', ...each });
      new DocumentedHostnameRules(stack, 'rules', { table: named('a'), through: filter });
    });
  };

const policies = (...props: Partial<GcpFirewallPolicyProps>[]): GcpFirewallPolicy[] =>
  props.map((each) => new GcpFirewallPolicy({ policy: 'prod', ...each }));
const proxies = (...props: Partial<GcpSecureWebProxyProps>[]): GcpSecureWebProxy[] =>
  props.map((each) => new GcpSecureWebProxy({ location: 'europe-west3', ...each }));
const named = (id: string, count = 1, prefix = 'h'): HostnameTable =>
  hostnameTable(
    Array.from({ length: count }, (_, at) =>
      hostnameRow(`${prefix}${at}`, `${prefix}${at}.example.com`, Port.tcp(443)),
    ),
    id,
  );

function secureTags(count: number): IPeer {
  const policy = new GcpFirewallPolicy({ policy: 'prod' });
  return Peer.anyOf(
    secureTag,
    ...Array.from({ length: count - 1 }, (_, at) => policy.secureTag(`tagValues/${at + 1}`)),
  );
}

const tags = (first: number, last: number): IPeer =>
  Peer.anyOf(...Array.from({ length: last - first }, (_, at) => firewall.networkTag(`tag-${first + at}`)));
const prefixed = (namePrefix: string): IHostGroup =>
  new GcpFirewall({ network: 'prod', project: 'net-host', namePrefix }).networkTag('web');

const PROD = { network: 'prod', project: 'net-host' };

testFixes([
  [
    'the digits of a secure tag',
    'secure-tag-invalid',
    () => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('281484836404786'),
    '"tagValues/281484836404786"',
    () => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('tagValues/281484836404786'),
  ],
  [
    'a secure tag with zeros in front',
    'secure-tag-invalid',
    () => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('tagValues/0281484836404786'),
    '"tagValues/281484836404786"',
    () => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('tagValues/281484836404786'),
  ],
  [
    'the namespaced name of a secure tag',
    'secure-tag-invalid',
    () => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('123456789012/env/dev'),
    'the id of a DataGoogleTagsTagValue with its parent and shortName',
    () => {
      const tag = { parent: 'tagKeys/281478', shortName: 'dev' };
      const { id } = new DataGoogleTagsTagValue(newStack(), 'tag', tag);
      return new GcpFirewallPolicy({ policy: 'prod' }).secureTag(id);
    },
  ],
  [
    'a network tag as a secure tag',
    'secure-tag-invalid',
    () => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('web'),
    'new GcpFirewall({ network }).networkTag("web")',
    () => new GcpFirewall({ network: 'prod' }).networkTag('web'),
  ],
  [
    'two rules with one priority',
    'settings-disagree',
    inPolicy({ priorities: { first: 1000000000, last: 1000000016 } }),
    'rulePriorities: [{ rule: "allow-k8s-api-to-vcluster-platform", priority: 1000000014 }]',
    inPolicy({
      priorities: { first: 1000000000, last: 1000000016 },
      rulePriorities: [{ rule: 'allow-k8s-api-to-vcluster-platform', priority: 1000000014 }],
    }),
  ],
  [
    'two rules in a block of one priority',
    'settings-disagree',
    inPolicy({ priorities: { first: 7, last: 7 } }),
    'priorities: { first: 100000000, last: 199999999 }',
    inPolicy({ priorities: { first: 100000000, last: 199999999 } }),
  ],
  [
    'a priority of a rule that does not exist',
    'rule-unknown',
    inPolicy({ rulePriorities: [{ rule: 'allow-vcluster-platform-to-promtheus', priority: 1e8 }] }),
    '"allow-vcluster-platform-to-prometheus"',
    inPolicy({ rulePriorities: [{ rule: 'allow-vcluster-platform-to-prometheus', priority: 1e8 }] }),
  ],
  [
    'a priority of a rule outside of the block',
    'priority-outside-block',
    policyWith({ priorities: BLOCK, rulePriorities: [{ rule: 'a', priority: 9 }] }),
    'priority: 7',
    policyWith({ priorities: BLOCK, rulePriorities: [{ rule: 'a', priority: 7 }] }),
  ],
  [
    'priorities of rules that are no list',
    'rule-priorities-invalid',
    policyWith({ rulePriorities: { rule: 'a', priority: 1e8 } }),
    '[{ rule, priority }]',
    policyWith({ rulePriorities: [{ rule: 'a', priority: 1e8 }] }),
  ],
  [
    'an entry that is no object',
    'object-required',
    policyWith({ rulePriorities: ['a'] }),
    '{ rule, priority }',
    policyWith({ rulePriorities: [{ rule: 'a', priority: 1e8 }] }),
  ],
  [
    'a block that is no object',
    'object-required',
    policyWith({ priorities: 5 }),
    '{ first, last }',
    policyWith({ priorities: { first: 5e8, last: 6e8 } }),
  ],
  [
    'a block that descends',
    'priority-invalid',
    policyWith({ priorities: { first: 8, last: 7 } }),
    'priorities: { first: 7, last: 8 }',
    policyWith({ priorities: { first: 7, last: 8 } }),
  ],
  [
    'a block out of the range of Google',
    'priority-invalid',
    policyWith({ priorities: { first: 0, last: 2_147_483_647 } }),
    'priorities: { first: 100000000, last: 199999999 }',
    policyWith({ priorities: { first: 100000000, last: 199999999 } }),
  ],
  [
    'a block with the priorities of hostnames',
    'priorities-overlap',
    policyWith({ priorities: { first: 1000, last: 2000 } }),
    'priority: 2001',
    policyWith({ priorities: { first: 1000, last: 2000 }, priority: 2001 }),
  ],
  [
    'hostnames with priorities of the default block',
    'priorities-overlap',
    inPolicy({ priority: 150_000_000 }),
    'priority: 1000',
    inPolicy({ priority: 1000 }),
  ],
  [
    'hostnames with priorities of the block of a different object for the policy',
    'priorities-overlap',
    inTwoObjects({ priorities: { first: 1000, last: 200_000 }, priority: 400_000 }, {}),
    'priority: 200001',
    inTwoObjects({ priorities: { first: 1000, last: 200_000 }, priority: 400_000 }, { priority: 200_001 }),
  ],
  [
    'hostnames with priorities of the default block of a different object for the policy',
    'priorities-overlap',
    inTwoObjects({}, { priority: 150_000_000 }),
    'priority: 1000',
    inTwoObjects({}, { priority: 1000 }),
  ],
  [
    'an override with the priority of a rule by hand',
    'settings-disagree',
    withPriorities(7, 7),
    'addOverride("priority", 138803737)',
    withPriorities(138_803_737, 7),
  ],
  [
    'a region that is not that of the policy',
    'policy-region-mismatch',
    policyWith({ policy: 'projects/net-host/regions/us-east1/firewallPolicies/prod', region: 'us-east4' }),
    '"us-east1"',
    policyWith({ policy: 'projects/net-host/regions/us-east1/firewallPolicies/prod', region: 'us-east1' }),
  ],
  [
    'a region of a global policy',
    'policy-region-mismatch',
    policyWith({ policy: 'projects/net-host/global/firewallPolicies/prod', region: 'us-east4' }),
    'a policy without a region',
    policyWith({ policy: 'projects/net-host/regions/us-east4/firewallPolicies/prod', region: 'us-east4' }),
  ],
  [
    'a zone as region of a policy',
    'location-is-a-zone',
    policyWith({ region: 'us-east4-b' }),
    '"us-east4"',
    policyWith({ region: 'us-east4' }),
  ],
  [
    'Egress.ALL of a policy',
    'egress-invalid',
    policyWith({ egress: Egress.ALL }),
    'Egress.UNMANAGED',
    policyWith({ egress: Egress.UNMANAGED }),
  ],
  [
    'one rule twice in a policy',
    'rule-created-twice',
    inPolicies({}, {}),
    'a different environment, or a second GcpFirewallPolicy with a namePrefix',
    inPolicies({}, { namePrefix: 'b-' }),
  ],
  [
    'one rule in two policies of a stack',
    'rule-address-taken',
    inPolicies({}, { policy: 'dev' }),
    'a different environment, or a second GcpFirewallPolicy with a namePrefix',
    inPolicies({}, { policy: 'dev', namePrefix: 'dev-' }),
  ],
  [
    'too many secure tags in one rule',
    'firewall-list-too-long',
    from(secureTags(257), secureTag),
    'several constructs, each with a GcpFirewallPolicy that has a namePrefix of its own',
    from(secureTags(256), secureTag),
  ],
  [
    'an address group as source of a network tag',
    'far-end-cloud-mismatch',
    from(addressGroup(), web),
    `Peer.cidr(...) with the IP ranges of address group ${ADDRESS_GROUP}, or a GcpFirewallPolicy`,
    from(addressGroup(), secureTag),
  ],
  [
    'an address group in a different location',
    'address-group-location-mismatch',
    from(addressGroup(ADDRESS_GROUP.replace('global', 'europe-west3')), secureTag),
    'a group with /locations/global/ in its id',
    from(addressGroup(), secureTag),
  ],
  [
    'an address group in a different location than a regional policy',
    'address-group-location-mismatch',
    from(addressGroup(), regionalTag),
    'a group with /locations/europe-west3/ in its id',
    from(addressGroup(ADDRESS_GROUP.replace('global', 'europe-west3')), regionalTag),
  ],
  [
    'an address group as source of pods',
    'far-end-cloud-mismatch',
    from(addressGroup(), metricsPods),
    `Peer.cidr(...) with the IP ranges of address group ${ADDRESS_GROUP}`,
    from(ranges, metricsPods),
  ],
  [
    'an address group with ranges of the other family',
    'address-family-invalid',
    () => addressGroup(ADDRESS_GROUP, AddressFamily.IPV4, Peer.cidr('2001:db8::/32')),
    'addressFamily: AddressFamily.IPV6',
    () => addressGroup(ADDRESS_GROUP, AddressFamily.IPV6, Peer.cidr('2001:db8::/32')),
  ],
  [
    'a network tag as source of a policy',
    'far-end-cloud-mismatch',
    from(web, secureTag),
    'Peer.cidr(...) with the IP ranges of network tag web',
    from(ranges, secureTag),
  ],
  [
    'a secure tag as source of a network tag',
    'far-end-cloud-mismatch',
    from(secureTag, web),
    `Peer.cidr(...) with the IP ranges of secure tag ${SECURE_TAG}`,
    from(ranges, web),
  ],
  [
    'a secure tag of a different policy as source',
    'far-end-network-mismatch',
    from(new GcpFirewallPolicy({ policy: 'dev' }).secureTag(SECURE_TAG), secureTag),
    `Peer.cidr(...) with the IP ranges of secure tag ${SECURE_TAG}`,
    from(ranges, secureTag),
  ],
  [
    'a service account of a policy as source',
    'far-end-not-a-source',
    from(new GcpFirewallPolicy({ policy: 'prod' }).serviceAccount(ACCOUNT), secureTag),
    `Peer.cidr(...) with the IP ranges of service account ${ACCOUNT}`,
    from(ranges, secureTag),
  ],
  [
    'a secure tag as destination of EGRESS rules without its ranges',
    'far-end-without-ranges',
    sentToSecureTag({}),
    'secureTag(tagValue, { ipRanges: Peer.cidr(...) })',
    sentToSecureTag({ ipRanges: ranges }),
  ],
  [
    'a priority in front of the rules for denyRest',
    'priority-invalid',
    firewallWith({ denyRest: { priority: 900 } }),
    'denyRest: { priority: 65000 }',
    firewallWith({ denyRest: { priority: 65000 } }),
  ],
  [
    'rules of a large priority number with denyRest',
    'priority-invalid',
    firewallWith({ priority: 65100, denyRest: { priority: 65000 } }),
    'denyRest: { priority: 65101 }',
    firewallWith({ priority: 65100, denyRest: { priority: 65101 } }),
  ],
  [
    'rules after which there is no priority for denyRest',
    'priority-invalid',
    firewallWith({ priority: 65533, denyRest: { priority: 65534 } }),
    'priority: 1000',
    firewallWith({ priority: 1000, denyRest: { priority: 65533 } }),
  ],
  [
    'denyRest without an object',
    'object-required',
    firewallWith({ denyRest: 65000 }),
    '{ priority: 65000 }',
    firewallWith({ denyRest: { priority: 65000 } }),
  ],
  [
    'denyRest for one host group in two stacks',
    'rule-created-twice',
    denyingTwice({}, {}),
    'a GcpFirewall without denyRest or with a namePrefix in one of the stacks',
    denyingTwice({}, { denyRest: undefined }),
    denyingTwice({}, { namePrefix: 'second-' }),
  ],
  [
    'a copy in front of priority 0',
    'priority-invalid',
    firewallWith({ priority: 0, shadow: true }),
    'priority: 1',
    firewallWith({ priority: 1, shadow: true }),
  ],
  [
    'a copy in front of a rule that denies',
    'shadow-overtakes-deny',
    shadowing({}),
    'priority: 1002',
    shadowing({ priority: 1002 }),
  ],
  [
    'a copy that an override moves in front of a rule that denies',
    'shadow-overtakes-deny',
    movedShadow(true),
    'shadow: false',
    movedShadow(false),
  ],
  [
    'a port after the rest that a different firewall denies',
    'deny-rest-closes',
    openingAfter(10, { priority: 20 }),
    'denyRest: { priority: 65000 }',
    openingAfter(65000, { priority: 20 }),
  ],
  [
    'a port after everything',
    'deny-rest-closes',
    openingAfter(65000, { priority: 65534 }),
    'priority: 1000',
    openingAfter(65000, { priority: 1000 }),
  ],
  [
    'a port after everything, and few priorities in front of it',
    'deny-rest-closes',
    openingAfter(6, { priority: 65533 }),
    'priority: 5',
    openingAfter(6, { priority: 5 }),
  ],
  [
    'a policy after the rest that firewall rules deny',
    'deny-rest-closes',
    openingInPolicy({}),
    'networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL" of the network',
    openingInPolicy({ networkFirewallPolicyEnforcementOrder: 'BEFORE_CLASSIC_FIREWALL' }),
  ],
  [
    'a scope and an id',
    'scope-not-expected',
    () => new Firewall(newStack(), 'a', PROD),
    'new GcpFirewall({ network })',
    () => new Firewall(PROD),
  ],
  [
    'a scope for a policy',
    'scope-not-expected',
    () => new Policy(newStack(), 'a', { policy: 'prod' }),
    'new GcpFirewallPolicy({ policy })',
    () => new Policy({ policy: 'prod' }),
  ],
  [
    'a scope for a proxy',
    'scope-not-expected',
    () => new Proxy(newStack(), 'a', { location: 'europe-west3' }),
    'new GcpSecureWebProxy({ location })',
    () => new Proxy({ location: 'europe-west3' }),
  ],
  ['no props', 'object-required', () => new Firewall(), '{ network }', () => new Firewall({ network: 'prod' })],
  ['no props of a policy', 'object-required', () => new Policy(), '{ policy }', () => new Policy({ policy: 'prod' })],
  [
    'no props of a proxy',
    'object-required',
    () => new Proxy(),
    '{ location }',
    () => new Proxy({ location: 'europe-west3' }),
  ],
  [
    'ranges in place of options',
    'object-required',
    () => firewall.networkTag('web', '10.1.0.0/24' as never),
    '{ ipRanges }',
    tagWith({ ipRanges: ranges }),
  ],
  ['a misspelled prop', 'prop-unknown', firewallWith({ prioritty: 5 }), '"priority"', firewallWith({ priority: 5 })],
  ['a misspelled option', 'prop-unknown', tagWith({ ipRange: ranges }), '"ipRanges"', tagWith({ ipRanges: ranges })],
  [
    'the project of a service',
    'project-mismatch',
    firewallWith({ network: LINK, project: 'web-prod' }),
    '"net-host"',
    firewallWith({ network: LINK, project: 'net-host' }),
  ],
  [
    'the name of a member as logging',
    'logging-invalid',
    firewallWith({ logging: 'WITHOUT_METADATA' }),
    'GcpLogging.WITHOUT_METADATA',
    firewallWith({ logging: GcpLogging.WITHOUT_METADATA }),
  ],
  ...[firewallWith, policyWith].map((filter): Fix => [
    'a misspelled member as logging',
    'logging-invalid',
    filter({ logging: 'all' }),
    'GcpLogging.ALL',
    filter({ logging: GcpLogging.ALL }),
  ]),
  [
    'logging of a policy without metadata',
    'logging-metadata-required',
    policyWith({ logging: GcpLogging.WITHOUT_METADATA }),
    'GcpLogging.ALL',
    policyWith({ logging: GcpLogging.ALL }),
  ],
  [
    'the name of a member as egress',
    'egress-invalid',
    firewallWith({ egress: 'ALL' }),
    'Egress.ALL',
    firewallWith({ egress: Egress.ALL }),
  ],
  [
    'false as egress',
    'egress-invalid',
    firewallWith({ egress: false }),
    'Egress.UNMANAGED',
    firewallWith({ egress: Egress.UNMANAGED }),
  ],
  [
    'a list of ranges',
    'peer-required',
    tagWith({ ipRanges: '10.1.0.0/24' }),
    'Peer.cidr("10.1.0.0/24")',
    tagWith({ ipRanges: ranges }),
  ],
  [
    'a tag as ranges',
    'ip-ranges-required',
    tagWith({ ipRanges: web }),
    'Peer.cidr(...)',
    tagWith({ ipRanges: ranges }),
  ],
  [
    'a security group as source',
    'far-end-cloud-mismatch',
    from(AwsSecurityGroup.fromId('sg-12345678')),
    'Peer.cidr(...) with the IP ranges of security group sg-12345678',
    from(ranges),
  ],
  [
    'a security group among the sources',
    'far-end-cloud-mismatch',
    from(Peer.anyOf(firewall.networkTag('a'), AwsSecurityGroup.fromId('sg-12345678'))),
    'Peer.cidr(...) with the IP ranges of security group sg-12345678',
    from(Peer.anyOf(firewall.networkTag('a'), ranges)),
  ],
  [
    'a prefix list as source',
    'far-end-cloud-mismatch',
    from(AwsPrefixList.fromId('pl-12345678', { maxEntries: 1 })),
    'Peer.cidr(...) with the IP ranges of prefix list pl-12345678',
    from(ranges),
  ],
  [
    'a service account of a different network as source',
    'far-end-network-mismatch',
    from(new GcpFirewall({ network: 'dev' }).serviceAccount(ACCOUNT), firewall.serviceAccount(ACCOUNT)),
    `Peer.cidr(...) with the IP ranges of service account ${ACCOUNT}`,
    from(ranges, firewall.serviceAccount(ACCOUNT)),
  ],
  [
    'all instances as source',
    'far-end-not-a-source',
    from(firewall.allInstances('one cluster')),
    'Peer.cidr(...) with the IP ranges of all instances of the network',
    from(ranges),
  ],
  [
    'a tag of a different network as source',
    'far-end-network-mismatch',
    from(new GcpFirewall({ network: 'dev' }).networkTag('web')),
    'Peer.cidr(...) with the IP ranges of network tag web',
    from(ranges),
  ],
  [
    'a tag without ranges as destination',
    'far-end-without-ranges',
    to(firewall.networkTag('a')),
    'networkTag(tag, { ipRanges: Peer.cidr(...) })',
    to(firewall.networkTag('a', { ipRanges: ranges })),
  ],
  [
    'an account without ranges as destination',
    'far-end-without-ranges',
    () =>
      new ApinizerDataStoreRules(newStack(), 'stores', {
        workers: documenting.serviceAccount(ACCOUNT),
        mongodb: firewall.serviceAccount(ACCOUNT),
      }),
    'serviceAccount(email, { ipRanges: Peer.cidr(...) })',
    () =>
      new ApinizerDataStoreRules(newStack(), 'stores', {
        workers: documenting.serviceAccount(ACCOUNT),
        mongodb: firewall.serviceAccount(ACCOUNT, { ipRanges: ranges }),
      }),
  ],
  [
    'all outbound traffic with two providers',
    'settings-disagree',
    twoProviders({}),
    'a second GcpFirewall with a namePrefix',
    twoProviders({ namePrefix: 'b-' }),
  ],
  [
    'all instances as destination',
    'far-end-without-ranges',
    to(firewall.allInstances('one cluster')),
    'networkTag(tag, { ipRanges: Peer.cidr(...) })',
    to(firewall.networkTag('a', { ipRanges: ranges })),
  ],
  [
    'too many tags',
    'firewall-list-too-long',
    from(tags(0, 31)),
    'several constructs, each with a GcpFirewall that has a namePrefix of its own',
    () => {
      const stack = newStack();
      for (const [id, platform] of [['a-', tags(0, 30)] as const, ['b-', tags(30, 31)] as const]) {
        new PrometheusCostMetricsRule(stack, id, { platform, prometheus: prefixed(id) });
      }
    },
  ],
  [
    'one firewall name twice',
    'rule-created-twice',
    twice(1, PROD, PROD),
    'Peer.anyOf(...) with all sources, a different environment, or a second GcpFirewall with a namePrefix',
    twice(1, PROD, { ...PROD, namePrefix: 'b-' }),
  ],
  [
    'one firewall name in two projects',
    'rule-address-taken',
    twice(1, PROD, { ...PROD, project: 'web-host' }),
    'a different environment, or a second GcpFirewall with a namePrefix',
    twice(1, PROD, { ...PROD, project: 'web-host', namePrefix: 'b-' }),
  ],
  [
    'all outbound traffic in two stacks',
    'rule-created-twice',
    allEgress(2, PROD, PROD),
    'a GcpFirewall with Egress.UNMANAGED or a namePrefix in one of the stacks',
    allEgress(2, PROD, { ...PROD, egress: Egress.UNMANAGED }),
  ],
  [
    'all outbound traffic of a tag in two networks of one project',
    'settings-disagree',
    allEgress(1, PROD, { ...PROD, network: 'test' }),
    'a second GcpFirewall with a namePrefix',
    allEgress(1, PROD, { ...PROD, network: 'test', namePrefix: 'test-' }),
  ],
  [
    'all outbound traffic with two priorities',
    'settings-disagree',
    allEgress(1, PROD, { ...PROD, priority: 5 }),
    'a second GcpFirewall with a namePrefix',
    allEgress(1, PROD, { ...PROD, priority: 5, namePrefix: 'b-' }),
  ],
  [
    'all outbound traffic in two projects',
    'rule-address-taken',
    allEgress(1, PROD, { ...PROD, project: 'web-host' }),
    'a second GcpFirewall with a namePrefix',
    allEgress(1, PROD, { ...PROD, project: 'web-host', namePrefix: 'b-' }),
  ],
  [
    'a region in a list',
    'location-invalid',
    proxyWith({ location: ['europe-west3'] }),
    '"europe-west3"',
    proxyWith({}),
  ],
  [
    'a zone',
    'location-is-a-zone',
    proxyWith({ location: 'us-east1-b' }),
    '"us-east1"',
    proxyWith({ location: 'us-east1' }),
  ],
  [
    'one table twice in a policy',
    'rule-created-twice',
    () => through(policies({}), [named('a'), named('a')]),
    'a second GcpFirewallPolicy with a namePrefix and a different priority',
    () => through(policies({}, { namePrefix: 'b-', priority: 5000 }), [named('a'), named('a')]),
  ],
  [
    'one table twice in a proxy',
    'rule-created-twice',
    () => through(proxies({}), [named('a'), named('a')]),
    'a second GcpSecureWebProxy with a namePrefix and a different priority',
    () => through(proxies({}, { namePrefix: 'b-', priority: 5000 }), [named('a'), named('a')]),
  ],
  [
    'one proxy in two stacks',
    'rule-created-twice',
    inTwoStacks({}, {}),
    'one stack for all hostnames of a proxy, or a policy with a different name',
    () => through(proxies({}), [named('a')]),
    inTwoStacks({}, { policy: 'second' }),
  ],
  [
    'two tables with one priority',
    'settings-disagree',
    () => through(proxies({}), [named('a'), named('b')]),
    'a different priority for one of the tables',
    () => through(proxies({}, { priority: 5000 }), [named('a'), named('b')]),
  ],
  [
    'too many hostnames for a policy',
    'too-many-hostnames',
    () => through(policies({}), [named('a', 101)]),
    'several tables, each with a GcpFirewallPolicy that has a priority of its own',
    () => through(policies({}, { priority: 5000 }), [named('a', 100), named('b', 1, 'i')]),
  ],
  [
    'too many hostnames for a proxy',
    'too-many-hostnames',
    () => through(proxies({}), [named('a', 2501)]),
    'several tables, each with a GcpSecureWebProxy that has a priority of its own',
    () => through(proxies({}, { priority: 5000 }), [named('a', 2500), named('b', 1, 'i')]),
  ],
  [
    'a range of one address',
    'ip-address-invalid',
    () => GcpEndpoint.address('10.0.0.7/32', LINK),
    '"10.0.0.7"',
    () => GcpEndpoint.address('10.0.0.7', LINK),
  ],
  [
    'an IPv6 address',
    'ip-address-invalid',
    () => GcpEndpoint.address('2001:db8::7', LINK),
    'GcpEndpoint.instance(id)',
    () => GcpEndpoint.instance(NODE),
  ],
  [
    'triggers of a Connectivity Test',
    'triggers-not-supported',
    checked({ triggers: { version: '1' } }),
    'no triggers',
    checked({}),
  ],
  [
    'a control plane as destination',
    'endpoint-not-supported',
    checked({
      checks: [
        { flow: 'webhook', source: GcpEndpoint.instance(NODE), destination: GcpEndpoint.gkeControlPlane(CLUSTER) },
      ],
    }),
    'GcpEndpoint.address(address, network)',
    checked({
      checks: [
        {
          flow: 'webhook',
          source: GcpEndpoint.instance(NODE),
          destination: GcpEndpoint.address('10.0.0.7', LINK),
        },
      ],
    }),
  ],
]);

test('never shows a token', () => {
  const stack = newStack();
  const tagList = new TerraformVariable(stack, 'tags', { type: 'list(string)' });
  expectRefusal(() => firewall.networkTag(Token.asList(tagList.value)[0]), 'network-tag-invalid');
  expectRefusal(() => firewall.serviceAccount(Token.asList(tagList.value)[0]), 'service-account-invalid');
  const cluster = GcpEndpoint.gkeControlPlane(new TerraformVariable(stack, 'cluster', {}).stringValue);
  const checks = [{ flow: 'webhook', source: GcpEndpoint.instance(NODE), destination: cluster }];
  expectRefusal(checked({ checks }), 'endpoint-not-supported');
  for (const list of ['errors.json', 'fixes.json']) {
    expect(readFileSync(join(__dirname, '__snapshots__', list), 'utf8')).not.toMatch(/#\{TfToken/);
  }
});
