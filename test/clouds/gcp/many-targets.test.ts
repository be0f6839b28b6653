import {
  ApinizerNodePorts,
  Egress,
  ExternalHosts,
  GcpFirewall,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
} from '../../../lib';
import { newStack } from '../../support/clouds';
import { expectNothingCreated, expectRefusal, resourcesOf } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod', egress: Egress.DOCUMENTED });
const hosts = ExternalHosts.named('prometheus', '10.0.0.0/28');
const accounts = (count: number): IPeer =>
  Peer.anyOf(
    ...Array.from({ length: count }, (_, index) => firewall.serviceAccount(`a${index}@p.iam.gserviceaccount.com`)),
  );
const tags = (count: number): IPeer =>
  Peer.anyOf(...Array.from({ length: count }, (_, index) => firewall.networkTag(`tag-${index}`)));

test.each([
  ['service accounts', accounts(10), accounts(11)],
  ['tags', tags(70), tags(71)],
])('an EGRESS rule has as many target %s as GCP allows', (_what, most, more) => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', { platform: most, prometheus: hosts });
  expectNothingCreated(
    (empty) => new PrometheusCostMetricsRule(empty, 'rule', { platform: more, prometheus: hosts }),
    'firewall-list-too-long',
  );
});

test('fails for reasons that do not fit into a description', () => {
  const everyone = Peer.anyOf(...Array.from({ length: 40 }, (_, index) => Peer.anyIpv4(`${'a'.repeat(90)} ${index}`)));
  expectNothingCreated(
    (stack) =>
      new ApinizerNodePorts(stack, 'ports', {
        workers: firewall.networkTag('worker'),
        gateways: [{ environment: 'prod', clients: everyone }],
      }),
    'description-too-long',
  );
});

test('fails for a source of a different network, in any order of the sources', () => {
  const [own, other] = [firewall.networkTag('a'), new GcpFirewall({ network: 'other' }).networkTag('a')];
  for (const platform of [Peer.anyOf(own, other), Peer.anyOf(other, own)]) {
    expectNothingCreated(
      (stack) =>
        new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: firewall.networkTag('prometheus') }),
      'far-end-network-mismatch',
    );
  }
});

test('describes every reason to select all instances', () => {
  const stack = newStack();
  const platform = Peer.anyOf(firewall.allInstances('one'), firewall.allInstances('two'));
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: hosts });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.description).toContain('; for all instances of the network: one, two');
});

test('fails if the IP ranges of machines are the whole internet', () => {
  expectRefusal(() => firewall.networkTag('a', { ipRanges: Peer.anyIpv4('why') }), 'world-not-allowed');
});
