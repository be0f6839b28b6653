import type { Configuration } from '../../lib/traffic/configuration';
import { diff } from '../../lib/traffic/diff/diff';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { combinedConfiguration } from '../../lib/traffic/read/combined-configuration';
import { readPlannedChange, readTerraform } from '../../lib/traffic/read/read-terraform';
import { notEvaluatedIn } from '../support/not-evaluated';

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const SSH = { network: 'prod', source_ranges: ['10.0.0.0/8'], allow: [{ protocol: 'tcp', ports: ['22'] }] };
const NO_SSH = { network: 'prod', source_ranges: ['10.9.0.0/16'], priority: 900, deny: [{ protocol: 'all' }] };
const firewalls = (all: object, more: object = {}): Configuration =>
  readTerraform({ ...more, resource: { google_compute_firewall: all } }, 'cdk.tf.json');
const reasons = (configuration: Configuration): string[] => notEvaluatedIn(configuration).map(({ reason }) => reason);

describe('a firewall', () => {
  test.each<[string, object, string[]]>([
    [
      'ports as numbers',
      { allow: [{ protocol: 'tcp', ports: [22, '80-81'] }] },
      ['ingress 22/tcp', 'ingress 80-81/tcp'],
    ],
    ['a protocol without ports', { allow: [{ protocol: 'udp' }] }, ['ingress 0-65535/udp']],
    [
      'a protocol by its number',
      { allow: [{ protocol: '6', ports: ['22'] }, { protocol: '50' }] },
      ['ingress 22/tcp', 'ingress 50/ip'],
    ],
    ['all protocols', { allow: [{ protocol: 'all' }] }, ['ingress all']],
    ['no enforcement', { disabled: true }, []],
  ])('with %s', (_what, changes, expected) => {
    expect(lines(firewalls({ a: { ...SSH, ...changes } }))).toEqual(
      expected.map((line) => `${line} from 10.0.0.0/8 to all-instances on prod`),
    );
  });

  test('without sources matches all IPv4 addresses, and with source tags only those tags', () => {
    const open = { network: SSH.network, allow: SSH.allow };
    expect(lines(firewalls({ a: open }))).toEqual(['ingress 22/tcp from 0.0.0.0/0 to all-instances on prod']);
    expect(lines(firewalls({ a: { ...open, source_ranges: [], source_tags: [] } }))).toEqual([
      'ingress 22/tcp from 0.0.0.0/0 to all-instances on prod',
    ]);
    expect(
      lines(firewalls({ a: { ...open, source_ranges: [], source_tags: ['bastion'], target_tags: ['web'] } })),
    ).toEqual(['ingress 22/tcp from tag:bastion to tag:web on prod']);
  });

  test('for egress without destinations matches all IPv4 addresses, and at the same priority deny comes first', () => {
    const out = { network: 'prod', direction: 'EGRESS' };
    const all = {
      deny: { ...out, deny: [{ protocol: 'all' }] },
      web: { ...out, allow: [{ protocol: 'tcp', ports: ['443'] }] },
    };
    expect(lines(firewalls(all))).toEqual(['not egress all from all-instances to any IPv4 address on prod']);
    const later = { ...all, deny: { ...all.deny, priority: 1001 } };
    expect(lines(firewalls(later))).toEqual([
      'not egress all from all-instances to any IPv4 address on prod',
      'egress 443/tcp from all-instances to 0.0.0.0/0 on prod',
    ]);
    const mail = { ...all.deny, deny: [{ protocol: 'tcp', ports: ['25'] }] };
    expect(lines(firewalls({ mail }))).toEqual(['not egress 25/tcp from all-instances to any IPv4 address on prod']);
  });

  test.each([
    [{ direction: 'EGRESS', source_tags: ['web'] }, 'source_tags cannot be evaluated in an egress rule'],
    [
      { direction: 'EGRESS', source_service_accounts: ['a@b.c'] },
      'source_service_accounts cannot be evaluated in an egress rule',
    ],
    [{ direction: 'EGRESS', source_ranges: ['10.0.0.0/8'] }, 'source_ranges cannot be evaluated in an egress rule'],
    [{ destination_ranges: ['10.0.0.0/8'] }, 'destination_ranges cannot be evaluated in an ingress rule'],
    [{ allow: [{ protocol: 'ipip' }] }, 'allow is ipip, whose protocol number GCP does not document'],
  ])('with %p is reported as not evaluated', (changes, reason) => {
    const configuration = firewalls({ a: { network: 'prod', allow: [{ protocol: 'tcp' }], ...changes } });
    expect(configuration.rules).toEqual([]);
    expect(reasons(configuration)).toEqual([reason]);
  });
});

