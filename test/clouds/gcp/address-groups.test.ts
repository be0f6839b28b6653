import { NetworkSecurityAddressGroup } from '@cdktf/provider-google/lib/network-security-address-group';
import { ComputeNetworkFirewallPolicyAssociation } from '@cdktf/provider-google/lib/compute-network-firewall-policy-association';
import type { TerraformStack } from 'cdktf';
import {
  AddressFamily,
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpAddressGroup,
  type GcpAddressGroupOptions,
  GcpFirewall,
  GcpFirewallPolicy,
  HostGroup,
  type IHostGroup,
  type IPeer,
  KubernetesPods,
  Peer,
  Port,
  PrometheusCostMetricsRule,
} from '../../../lib';
import '../../../lib/testing';
import { commandScript } from '../../../lib/documents';
import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { newStack } from '../../support/clouds';
import { readBack } from '../../support/traced';
import type { ErrorCode } from '../../../lib/input';
import { errorOf, expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const OFFICES = 'projects/net-host/locations/global/addressGroups/offices';
const TAG = 'tagValues/281484836404786';
const RULE = 'google_compute_network_firewall_policy_rule';

const v4 = (id = OFFICES, options: Partial<GcpAddressGroupOptions> = {}): GcpAddressGroup =>
  GcpAddressGroup.fromId(id, { addressFamily: AddressFamily.IPV4, ...options });
const v6 = GcpAddressGroup.fromId(`${OFFICES}-ipv6`, { addressFamily: AddressFamily.IPV6 });
const policy = new GcpFirewallPolicy({ policy: 'prod', project: 'net-host' });
const web = policy.secureTag(TAG);

function open(stack: TerraformStack, platform: IPeer, prometheus: IHostGroup = web): void {
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
}

/** A stack whose policy is attached to a network. */
function opened(platform: IPeer, change: (stack: TerraformStack) => unknown = () => undefined): TerraformStack {
  const stack = newStack();
  change(stack);
  new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
    name: 'prod',
    attachmentTarget: 'projects/net-host/global/networks/prod',
    firewallPolicy: 'prod',
    project: 'net-host',
  });
  open(stack, platform);
  return stack;
}

function matches(stack: TerraformStack): Record<string, any> {
  const rules = Object.values(resourcesOf(stack)[RULE]);
  return Object.fromEntries(
    rules.map(({ rule_name: name, match }) => {
      const entries = Object.entries(match as object).filter(([key]) => key !== 'layer4_configs');
      return [name, Object.fromEntries(entries)];
    }),
  );
}

test('is named after its id, and knows the ranges that are given', () => {
  const { label, ipRanges } = v4(OFFICES, { ipRanges: Peer.cidr('203.0.113.0/24', '198.51.100.0/24') });
  expect(label).toBe(`address group ${OFFICES}`);
  expect(ipRanges).toEqual(['198.51.100.0/24', '203.0.113.0/24']);
  expect(v4().ipRanges).toEqual([]);
});

test('is a source in the rule of its IP family, beside ranges and secure tags', () => {
  const other = 'organizations/123456789/locations/global/addressGroups/all';
  const source = Peer.anyOf(v4(), v4(other), v6, Peer.cidr('10.0.0.0/8'), policy.secureTag('tagValues/7'));
  const stack = opened(source);
  expect(matches(stack)).toEqual({
    'allow-vcluster-platform-to-prometheus': {
      src_address_groups: [other, OFFICES],
      src_ip_ranges: ['10.0.0.0/8'],
      src_secure_tags: [{ name: 'tagValues/7' }],
    },
    'allow-vcluster-platform-to-prometheus-ipv6': { src_address_groups: [`${OFFICES}-ipv6`] },
  });
  expect(stack).toMatchDocuments();
});

const group = (stack: TerraformStack, items: string[]): NetworkSecurityAddressGroup =>
  new NetworkSecurityAddressGroup(stack, 'offices', {
    name: 'offices',
    parent: 'projects/net-host',
    location: 'global',
    type: 'IPV4',
    capacity: 10,
    items,
  });

