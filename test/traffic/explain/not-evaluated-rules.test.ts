import { explain } from '../../../lib/traffic/explain/explain';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

type Json = Record<string, any>;

/** The gates of a network, in the order in which Google evaluates them by default. */
const GATES = ['hierarchical', 'VPC', 'global', 'regional'] as const;
type Gate = (typeof GATES)[number];

const TYPES: Readonly<Record<Gate, string>> = {
  hierarchical: 'google_compute_firewall_policy_rule',
  VPC: 'google_compute_firewall',
  global: 'google_compute_network_firewall_policy_rule',
  regional: 'google_compute_region_network_firewall_policy_rule',
};
const POLICIES: Readonly<Record<Gate, Json>> = {
  hierarchical: { firewall_policy: '90' },
  VPC: {},
  global: { firewall_policy: 'everywhere', project: 'p' },
  regional: { firewall_policy: 'west', region: 'europe-west3', project: 'p' },
};
const NETWORK = 'projects/p/global/networks/prod';

/** A rule of a gate for 22/tcp from 10.0.0.0/8 to all machines. */
function rule(gate: Gate, action: string, priority: number, more: Json = {}): Json {
  if (gate === 'VPC') {
    const ports = [{ protocol: 'tcp', ports: ['22'] }];
    return { network: NETWORK, project: 'p', source_ranges: ['10.0.0.0/8'], priority, [action]: ports, ...more };
  }
  const match = { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp', ports: ['22'] }] };
  return { ...POLICIES[gate], direction: 'INGRESS', action, priority, match, ...more };
}

/** A network with a policy of each kind. */
function verdict(rules: readonly (readonly [gate: Gate, rule: Json])[], order?: string, region?: string): string {
  const at = { attachment_target: NETWORK, project: 'p' };
  const resource: Json = {
    google_project: { p: { project_id: 'p', org_id: '9' } },
    google_compute_network: {
      prod: { name: 'prod', project: 'p', network_firewall_policy_enforcement_order: order },
    },
    google_compute_firewall_policy_association: {
      org: { firewall_policy: '90', attachment_target: 'organizations/9' },
    },
    google_compute_network_firewall_policy_association: { all: { ...at, firewall_policy: 'everywhere' } },
    google_compute_region_network_firewall_policy_association: {
      west: { ...at, firewall_policy: 'west', region: 'europe-west3' },
    },
  };
  rules.forEach(([gate, one], index) => {
    resource[TYPES[gate]] = { ...resource[TYPES[gate]], [`rule-${index}`]: one };
  });
  const ofRegion = rules.some(([gate]) => gate === 'regional') ? { region } : {};
  const question = { from: '10.1.2.3', to: 'all-instances', port: '22/tcp', network: 'p/prod', ...ofRegion };
  return explain(readTerraform({ resource }, 'cdk.tf.json'), question).verdict;
}

/** Rules of policies that may pass the packet, and that cannot be evaluated. */
const NOT_EVALUATED: readonly (readonly [what: string, action: string, more: Json])[] = [
  ['an inspection', 'apply_security_profile_group', { security_profile_group: 'organizations/9/locations/global/x' }],
  ['an action that is not known', '${var.action}', {}],
  ['an action that does not exist', 'permit', {}],
  ['a direction that is not known', 'allow', { direction: '${var.direction}' }],
  ['no match', 'allow', { match: undefined }],
  ['a match that is not known', 'allow', { match: '${var.match}' }],
  [
    'a match by threat intelligence',
    'allow',
    { match: { src_threat_intelligences: ['iplist-known-malicious-ips'], layer4_configs: [{ ip_protocol: 'all' }] } },
  ],
  ['another type of target', 'allow', { target_type: 'INTERNAL_MANAGED_LB' }],
  [
    'two kinds of targets',
    'allow',
    { target_secure_tags: [{ name: 'tagValues/1' }], target_service_accounts: ['a@p.iam.gserviceaccount.com'] },
  ],
  ['a setting that is not known', 'allow', { disabled: '${var.disabled}' }],
];

/** The same of firewall rules of the network. */
const NOT_EVALUATED_IN_VPC: readonly (readonly [what: string, more: Json])[] = [
  ['a setting that is not known', { disabled: '${var.disabled}' }],
  ['ports that are not known', { allow: [{ protocol: 'tcp', ports: ['${var.port}'] }] }],
  ['destination ranges', { destination_ranges: ['10.0.0.0/8'] }],
  ['a direction that is not known', { direction: '${var.direction}' }],
  ['both allow and deny', { deny: [{ protocol: 'udp' }] }],
  ['tags and service accounts', { target_tags: ['a'], target_service_accounts: ['a@p.iam.gserviceaccount.com'] }],
];

/** Each gate, and those that Google evaluates before it and after it. */
const AROUND = GATES.map((gate, index) => [gate, GATES.slice(0, index), GATES.slice(index + 1)] as const);

describe.each(AROUND)('a rule of the %s gate that is not evaluated', (gate, before, after) => {
  const cases =
    gate === 'VPC' ? NOT_EVALUATED_IN_VPC.map(([what, more]) => [what, 'allow', more] as const) : NOT_EVALUATED;

  test.each(cases)('leaves refused what is refused before it: %s', (_what, action, more) => {
    const unread = [gate, rule(gate, action, 500, more)] as const;
    const verdicts = [
      ...before.map((earlier) => verdict([[earlier, rule(earlier, 'deny', 900)], unread], undefined, 'europe-west3')),
      verdict([[gate, rule(gate, 'deny', 100)], unread], undefined, 'europe-west3'),
    ];
    expect(verdicts).toEqual(verdicts.map(() => 'refused'));
  });

  test.each(cases)('leaves open what is allowed before it: %s', (_what, action, more) => {
    const unread = [gate, rule(gate, action, 500, more)] as const;
    const verdicts = [
      ...before.map((earlier) => verdict([[earlier, rule(earlier, 'allow', 900)], unread], undefined, 'europe-west3')),
      verdict([[gate, rule(gate, 'allow', 100)], unread], undefined, 'europe-west3'),
    ];
    expect(verdicts).toEqual(verdicts.map(() => 'passes'));
  });

  // an allow ends the evaluation, so that later gates are not asked
  test.each(cases)('may pass what is refused after it: %s', (_what, action, more) => {
    const unread = [gate, rule(gate, action, 500, more)] as const;
    const verdicts = [
      ...after.map((later) => verdict([[later, rule(later, 'deny', 100)], unread], undefined, 'europe-west3')),
      verdict([[gate, rule(gate, 'deny', 900)], unread], undefined, 'europe-west3'),
    ];
    expect(verdicts).toEqual(verdicts.map(() => 'not known'));
  });
});

test.each(['deny', 'apply_security_profile_group'])('may refuse what is allowed after it: %s', (action) => {
  const more = action === 'deny' ? { match: '${var.match}' } : {};
  const of = (later: Gate): string =>
    verdict([
      ['hierarchical', rule('hierarchical', action, 1, more)],
      [later, rule(later, 'allow', 1)],
    ]);
  expect(['hierarchical', 'VPC', 'global'].map((gate) => of(gate as Gate))).toEqual([
    'not known',
    'not known',
    'not known',
  ]);
});

test('the order of the network decides which gate is the earlier one', () => {
  const rules = (action: string): (readonly [Gate, Json])[] => [
    ['VPC', rule('VPC', action, 1)],
    ['global', rule('global', 'apply_security_profile_group', 1)],
  ];
  expect(
    ['AFTER_CLASSIC_FIREWALL', 'BEFORE_CLASSIC_FIREWALL'].flatMap((order) =>
      ['deny', 'allow'].map((action) => verdict(rules(action), order)),
    ),
  ).toEqual(['refused', 'passes', 'not known', 'not known']);
});

// Google evaluates policies of networks after all hierarchical ones, wherever they are attached
test('a policy of a network that these files attach to nothing leaves refused what comes before every such policy', () => {
  const elsewhere = { firewall_policy: 'elsewhere' };
  const verdicts = (['global', 'regional'] as const).flatMap((gate) =>
    ['deny', 'allow', 'apply_security_profile_group'].map((action) =>
      verdict([
        ['hierarchical', rule('hierarchical', 'deny', 900)],
        [gate, rule(gate, action, 1, elsewhere)],
      ]),
    ),
  );
  expect(verdicts).toEqual(verdicts.map(() => 'refused'));
  const inNetwork = (['global', 'regional'] as const).flatMap((gate) =>
    ['AFTER_CLASSIC_FIREWALL', 'BEFORE_CLASSIC_FIREWALL'].map((order) =>
      verdict(
        [
          ['VPC', rule('VPC', 'deny', 900)],
          [gate, rule(gate, 'allow', 1, elsewhere)],
        ],
        order,
      ),
    ),
  );
  expect(inNetwork).toEqual(['refused', 'not known', 'refused', 'not known']);
});

test('a regional policy without a region leaves refused what is refused before it', () => {
  const verdicts = ['apply_security_profile_group', 'allow'].flatMap((action) =>
    (['hierarchical', 'VPC', 'global'] as const).map((gate) =>
      verdict([
        [gate, rule(gate, 'deny', 900)],
        ['regional', rule('regional', action, 1)],
      ]),
    ),
  );
  expect(verdicts).toEqual(verdicts.map(() => 'refused'));
});