describe('a network', () => {
  const google = (project: unknown, alias?: string): object => ({ provider: { google: [{ project, alias }] } });

  test('belongs to the project of its provider', () => {
    const configuration = firewalls(
      { ssh: SSH, deny: { ...NO_SSH, network: 'projects/p/global/networks/prod' } },
      google('p'),
    );
    expect(lines(configuration)).not.toContain('ingress 22/tcp from 10.0.0.0/8 to all-instances on p/prod');
    expect(new Set(configuration.rules.map(({ network }) => network))).toEqual(new Set(['p/prod']));
    expect(notEvaluatedIn(configuration)).toEqual([]);
    const aliased = firewalls({ ssh: { ...SSH, provider: 'google.host' } }, google('host', 'host'));
    expect(aliased.rules[0].network).toBe('host/prod');
    expect(firewalls({ ssh: { ...SSH, project: 'own' } }, google('p')).rules[0].network).toBe('own/prod');
  });

  test('of a different stack and project is a different network', () => {
    const stacks = (first: object, second: object): Configuration =>
      combinedConfiguration('cdktf.out', [
        ['a', firewalls({ ssh: SSH }, first)],
        ['b', firewalls({ deny: NO_SSH }, second)],
      ]);
    expect(lines(stacks(google('dev'), google('live')))).toEqual([
      'ingress 22/tcp from 10.0.0.0/8 to all-instances on dev/prod',
    ]);
    expect(notEvaluatedIn(stacks(google('dev'), google('live')))).toEqual([]);
    expect(notEvaluatedIn(stacks({}, {}))).toEqual([
      { file: 'cdktf.out', address: 'prod', reason: 'the project of this network is not known' },
    ]);
  });

  test.each([
    'https://www.googleapis.com/compute/v1/projects/p/global/networks/prod',
    'https://compute.googleapis.com/compute/beta/projects/p/global/networks/prod',
    '//compute.googleapis.com/projects/p/global/networks/prod',
    '//www.googleapis.com/compute/v1/projects/p/global/networks/prod',
    'compute/v1/projects/p/global/networks/prod',
    'projects/p/global/networks/prod',
  ])('has one name, however it is written: %s', (network) => {
    expect(firewalls({ ssh: { ...SSH, network } }).rules[0].network).toBe('p/prod');
  });

  test('without a known project is reported if a rule of a network with its name denies', () => {
    const other = { ...NO_SSH, project: 'p' };
    expect(notEvaluatedIn(firewalls({ ssh: SSH, other }))).toEqual([
      {
        file: 'cdk.tf.json',
        address: 'prod',
        reason: 'the project of this network is not known: it may be p/prod',
      },
    ]);
    expect(notEvaluatedIn(firewalls({ ssh: SSH, other: { ...SSH, project: 'p' } }))).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['the configuration of the provider', { google: { expressions: { project: { constant_value: 'p' } } } }, {}],
    [
      'a variable',
      { google: { expressions: { project: { references: ['var.project'] } } } },
      { project: { value: 'p' } },
    ],
    ['an existing firewall', { google: { name: 'google' } }, {}],
  ])('of a firewall that a plan replaces stays the same, known from %s', (_how, providers, variables) => {
    const firewall = (values: object): unknown => ({
      root_module: {
        resources: [
          { address: 'google_compute_firewall.a', type: 'google_compute_firewall', values: { ...SSH, ...values } },
        ],
      },
    });
    const change = readPlannedChange(
      {
        format_version: '1.2',
        variables,
        prior_state: {
          values: firewall({
            network: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/prod',
            project: 'p',
          }),
        },
        planned_values: firewall({}),
        resource_changes: [{ address: 'google_compute_firewall.a', change: { after_unknown: { project: true } } }],
        configuration: {
          provider_config: providers,
          root_module: {
            resources: [
              { address: 'google_compute_firewall.a', provider_config_key: 'google', expressions: { network: {} } },
            ],
          },
        },
      },
      'plan.json',
    );
    expect(diff(change.before, change.after).changes).toEqual([]);
    expect(change.after.rules[0].network).toBe('p/prod');
  });
});

describe('a policy rule', () => {
  const rule = (changes: object, match: object = {}): Configuration =>
    readTerraform(
      {
        resource: {
          google_compute_network_firewall_policy_association: {
            at: { attachment_target: 'prod', firewall_policy: 'p' },
          },
          google_compute_network_firewall_policy_rule: {
            a: {
              firewall_policy: 'p',
              direction: 'INGRESS',
              action: 'allow',
              priority: 1000,
              match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp', ports: [22] }], ...match },
              ...changes,
            },
          },
        },
      },
      'cdk.tf.json',
    );

  test('permits the traffic that it matches', () => {
    expect(lines(rule({}))).toEqual(['ingress 22/tcp from 10.0.0.0/8 to all-instances on prod']);
  });

  test.each<[string, object, object]>([
    ['match.src_network_context cannot be evaluated', {}, { src_network_context: 'INTERNET' }],
    ['match.dest_ip_ranges cannot be evaluated in an ingress rule', {}, { dest_ip_ranges: ['10.0.0.0/8'] }],
    [
      'match.src_secure_tags cannot be evaluated in an egress rule',
      { direction: 'EGRESS' },
      { src_ip_ranges: [], dest_ip_ranges: ['10.0.0.0/8'], src_secure_tags: [{ name: 'tagValues/1' }] },
    ],
    ['match.src_ip_ranges is empty', {}, { src_ip_ranges: [] }],
    ['action is "apply_security_profile_group"', { action: 'apply_security_profile_group' }, {}],
    ['target_type is "INTERNAL_MANAGED_LB"', { target_type: 'INTERNAL_MANAGED_LB' }, {}],
  ])('is reported as not evaluated: %s', (reason, changes, match) => {
    expect(rule(changes, match).rules).toEqual([]);
    expect(reasons(rule(changes, match))).toEqual([reason]);
  });

  test.each<[string, object, object, string]>([
    ['no direction', { direction: undefined }, {}, 'direction must be INGRESS or EGRESS, got nothing'],
    ['no priority', { priority: undefined }, {}, 'priority must be a whole number, got nothing'],
    ['no match', { match: undefined }, {}, 'a policy rule must have exactly one match, got 0'],
    ['no protocol', {}, { layer4_configs: [] }, 'layer4_configs must have a protocol, got none'],
    [
      'secure tags and service accounts',
      { target_secure_tags: [{ name: 'tagValues/1' }], target_service_accounts: ['a@b.c'] },
      {},
      'a policy rule must select either by secure tags or by service accounts, got both',
    ],
  ])('with %s is listed as not evaluated', (_what, changes, match, reason) => {
    expect(reasons(rule(changes, match))).toEqual([reason]);
  });
});
