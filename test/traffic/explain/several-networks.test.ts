import { TerraformStack, Testing } from 'cdktf';
import { GcpFirewallPolicy, Peer, PrometheusCostMetricsRule } from '../../../lib';
import { explain } from '../../../lib/traffic/explain/explain';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { errorOf, expectRefusal } from '../../support/refusals';

/** A stack whose firewall policy is attached to the networks a and b; a rule of b denies everything before it. */
function stackOf(name: string): any {
  const stack = new TerraformStack(Testing.app(), name);
  const policy = new GcpFirewallPolicy({ policy: 'prod', project: 'net-host' });
  const platform = Peer.anyOf(policy.secureTag('tagValues/7'), Peer.cidr('10.0.0.0/8'));
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: policy.secureTag('tagValues/1') });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource.google_compute_network = Object.fromEntries(
    ['a', 'b'].map((network) => [network, { name: network, project: 'net-host' }]),
  );
  json.resource.google_compute_network_firewall_policy_association = Object.fromEntries(
    ['a', 'b'].map((network) => [
      network,
      {
        name: network,
        attachment_target: `projects/net-host/global/networks/${network}`,
        firewall_policy: 'prod',
        project: 'net-host',
      },
    ]),
  );
  json.resource.google_compute_firewall = {
    deny: {
      name: 'deny',
      project: 'net-host',
      network: 'b',
      source_ranges: ['10.0.0.0/8'],
      deny: [{ protocol: 'all' }],
    },
  };
  return json;
}

const one = readTerraform(stackOf('one'), 'one');
const several = combinedConfiguration('cdktf.out', [
  ['one', one],
  ['two', readTerraform({}, 'two')],
]);

// the names of a stack say a network, so that nothing else is asked
test.each([
  ['its label', one, 'secure tag tagValues/1'],
  ['its id', one, 'secure-tag:tagValues/1'],
  ['its label in several stacks', several, 'secure tag tagValues/1'],
  ['its stack and label', several, 'one/secure tag tagValues/1'],
])('machines of a policy in several networks are judged in their own, if asked by %s', (_what, configuration, to) => {
  const question = { from: '10.1.1.1', to, port: '9090/tcp' };
  const verdicts = ['net-host/a', 'net-host/b'].map(
    (network) => explain(configuration, { ...question, network }).verdict,
  );
  expect(verdicts).toEqual(['passes', 'refused']);
  const without = errorOf(() => explain(configuration, question));
  expect([without.code, without.sentence]).toEqual([
    'network-required',
    expect.stringContaining('did you mean "net-host/a" or "net-host/b"?'),
  ]);
  const inOther = { ...question, from: '192.0.2.1', network: 'net-host/b' };
  expect(explain(configuration, inOther).verdict).toBe('refused');
});

test('a flow that a rule of the second network refuses is needed there too', () => {
  const question = { from: '10.1.1.1', to: 'secure tag tagValues/1', port: '9090/tcp', network: 'net-host/b' };
  expect(explain(one, question).needed.map(({ row }) => row)).toEqual([expect.stringContaining('cost-metrics')]);
});

test('fails for a network or a region that decides nothing', () => {
  const configuration = readTerraform({ resource: { aws_security_group: { db: { name: 'db' } } } }, 'cdk.tf.json');
  const question = { to: 'aws_security_group.db', from: '10.0.0.1', port: '5432/tcp' };
  expectRefusal(() => explain(configuration, { ...question, network: 'prod' }), 'network-not-used');
  expectRefusal(() => explain(configuration, { ...question, region: 'eu-central-1' }), 'region-not-used');
  expect(explain(configuration, question).verdict).toBe('refused');
});