test('a group of the app is referred to by its id, and its IP addresses are read back', () => {
  const stack = newStack();
  const { id } = group(stack, ['203.0.113.0/24', '198.51.100.7']);
  new ComputeNetworkFirewallPolicyAssociation(stack, 'at', {
    name: 'prod',
    attachmentTarget: 'projects/net-host/global/networks/prod',
    firewallPolicy: 'prod',
    project: 'net-host',
  });
  open(stack, v4(id));
  const reference = '${google_network_security_address_group.offices.id}';
  expect(matches(stack)['allow-vcluster-platform-to-prometheus']).toEqual({ src_address_groups: [reference] });
  expect(stack).toMatchDocuments();
  const asked = (from: string, port = '9090/tcp'): string => verdict(stack, from, port);
  expect(['203.0.113.9', '198.51.100.7', '198.51.100.8'].map((from) => asked(from))).toEqual([
    'passes',
    'passes',
    'refused',
  ]);
  expect(asked('203.0.113.9', '9091/tcp')).toBe('refused');
});

function verdict(stack: TerraformStack, from: string, port = '9090/tcp'): string {
  const configuration = readTerraform(JSON.parse(JSON.stringify(stack.toTerraform())), 'cdk.tf.json');
  return explain(configuration, { from, to: `secure-tag:${TAG}`, port }).verdict;
}

test('a group whose IP addresses are in no file may have any, and can be asked for by its name', () => {
  const stack = opened(v4());
  expect(verdict(stack, '203.0.113.9')).toBe('not known');
  expect(verdict(stack, '203.0.113.9', '9091/tcp')).toBe('refused');
  expect(verdict(stack, `address group ${OFFICES}`)).toBe('passes');
  expect(verdict(stack, `list:${OFFICES}`)).toBe('passes');
});

test('the id finds a group in the file, also if it was written by hand', () => {
  const stack = opened(v4(), (own) => group(own, ['203.0.113.0/24']));
  expect(['203.0.113.9', '192.0.2.1'].map((from) => verdict(stack, from))).toEqual(['passes', 'refused']);
});

test('egress of rules by hand is read back, and what a group denies is not open', () => {
  const json = {
    resource: {
      google_compute_network_firewall_policy_association: {
        at: { name: 'at', attachment_target: 'projects/p/global/networks/prod', firewall_policy: 'prod', project: 'p' },
      },
      google_network_security_address_group: {
        db: { name: 'db', parent: 'projects/p', location: 'global', type: 'IPV4', capacity: 9, items: ['10.8.0.0/28'] },
      },
      [RULE]: {
        deny: {
          firewall_policy: 'prod',
          project: 'p',
          priority: 1,
          action: 'deny',
          direction: 'EGRESS',
          target_secure_tags: [{ name: TAG }],
          match: {
            dest_address_groups: ['//networksecurity.googleapis.com/projects/p/locations/global/addressGroups/db'],
            layer4_configs: [{ ip_protocol: 'tcp' }],
          },
        },
      },
    },
  };
  const configuration = readTerraform(json, 'cdk.tf.json');
  const asked = (to: string): string =>
    explain(configuration, { from: `secure-tag:${TAG}`, to, port: '27017/tcp' }).source.verdict;
  expect(['10.8.0.3', '10.8.0.16'].map(asked)).toEqual(['refused', 'passes']);
});

test('the command has the groups', () => {
  const other = 'organizations/123456789/locations/global/addressGroups/all';
  const script = commandScript([{ stack: readBack(opened(Peer.anyOf(v4(), v4(other), Peer.cidr('10.0.0.0/8')))) }]);
  expect(script).toContain('--src-ip-ranges=10.0.0.0/8');
  expect(script).toContain(`--src-address-groups=${other},${OFFICES}`);
});

