import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { ApinizerInstallationHostnames, AwsNetworkFirewallRuleGroup, GcpSecureWebProxy, Peer } from '../../lib';
import { cli, temporaryDirectory } from '../support/cli';
import { withFirewallPolicy } from '../support/rule-group-policy';
import '../../lib/testing';

type Json = any;

const { path } = temporaryDirectory();
const GROUP = 'aws_networkfirewall_rule_group';
const RULE = 'google_network_security_gateway_security_policy_rule';
const LIST = 'google_network_security_url_lists';
const HOSTNAME = 'artifacts.elastic.co';

const newStack = (): TerraformStack => new TerraformStack(new App({ outdir: path, skipValidation: true }), 'hosts');

/** Hostnames through AWS Network Firewall, and a rule group of the user that the same firewall policy uses. */
function onAws(own: object): Json {
  const stack = newStack();
  const clients = Peer.named('subnets', '10.20.0.0/16');
  new ApinizerInstallationHostnames(stack, 'hosts', { through: new AwsNetworkFirewallRuleGroup({ clients }) });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource[GROUP].own = { name: 'own', type: 'STATEFUL', capacity: 100, ...own };
  return withFirewallPolicy(json);
}

function denyList(targets: readonly string[], home?: string): object {
  const variables = home && { ip_sets: [{ key: 'HOME_NET', ip_set: { definition: [home] } }] };
  const list = { generated_rules_type: 'DENYLIST', target_types: ['TLS_SNI'], targets };
  return { rule_group: { rule_variables: variables, rules_source: { rules_source_list: list } } };
}

const suricata = (...rules: string[]): object => ({ rule_group: { rules_source: { rules_string: rules.join('\n') } } });

/** Hostnames through a Secure Web Proxy, and a rule of the user in the same policy. */
function onGcp(own: object, values = [HOSTNAME]): Json {
  const stack = newStack();
  const through = new GcpSecureWebProxy({ policy: 'outbound', location: 'europe-west3', priority: 1000 });
  new ApinizerInstallationHostnames(stack, 'hosts', { through });
  const json = JSON.parse(JSON.stringify(stack.toTerraform()));
  json.resource[LIST].own = { name: 'own', location: 'europe-west3', values };
  json.resource[RULE].own = {
    name: 'own',
    location: 'europe-west3',
    gateway_security_policy: 'outbound',
    enabled: true,
    priority: 10,
    basic_profile: 'DENY',
    session_matcher: `inUrlList(host(), '\${${LIST}.own.id}')`,
    ...own,
  };
  return json;
}

function written(json: Json): string {
  const file = join(path, 'hosts.tf.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

async function parsed(command: string, file: string, ...options: string[]): Promise<Json> {
  const { stdout, stderr } = await cli([command, file, ...options, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Returns what each output says about the hostname: why it is not known to be open; nothing if it is open. */
async function said(file: string): Promise<Json> {
  const { hostnames } = await parsed('matrix', file);
  const { rows } = await parsed('show', file);
  const [row] = rows.filter(({ to }: Json) => to.startsWith(`host:${HOSTNAME}`));
  const { source } = await parsed('explain', file, '--from', row.from, '--to', row.to, '--port', '443/tcp');
  let matched = 'passes';
  try {
    expect(file).toPermit({ direction: 'egress', from: row.from, to: row.to, port: '443/tcp' });
  } catch (error) {
    matched = (error as Error).message;
  }
  return {
    matrix: hostnames.find(({ hostname }: Json) => hostname === HOSTNAME).notKnownToBeOpen,
    show: row.notKnown,
    explain: source.verdict,
    reason: source.reason,
    matched,
  };
}

const OPEN = { matrix: undefined, show: undefined, explain: 'passes', matched: 'passes' };

test.each<[string, string, Json]>([
  ['a deny-list with it', `${GROUP}.own: generated_rules_type is "DENYLIST"`, onAws(denyList([HOSTNAME]))],
  ['a deny-list with its domain', `${GROUP}.own: generated_rules_type is "DENYLIST"`, onAws(denyList(['.elastic.co']))],
  [
    'a deny-list for some of the machines',
    `${GROUP}.own: generated_rules_type is "DENYLIST"`,
    onAws(denyList([HOSTNAME], '10.20.4.0/24')),
  ],
  [
    'a rule in the form of Suricata that drops',
    `${GROUP}.own: rules in the form of Suricata are not evaluated`,
    onAws(suricata('drop tls any any -> any any (tls.sni; content:"elastic"; sid:1;)')),
  ],
  ['a rule of a Secure Web Proxy that denies it', `${RULE}.own: basic_profile is "DENY"`, onGcp({})],
  [
    'a rule of a Secure Web Proxy that denies, with a different matcher',
    `${RULE}.own: session_matcher is "true", which is not evaluated`,
    onGcp({ session_matcher: 'true' }),
  ],
])('a hostname is not known to be open in any output: %s', async (_what, reason, json) => {
  const text = `not known to be open: ${reason}`;
  const found = await said(written(json));
  expect(found).toMatchObject({ matrix: reason, show: text, explain: 'not known', reason: text });
  expect(found.matched).toContain(reason);
});

test.each<[string, Json]>([
  ['a deny-list with other hostnames', onAws(denyList(['evil.example']))],
  ['a deny-list for other machines', onAws(denyList([HOSTNAME], '10.30.0.0/24'))],
  ['rules in the form of Suricata that only alert', onAws(suricata('alert tls any any -> any any (sid:1;)'))],
  ['a rule of a Secure Web Proxy with other hostnames', onGcp({}, ['evil.example'])],
  ['a rule of a Secure Web Proxy that is evaluated later', onGcp({ priority: 5000 })],
  [
    'a rule of a Secure Web Proxy for a different port',
    onGcp({
      session_matcher: `inUrlList(host(), '\${${LIST}.own.id}') && destination.port == 80`,
    }),
  ],
  ['a rule of a different Secure Web Proxy', onGcp({ gateway_security_policy: 'other' })],
  ['a rule of a Secure Web Proxy that is disabled', onGcp({ enabled: false })],
])('a hostname stays open in every output: %s', async (_what, json) => {
  expect(await said(written(json))).toMatchObject(OPEN);
});

test('a deny-list that the firewall policy does not use closes nothing', async () => {
  const json = onAws(denyList([HOSTNAME]));
  const [policy] = Object.values<Json>(json.resource.aws_networkfirewall_firewall_policy);
  const { stateful_rule_group_reference: used } = policy.firewall_policy;
  policy.firewall_policy.stateful_rule_group_reference = used.filter(
    ({ resource_arn: arn }: Json) => !arn.includes('.own.'),
  );
  expect(await said(written(json))).toMatchObject(OPEN);
});
