import { Lazy, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  Peer,
  PrometheusCostMetricsRule,
} from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { opened } from '../../support/opened';
import { expectRefusal } from '../../support/refusals';

const later = (text: string): string => Lazy.stringValue({ produce: () => text });
const firewall = new GcpFirewall({ network: 'prod' });
const LINK = 'projects/net-host/global/networks/prod';

function open(prometheus: IHostGroup, platform = Peer.address('203.0.113.7')): string[] {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus });
  return opened(stack);
}

test.each([
  [() => firewall.networkTag(later('Bad_Tag')), 'network-tag-invalid'],
  [() => firewall.serviceAccount(later('nobody')), 'service-account-invalid'],
  [() => new GcpFirewall({ network: later('Bad Net') }).networkTag('prometheus'), 'network-invalid'],
  [() => new GcpFirewall({ network: 'prod', project: later('X Y') }).networkTag('prometheus'), 'project-id-invalid'],
  [
    () => new GcpFirewall({ network: later(LINK), project: 'service-project' }).networkTag('prometheus'),
    'project-mismatch',
  ],
])('fails for a token that resolves to text that the API would reject', (group, code) => {
  expectRefusal(() => open(group()), code);
});

test('fails for a token that resolves to something that is not a VPC', () => {
  const make = (): unknown =>
    new AwsSecurityGroup(newStack(), 'nodes', { name: 'nodes', vpcId: later('nope'), egress: Egress.ALL });
  expectRefusal(make, 'vpc-id-invalid');
});

test('keeps the text that a token has when a rule is planned, so that an empty target never opens every instance', () => {
  const stack = newStack();
  let tag: string | undefined = 'prometheus';
  const prometheus = firewall.networkTag(Lazy.stringValue({ produce: () => tag }));
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.address('203.0.113.7'), prometheus });
  tag = undefined;
  const [rule] = Object.values<any>(JSON.parse(Testing.synth(stack)).resource.google_compute_firewall);
  expect(rule.target_tags).toEqual(['prometheus']);
});

test('makes a range of one address from a token that resolves to an IPv6 address', () => {
  const prometheus = firewall.networkTag('prometheus');
  expect(open(prometheus, Peer.address(later('2001:db8::')))).toEqual([
    'ingress 9090/tcp from 2001:db8::/128 at prometheus',
  ]);
  expect(open(prometheus, Peer.address(later('203.0.113.9')))).toEqual([
    'ingress 9090/tcp from 203.0.113.9/32 at prometheus',
  ]);
  expectRefusal(() => open(prometheus, Peer.address(later('10.0.0.0/8'))), 'ip-address-invalid');
});
