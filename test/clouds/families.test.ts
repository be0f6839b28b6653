import { AddressFamily, AwsSecurityGroup, GcpFirewall, type IHostGroup, Peer, Port } from '../../lib';
import '../../lib/testing';
import { openedPorts } from '../support/protocol-rows';
import { expectRefusal, resourcesOf } from '../support/refusals';

const { IPV4, IPV6 } = AddressFamily;
const WIREGUARD = [Port.udp(51821)];
const BOTH = Peer.named('nodes', '10.0.0.0/16', '2001:db8::/48');
const firewall = new GcpFirewall({ network: 'prod' });
const group = (): IHostGroup => AwsSecurityGroup.fromId('sg-0123456789abcdef0');
const tag = (): IHostGroup => firewall.networkTag('server');

test.each([
  [IPV4, '10.0.0.0/16'],
  [IPV6, '2001:db8::/48'],
])('on AWS a row for %s opens only its ranges', (family, range) => {
  const stack = openedPorts(WIREGUARD, BOTH, group, { family });
  const rules = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule);
  expect(rules.map((rule: any) => rule.cidr_ipv4 ?? rule.cidr_ipv6)).toEqual([range]);
  expect(stack).toMatchDocuments();
});

test.each([
  [IPV4, '10.0.0.0/16', 'protocols-node-to-server'],
  [IPV6, '2001:db8::/48', 'protocols-node-to-server-ipv6'],
])('on GCP a row for %s opens only its ranges', (family, range, name) => {
  const stack = openedPorts(WIREGUARD, BOTH, tag, { family });
  const rules = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rules.map((rule: any) => [rule.name, rule.source_ranges])).toEqual([[name, [range]]]);
  expect(stack).toMatchDocuments();
});

test('a security group and a network tag select machines of both families', () => {
  const aws = openedPorts(WIREGUARD, AwsSecurityGroup.fromId('sg-0123456789abcdef1'), group, { family: IPV6 });
  expect(Object.values(resourcesOf(aws).aws_vpc_security_group_ingress_rule)).toHaveLength(1);
  expect(aws).toMatchDocuments();
  const gcp = openedPorts(WIREGUARD, firewall.networkTag('node'), tag, { family: IPV6 });
  expect(Object.values(resourcesOf(gcp).google_compute_firewall)).toHaveLength(1);
  expect(gcp).toMatchDocuments();
});

test('next to a security group, only the ranges of the family are opened', () => {
  const source = Peer.anyOf(AwsSecurityGroup.fromId('sg-0123456789abcdef1'), BOTH);
  const stack = openedPorts(WIREGUARD, source, group, { family: IPV6 });
  const rules = Object.values(resourcesOf(stack).aws_vpc_security_group_ingress_rule);
  expect(
    rules.map((rule: any) => rule.referenced_security_group_id ?? rule.cidr_ipv4 ?? rule.cidr_ipv6).sort(),
  ).toEqual(['2001:db8::/48', 'sg-0123456789abcdef1']);
  expect(stack).toMatchDocuments();
});

test('a flow says the family in the provenance', () => {
  const stack = openedPorts(WIREGUARD, BOTH, group, { family: IPV6 });
  const { flows } = stack.toTerraform()['//'].metadata.clusterPorts;
  expect(flows.map(({ family }: { family?: string }) => family)).toEqual(['ipv6']);
});

describe('fails for', () => {
  test('a source that has only ranges of the other family', () => {
    expectRefusal(() => openedPorts(WIREGUARD, Peer.cidr('10.0.0.0/16'), group, { family: IPV6 }), 'family-missing');
    expectRefusal(
      () => openedPorts(WIREGUARD, Peer.cidrIpv6('2001:db8::/48'), tag, { family: IPV4 }),
      'family-missing',
    );
  });

  test('a tag and ranges of IPv4 as the source of a row for IPv6, because one rule has both', () => {
    const source = Peer.anyOf(firewall.networkTag('node'), Peer.cidr('10.0.0.0/16'));
    expectRefusal(() => openedPorts(WIREGUARD, source, tag, { family: IPV6 }), 'family-not-separate');
  });
});
