import { TerraformVariable } from 'cdktf';
import { GcpFirewall, Peer, PrometheusCostMetricsRule, type GcpFirewallProps } from 'cdktf-cluster-ports';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const made = (props: Partial<GcpFirewallProps>) => () => new GcpFirewall({ network: 'prod', ...props });

test.each(['a', 'k8s-worker', 'w'.repeat(63)])('%s is a network tag', (tag) => {
  expect(firewall.networkTag(tag).label).toBe(`network tag ${tag}`);
});

test.each(['', 'Worker', '1worker', 'worker-', 'my worker', 'w'.repeat(64), 'a.'])('fails for %j as a tag', (tag) => {
  expectRefusal(
    () => firewall.networkTag(tag),
    'GcpFirewall.networkTag: a network tag must be lower-case letters, digits and hyphens, at most 63, beginning with a letter, ' +
      `got "${tag}"`,
  );
});

test.each(['a@b.gserviceaccount.com', 'nodes@prod.iam.gserviceaccount.com', '1-compute@developer.gserviceaccount.com'])(
  '%s is a service account',
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
])('fails for %s as a service account', (email) => {
  expectRefusal(
    () => firewall.serviceAccount(email),
    `GcpFirewall.serviceAccount: a service account must be an email address of gserviceaccount.com, got "${email}"`,
  );
});

test.each(['net-host', 'example.com:net-host', 'abcdef', 'a'.repeat(30)])('%s is a project', (project) => {
  expect(made({ project })().settings.project).toBe(project);
});

test.each(['Net', 'abcde', 'a'.repeat(31), 'net-host-', '1net-host', 'x/net-host', ':net-host', 'net_host'])(
  'fails for %s as a project',
  (project) => expectRefusal(made({ project }), `GcpFirewall: project must be a project id, got "${project}"`),
);

test.each([0, 1000, 65534])('%d is a priority', (priority) => {
  expect(made({ priority })().settings.priority).toBe(priority);
});

test.each([-1, 65535, 1.5])('fails for %d as a priority', (priority) => {
  expectRefusal(made({ priority }), `GcpFirewall: priority must be a whole number from 0 to 65534, got ${priority}`);
});

test('fails for a prefix of names in a list', () => {
  expectRefusal(
    made({ namePrefix: ['dmz-'] as never }),
    'GcpFirewall: namePrefix must be at most 31 lower-case letters, digits and hyphens, beginning with a letter, got ["dmz-"]',
  );
});

test('ranges that only Terraform knows are checked in the rule of their family, and known ones are not', () => {
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
