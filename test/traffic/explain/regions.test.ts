import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { GcpFirewallPolicy, Peer, PrometheusCostMetricsRule } from '../../../lib';
import { explain } from '../../../lib/traffic/explain/explain';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { cli, temporaryDirectory } from '../../support/cli';

const { path } = temporaryDirectory();
const WEB = 'tagValues/281484836404786';
const RULE = 'google_compute_region_network_firewall_policy_rule';

type Json = Record<string, any>;

/** A rule of a firewall policy, inbound from 10.0.0.0/8 to machines with a secure tag. */
const rule = (action: string, priority: number, port: string, more: Json = {}): Json => ({
  firewall_policy: '${google_compute_region_network_firewall_policy.west.name}',
  region: 'europe-west3',
  project: 'net-host',
  action,
  direction: 'INGRESS',
  priority,
  match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp', ports: [port] }] },
  target_secure_tags: [{ name: WEB }],
  ...more,
});
const ofGlobal = { firewall_policy: 'everywhere', region: undefined };

/** A network with a global policy, and a regional one in europe-west3. */
function network(order: string | undefined, regional: Json, global: Json = {}, firewalls: Json = {}): Json {
  const policy = 'google_compute_region_network_firewall_policy';
  const at = { attachment_target: '${google_compute_network.prod.id}', project: 'net-host' };
  return {
    resource: {
      google_compute_network: {
        prod: { name: 'prod', project: 'net-host', network_firewall_policy_enforcement_order: order },
      },
      [policy]: { west: { name: 'west', region: 'europe-west3', project: 'net-host' } },
      [`${policy}_association`]: {
        west: { ...at, name: 'west', firewall_policy: `\${${policy}.west.id}`, region: 'europe-west3' },
      },
      google_compute_network_firewall_policy_association: {
        all: { ...at, name: 'all', firewall_policy: 'everywhere' },
      },
      [RULE]: regional,
      google_compute_network_firewall_policy_rule: global,
      google_compute_firewall: firewalls,
    },
  };
}

const firewall = (action: 'allow' | 'deny', port: string): Json => ({
  name: `firewall-${action}-${port}`,
  network: '${google_compute_network.prod.id}',
  project: 'net-host',
  source_ranges: ['10.0.0.0/8'],
  [action]: [{ protocol: 'tcp', ports: [port] }],
});

function verdict(json: Json, port: string, region?: string): string {
  const question = { from: '10.1.2.3', to: `secure-tag:${WEB}`, port: `${port}/tcp`, network: 'net-host/prod', region };
  return explain(readTerraform(json, 'cdk.tf.json'), question).verdict;
}

// https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order, read on 2026-11-28: VPC rules, global, regional; with
// BEFORE_CLASSIC_FIREWALL global, regional, VPC rules
test.each([
  ['AFTER_CLASSIC_FIREWALL', 'passes', 'refused', 'passes', 'passes', 'refused'],
  [undefined, 'passes', 'refused', 'passes', 'passes', 'refused'],
  ['BEFORE_CLASSIC_FIREWALL', 'passes', 'refused', 'passes', 'refused', 'passes'],
])('rules of a regional policy come directly after the global policy: %p', (order, own, global, next, deny, allow) => {
  const json = network(
    order,
    {
      own: rule('allow', 10, '1'),
      late: rule('allow', 1, '2'),
      passed: rule('allow', 1000, '3'),
      deny: rule('deny', 20, '4'),
      allow: rule('allow', 30, '5'),
    },
    {
      deny: rule('deny', 5000, '2', ofGlobal),
      next: rule('goto_next', 5001, '3', ofGlobal),
      rest: rule('deny', 5002, '3', ofGlobal),
    },
    { allow: firewall('allow', '4'), deny: firewall('deny', '5') },
  );
  expect(['1', '2', '3', '4', '5'].map((port) => verdict(json, port, 'europe-west3'))).toEqual([
    own,
    global,
    next,
    deny,
    allow,
  ]);
});

test('rules of a regional policy apply only in their region, and without one it is not known', () => {
  const json = network(undefined, {
    own: rule('allow', 10, '1'),
    other: rule('deny', 1, '22', { target_secure_tags: [] }),
  });
  expect(['europe-west3', 'europe-west4', undefined].map((region) => verdict(json, '1', region))).toEqual([
    'passes',
    'refused',
    'not known',
  ]);
  // none of them is for this port
  expect(verdict(json, '7')).toBe('refused');
});

test('a disabled rule does nothing, and one of which something is not known is not evaluated', () => {
  const json = network(undefined, {
    off: rule('deny', 1, '1', { disabled: true }),
    own: rule('allow', 10, '1'),
    unknown: rule('deny', 2, '${var.port}'),
  });
  expect(verdict(json, '1', 'europe-west3')).toBe('not known');
  delete json.resource[RULE].unknown;
  expect(verdict(json, '1', 'europe-west3')).toBe('passes');
});

