import type { Configuration } from '../../../lib/traffic/configuration';
import { permittedBy } from '../../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../../lib/traffic/permitted/traffic-rows';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { notEvaluatedIn } from '../../support/not-evaluated';

// The expected order is that of https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const reasons = (configuration: Configuration): string[] => notEvaluatedIn(configuration).map(({ reason }) => reason);

const match = (range: string, port = '22'): object => ({
  src_ip_ranges: [range],
  layer4_configs: [{ ip_protocol: 'tcp', ports: [port] }],
});
const ruleOf = (policy: string, action: string, range: string, more: object = {}): object => ({
  firewall_policy: policy,
  direction: 'INGRESS',
  action,
  priority: 1000,
  match: match(range),
  ...more,
});
const firewall = (body: object): object => ({
  network: 'projects/p/global/networks/prod',
  source_ranges: ['10.0.0.0/8'],
  allow: [{ protocol: 'tcp', ports: ['22'] }],
  ...body,
});

interface World {
  readonly org?: object;
  readonly folder?: object;
  readonly network?: object;
  readonly firewall?: object;
  readonly order?: string;
  readonly more?: object;
}

/** The project p is in the folder 2, which is in the folder 1 of the organization 9. */
function read({ org, folder, network, firewall: ofNetwork, order, more }: World): Configuration {
  const some = (rules: object): object =>
    Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule !== undefined));
  return readTerraform(
    {
      resource: {
        google_folder: {
          one: { name: 'folders/1', parent: 'organizations/9' },
          two: { name: 'folders/2', parent: '${google_folder.one.name}' },
        },
        google_project: { p: { project_id: 'p', folder_id: '2' } },
        google_compute_network: {
          prod: { name: 'prod', project: 'p', network_firewall_policy_enforcement_order: order },
        },
        google_compute_firewall_policy_association: {
          org: { firewall_policy: '90', attachment_target: 'organizations/9' },
          folder: { firewall_policy: '10', attachment_target: '${google_folder.one.name}' },
          elsewhere: { firewall_policy: '50', attachment_target: 'folders/5' },
        },
        google_compute_firewall_policy_rule: some({ org, folder }),
        google_compute_network_firewall_policy_association: {
          a: { firewall_policy: 'q', attachment_target: 'prod', project: 'p' },
        },
        google_compute_network_firewall_policy_rule: some({ network }),
        google_compute_firewall: some({ ofNetwork }),
        ...more,
      },
    },
    'cdk.tf.json',
  );
}

const OPEN = ['ingress 22/tcp from 10.0.0.0/8 to all-instances on p/prod'];

test('the policy of the organization decides before that of a folder', () => {
  const allow = ruleOf('90', 'allow', '10.0.0.0/8', { priority: 2000 });
  const deny = ruleOf('10', 'deny', '10.0.0.0/8', { priority: 1 });
  expect(lines(read({ org: allow, folder: deny }))).toEqual(OPEN);
  expect(lines(read({ org: { ...deny, firewall_policy: '90' }, folder: { ...allow, firewall_policy: '10' } }))).toEqual(
    [],
  );
});

test.each(['AFTER_CLASSIC_FIREWALL', 'BEFORE_CLASSIC_FIREWALL'])(
  'it decides before all rules of networks, in the order %s too',
  (order) => {
    const org = ruleOf('90', 'deny', '10.1.0.0/16', { priority: 2_000_000_000 });
    const network = { ...ruleOf('q', 'allow', '10.0.0.0/8', { priority: 1 }), project: 'p' };
    const expected = ['ingress 22/tcp from 10.0.0.0/8 except 10.1.0.0/16 to all-instances on p/prod'];
    expect(lines(read({ org, network, order }))).toEqual(expected);
    expect(lines(read({ org, firewall: firewall({ priority: 0 }), order }))).toEqual(expected);
  },
);

test('goto_next leaves the decision to the next policy', () => {
  const next = ruleOf('90', 'goto_next', '10.0.0.0/8', { priority: 1 });
  const world = {
    org: next,
    folder: ruleOf('10', 'allow', '10.0.0.0/8'),
    firewall: firewall({ allow: undefined, deny: [{ protocol: 'all' }] }),
  };
  expect(lines(read(world))).toEqual(OPEN);
  expect(lines(read({ ...world, folder: ruleOf('10', 'goto_next', '10.0.0.0/8') }))).toEqual([]);
  expect(lines(read({ org: next, firewall: firewall({}) }))).toEqual(OPEN);
});

test('applies to the networks in target_resources, and to no network of a different folder', () => {
  const deny = ruleOf('90', 'deny', '10.0.0.0/8');
  const at = (...networks: string[]): object => ({
    ...deny,
    target_resources: networks.map(
      (name) => `https://www.googleapis.com/compute/v1/projects/p/global/networks/${name}`,
    ),
  });
  expect(lines(read({ org: at('prod'), firewall: firewall({}) }))).toEqual([]);
  expect(lines(read({ org: at('dev'), firewall: firewall({}) }))).toEqual(OPEN);
  const elsewhere = read({ org: ruleOf('50', 'deny', '10.0.0.0/8'), firewall: firewall({}) });
  expect(lines(elsewhere)).toEqual(OPEN);
  expect(reasons(elsewhere)).toEqual([]);
});

test.each<[string, World, string]>([
  [
    'a project whose folder is not known',
    { org: ruleOf('90', 'deny', '10.0.0.0/8'), more: { google_project: {} } },
    'it is not known whether the network p/prod is below organizations/9',
  ],
  [
    'a folder that is not in the configuration',
    { org: ruleOf('90', 'deny', '10.0.0.0/8'), more: { google_folder: {} } },
    'it is not known whether the network p/prod is below organizations/9',
  ],
  [
    'a policy without an association',
    { org: ruleOf('91', 'deny', '10.0.0.0/8') },
    'it is not known with which organization or folder its policy is associated',
  ],
  [
    'networks that are not known',
    { org: ruleOf('90', 'deny', '10.0.0.0/8', { target_resources: '${var.networks}' }) },
    'target_resources is known after apply',
  ],
  [
    'a match that cannot be evaluated',
    { org: ruleOf('90', 'deny', '10.0.0.0/8', { match: { ...match('10.0.0.0/8'), src_region_codes: ['DE'] } }) },
    'match.src_region_codes cannot be evaluated',
  ],
])('is listed as not evaluated: %s', (_what, world, reason) => {
  expect(reasons(read({ ...world, firewall: firewall({}) }))).toEqual([reason]);
});

test('is listed for the networks of other stacks', () => {
  const org = read({ org: ruleOf('90', 'deny', '10.0.0.0/8'), firewall: firewall({}) });
  const other = readTerraform(
    { resource: { google_compute_firewall: { a: firewall({ network: 'projects/p/global/networks/dev' }) } } },
    'other.tf.json',
  );
  const combined = (second: Configuration): Configuration =>
    combinedConfiguration('cdktf.out', [
      ['a', org],
      ['b', second],
    ]);
  expect(reasons(combined(other))).toEqual([
    'it is not evaluated whether it applies to the networks of other stacks, such as p/dev of b',
  ]);
  const same = readTerraform({ resource: { google_compute_firewall: { a: firewall({}) } } }, 'other.tf.json');
  expect(reasons(combined(same))).toEqual([]);
});
