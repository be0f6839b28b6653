import { TerraformVariable } from 'cdktf';
import { GcpFirewall, type GcpFirewallProps, Peer, PrometheusCostMetricsRule } from 'cdktf-cluster-ports';
import { newStack } from '../../support/clouds';
import { expectRefusal, resourcesOf } from '../../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const made = (props: Partial<GcpFirewallProps>) => () => new GcpFirewall({ network: 'prod', ...props });

test.each(['a', 'k8s-worker', 'w'.repeat(63)])('takes the network tag %s', (tag) => {
  expect(firewall.networkTag(tag).label).toBe(`network tag ${tag}`);
});

test.each(['', 'Worker', '1worker', 'worker-', 'my worker', 'w'.repeat(64), 'a.'])(
  'fails for the network tag %j',
  (tag) => {
    expectRefusal(() => firewall.networkTag(tag), 'network-tag-invalid');
  },
);

test.each(['a@b.gserviceaccount.com', 'nodes@prod.iam.gserviceaccount.com', '1-compute@developer.gserviceaccount.com'])(
  'takes the service account %s',
  (email) => expect(firewall.serviceAccount(email).label).toBe(`service account ${email}`),
);

test.each([
  'nodes@example.com',
  'nodes@prod.gserviceaccount.com.example.com',
  'x nodes@prod.gserviceaccount.com',
  '-nodes@prod.gserviceaccount.com',
  'nodes-@prod.gserviceaccount.com',
  'nodes@-prod.gserviceaccount.com',
  'nodes@.gserviceaccount.com',
  '@prod.gserviceaccount.com',
])('fails for the service account %s', (email) => {
  expectRefusal(() => firewall.serviceAccount(email), 'service-account-invalid');
});

test.each(['net-host', 'example.com:net-host', 'abcdef', 'a'.repeat(30)])('takes the project %s', (project) => {
  expect(made({ project })()._settings.project).toBe(project);
});

test.each(['Net', 'abcde', 'a'.repeat(31), 'net-host-', '1net-host', 'x/net-host', ':net-host', 'net_host'])(
  'fails for the project %s',
  (project) => expectRefusal(made({ project }), 'project-id-invalid'),
);

test.each([0, 1000, 65534])('takes the priority %d', (priority) => {
  expect(made({ priority })()._settings.priority).toBe(priority);
});

test.each([-1, 65535, 1.5])('fails for the priority %d', (priority) => {
  expectRefusal(made({ priority }), 'priority-invalid');
});

test('fails for a name prefix in a list', () => {
  expectRefusal(made({ namePrefix: ['dmz-'] as never }), 'name-prefix-invalid');
});

test('makes Terraform check ranges that are known after apply, in the rule of their family', () => {
  const stack = newStack();
  const [four, six] = ['four', 'six'].map((name) => new TerraformVariable(stack, name, {}).stringValue);
  const platform = Peer.anyOf(Peer.cidr(four), Peer.cidrIpv6(six));
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: firewall.networkTag('prometheus') });
  const rules = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(rules.map((rule) => [rule.source_ranges, conditionsOf(rule)])).toEqual([
    [['${var.four}'], [expect.stringContaining('var.four')]],
    [['${var.six}'], [expect.stringContaining('var.six')]],
  ]);

  const known = newStack();
  const prometheus = firewall.networkTag('prometheus');
  new PrometheusCostMetricsRule(known, 'rule', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  expect(Object.values(resourcesOf(known).google_compute_firewall).map(conditionsOf)).toEqual([[]]);
});

function conditionsOf(rule: any): string[] {
  return (rule.lifecycle?.precondition ?? []).map(({ condition }: { condition: string }) => condition);
}
