import 'cdktf-cluster-ports/testing';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type GcpFirewallProps,
  GcpLogging,
  type IHostGroup,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { terraformAddresses } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const EMAIL = 'nodes@net-host.iam.gserviceaccount.com';
const platform = Peer.cidr('10.0.0.0/8');
const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');

const firewallOf = (egress?: Egress, props: Partial<GcpFirewallProps> = {}): GcpFirewall =>
  new GcpFirewall({ network: 'prod', project: 'net-host', egress, ...props });
const allowing = firewallOf(Egress.ALL);
const [web, app] = ['web', 'app'].map((tag) => allowing.networkTag(tag, { ipRanges: Peer.cidr('10.1.0.0/24') }));

function open(stack: TerraformStack, source: IPeer, destination: IHostGroup, id = 'rule'): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, id, { platform: source, prometheus: destination });
}

/** One line for every EGRESS rule: its name, its protocol, the machines and the destination. */
function egressOf(stack: TerraformStack): string[] {
  return Object.values(resourcesOf(stack).google_compute_firewall ?? {})
    .filter(({ direction }) => direction === 'EGRESS')
    .map(({ name, allow, target_tags, target_service_accounts, destination_ranges }) => {
      const machines = target_tags ?? target_service_accounts ?? 'all instances';
      return `${name}: ${allow[0].protocol} out of ${machines} to ${destination_ranges}`;
    })
    .sort();
}

function opened(source: IPeer, destination: IHostGroup): string[] {
  const stack = newStack();
  open(stack, source, destination);
  return egressOf(stack);
}

describe('egress', () => {
  const between = (egress?: Egress): string[] => {
    const [source, destination] = ['web', 'app'].map((tag) =>
      firewallOf(egress).networkTag(tag, { ipRanges: Peer.cidr('10.1.0.0/24') }),
    );
    return opened(source, destination);
  };

  test.each([undefined, Egress.UNMANAGED])('%s creates no EGRESS rule', (egress) => {
    expect(between(egress)).toEqual([]);
  });

  test('DOCUMENTED creates a rule for the documented flows of the source', () => {
    expect(between(Egress.DOCUMENTED)).toEqual([
      'allow-vcluster-platform-to-prometheus-egress: tcp out of web to 10.1.0.0/24',
    ]);
  });

  test('ALL creates a rule of each family for the source and the destination', () => {
    expect(between(Egress.ALL)).toEqual([
      'egress-all-tag-app-ipv6: all out of app to ::/0',
      'egress-all-tag-app: all out of app to 0.0.0.0/0',
      'egress-all-tag-web-ipv6: all out of web to ::/0',
      'egress-all-tag-web: all out of web to 0.0.0.0/0',
    ]);
  });

  test.each(Object.values(Egress))('%s matches the documents', (egress) => {
    for (const props of [{ disabled: false }, { disabled: true }]) {
      const firewall = firewallOf(egress, props);
      const ipRanges = Peer.cidr('10.1.0.0/24', '2001:db8::/64');
      const tags = ['a', 'b'].map((tag) => firewall.networkTag(tag, { ipRanges }));
      const account = firewall.serviceAccount(EMAIL, { ipRanges });
      const stack = newStack();
      open(stack, Peer.anyOf(tags[0], platform), tags[1]);
      new ApinizerDataStoreRules(stack, 'account', { workers: account, mongodb });
      new ApinizerDataStoreRules(stack, 'all', {
        workers: firewall.allInstances('one cluster'),
        elasticsearch: ExternalHosts.named('elasticsearch', '10.9.0.0/28'),
      });
      expect(stack).toMatchDocuments({ disabled: props.disabled ? ['cost-metrics'] : [] });
    }
  });
});

