import 'cdktf-cluster-ports/testing';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { type TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type GcpFirewallProps,
  GcpLogging,
  HostGroup,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { cli, temporaryDirectory, unwrappedCells } from '../../support/cli';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const firewallOf = (props: Partial<GcpFirewallProps> = {}): GcpFirewall =>
  new GcpFirewall({ network: 'default', project: 'net-host', denyRest: { priority: 65000 }, ...props });
const platform = Peer.cidr('10.0.0.0/8');

/** One line for every rule that denies: its name, its priority, and what it denies. */
function denies(stack: TerraformStack): string[] {
  return Object.values(resourcesOf(stack).google_compute_firewall ?? {})
    .filter(({ deny }) => deny !== undefined)
    .map(({ name, priority, direction, deny, ...rule }) => {
      const machines = rule.target_tags ?? rule.target_service_accounts ?? 'all instances';
      const ranges = direction === 'INGRESS' ? rule.source_ranges : rule.destination_ranges;
      return `${priority} ${name}: ${direction} ${deny[0].protocol} ${ranges} at ${machines}`;
    })
    .sort();
}

test('denies the rest of the inbound traffic of every host group to which a port is open, once for all constructs', () => {
  const stack = newStack();
  const firewall = firewallOf();
  const [web, app] = ['web', 'app'].map((tag) => firewall.networkTag(tag));
  new PrometheusCostMetricsRule(stack, 'a', { platform, prometheus: HostGroup.anyOf(web, app) });
  new VClusterPlatformIngressRules(stack, 'b', { kubernetesApi: web, platform: app });
  expect(denies(stack)).toEqual([
    '65000 deny-ingress-tag-app-ipv6: INGRESS all ::/0 at app',
    '65000 deny-ingress-tag-app: INGRESS all 0.0.0.0/0 at app',
    '65000 deny-ingress-tag-web-ipv6: INGRESS all ::/0 at web',
    '65000 deny-ingress-tag-web: INGRESS all 0.0.0.0/0 at web',
  ]);
});

test('denies outbound traffic only where outbound traffic is managed', () => {
  const lines = (egress: Egress): string[] => {
    const stack = newStack();
    const firewall = firewallOf({ egress });
    const workers = firewall.serviceAccount('nodes@net-host.iam.gserviceaccount.com');
    new ApinizerDataStoreRules(stack, 'a', { workers, mongodb: ExternalHosts.named('mongodb', '10.8.0.0/28') });
    return denies(stack);
  };
  expect(lines(Egress.UNMANAGED)).toEqual([]);
  expect(lines(Egress.ALL)).toEqual([]);
  // the end of each name is a hash, because an email has characters that a name cannot have
  expect(lines(Egress.DOCUMENTED)).toEqual([
    '65000 deny-egress-account-nodes-net-host-iam-gserviceaccount-433514c4: EGRESS all 0.0.0.0/0 at nodes@net-host.iam.gserviceaccount.com',
    '65000 deny-egress-account-nodes-net-host-iam-gserviceaccount-7f38afad: EGRESS all ::/0 at nodes@net-host.iam.gserviceaccount.com',
  ]);
});

test('gives the rules the settings of the firewall, and lists them in the dependables', () => {
  const stack = newStack();
  const firewall = firewallOf({ namePrefix: 'dmz-', logging: GcpLogging.ALL, disabled: true, priority: 5 });
  const rules = new PrometheusCostMetricsRule(stack, 'a', { platform, prometheus: firewall.networkTag('web') });
  expect(resourcesOf(stack).google_compute_firewall['firewall_dmz-deny-ingress-tag-web']).toEqual({
    name: 'dmz-deny-ingress-tag-web',
    description: 'Denies the inbound traffic that no rule with a smaller priority number allows',
    network: 'default',
    project: 'net-host',
    direction: 'INGRESS',
    priority: 65000,
    disabled: true,
    log_config: { metadata: 'INCLUDE_ALL_METADATA' },
    deny: [{ protocol: 'all' }],
    source_ranges: ['0.0.0.0/0'],
    target_tags: ['web'],
  });
  expect(rules.dependables.map(({ fqn }) => fqn)).toEqual([
    'google_compute_firewall.firewall_dmz-allow-vcluster-platform-to-prometheus',
    'google_compute_firewall.firewall_dmz-deny-ingress-tag-web',
    'google_compute_firewall.firewall_dmz-deny-ingress-tag-web-ipv6',
  ]);
});

test('leaves the documented flows open, and nothing else is reported', () => {
  const stack = newStack();
  const firewall = firewallOf({ egress: Egress.DOCUMENTED });
  const ipRanges = Peer.cidr('10.1.0.0/24');
  const [web, app] = ['web', 'app'].map((tag) => firewall.networkTag(tag, { ipRanges }));
  new PrometheusCostMetricsRule(stack, 'a', { platform: Peer.anyOf(platform, web), prometheus: app });
  expect(stack).toMatchDocuments();
});

/** A packet at one port of a machine with tags. */
interface Packet {
  readonly source: number;
  readonly port: number;
  readonly tags: readonly string[];
}

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function isIn(address: number, range: string): boolean {
  const [first, length] = range.split('/');
  return (
    !range.includes(':') &&
    Math.floor(address / 2 ** (32 - Number(length))) === Math.floor(toNumber(first) / 2 ** (32 - Number(length)))
  );
}

/** Evaluates every inbound rule of a network, as Google documents it: by priority, and a rule that denies first. */
function isPermitted(rules: readonly any[], { source, port, tags }: Packet): boolean {
  const [first] = rules
    .filter(
      (rule) =>
        rule.direction !== 'EGRESS' &&
        (rule.target_tags?.some((tag: string) => tags.includes(tag)) ?? true) &&
        rule.source_ranges.some((range: string) => isIn(source, range)) &&
        (rule.allow ?? rule.deny).some(
          ({ protocol, ports }: any) =>
            protocol === 'all' ||
            ports === undefined ||
            ports.some((text: string) => {
              const [from, to = from] = text.split('-').map(Number);
              return from <= port && port <= to;
            }),
        ),
    )
    .sort((a, b) => a.priority - b.priority || Number('allow' in a) - Number('allow' in b));
  return first?.allow !== undefined;
}

/** The rules that Google adds to a network of the name `default`, as far as they are for tcp. */
function addDefaultRules(stack: TerraformStack): void {
  const common = { network: 'default', project: 'net-host', priority: 65534 };
  new ComputeFirewall(stack, 'internal', {
    ...common,
    name: 'default-allow-internal',
    sourceRanges: ['10.128.0.0/9'],
    allow: [{ protocol: 'tcp', ports: ['0-65535'] }],
  });
  new ComputeFirewall(stack, 'ssh', {
    ...common,
    name: 'default-allow-ssh',
    sourceRanges: ['0.0.0.0/0'],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
  });
}

test.each([
  [true, ['10.128.0.7 8443', '10.128.0.7 9443', '10.128.0.7 9444']],
  [
    false,
    [
      '10.128.0.7 1',
      '10.128.0.7 22',
      '10.128.0.7 8443',
      '10.128.0.7 9443',
      '10.128.0.7 9444',
      '10.200.0.1 1',
      '10.200.0.1 22',
      '10.200.0.1 8443',
      '10.200.0.1 9443',
      '10.200.0.1 9444',
      '192.0.2.1 22',
    ],
  ],
])('permits in a default network exactly what is documented, and only with it: %s', (isDenied, expected) => {
  const stack = newStack();
  addDefaultRules(stack);
  const firewall = firewallOf(isDenied ? {} : { denyRest: undefined });
  new VClusterPlatformIngressRules(stack, 'a', {
    kubernetesApi: Peer.cidr('10.128.0.0/24'),
    platform: firewall.networkTag('platform'),
  });
  const rules = Object.values(resourcesOf(stack).google_compute_firewall);
  const permitted = ['10.128.0.7', '10.200.0.1', '192.0.2.1'].flatMap((address) =>
    [1, 22, 8443, 9443, 9444]
      .filter((port) => isPermitted(rules, { source: toNumber(address), port, tags: ['platform'] }))
      .map((port) => `${address} ${port}`),
  );
  expect(permitted).toEqual(expected);
  // machines without the tag stay as they are
  expect(isPermitted(rules, { source: toNumber('10.200.0.1'), port: 1, tags: [] })).toBe(true);
});

describe('with a default network', () => {
  const directory = temporaryDirectory();
  const file = (name: string, denyRest?: { priority: number }): string => {
    const stack = newStack();
    new GoogleProvider(stack, 'google', { project: 'net-host' });
    addDefaultRules(stack);
    const web = firewallOf({ denyRest }).networkTag('web');
    new PrometheusCostMetricsRule(stack, 'a', { platform, prometheus: web });
    return directory.file(name, Testing.synth(stack));
  };

  test('explain names the rule that denies', async () => {
    const packet = ['--from', '10.200.0.1', '--to', 'tag:web', '--port', '22/tcp'];
    const { stdout } = await cli(['explain', file('with.json', { priority: 65000 }), ...packet]);
    const [, [end, verdict, rules, effects]] = unwrappedCells(stdout);
    expect([end, verdict]).toEqual(['destination', 'refused']);
    expect(rules).toMatch(/^google_compute_firewall\.firewall_deny-ingress-tag-web(?!-)/);
    expect(effects).toMatch(/^decides:deny/);
    expect(stdout).toContain('The packet is refused: 22/tcp from 10.200.0.1 to tag:web on net-host/default.');
  });

  test('diff shows what is closed', async () => {
    const { stdout } = await cli(['diff', file('without.json'), file('with.json', { priority: 65000 })]);
    const rows = unwrappedCells(stdout);
    expect(rows.map(([change, direction, at, now, before]) => [change, direction, at, now, before])).toEqual([
      ['closed', 'ingress', 'tag:webonnet-host/default', '9090/tcp10.128.0.0/9', '0-65535/tcp10.128.0.0/9'],
      ['closed', 'ingress', 'tag:webonnet-host/default', '', '22/tcp0.0.0.0/0'],
    ]);
  });
});

test.each<[string, object, string]>([
  ['the priority of the rules', { denyRest: { priority: 1000 } }, 'priority-invalid'],
  ['a priority in front of the rules', { priority: 2000, denyRest: { priority: 1500 } }, 'priority-invalid'],
  ['the priority of the rules of a default network', { denyRest: { priority: 65534 } }, 'priority-invalid'],
  ['a priority that is none', { denyRest: { priority: '65000' } }, 'priority-invalid'],
  ['no priority', { denyRest: {} }, 'priority-invalid'],
  ['rules after which no priority is left', { priority: 65533, denyRest: { priority: 65533 } }, 'priority-invalid'],
  ['true', { denyRest: true }, 'object-required'],
])('fails for %s', (_what, props, code) => {
  expectRefusal(() => new GcpFirewall({ network: 'prod', ...props }), code);
});
