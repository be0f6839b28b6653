import { type Gate } from '../../../lib/traffic/configuration';
import { diff } from '../../../lib/traffic/diff/diff';
import { readPlannedChange } from '../../../lib/traffic/read/read-terraform';
import { gateOf } from '../../support/first-gate';

const AWS = 'aws_vpc_security_group_ingress_rule';
const GCP = 'google_compute_firewall';

type Values = Readonly<Record<string, unknown>>;

const ssh = (cidr: string): Values => ({
  security_group_id: 'sg-1',
  ip_protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_ipv4: cidr,
});
const firewall = (action: 'allow' | 'deny', more: Values = {}): Values => ({
  name: 'f',
  network: 'projects/p/global/networks/n',
  priority: action === 'deny' ? 900 : 1000,
  [action]: [{ protocol: 'tcp', ports: ['22'] }],
  source_ranges: ['0.0.0.0/0'],
  ...more,
});

/** One resource: what Terraform recorded last, what exists, and what the plan makes. */
interface Resource {
  readonly type: string;
  readonly recorded?: Values;
  readonly existing?: Values;
  readonly planned?: Values;
}

function firstGate(...resources: readonly Resource[]): { gate?: Gate; rows: string[] } {
  const named = resources.map((one, at) => ({ ...one, identity: { address: `${one.type}.r${at}`, type: one.type } }));
  const listed = (which: 'existing' | 'planned'): object[] =>
    named.flatMap((one) => (one[which] ? [{ ...one.identity, values: one[which] }] : []));
  const change = readPlannedChange(
    {
      format_version: '1.2',
      prior_state: { values: { root_module: { resources: listed('existing') } } },
      planned_values: { root_module: { resources: listed('planned') } },
      resource_drift: named
        .filter(({ recorded, existing }) => recorded !== existing)
        .map(({ identity, recorded, existing }) => ({
          ...identity,
          change: { actions: [existing ? 'update' : 'delete'], before: recorded, after: existing ?? null },
        })),
      resource_changes: named.map(({ identity, existing, planned }) => ({
        ...identity,
        change: {
          actions: [existing === planned ? 'no-op' : existing ? (planned ? 'update' : 'delete') : 'create'],
          before: existing ?? null,
          after: planned ?? null,
        },
      })),
      complete: true,
    },
    'plan.json',
  );
  const found = diff(change.before, change.after, { existing: change.existing });
  return { gate: gateOf(change), rows: found.changes.map(({ kind }) => kind) };
}

const [OFFICE, WORLD] = [ssh('10.0.0.0/8'), ssh('0.0.0.0/0')];

test.each<[string, Resource, Gate | undefined, string[]]>([
  ['opens what was narrowed', { type: AWS, recorded: WORLD, existing: OFFICE, planned: WORLD }, 'world', ['widened']],
  ['makes what was deleted', { type: AWS, recorded: OFFICE, planned: OFFICE }, 'opened', ['opened']],
  ['keeps what was opened', { type: AWS, recorded: OFFICE, existing: WORLD, planned: WORLD }, 'world', ['widened']],
  ['closes what was opened', { type: AWS, recorded: OFFICE, existing: WORLD, planned: OFFICE }, undefined, []],
  ['keeps what was closed', { type: AWS, recorded: WORLD, existing: OFFICE, planned: OFFICE }, 'any', ['narrowed']],
  [
    'enables what was disabled',
    {
      type: GCP,
      recorded: firewall('allow'),
      existing: firewall('allow', { disabled: true }),
      planned: firewall('allow'),
    },
    'world',
    ['opened'],
  ],
  ['is without changes', { type: AWS, recorded: WORLD, existing: WORLD, planned: WORLD }, undefined, []],
])('a plan that %s by hand', (_what, resource, gate, rows) => {
  expect(firstGate(resource)).toEqual({ gate, rows });
});

test('a plan that deletes a deny that somebody added by hand opens what it denied', () => {
  const allow = firewall('allow');
  const deny = { type: GCP, recorded: firewall('deny', { disabled: true }), existing: firewall('deny') };
  expect(
    firstGate(
      { type: GCP, recorded: allow, existing: allow, planned: allow },
      { ...deny, planned: firewall('deny', { disabled: true }) },
    ),
  ).toEqual({ gate: 'world', rows: ['opened'] });
});

/** A list of hostnames that AWS Network Firewall allows. */
function hostnames(targets: readonly string[], home: string): Values {
  const list = { generated_rules_type: 'ALLOWLIST', target_types: ['TLS_SNI'], targets };
  const group = {
    rule_variables: [{ ip_sets: [{ key: 'HOME_NET', ip_set: [{ definition: [home] }] }] }],
    rules_source: [{ rules_source_list: [list] }],
  };
  return { name: 'hosts', type: 'STATEFUL', capacity: 100, rule_group: [group] };
}

describe('hostnames of a wider range of machines count next to a change by hand', () => {
  const type = 'aws_networkfirewall_rule_group';
  const byHand: Resource = { type: AWS, recorded: WORLD, existing: OFFICE, planned: OFFICE };

  test('if it has them already', () => {
    const wide = hostnames(['a.com'], '10.0.0.0/8');
    const part = hostnames(['c.com'], '10.20.0.0/16');
    expect(
      firstGate(
        { type, recorded: wide, existing: wide, planned: wide },
        { type, recorded: part, existing: part, planned: hostnames(['a.com', 'b.com'], '10.20.0.0/16') },
        byHand,
      ),
    ).toEqual({ gate: 'opened', rows: ['opened', 'narrowed', 'closed'] });
  });

  test('if it gets them in place of a part of it', () => {
    const part = hostnames(['a.com'], '10.20.0.0/16');
    expect(
      firstGate({ type, recorded: part, existing: part, planned: hostnames(['a.com'], '10.0.0.0/8') }, byHand),
    ).toEqual({ gate: 'widened', rows: ['widened', 'narrowed'] });
  });
});

test('the change of an update counts, if the planned values do not have it', () => {
  const identity = { address: `${AWS}.r`, type: AWS };
  const change = readPlannedChange(
    {
      format_version: '1.2',
      prior_state: { values: { root_module: { resources: [{ ...identity, values: OFFICE }] } } },
      planned_values: { root_module: { resources: [{ ...identity, values: OFFICE }] } },
      resource_changes: [{ ...identity, change: { actions: ['update'], before: OFFICE, after: WORLD } }],
    },
    'plan.json',
  );
  expect(diff(change.before, change.after).changes.map(({ kind }) => kind)).toEqual(['widened']);
});
