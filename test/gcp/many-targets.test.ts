import { ExternalHosts, GcpFirewall, Peer, PrometheusCostMetricsRule, ApinizerNodePorts, type IPeer } from '../../lib';
import { newStack } from '../support/clouds';
import { expectNothingMade, resourcesOf } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod', documentedEgress: true });
const hosts = ExternalHosts.named('prometheus', '10.0.0.0/28');
const accounts = (count: number): IPeer =>
  Peer.anyOf(
    ...Array.from({ length: count }, (_, index) => firewall.serviceAccount(`a${index}@p.iam.gserviceaccount.com`)),
  );
const tags = (count: number): IPeer =>
  Peer.anyOf(...Array.from({ length: count }, (_, index) => firewall.networkTag(`tag-${index}`)));

test.each([
  ['service accounts', accounts(10), accounts(11), 10, 11],
  ['tags', tags(70), tags(71), 70, 71],
])('a rule for what goes out has as many target %s as GCP allows', (what, most, more, limit, count) => {
  const stack = newStack();
  new PrometheusCostMetricsRule(stack, 'rule', { platform: most, prometheus: hosts });
  expectNothingMade(
    (empty) => new PrometheusCostMetricsRule(empty, 'rule', { platform: more, prometheus: hosts }),
    `PrometheusCostMetricsRule "stack/rule": a GCP firewall rule has at most ${limit} target ${what}, got ${count}; did you mean ` +
      'several constructs, each with a GcpFirewall of another namePrefix?',
  );
});

test('fails for more reasons than a description has room for', () => {
  const everyone = Peer.anyOf(...Array.from({ length: 40 }, (_, index) => Peer.anyIpv4(`${'a'.repeat(90)} ${index}`)));
  expect(
    () =>
      new ApinizerNodePorts(newStack(), 'ports', {
        workers: firewall.networkTag('worker'),
        gateways: [{ environment: 'prod', clients: everyone }],
      }),
  ).toThrow(/on GCP a description has at most 2048 characters: fewer or shorter reasons, got \d{4}$/);
});

test('fails for a source of another network, in whichever order the sources are given', () => {
  const [own, other] = [firewall.networkTag('a'), new GcpFirewall({ network: 'other' }).networkTag('a')];
  for (const platform of [Peer.anyOf(own, other), Peer.anyOf(other, own)]) {
    expectNothingMade(
      (stack) =>
        new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: firewall.networkTag('prometheus') }),
      'PrometheusCostMetricsRule "stack/rule": a tag or service account is a source only within its own network, got network tag a ' +
        'of another network; did you mean Peer.cidr(...) with the ranges of these machines?',
    );
  }
});

test('names every reason for which all instances are selected', () => {
  const stack = newStack();
  const platform = Peer.anyOf(firewall.allInstances('one'), firewall.allInstances('two'));
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: hosts });
  const [rule] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rule.description).toContain('; for all instances of the network: one, two');
});

test('fails for machines of which the addresses are said to be the whole internet', () => {
  expect(() => firewall.networkTag('a', { ipRanges: Peer.anyIpv4('why') })).toThrow(
    'ipRanges must not be the whole internet, got any IPv4 address',
  );
});
