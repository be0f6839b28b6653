import { Lazy, Testing } from 'cdktf';
import {
  AwsEgress,
  AwsSecurityGroup,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  type IHostGroup,
} from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { opened } from '../support/opened';
import { expectRefusal } from '../support/refusals';

const later = (text: string): string => Lazy.stringValue({ produce: () => text });
const firewall = new GcpFirewall({ network: 'prod' });
const LINK = 'projects/net-host/global/networks/prod';
const place = 'PrometheusCostMetricsRule "stack/rule"';

function open(prometheus: IHostGroup, platform = Peer.address('203.0.113.7')): string[] {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  return opened(stack);
}

test.each([
  [
    () => firewall.networkTag(later('Bad_Tag')),
    'a network tag must be lower-case letters, digits and hyphens, at most 63, beginning with a letter, got "Bad_Tag"',
  ],
  [
    () => firewall.serviceAccount(later('nobody')),
    'a service account must be an email address of gserviceaccount.com, got "nobody"',
  ],
  [
    () => new GcpFirewall({ network: later('Bad Net') }).networkTag('prometheus'),
    'network must be the name or self link of a VPC network, got "Bad Net"',
  ],
  [
    () => new GcpFirewall({ network: 'prod', project: later('X Y') }).networkTag('prometheus'),
    'project must be a project id, got "X Y"',
  ],
  [
    () => new GcpFirewall({ network: later(LINK), project: 'service-project' }).networkTag('prometheus'),
    `project must be that of the network, got "service-project" for "${LINK}"; did you mean "net-host"?`,
  ],
])('fails for text behind a token that the API would refuse', (group, sentence) => {
  expectRefusal(() => open(group()), `${place}: ${sentence}`);
});

test('fails for text behind a token that is no VPC', () => {
  const make = (): unknown =>
    new AwsSecurityGroup(newStack(), 'nodes', { name: 'nodes', vpcId: later('nope'), egress: AwsEgress.ALL });
  expectRefusal(
    make,
    'AwsSecurityGroup "stack/nodes": vpcId must be "vpc-" and 8 or 17 hexadecimal digits, or the id of a resource, got "nope"',
  );
});

test('what a token stands for when a rule is planned stays, so that an empty target never opens every instance', () => {
  const stack = newStack();
  let tag: string | undefined = 'prometheus';
  const prometheus = firewall.networkTag(Lazy.stringValue({ produce: () => tag }));
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.address('203.0.113.7'), prometheus });
  tag = undefined;
  const [rule] = Object.values<any>(JSON.parse(Testing.synth(stack)).resource.google_compute_firewall);
  expect(rule.target_tags).toEqual(['prometheus']);
});

test('one address that turns out to be IPv6 is one address', () => {
  const prometheus = firewall.networkTag('prometheus');
  expect(open(prometheus, Peer.address(later('2001:db8::')))).toEqual([
    'ingress 9090/tcp from 2001:db8::/128 at prometheus',
  ]);
  expect(open(prometheus, Peer.address(later('203.0.113.9')))).toEqual([
    'ingress 9090/tcp from 203.0.113.9/32 at prometheus',
  ]);
  expectRefusal(
    () => open(prometheus, Peer.address(later('10.0.0.0/8'))),
    `${place}: an address must be one IPv4 or IPv6 address, got "10.0.0.0/8"; did you mean Peer.cidr("10.0.0.0/8")?`,
  );
});
