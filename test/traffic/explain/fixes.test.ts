import type { ErrorCode } from '../../../lib/input';
import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read';
import { testFixes } from '../../support/fixes';
import { errorOf, expectRefusal } from '../../support/refusals';
import { withFirewallPolicy } from '../../support/rule-group-policy';

type Question = Parameters<typeof explain>[1];

const rule = { allow: [{ protocol: 'tcp' }], project: 'net-host', target_tags: ['web'] };
const HOSTS = {
  rule_variables: { ip_sets: [{ key: 'HOME_NET', ip_set: { definition: ['10.0.0.0/16'] } }] },
  rules_source: {
    rules_source_list: {
      generated_rules_type: 'ALLOWLIST',
      target_types: ['TLS_SNI'],
      targets: ['archive.ubuntu.com'],
    },
  },
};
const CONFIGURATION = readTerraform(
  withFirewallPolicy({
    resource: {
      aws_networkfirewall_rule_group: { hosts: { name: 'hosts', type: 'STATEFUL', capacity: 100, rule_group: HOSTS } },
      aws_security_group: { a: { name: 'same' }, b: { name: 'same' }, mail: {} },
      google_compute_firewall: { prod: { ...rule, network: 'prod' }, test: { ...rule, network: 'test' } },
    },
  }),
  'cdk.tf.json',
);
const ON_AWS: Question = { to: 'aws_security_group.mail', from: '10.0.0.1', port: '443/tcp' };
const ON_GCP: Question = { to: 'tag:web', from: '10.0.0.1', port: '443/tcp' };

const REGIONAL = readTerraform(
  {
    resource: {
      google_compute_region_network_firewall_policy_association: {
        west: {
          attachment_target: 'projects/p/global/networks/n',
          firewall_policy: 'west',
          region: 'europe-west3',
          project: 'p',
        },
      },
      google_compute_region_network_firewall_policy_rule: {
        ssh: {
          ...{
            firewall_policy: 'west',
            region: 'europe-west3',
            project: 'p',
            direction: 'INGRESS',
            action: 'allow',
            priority: 1,
          },
          match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp' }] },
        },
      },
    },
  },
  'cdk.tf.json',
);

test.each(['nope', 'europe-west', 'europe-west3-a', 'West 3'])('accepts the region in place of "%s"', (region) => {
  const question = { to: 'all-instances', from: '10.0.0.1', port: '443/tcp', network: 'p/n' };
  expectRefusal(() => explain(REGIONAL, { ...question, region }), 'region-unknown');
  const { sentence } = errorOf(() => explain(REGIONAL, { ...question, region }));
  expect(sentence).toContain('and these files have rules in europe-west3');
  expect(sentence).toMatch(/; did you mean "europe-west3"\?$/);
  expect(explain(REGIONAL, { ...question, region: 'europe-west3' }).verdict).toBe('passes');
});

/** As in `testFixes`, with questions. */
const QUESTIONS: [what: string, code: ErrorCode, wrong: Question, suggestion: string, right: Question][] = [
  [
    'a name of two groups',
    'group-ambiguous',
    { ...ON_AWS, to: 'same' },
    '"sg:aws_security_group.a" or "sg:aws_security_group.b"',
    { ...ON_AWS, to: 'sg:aws_security_group.a' },
  ],
  [
    'a name of two groups, the second of them',
    'group-ambiguous',
    { ...ON_AWS, to: 'same' },
    '"sg:aws_security_group.a" or "sg:aws_security_group.b"',
    { ...ON_AWS, to: 'sg:aws_security_group.b' },
  ],
  [
    'blanks and zeros around a port',
    'port-invalid',
    { ...ON_AWS, port: ' 0443/tcp\n' },
    '"443/tcp"',
    { ...ON_AWS, port: '443/tcp' },
  ],
  [
    'a misspelled address',
    'group-unknown',
    { ...ON_AWS, to: 'aws_security_group.mial' },
    '"aws_security_group.mail"',
    { ...ON_AWS, to: 'aws_security_group.mail' },
  ],
  [
    'a misspelled source',
    'group-unknown',
    { ...ON_AWS, from: 'aws_security_group.aa' },
    '"aws_security_group.a"',
    { ...ON_AWS, from: 'aws_security_group.a' },
  ],
  [
    'a misspelled tag',
    'group-unknown',
    { ...ON_GCP, to: 'wbe' },
    '"web"',
    { ...ON_GCP, to: 'web', network: 'net-host/prod' },
  ],
  [
    'a tag in two networks',
    'network-required',
    ON_GCP,
    '"net-host/prod" or "net-host/test"',
    { ...ON_GCP, network: 'net-host/prod' },
  ],
  [
    'a tag in two networks, the second of them',
    'network-required',
    ON_GCP,
    '"net-host/prod" or "net-host/test"',
    { ...ON_GCP, network: 'net-host/test' },
  ],
  [
    'a hostname that a filter finds only in TLS',
    'hostname-protocol-required',
    { from: '10.0.0.1', to: 'host:archive.ubuntu.com', port: '443/tcp' },
    '"host:archive.ubuntu.com over TLS"',
    { from: '10.0.0.1', to: 'host:archive.ubuntu.com over TLS', port: '443/tcp' },
  ],
  [
    'a network without its project',
    'network-unknown',
    { ...ON_GCP, network: 'prod' },
    '"net-host/prod"',
    { ...ON_GCP, network: 'net-host/prod' },
  ],
];

const explained = (question: Question) => (): unknown => explain(CONFIGURATION, question);

testFixes(
  QUESTIONS.map(([what, code, wrong, suggestion, right]) => [
    what,
    code,
    explained(wrong),
    suggestion,
    explained(right),
  ]),
);