describe('ALL', () => {
  test('creates rules with the settings of the firewall, and lists them in the dependables', () => {
    const stack = newStack();
    const provider = new GoogleProvider(stack, 'google', { alias: 'host' });
    const settings = {
      provider,
      priority: 5,
      logging: GcpLogging.WITHOUT_METADATA,
      disabled: true,
      namePrefix: 'dmz-',
    };
    const rules = open(stack, platform, firewallOf(Egress.ALL, settings).networkTag('web'));
    expect(resourcesOf(stack).google_compute_firewall['firewall_dmz-egress-all-tag-web']).toEqual({
      name: 'dmz-egress-all-tag-web',
      description: expect.stringMatching(/^All outbound traffic /),
      network: 'prod',
      project: 'net-host',
      provider: 'google.host',
      direction: 'EGRESS',
      priority: 5,
      disabled: true,
      log_config: { metadata: 'EXCLUDE_ALL_METADATA' },
      allow: [{ protocol: 'all' }],
      destination_ranges: ['0.0.0.0/0'],
      target_tags: ['web'],
    });
    expect(terraformAddresses(rules)).toEqual([
      'google_compute_firewall.firewall_dmz-allow-vcluster-platform-to-prometheus',
      'google_compute_firewall.firewall_dmz-egress-all-tag-web',
      'google_compute_firewall.firewall_dmz-egress-all-tag-web-ipv6',
    ]);
  });

  test('is only for the source if the destination is external', () => {
    const stack = newStack();
    new ApinizerDataStoreRules(stack, 'stores', { workers: web, mongodb });
    expect(egressOf(stack)).toEqual([
      'egress-all-tag-web-ipv6: all out of web to ::/0',
      'egress-all-tag-web: all out of web to 0.0.0.0/0',
    ]);
  });

  test('needs no ranges of a destination', () => {
    expect(opened(allowing.networkTag('a'), allowing.networkTag('b'))).toHaveLength(4);
  });

  test('has the email of a service account in a name that GCP accepts', () => {
    expect(opened(platform, allowing.serviceAccount(EMAIL))).toEqual([
      `egress-all-account-nodes-net-host-iam-gserviceaccount-6ec9e670: all out of ${EMAIL} to 0.0.0.0/0`,
      `egress-all-account-nodes-net-host-iam-gserviceaccount-ff34b8c2: all out of ${EMAIL} to ::/0`,
    ]);
  });

  test('distinguishes accounts whose names become equal', () => {
    const names = ['a-b@c.iam.gserviceaccount.com', 'a@b-c.iam.gserviceaccount.com'].flatMap((email) =>
      opened(platform, allowing.serviceAccount(email)).map((line) => line.replace(/:.*/, '')),
    );
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
  });

  test('has no target for all instances, whatever the reason', () => {
    const stack = newStack();
    for (const reason of ['one', 'two']) {
      const database = ExternalHosts.named(reason, '10.8.0.0/28');
      const environment = firewallOf(Egress.ALL).allInstances(reason);
      new ApinizerDataStoreRules(stack, reason, { workers: environment, mongodb: database });
    }
    expect(egressOf(stack)).toEqual([
      'egress-all-instances-ipv6: all out of all instances to ::/0',
      'egress-all-instances: all out of all instances to 0.0.0.0/0',
    ]);
  });

  test('is named after the expression of a tag that is known after apply', () => {
    const stack = newStack();
    open(stack, platform, allowing.networkTag(new TerraformVariable(stack, 'tag', {}).stringValue));
    expect(egressOf(stack)).toEqual(
      [
        'egress-all-tag-var-tag-5069721c: all out of ${var.tag} to 0.0.0.0/0',
        'egress-all-tag-var-tag-ipv6-90bd28d0: all out of ${var.tag} to ::/0',
      ].sort(),
    );
  });

  test('is shared by the constructs of a stack, and by equal firewalls', () => {
    const stack = newStack();
    open(stack, platform, web);
    new ApinizerDataStoreRules(stack, 'stores', { workers: firewallOf(Egress.ALL).networkTag('web'), mongodb: app });
    const byLink = { network: 'projects/net-host/global/networks/prod', project: undefined };
    new ApinizerDataStoreRules(stack, 'more', {
      workers: firewallOf(Egress.ALL, byLink).networkTag('web'),
      elasticsearch: app,
    });
    expect(egressOf(stack)).toHaveLength(4);
  });

  test.each<Partial<GcpFirewallProps>>([
    { priority: 5 },
    { logging: GcpLogging.ALL },
    { disabled: true },
    { network: 'dev' },
  ])('fails for the same host group with the different settings %j, and creates nothing more', (props) => {
    const stack = newStack();
    open(stack, platform, web);
    const before = resourcesOf(stack);
    const other = firewallOf(Egress.ALL, props).networkTag('web');
    const openMore = (id: string, workers: IHostGroup): unknown =>
      new ApinizerDataStoreRules(stack, id, { workers, mongodb });
    expectRefusal(() => openMore('more', other), 'settings-disagree');
    expect(resourcesOf(stack)).toEqual(before);
    const prefixed = firewallOf(Egress.ALL, { ...props, namePrefix: 'more-' }).networkTag('web');
    expect(() => openMore('prefixed', prefixed)).not.toThrow();
  });

  test('fails for different projects in one stack, because the Terraform addresses would be equal', () => {
    const other = firewallOf(Egress.ALL, { project: 'other-host' }).networkTag('web');
    expectNothingCreated((stack) => {
      new ApinizerDataStoreRules(stack, 'stores', { workers: Peer.anyOf(web, other), mongodb });
    }, 'rule-address-taken');
  });

  test('fails in a second stack of the same project, where UNMANAGED or a prefix works', () => {
    const root = Testing.app();
    const [first, second] = ['first', 'second'].map((id) => new TerraformStack(root, id));
    const stores = (stack: TerraformStack, firewall: GcpFirewall, id: string): unknown =>
      new ApinizerDataStoreRules(stack, id, { workers: firewall.networkTag('web'), mongodb });
    open(first, platform, web);
    expectRefusal(() => stores(second, allowing, 'stores'), 'rule-created-twice');
    expect(resourcesOf(second)).toEqual({});
    stores(second, firewallOf(Egress.UNMANAGED), 'unmanaged');
    expect(egressOf(second)).toEqual([]);
    stores(second, firewallOf(Egress.ALL, { namePrefix: 'second-' }), 'prefixed');
    expect(egressOf(second)).toHaveLength(2);
  });

  test('is allowed in two stacks that take the project of the provider', () => {
    const root = Testing.app();
    for (const id of ['first', 'second']) {
      const stack = new TerraformStack(root, id);
      open(stack, platform, firewallOf(Egress.ALL, { project: undefined }).networkTag('web'));
      expect(egressOf(stack)).toHaveLength(2);
    }
  });

  test('creates nothing when a flow is refused', () => {
    expectNothingCreated((stack) => open(stack, allowing.allInstances('one cluster'), web), 'far-end-not-a-source');
  });
});
