import { App, TerraformStack } from 'cdktf';
import {
  AwsNetworkFirewallRuleGroup,
  DocumentedHostnameRules,
  GcpFirewallPolicy,
  GcpSecureWebProxy,
  type IHostnameFilter,
  Peer,
  Port,
} from '../../lib';
import '../../lib/testing';
import { toMatchDocuments, toPermit } from '../../lib/testing/matchers';
import { hostnameRow, hostnameTable } from '../support/hostname-tables';
import { expectRefusal } from '../support/refusals';
import { withFirewallPolicy } from '../support/rule-group-policy';

const EXACT = [
  hostnameRow('registry', 'registry.docker.com', Port.tcp(443)),
  hostnameRow('ubuntu', 'archive.ubuntu.com', Port.tcp(443), Port.tcp(80)),
];
const WILDCARD = hostnameRow('docker', '*.docker.io', Port.tcp(443));

function synthesized(through: IHostnameFilter, rows = [...EXACT, WILDCARD]): any {
  const stack = new TerraformStack(new App(), 'platform');
  new DocumentedHostnameRules(stack, 'hosts', { table: hostnameTable(rows), through });
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

const CASES: readonly [string, () => any, (json: any) => unknown][] = [
  [
    'AWS Network Firewall',
    () => synthesized(new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.20.0.0/16', '10.30.0.0/16') })),
    (json) => {
      const [group] = Object.values<any>(json.resource.aws_networkfirewall_rule_group);
      group.rule_group.rules_source.rules_source_list.targets.push('evil.example');
    },
  ],
  [
    'AWS Network Firewall in the VPC of the machines',
    () => synthesized(new AwsNetworkFirewallRuleGroup()),
    (json) => {
      const [group] = Object.values<any>(json.resource.aws_networkfirewall_rule_group);
      group.rule_group.rules_source.rules_source_list.target_types.push('HTTP_HOST', 'TLS_SNI');
      group.rule_group.rules_source.rules_source_list.targets.push('evil.example');
    },
  ],
  [
    'a Secure Web Proxy',
    () => synthesized(new GcpSecureWebProxy({ location: 'europe-west3', project: 'net-host' })),
    (json) => {
      const [list] = Object.values<any>(json.resource.google_network_security_url_lists);
      list.values.push('*.docker.com');
    },
  ],
  [
    'a firewall policy of GCP',
    () => synthesized(new GcpFirewallPolicy({ policy: 'projects/net-host/global/firewallPolicies/outbound' }), EXACT),
    (json) => {
      const [rule] = Object.values<any>(json.resource.google_compute_network_firewall_policy_rule);
      rule.match.dest_fqdns.push('evil.example');
    },
  ],
];

describe.each(CASES)('%s', (_name, stack, widen) => {
  test('allows exactly the hostnames of its documents', () => {
    expect(stack()).toMatchDocuments();
  });

  test('fails if it allows one more', () => {
    const json = stack();
    widen(json);
    expect(json).not.toMatchDocuments();
  });

  test('fails if a hostname is missing', () => {
    const json = stack();
    for (const type of Object.values<any>(json.resource)) {
      for (const { rule_group: group, values, match } of Object.values<any>(type)) {
        const names = group?.rules_source.rules_source_list.targets ?? values ?? match?.dest_fqdns;
        names?.splice(names.indexOf('registry.docker.com'), names.includes('registry.docker.com') ? 1 : 0);
      }
    }
    const { pass, message } = toMatchDocuments.call(context(), json);
    expect(pass).toBe(false);
    expect(message()).toContain('host:registry.docker.com');
  });
});

function context(): any {
  return { isNot: false, utils: { matcherHint: (name: string) => name } };
}

test('fails for machines that the document does not name', () => {
  const json = synthesized(new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.20.0.0/16') }));
  for (const { rule_group: group } of Object.values<any>(json.resource.aws_networkfirewall_rule_group)) {
    group.rule_variables.ip_sets[0].ip_set.definition = ['10.0.0.0/8'];
  }
  expect(json).not.toMatchDocuments();
});

test('tests hostnames by name, with the wildcards that cover them', () => {
  const json = synthesized(new GcpSecureWebProxy({ location: 'europe-west3' }));
  const from = 'machines:europe-west3/outbound-hosts';
  expect(json).toPermit({ port: '443/tcp', from, to: 'host:*.docker.io' });
  expect(json).toPermit({ port: '443/tcp', from, to: 'host:auth.docker.io' });
  expect(json).toPermit({ port: '443/tcp', from, to: 'host:auth.docker.io over TLS' });
  expect(json).not.toPermit({ port: '443/tcp', from, to: 'host:docker.io' });
  expect(json).not.toPermit({ port: '443/tcp', from, to: 'host:auth.docker.com' });
  expect(json).not.toPermit({ port: '8443/tcp', from, to: 'host:*.docker.io' });
});

test('knows that AWS Network Firewall matches on every port, and a domain itself', () => {
  const json = withFirewallPolicy(synthesized(new AwsNetworkFirewallRuleGroup({ clients: Peer.cidr('10.20.0.0/16') })));
  expect(json).toPermit({ port: '8443/tcp', from: 'machines:10.20.3.0/24', to: 'host:docker.io over TLS' });
  expect(json).not.toPermit({ port: '80/tcp', from: 'machines:10.20.0.0/16', to: 'host:docker.io over HTTP' });
  expect(json).not.toPermit({ port: '443/tcp', from: 'machines:10.30.0.0/16', to: 'host:docker.io over TLS' });
});

const LISTED = { port: '443/tcp', from: 'machines:firewall-vpc', to: 'host:docker.io over TLS' };
const NOT_LISTED = { ...LISTED, to: 'host:evil.example over TLS' };

test('cannot tell what passes a rule group of AWS Network Firewall that no firewall policy uses', () => {
  const json = synthesized(new AwsNetworkFirewallRuleGroup());
  const unused = 'no firewall policy of these files uses aws_networkfirewall_rule_group.hosts_platform-hosts-tls';
  expect(() => expect(json).toPermit(LISTED)).toThrow(unused);
  expect(() => expect(json).not.toPermit(LISTED)).toThrow('Permitted, although the rows must not be');
  expect(() => expect(json).not.toPermit(NOT_LISTED)).toThrow(unused);
  expect(json).toMatchDocuments();
});

test('cannot tell what a firewall policy of AWS Network Firewall stops that drops nothing', () => {
  const json = withFirewallPolicy(synthesized(new AwsNetworkFirewallRuleGroup()), ['aws:alert_strict']);
  expect(json).toPermit(LISTED);
  const open = 'it drops nothing by default, so hostnames that its rule groups do not list may pass too';
  expect(() => expect(json).not.toPermit(NOT_LISTED)).toThrow(open);
  expect(() => expect(json).toMatchDocuments()).toThrow(open);
});

test('tells what security groups stop, whatever is not known about hostnames', () => {
  const json = synthesized(new AwsNetworkFirewallRuleGroup());
  json.resource.aws_security_group = { web: {} };
  expect(json).not.toPermit({ port: '22/tcp', from: '0.0.0.0/0', to: 'sg:aws_security_group.web' });
});

test.each([
  ['host:.Docker.io', '"host:*.docker.io"'],
  ['host:*.docker.io over tls', '"host:*.docker.io over TLS"'],
  ['host:a_b c', undefined],
])('fails for %s, which is not a hostname', (to, fix) => {
  const row = { port: '443/tcp', from: 'machines:firewall-vpc', to };
  const act = (): unknown => toPermit.call(context(), { resource: {} }, row);
  expectRefusal(act, 'hostname-invalid');
  if (fix !== undefined) expect(act).toThrow(`did you mean ${fix}?`);
});