describe('fails for', () => {
  test.each([
    'offices',
    'projects/net-host/addressGroups/offices',
    'projects/net-host/locations/global/addressGroups/9offices',
    'organizations/acme/locations/global/addressGroups/offices',
    '',
    7,
  ])('an id that is none: %p', (id) => {
    expectRefusal(() => v4(id as string), 'address-group-id-invalid');
  });

  test('no IP family, or ranges of the other one', () => {
    expectRefusal(() => GcpAddressGroup.fromId(OFFICES, {} as never), 'address-family-invalid');
    expectRefusal(() => v4(OFFICES, { ipRanges: Peer.cidr('2001:db8::/32') }), 'address-family-invalid');
    expectRefusal(() => v4(OFFICES, { ipRanges: v4() }), 'ip-ranges-required');
  });

  test('ranges that are most of the internet without a reason', () => {
    expectRefusal(() => v4(OFFICES, { ipRanges: Peer.cidr('0.0.0.0/0') }), 'world-without-reason');
  });

  test.each<[string, IHostGroup]>([
    ['firewall rules of a network', new GcpFirewall({ network: 'prod' }).networkTag('web')],
    [
      'network policies',
      KubernetesPods.labelled({
        namespace: 'a',
        labels: { app: 'b' },
        ports: [{ row: 'cost-metrics', port: Port.tcp(9090) }],
      }),
    ],
  ])('a group as the source of %s', (_what, prometheus) => {
    expectNothingCreated((stack) => {
      open(stack, v4(), prometheus);
    }, 'far-end-cloud-mismatch');
  });

  test('a group as the source of a security group', () => {
    const stack = newStack();
    const prometheus = new AwsSecurityGroup(stack, 'sg', {
      name: 'prometheus',
      vpcId: 'vpc-0123456789abcdef0',
      egress: Egress.UNMANAGED,
    });
    expectRefusal(() => {
      open(stack, v4(), prometheus);
    }, 'far-end-cloud-mismatch');
  });

  // Google takes them as destinations of EGRESS rules, which are read back above; a destination here is a host group
  test.each<[string, (group: GcpAddressGroup) => unknown, ErrorCode]>([
    [
      'a destination',
      (mongodb) =>
        new ApinizerDataStoreRules(newStack(), 'stores', {
          workers: new GcpFirewallPolicy({ policy: 'prod', egress: Egress.DOCUMENTED }).secureTag('tagValues/1'),
          mongodb: mongodb as never,
        }),
      'host-group-required',
    ],
    [
      'the IP ranges of a destination',
      (ipRanges) => new GcpFirewallPolicy({ policy: 'prod' }).secureTag('tagValues/2', { ipRanges }),
      'ip-ranges-required',
    ],
    ['one of several host groups', (group) => HostGroup.anyOf(group as never), 'host-group-required'],
    ['external hosts', (group) => ExternalHosts.named('stores', group as never), 'range-invalid'],
  ])('a group as %s, naming it', (_what, act, code) => {
    const failing = (): unknown => act(v4(OFFICES, { ipRanges: Peer.cidr('10.9.0.0/16') }));
    expectRefusal(failing, code);
    expect(errorOf(failing).sentence).toContain(`got address group ${OFFICES}; did you mean `);
  });

  test('a group in a different location than the policy', () => {
    const regional = new GcpFirewallPolicy({ policy: 'west', region: 'europe-west3' }).secureTag(TAG);
    expectNothingCreated((stack) => {
      open(stack, v4(), regional);
    }, 'address-group-location-mismatch');
    expectNothingCreated((stack) => {
      open(stack, v4(OFFICES.replace('global', 'europe-west3')));
    }, 'address-group-location-mismatch');
    expect(() => {
      open(newStack(), v4(OFFICES.replace('global', 'europe-west3')), regional);
    }).not.toThrow();
  });

  test('more than 10 groups', () => {
    const groups = Array.from({ length: 11 }, (_, at) => v4(`${OFFICES}${at}`));
    expectNothingCreated((stack) => {
      open(stack, Peer.anyOf(...groups));
    }, 'firewall-list-too-long');
  });
});