test('a policy that no file attaches to a network is not evaluated', () => {
  const json = network(
    undefined,
    { own: rule('allow', 10, '1') },
    { other: rule('allow', 9, '9', ofGlobal) },
    { tag: { ...firewall('allow', '7'), target_tags: ['web'] } },
  );
  delete json.resource.google_compute_region_network_firewall_policy_association;
  expect(verdict(json, '1', 'europe-west3')).toBe('not known');
  // its rule is for machines with a secure tag
  const question = { from: '10.1.2.3', to: 'tag:web', port: '1/tcp', region: 'europe-west3' };
  expect(explain(readTerraform(json, 'cdk.tf.json'), question).verdict).toBe('refused');
});

test('an order that is not known is evaluated both ways', () => {
  const json = network('${var.order}', { deny: rule('deny', 10, '1') }, {}, { allow: firewall('allow', '1') });
  expect(verdict(json, '1', 'europe-west3')).toBe('depends on the enforcement order of the network');
});

/** A stack that opens 9090/tcp in a regional policy, which it attaches to a network. */
function ofConstruct(): Json {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const policy = new GcpFirewallPolicy({ policy: 'projects/net-host/regions/europe-west3/firewallPolicies/west' });
  const [prometheus, platform] = [policy.secureTag(WEB), policy.secureTag('tagValues/7')];
  new PrometheusCostMetricsRule(stack, 'rule', {
    platform: Peer.anyOf(platform, Peer.cidr('10.0.0.0/8')),
    prometheus,
  });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  const { resource } = network(undefined, {});
  for (const type of ['google_compute_network', 'google_compute_region_network_firewall_policy_association']) {
    json.resource[type] = resource[type];
  }
  json.resource.google_compute_region_network_firewall_policy = resource.google_compute_region_network_firewall_policy;
  return json;
}

test('the ports of a construct pass in the region of its policy, by the names of its machines', () => {
  const json = ofConstruct();
  const configuration = readTerraform(json, 'cdk.tf.json');
  const asked = { to: `secure tag ${WEB}`, port: '9090/tcp', region: 'europe-west3' };
  expect(explain(configuration, { ...asked, from: '10.1.2.3' })).toMatchObject({
    verdict: 'passes',
    notEvaluated: [],
    remarks: [],
    gates: [{ kind: 'network firewall policy', verdict: 'passes' }],
  });
  expect(explain(configuration, { ...asked, from: 'secure tag tagValues/7' }).destination.verdict).toBe('passes');
  expect(explain(configuration, { ...asked, from: '10.1.2.3', port: '9091/tcp' }).verdict).toBe('refused');
  const elsewhere = explain(configuration, {
    ...asked,
    from: '10.1.2.3',
    region: 'us-east1',
    network: 'net-host/prod',
  });
  expect(elsewhere.remarks).toEqual(['no regional firewall policy of these files is in us-east1, but in europe-west3']);
});

test('several stacks keep the rules of their regional policies', () => {
  const stacks = ['one', 'two'].map(
    (name) => [name, readTerraform(name === 'one' ? ofConstruct() : {}, name)] as const,
  );
  const question = { from: '10.1.2.3', to: `secure-tag:${WEB}`, port: '9090/tcp', region: 'europe-west3' };
  expect(explain(combinedConfiguration('cdktf.out', stacks), question).verdict).toBe('passes');
});

test('a regional policy that no file attaches has its name, its region and the reason', () => {
  const json = ofConstruct();
  delete json.resource.google_compute_region_network_firewall_policy_association;
  const found = explain(readTerraform(json, 'cdk.tf.json'), {
    ...{ from: '10.1.2.3', to: `secure tag ${WEB}`, port: '9090/tcp', region: 'europe-west3' },
  });
  expect(found.verdict).toBe('not known');
  expect(found.destination).toMatchObject({
    network: 'policy net-host/west in europe-west3',
    reason: expect.stringContaining('does not attach the policy net-host/west in europe-west3 to a network'),
  });
  expect(found.notEvaluated.map(({ reason }) => reason)).toContain(
    'it is not known to which networks its policy is attached',
  );
});

test('the command line takes the region, and says without it that it is needed', async () => {
  const file = join(path, 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(ofConstruct()));
  const args = ['explain', file, '--from', '10.1.2.3', '--to', `secure tag ${WEB}`, '--port', '9090/tcp'];
  args.push('--network', 'net-host/prod');
  const [without, withRegion] = [await cli(args), await cli([...args, '--region', 'europe-west3'])];
  expect([without.code, withRegion.code]).toEqual([1, 0]);
  expect(without.stdout).toContain('Whether the packet passes is not known: 9090/tcp');
  expect(without.stdout.replace(/\s+/g, ' ')).toContain('"explain" with --region');
});
