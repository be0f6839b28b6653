import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AddressFamily,
  ApinizerNodePorts,
  AwsEgress,
  AwsPrefixList,
  AwsSecurityGroup,
  ExternalHosts,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IPeer,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { descriptions, opened } from '../support/opened';
import { expectNothingMade, expectRefusal, resourcesOf } from '../support/refusals';

const ID = 'sg-0123456789abcdef0';
const group = AwsSecurityGroup.fromId(ID);
const ranges = (count: number): IPeer =>
  Peer.cidr(...Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`));
const listsOf = (stack: TerraformStack): unknown => resourcesOf(stack).aws_ec2_managed_prefix_list;

describe('a prefix list that exists already', () => {
  const offices = AwsPrefixList.fromId('pl-0123456789abcdef0', { maxEntries: 20, addressFamily: AddressFamily.IPV4 });

  test('is the far end of one rule for each port', () => {
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
      `PrometheusCostMetricsRule "stack/one": security group ${ID} must have at most 60 inbound IPv4 rules, got 80 (20 from here, ` +
        '60 from "stack/three"); did you mean fewer ranges, a security group as source, a second group, or a higher maxRules once ' +
        'AWS has raised the quota?',
    );
    new PrometheusCostMetricsRule(stack, 'ipv6', { platform: Peer.cidr('2001:db8::/32'), prometheus: group });
  });

  test('counts for both families as long as its own is not known', () => {
    const stack = newStack();
    const unknown = AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntries: 60 });
    new PrometheusCostMetricsRule(stack, 'list', { platform: unknown, prometheus: group });
    for (const range of ['10.0.0.0/8', '2001:db8::/32']) {
      expect(
        () => new PrometheusCostMetricsRule(stack, range, { platform: Peer.cidr(range), prometheus: group }),
      ).toThrow('got 61');
    }
  });

  test('may be known to Terraform, by the name of what it refers to or by a key', () => {
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

  test('fails with another maximum, family or key in the same app', () => {
    const said = (...[first, second]: Parameters<typeof AwsPrefixList.fromId>[1][]): (() => unknown) => {
      const stack = newStack();
      const rule = (id: string, options: typeof first): unknown => {
        const platform = AwsPrefixList.fromId('pl-aaaaaaaa', options);
        return new PrometheusCostMetricsRule(stack, id, { platform, prometheus: group });
      };
      rule('one', first);
      return () => rule('two', second);
    };
    const need = 'prefix list pl-aaaaaaaa must have the same maxEntries and addressFamily everywhere';
    expectRefusal(
      said({ maxEntries: 5 }, { maxEntries: 6 }),
      `PrometheusCostMetricsRule "stack/two": ${need}, got 6 of either family where 5 of either family is given too`,
    );
    expectRefusal(
      said({ maxEntries: 5 }, { maxEntries: 5, addressFamily: AddressFamily.IPV6 }),
      `PrometheusCostMetricsRule "stack/two": ${need}, got 5 of ipv6 where 5 of either family is given too`,
    );
    expectRefusal(
      said({ maxEntries: 5 }, { maxEntries: 5, key: 'x' }),
      'PrometheusCostMetricsRule "stack/two": a prefix list must have the same key everywhere, got key "x" where key ' +
        '"pl-aaaaaaaa" is given too',
    );
  });

  test('fails without a maximum, with an id that is none, or a family that is none', () => {
    expectRefusal(
      () => AwsPrefixList.fromId('pl-aaaaaaaa', undefined as never),
      'AwsPrefixList.fromId: an object with maxEntries is needed, got nothing; did you mean { maxEntries: 20 }?',
    );
    expectRefusal(
      () => AwsSecurityGroup.fromId(ID, null as never),
      'AwsSecurityGroup.fromId: an object with options is needed, got nothing; did you mean { key: "a-name" }?',
    );
    expectRefusal(
      () => AwsPrefixList.fromId('pl-aaaaaaaa', {} as never),
      'AwsPrefixList.fromId: maxEntries must be a whole number from 1 to 1000, got nothing',
    );
    expectRefusal(
      () => AwsPrefixList.fromId('sg-aaaaaaaa', { maxEntries: 1 }),
      'AwsPrefixList.fromId: a prefix list id must be "pl-" and 8 or 17 hexadecimal digits, or the id of a resource, got ' +
        '"sg-aaaaaaaa"',
    );
    expectRefusal(
      () => AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntries: 1, addressFamily: 'IPv4' as never }),
      'AwsPrefixList.fromId: addressFamily must be a family, got "IPv4"; did you mean AddressFamily.IPV4?',
    );
    expectRefusal(
      () => AwsPrefixList.fromId('pl-aaaaaaaa', { maxEntries: 1, key: '' }),
      'AwsPrefixList.fromId: key must be text, got ""',
    );
  });

  test('fails as the source of a GCP firewall', () => {
    const prometheus = new GcpFirewall({ network: 'prod' }).networkTag('prometheus');
    expectNothingMade(
      (stack) => new PrometheusCostMetricsRule(stack, 'rule', { platform: offices, prometheus }),
      'PrometheusCostMetricsRule "stack/rule": a GCP firewall needs ranges, network tags or service accounts as source, got prefix ' +
        'list pl-0123456789abcdef0; did you mean Peer.cidr(...) with the ranges of these machines?',
    );
  });
});

describe('a prefix list that we make', () => {
  test('is one list for each family, and one rule for each port of each', () => {
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

  test('has addresses that do not depend on its ranges, its construct or its room', () => {
    const addresses = [ranges(1), ranges(3)].map((peer, index) => {
      const stack = newStack();
      const props = { name: 'offices', ranges: peer, maxEntries: 10 + index };
      const offices = new AwsPrefixList(stack, `id-${index}`, props);
      return new PrometheusCostMetricsRule(stack, 'rule', { platform: offices, prometheus: group }).addresses;
    });
    expect(addresses[0]).toEqual(['aws_vpc_security_group_ingress_rule.ingress_tcp_9090_45a6003c5ca6']);
    expect(addresses[1]).toEqual(addresses[0]);
  });

  test('is no destination', () => {
    const stack = newStack();
    const list = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(1) });
    expect(() => new PrometheusCostMetricsRule(stack, 'rule', { platform: group, prometheus: list as never })).toThrow(
      'prometheus must be a host group',
    );
  });

  test('takes room in the quota for as many rules as it may have entries', () => {
    const stack = newStack();
    const roomy = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(2), maxEntries: 61 });
    expect(() => new PrometheusCostMetricsRule(stack, 'rule', { platform: roomy, prometheus: group })).toThrow(
      'must have at most 60 inbound IPv4 rules, got 61 (61 from here)',
    );
  });

  test('carries the reason for being open to the world into the rules', () => {
    const stack = newStack();
    const everyone = new AwsPrefixList(stack, 'all', { name: 'all', ranges: Peer.anyIpv4('public API') });
    new ApinizerNodePorts(stack, 'apinizer', {
      workers: group,
      gateways: [{ environment: 'prod', clients: everyone }],
    });
    expect(descriptions(stack)).toContainEqual(expect.stringContaining('public API'));
  });

  test('fails where nothing may be open to the world', () => {
    const stack = newStack();
    const everyone = new AwsPrefixList(stack, 'all', { name: 'all', ranges: Peer.anyIpv4('public API') });
    const platform = new AwsSecurityGroup(stack, 'p', { name: 'p', vpcId: 'vpc-12345678', egress: AwsEgress.ALL });
    expect(() => new VClusterPlatformIngressRules(stack, 'rule', { kubernetesApi: everyone, platform })).toThrow(
      'row api-service (8443/tcp) must not be open to the world, got Peer.anyIpv4("public API")',
    );
  });

  test('fails when it is the world together with ranges beside it', () => {
    const stack = newStack();
    const half = new AwsPrefixList(stack, 'half', { name: 'half', ranges: Peer.cidr('0.0.0.0/1') });
    expectRefusal(
      () => Peer.anyOf(half, Peer.cidr('128.0.0.0/1')),
      'Peer.anyOf: opening to the whole internet needs a reason, got ["0.0.0.0/1", "128.0.0.0/1"]; did you mean ' +
        'Peer.anyIpv4("why it is open")?',
    );
  });

  test('holds a list that only Terraform knows, and leaves it to Terraform to check it', () => {
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

  test('holds single ranges that only Terraform knows', () => {
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

  test('holds ranges of both families that only Terraform knows, each in its own list', () => {
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

  test('warns of ranges within other ranges', () => {
    const stack = newStack();
    const list = new AwsPrefixList(stack, 'l', { name: 'l', ranges: Peer.cidr('10.0.0.0/8', '10.1.0.0/16') });
    expect(list.node.metadata.map(({ data }) => data as unknown)).toEqual([
      'ranges within other ranges open nothing more: 10.1.0.0/16 in 10.0.0.0/8',
    ]);
  });

  test('stands under the provider instance that it is given', () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, 'aws', { region: 'eu-west-1', alias: 'ireland' });
    new AwsPrefixList(stack, 'l', { name: 'l', ranges: ranges(1), provider });
    expect(listsOf(stack)).toMatchObject({ prefix_list_l: { provider: 'aws.ireland' } });
  });

  test('tells in the provenance which ranges it has', () => {
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

  test('fails when an id is asked for that is its own', () => {
    const stack = newStack();
    const offices = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges: ranges(1) });
    const again = AwsPrefixList.fromId(offices.prefixListIds[0], { maxEntries: 1 });
    expectRefusal(
      () => new PrometheusCostMetricsRule(stack, 'rule', { platform: again, prometheus: group }),
      'PrometheusCostMetricsRule "stack/rule": a prefix list that the app makes must be given as it is, got stack/offices; did you ' +
        'mean the AwsPrefixList?',
    );
  });

  test('fails for a name twice in one stack', () => {
    const stack = newStack();
    new AwsPrefixList(stack, 'one', { name: 'offices', ranges: ranges(1) });
    expectRefusal(
      () => new AwsPrefixList(stack, 'two', { name: 'offices', ranges: Peer.cidr('10.0.0.0/8', '2001:db8::/32') }),
      'AwsPrefixList "stack/two": name must be the only one of its kind in the stack, got "offices" twice',
    );
  });

  const list = (props: object) => (stack: TerraformStack) =>
    new AwsPrefixList(stack, 'list', { name: 'offices', ranges: ranges(1), ...props });
  const at = (sentence: string): string => `AwsPrefixList "stack/list": ${sentence}`;

  test.each([
    [{ name: '' }, 'name must be letters, digits, hyphens and underscores, beginning with a letter, got ""'],
    [{ name: 'a.b' }, 'name must be letters, digits, hyphens and underscores, beginning with a letter, got "a.b"'],
    [{ name: 'PL-x' }, 'name must not begin with "pl-", as the ids of AWS do, got "PL-x"'],
    [{ name: 'a'.repeat(251) }, 'name must have at most 250 characters, got 251'],
    [{ ranges: '10.0.0.0/8' }, 'ranges must be a peer, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?'],
    [{ ranges: 7 }, 'ranges must be a peer, got 7; did you mean Peer.cidr(...)?'],
    [
      { ranges: group },
      `a prefix list holds ranges of addresses alone, got security group ${ID}; did you mean Peer.cidr(...)?`,
    ],
    [{ maxEntries: 0 }, 'maxEntries must be a whole number from 1 to 1000, got 0'],
    [{ maxEntries: 1001 }, 'maxEntries must be a whole number from 1 to 1000, got 1001'],
    [{ maxEntries: 1.5 }, 'maxEntries must be a whole number from 1 to 1000, got 1.5'],
    [{ ranges: ranges(3), maxEntries: 2 }, 'maxEntries must be at least the number of IPv4 ranges, 3, got 2'],
    [
      { ranges: ranges(101) },
      'a prefix list must have at most 100 IPv4 ranges, got 101; did you mean Peer.anyOf(...) with several prefix lists?',
    ],
  ])('fails with %j', (props, sentence) => {
    expectNothingMade(list(props), at(sentence));
  });

  test('takes as many ranges of each family as AWS takes in one call', () => {
    const stack = newStack();
    const ipv6 = Array.from({ length: 100 }, (_, index) => `2001:db8:${index + 1}::/48`);
    list({ ranges: Peer.anyOf(ranges(100), Peer.cidr(...ipv6)) })(stack);
    expect(listsOf(stack)).toMatchObject({
      prefix_list_offices: { max_entries: 100 },
      'prefix_list_offices-ipv6': { max_entries: 100 },
    });
  });

  test('fails for a list that only Terraform knows without room for it, or with more than one call takes', () => {
    const unknown = (stack: TerraformStack): IPeer =>
      Peer.cidr(...new TerraformVariable(stack, 'offices', { type: 'list(string)' }).listValue);
    expectNothingMade(
      (stack) => list({ ranges: unknown(stack) })(stack),
      at('maxEntries must be given for ranges that only Terraform knows, got none'),
    );
    expectNothingMade(
      (stack) => list({ ranges: unknown(stack), maxEntries: 101 })(stack),
      at(
        'a prefix list must have at most 100 IPv4 ranges, got 101; did you mean Peer.anyOf(...) with several prefix lists?',
      ),
    );
  });

  test('can be used in another stack of the app', () => {
    const app = Testing.app();
    const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
    const platform = new AwsPrefixList(left, 'offices', { name: 'offices', ranges: ranges(1) });
    const rule = new PrometheusCostMetricsRule(right, 'rule', { platform, prometheus: group });
    const here = new PrometheusCostMetricsRule(left, 'rule', {
      platform,
      prometheus: AwsSecurityGroup.fromId('sg-aaaaaaaa'),
    });
    expect([rule.addresses, here.addresses].map((addresses) => addresses.length)).toEqual([1, 1]);
    expect(listsOf(right)).toBeUndefined();
  });
});
