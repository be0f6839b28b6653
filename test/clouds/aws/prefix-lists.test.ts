import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AddressFamily,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { descriptions, opened, terraformAddresses } from '../../support/opened';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const ID = 'sg-0123456789abcdef0';
const group = AwsSecurityGroup.fromId(ID);
const ranges = (count: number): IPeer =>
  Peer.cidr(...Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`));
const listsOf = (stack: TerraformStack): unknown => resourcesOf(stack).aws_ec2_managed_prefix_list;

describe('an existing prefix list', () => {
  const offices = AwsPrefixList.fromId('pl-0123456789abcdef0', { maxEntries: 20, addressFamily: AddressFamily.IPV4 });

  test('is the far end of one rule per port', () => {
    const stack = newStack();
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: offices, platform: group });
    expect(opened(stack)).toEqual([
      `ingress 8443/tcp from pl-0123456789abcdef0 at ${ID}`,
      `ingress 9443/tcp from pl-0123456789abcdef0 at ${ID}`,
      `ingress 9444/tcp from pl-0123456789abcdef0 at ${ID}`,
    ]);
  });

  test('counts for the quota of a security group with its maximum number of entries', () => {
    const stack = newStack();
    new VClusterPlatformIngressRules(stack, 'three', { kubernetesApi: offices, platform: group });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'one', { platform: offices, prometheus: group }),
      'quota-exceeded',
    );
    new PrometheusCostMetricsRule(stack, 'ipv6', { platform: Peer.cidr('2001:db8::/32'), prometheus: group });
  });

  test('counts for both IP families unless its own is given', () => {
    const stack = newStack();
    const unknown = AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntries: 60 });
    new PrometheusCostMetricsRule(stack, 'list', { platform: unknown, prometheus: group });
    for (const range of ['10.0.0.0/8', '2001:db8::/32']) {
      expectRefusal(
        () => new PrometheusCostMetricsRule(stack, range, { platform: Peer.cidr(range), prometheus: group }),
        'quota-exceeded',
      );
    }
  });

  test('may be known after apply, with the name of what it refers to or a key', () => {
    const stack = newStack();
    const [id, other] = ['offices', 'homes'].map((name) => new TerraformVariable(stack, name, {}).stringValue);
    const keyed = AwsPrefixList.fromId(other, { maxEntries: 1, key: 'offices' });
    new PrometheusCostMetricsRule(stack, 'reference', {
      platform: AwsPrefixList.fromId(id, { maxEntries: 1 }),
      prometheus: AwsSecurityGroup.fromId('sg-aaaaaaaa'),
    });
    new PrometheusCostMetricsRule(stack, 'key', {
      platform: keyed,
      prometheus: AwsSecurityGroup.fromId('sg-bbbbbbbb'),
    });
    expect(opened(stack)).toEqual([
      'ingress 9090/tcp from ${var.homes} at sg-bbbbbbbb',
      'ingress 9090/tcp from ${var.offices} at sg-aaaaaaaa',
    ]);
  });

  test('fails with a different maximum, IP family or key in the same app', () => {
    const givenTwice = (...[first, second]: Parameters<typeof AwsPrefixList.fromId>[1][]): (() => unknown) => {
      const stack = newStack();
      const rule = (id: string, options: typeof first): unknown => {
        const platform = AwsPrefixList.fromId('pl-aaaaaaaa', options);
        return new PrometheusCostMetricsRule(stack, id, { platform, prometheus: group });
      };
      rule('one', first);
      return () => rule('two', second);
    };
    expectRefusal(givenTwice({ maxEntries: 5 }, { maxEntries: 6 }), 'settings-disagree');
    expectRefusal(
      givenTwice({ maxEntries: 5 }, { maxEntries: 5, addressFamily: AddressFamily.IPV6 }),
      'settings-disagree',
    );
    expectRefusal(givenTwice({ maxEntries: 5 }, { maxEntries: 5, key: 'x' }), 'settings-disagree');
  });

  test('fails without a maximum, with a wrong id, a wrong IP family, an empty key or a misspelled option', () => {
    expectRefusal(() => AwsPrefixList.fromId('pl-aaaaaaaa', undefined as never), 'object-required');
    expectRefusal(() => AwsSecurityGroup.fromId(ID, null as never), 'object-required');
    expectRefusal(() => AwsPrefixList.fromId('pl-aaaaaaaa', {} as never), 'max-entries-invalid');
    expectRefusal(() => AwsPrefixList.fromId('sg-aaaaaaaa', { maxEntries: 1 }), 'prefix-list-id-invalid');
    expectRefusal(
      () => AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntries: 1, addressFamily: 'IPv4' as never }),
      'address-family-invalid',
    );
    expectRefusal(() => AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntries: 1, key: '' }), 'text-required');
    expectRefusal(() => AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntry: 1 } as never), 'prop-unknown');
  });

  test('fails as the source of a GCP firewall rule', () => {
    const prometheus = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
    expectNothingCreated(
      (stack) => new PrometheusCostMetricsRule(stack, 'rule', { platform: offices, prometheus }),
      'far-end-cloud-mismatch',
    );
  });
});

describe('a new prefix list', () => {
  test('is one list per IP family, and gets one rule per port for each', () => {
    const stack = newStack();
    const offices = new AwsPrefixList(stack, 'offices', {
      name: 'offices',
      ranges: Peer.cidr('10.9.0.0/16', '10.8.0.0/16', '2001:db8::/32'),
      tags: { team: 'network', 'not ${a} template': '%{ if true }' },
    });
    new PrometheusCostMetricsRule(stack, 'rule', { platform: offices, prometheus: group });
    const tags = { team: 'network', 'not $${a} template': '%%{ if true }' };
    expect(listsOf(stack)).toEqual({
      prefix_list_offices: {
        name: 'offices',
        address_family: 'IPv4',
        max_entries: 2,
        entry: [{ cidr: '10.8.0.0/16' }, { cidr: '10.9.0.0/16' }],
        tags,
      },
      'prefix_list_offices-ipv6': {
        name: 'offices-ipv6',
        address_family: 'IPv6',
        max_entries: 1,
        entry: [{ cidr: '2001:db8::/32' }],
        tags,
      },
    });
    expect(opened(stack)).toEqual([
      `ingress 9090/tcp from prefix list offices at ${ID}`,
      `ingress 9090/tcp from prefix list offices-ipv6 at ${ID}`,
    ]);
    expect(offices.prefixListIds).toHaveLength(2);
  });

  test('is part of Terraform addresses that do not depend on its ranges, its construct or its maximum', () => {
    const addresses = [ranges(1), ranges(3)].map((peer, index) => {
      const stack = newStack();
      const props = { name: 'offices', ranges: peer, maxEntries: 10 + index };
      const offices = new AwsPrefixList(stack, `id-${index}`, props);
      return terraformAddresses(new PrometheusCostMetricsRule(stack, 'rule', { platform: offices, prometheus: group }));
    });
    expect(addresses[0]).toEqual(['aws_vpc_security_group_ingress_rule.ingress_tcp_9090_45a6003c5ca6']);
    expect(addresses[1]).toEqual(addresses[0]);
  });

  test('fails as a destination', () => {
    const stack = newStack();
    const list = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(1) });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform: group, prometheus: list as never }),
      'host-group-required',
    );
  });

  test('takes up as many rules of a quota as it may have entries', () => {
    const stack = newStack();
    const roomy = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(2), maxEntries: 61 });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform: roomy, prometheus: group }),
      'quota-exceeded',
    );
  });

  test('has its reason for being open to the world in the description of rules', () => {
    const stack = newStack();
    const everyone = new AwsPrefixList(stack, 'all', { name: 'all', ranges: Peer.anyIpv4('public API') });
    new ApinizerNodePorts(stack, 'apinizer', {
      workers: group,
      gateways: [{ environment: 'prod', clients: everyone }],
    });
    expect(descriptions(stack)).toContainEqual(expect.stringContaining('public API'));
  });

  test('fails as a source of a row that must not be open to the world', () => {
    const stack = newStack();
    const everyone = new AwsPrefixList(stack, 'all', { name: 'all', ranges: Peer.anyIpv4('public API') });
    const platform = new AwsSecurityGroup(stack, 'p', { name: 'p', vpcId: 'vpc-12345678', egress: Egress.ALL });
    expectRefusal(
      () => new VClusterPlatformIngressRules(stack, 'rule', { kubernetesApi: everyone, platform }),
      'world-not-allowed',
    );
  });

  test('fails if it is most of the internet together with other ranges', () => {
    const stack = newStack();
    const half = new AwsPrefixList(stack, 'half', { name: 'half', ranges: Peer.cidr('16.0.0.0/8') });
    expectRefusal(() => Peer.anyOf(half, Peer.cidr('17.0.0.0/8')), 'world-without-reason');
  });

  test('may hold a list that is known after apply, which Terraform checks', () => {
    const stack = newStack();
    const unknown = new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue;
    new AwsPrefixList(stack, 'list', {
      name: 'offices',
      ranges: Peer.cidr('10.0.0.0/8', ...unknown),
      maxEntries: 20,
    });
    expect(listsOf(stack)).toMatchObject({
      prefix_list_offices: {
        max_entries: 20,
        dynamic: {
          entry: {
            for_each: '${toset(concat(["10.0.0.0/8"], tolist(var.offices)))}',
            iterator: 'each',
            content: { cidr: '${each.value}' },
          },
        },
        lifecycle: {
          precondition: [
            {
              error_message:
                'var.offices must be at least one IPv4 range, each without bits after its prefix, together not the whole internet.',
            },
            {
              condition: '${try((length(toset(concat(["10.0.0.0/8"], tolist(var.offices)))) <= 20), false)}',
              error_message: 'prefix list offices must have at most 20 ranges: give it more maxEntries.',
            },
          ],
        },
      },
    });
  });

  test('may hold single ranges that are known after apply', () => {
    const stack = newStack();
    const unknown = new TerraformVariable(stack, 'office', {}).stringValue;
    new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: Peer.cidr(unknown) });
    expect(listsOf(stack)).toMatchObject({
      prefix_list_offices: {
        max_entries: 1,
        entry: [{ cidr: '${var.office}' }],
        lifecycle: { precondition: [{ error_message: expect.stringMatching(/^var\.office must be an IPv4 range/) }] },
      },
    });
  });

  test('may hold ranges of both IP families that are known after apply, each in its own list', () => {
    const stack = newStack();
    const [office, home] = ['office', 'home'].map((name) => new TerraformVariable(stack, name, {}).stringValue);
    new AwsPrefixList(stack, 'list', {
      name: 'offices',
      ranges: Peer.anyOf(Peer.cidr(office), Peer.cidrIpv6(home)),
      maxEntries: 1,
    });
    expect(listsOf(stack)).toMatchObject({
      prefix_list_offices: { entry: [{ cidr: '${var.office}' }] },
      'prefix_list_offices-ipv6': { entry: [{ cidr: '${var.home}' }] },
    });
  });

  test('warns about ranges within other ranges', () => {
    const stack = newStack();
    const list = new AwsPrefixList(stack, 'l', { name: 'l', ranges: Peer.cidr('10.0.0.0/8', '10.1.0.0/16') });
    expect(list.node.metadata.map(({ data }) => data as unknown)).toEqual([
      'ranges within other ranges open nothing more: 10.1.0.0/16 in 10.0.0.0/8',
    ]);
  });

  test('has the provider instance that it is given', () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, 'aws', { region: 'eu-west-1', alias: 'ireland' });
    new AwsPrefixList(stack, 'l', { name: 'l', ranges: ranges(1), provider });
    expect(listsOf(stack)).toMatchObject({ prefix_list_l: { provider: 'aws.ireland' } });
  });

  test('has its ranges in the provenance', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    const offices = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(2) });
    const prometheus = ExternalHosts.named('prometheus', '10.8.0.0/28');
    new PrometheusCostMetricsRule(stack, 'rule', { platform: offices, prometheus });
    const root = stack.toTerraform() as { '//': { metadata: { clusterPorts: { peers: { hostGroups: unknown }[] } } } };
    expect(root['//'].metadata.clusterPorts.peers[0].hostGroups).toEqual([
      {
        cloud: 'aws',
        label: 'prefix list offices',
        selectedBy: {
          kind: 'prefix-list',
          stack: 'stack',
          value: '${aws_ec2_managed_prefix_list.prefix_list_offices.id}',
        },
        ipRanges: { ranges: ['10.0.0.0/24', '10.0.1.0/24'], references: [] },
      },
    ]);
  });

  test('fails if it is given by its id', () => {
    const stack = newStack();
    const offices = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(1) });
    const again = AwsPrefixList.fromId(offices.prefixListIds[0], { maxEntries: 1 });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform: again, prometheus: group }),
      'prefix-list-of-this-app',
    );
  });

  test('fails for a name twice in one stack', () => {
    const stack = newStack();
    new AwsPrefixList(stack, 'one', { name: 'offices', ranges: ranges(1) });
    expectRefusal(
      () => new AwsPrefixList(stack, 'two', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8', '2001:db8::/32') }),
      'name-taken',
    );
  });

  const list = (props: object) => (stack: TerraformStack) =>
    new AwsPrefixList(stack, 'list', { name: 'offices', ranges: ranges(1), ...props });

  test.each([
    [{ name: '' }, 'name-invalid'],
    [{ name: 'a.b' }, 'name-invalid'],
    [{ name: 'PL-x' }, 'name-like-an-id'],
    [{ name: 'a'.repeat(251) }, 'name-too-long'],
    [{ ranges: '10.0.0.0/8' }, 'peer-required'],
    [{ ranges: 7 }, 'peer-required'],
    [{ ranges: group }, 'ip-ranges-required'],
    [{ maxEntries: 0 }, 'max-entries-invalid'],
    [{ maxEntries: 1001 }, 'max-entries-invalid'],
    [{ maxEntries: 1.5 }, 'max-entries-invalid'],
    [{ ranges: ranges(3), maxEntries: 2 }, 'max-entries-too-low'],
    [{ ranges: ranges(101) }, 'prefix-list-too-long'],
    [{ maxentries: 5 }, 'prop-unknown'],
  ])('fails with %j', (props, code) => {
    expectNothingCreated(list(props), code);
  });

  test('holds as many ranges of each IP family as AWS accepts in one call', () => {
    const stack = newStack();
    const ipv6 = Array.from({ length: 100 }, (_, index) => `2001:db8:${index + 1}::/48`);
    list({ ranges: Peer.anyOf(ranges(100), Peer.cidr(...ipv6)) })(stack);
    expect(listsOf(stack)).toMatchObject({
      prefix_list_offices: { max_entries: 100 },
      'prefix_list_offices-ipv6': { max_entries: 100 },
    });
  });

  test('fails for a list that is known after apply, without a maximum or with one that AWS does not accept', () => {
    const unknown = (stack: TerraformStack): IPeer =>
      Peer.cidr(...new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue);
    expectNothingCreated((stack) => list({ ranges: unknown(stack) })(stack), 'max-entries-required');
    expectNothingCreated((stack) => list({ ranges: unknown(stack), maxEntries: 101 })(stack), 'prefix-list-too-long');
  });

  test('fails if a list of IPv4 ranges has the name of a list of IPv6 ranges, and names it', () => {
    const stack = newStack();
    new AwsPrefixList(stack, 'ipv4', { name: 'offices-ipv6', ranges: ranges(1) });
    const both = (): unknown =>
      new AwsPrefixList(stack, 'both', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8', '2001:db8::/32') });
    expectRefusal(both, 'name-taken');
    expect(both).toThrow('"offices-ipv6" twice');
  });

  test('can be used in a different stack of the app', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const platform = new AwsPrefixList(left, 'offices', { name: 'offices', ranges: ranges(1) });
    const rule = new PrometheusCostMetricsRule(right, 'rule', { platform, prometheus: group });
    const here = new PrometheusCostMetricsRule(left, 'rule', {
      platform,
      prometheus: AwsSecurityGroup.fromId('sg-aaaaaaaa'),
    });
    expect([terraformAddresses(rule), terraformAddresses(here)].map((addresses) => addresses.length)).toEqual([1, 1]);
    expect(listsOf(right)).toBeUndefined();
  });
});
