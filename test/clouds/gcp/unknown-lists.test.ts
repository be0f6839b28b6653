import { TerraformVariable } from 'cdktf';
import { Egress, GcpFirewall, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { resourcesOf } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod', egress: Egress.DOCUMENTED });
const prometheus = firewall.networkTag('prometheus', { ipRanges: Peer.cidr('10.2.0.0/24') });
const empty =
  'var.offices must be at least one IPv4 range, each without bits after its prefix, together not the whole internet.';

test('has a list that is known after apply as its ranges, and makes Terraform reject an empty list', () => {
  const stack = newStack();
  const { listValue } = new TerraformVariable(stack, 'offices', { type: 'list(string)' });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(...listValue), prometheus });
  expect(Object.values(resourcesOf(stack).google_compute_firewall)).toMatchObject([
    { source_ranges: '${var.offices}', lifecycle: { precondition: [{ error_message: empty }] } },
  ]);
});

test('joins a list with ranges and other lists', () => {
  const stack = newStack();
  const lists = ['offices', 'homes'].map((id) => new TerraformVariable(stack, id, { type: 'set(string)' }).listValue);
  new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.cidr('10.0.0.0/8', ...lists.flat()),
    prometheus,
  });
  expect(Object.values(resourcesOf(stack).google_compute_firewall)).toMatchObject([
    {
      source_ranges: '${concat(["10.0.0.0/8"], tolist(var.homes), tolist(var.offices))}',
      lifecycle: { precondition: [{}, { error_message: empty }] },
    },
  ]);
});

test('creates two rules for lists of two families', () => {
  const stack = newStack();
  const lists = ['offices', 'homes'].map((id) => new TerraformVariable(stack, id, { type: 'list(string)' }).listValue);
  new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.anyOf(Peer.cidr(...lists[0]), Peer.cidrIpv6(...lists[1])),
    prometheus,
  });
  expect(Object.values(resourcesOf(stack).google_compute_firewall)).toMatchObject([
    { name: 'allow-vcluster-platform-to-prometheus', source_ranges: '${var.offices}' },
    { name: 'allow-vcluster-platform-to-prometheus-ipv6', source_ranges: '${var.homes}' },
  ]);
});

test('takes a list as the destination of documented egress', () => {
  const stack = newStack();
  const { listValue } = new TerraformVariable(stack, 'offices', { type: 'list(string)' });
  const platform = firewall.networkTag('platform');
  const destination = firewall.networkTag('far', { ipRanges: Peer.cidr('10.0.0.0/8', ...listValue) });
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: destination });
  expect(Object.values(resourcesOf(stack).google_compute_firewall)).toMatchObject([
    { direction: 'INGRESS' },
    {
      direction: 'EGRESS',
      destination_ranges: '${concat(["10.0.0.0/8"], tolist(var.offices))}',
      lifecycle: { precondition: [{ error_message: empty }] },
    },
  ]);
});
