import type { Configuration } from '../../lib/traffic/configuration';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { type PlannedChange, readPlannedChange, readTerraform } from '../../lib/traffic/read/read-terraform';
import { gateOf } from '../support/first-gate';

// Entries of a prefix list may be resources of their own. States and plans list them in the prefix list too, from the next refresh on.

const lines = ({ rules }: Configuration): string[] => trafficRows(permittedBy(rules)).map(rowText);
const reasons = ({ notEvaluated }: Configuration): string[] =>
  notEvaluated.map(({ address, reason }) => `${address}: ${reason}`);

const LIST = 'aws_ec2_managed_prefix_list.offices';
const ENTRY = 'aws_ec2_managed_prefix_list_entry';
const BERLIN = '10.40.0.0/16';
const PARIS = '10.42.0.0/16';
const ROME = '10.44.0.0/16';
const WORLD = '0.0.0.0/0';

/** Returns a list that shows ranges as its entries. */
const list = (...ranges: string[]): object => ({
  address: LIST,
  type: 'aws_ec2_managed_prefix_list',
  values: { id: 'pl-1', address_family: 'IPv4', max_entries: 5, entry: ranges.map((cidr) => ({ cidr })) },
});
const entry = (cidr: string): object => ({
  address: `${ENTRY}.this["${cidr}"]`,
  type: ENTRY,
  values: { prefix_list_id: 'pl-1', cidr },
});
const rule = {
  address: 'aws_vpc_security_group_ingress_rule.ssh',
  type: 'aws_vpc_security_group_ingress_rule',
  values: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, prefix_list_id: 'pl-1' },
};
const values = (...resources: object[]): object => ({ root_module: { resources: [rule, ...resources] } });
const state = (...resources: object[]): Configuration =>
  readTerraform({ format_version: '1.0', values: values(...resources) }, 'state.json');
const from = (...ranges: string[]): string[] => ranges.map((range) => `ingress 22/tcp from ${range} to sg:sg-1`);
const unexplained = (at: number): string =>
  `${LIST}.entry[${at}]: the prefix list lists this range, but no separate entry resource creates it`;

describe('a prefix list with separate entries, in a state,', () => {
  test('has these entries before the first refresh and after it', () => {
    expect(lines(state(list(), entry(BERLIN), entry(PARIS)))).toEqual(from(BERLIN, PARIS));
    const refreshed = state(list(BERLIN, PARIS), entry(BERLIN), entry(PARIS));
    expect([lines(refreshed), reasons(refreshed)]).toEqual([from(BERLIN, PARIS), []]);
  });

  test('does not have an entry that was deleted since the last refresh, and reports it', () => {
    const found = state(list(BERLIN, PARIS), entry(BERLIN), entry(ROME));
    expect([lines(found), reasons(found)]).toEqual([from(BERLIN, ROME), [unexplained(1)]]);
  });
});

test('a prefix list with entries of its own has these', () => {
  expect(lines(state(list(BERLIN, PARIS)))).toEqual(from(BERLIN, PARIS));
});

describe('a plan of a prefix list with separate entries', () => {
  const configuration = {
    root_module: {
      resources: [
        { address: LIST, type: 'aws_ec2_managed_prefix_list', expressions: { name: {}, max_entries: {} } },
        { address: `${ENTRY}.this`, type: ENTRY, expressions: { cidr: {}, prefix_list_id: {} } },
      ],
    },
  };
  /** Returns a plan that makes and deletes entries; `recorded` is what the state listed before the refresh. */
  const plan = (
    listed: readonly string[],
    sides: {
      readonly recorded?: readonly string[];
      readonly before: readonly string[];
      readonly after: readonly string[];
    },
  ): PlannedChange => {
    const { recorded, before, after } = sides;
    const change = (cidr: string, actions: readonly string[]): object => ({
      ...entry(cidr),
      change: { actions, after: actions[0] === 'delete' ? null : (entry(cidr) as { values: object }).values },
    });
    const drift = {
      ...list(),
      change: {
        actions: ['update'],
        before: (list(...(recorded ?? [])) as { values: object }).values,
        after: (list(...listed) as { values: object }).values,
      },
    };
    return readPlannedChange(
      {
        format_version: '1.2',
        complete: true,
        prior_state: { format_version: '1.0', values: values(list(...listed), ...before.map(entry)) },
        planned_values: values(list(...listed), ...after.map(entry)),
        resource_drift: recorded === undefined ? [] : [drift],
        resource_changes: [
          ...[rule, list(...listed)].map((one) => ({ ...one, change: { actions: ['no-op'] } })),
          ...after.map((cidr) => change(cidr, before.includes(cidr) ? ['no-op'] : ['create'])),
          ...before.filter((cidr) => !after.includes(cidr)).map((cidr) => change(cidr, ['delete'])),
        ],
        configuration,
      },
      'plan.json',
    );
  };

  test('has the entries of each side, although the list shows those of before', () => {
    const found = plan([BERLIN, PARIS], { before: [BERLIN, PARIS], after: [BERLIN, ROME] });
    expect([lines(found.before), lines(found.after)]).toEqual([from(BERLIN, PARIS), from(BERLIN, ROME)]);
    expect([reasons(found.before), reasons(found.after)]).toEqual([[], []]);
    expect(gateOf(found)).toBe('opened');
  });

  test('has only entries that opened something if one is deleted', () => {
    const found = plan([BERLIN, PARIS], { before: [BERLIN, PARIS], after: [BERLIN] });
    expect([lines(found.after), gateOf(found)]).toEqual([from(BERLIN), 'any']);
  });

  test('changes nothing if the refresh only catches up with the last apply', () => {
    const sides = { recorded: [BERLIN, PARIS], before: [BERLIN, ROME], after: [BERLIN, ROME] };
    const found = plan([BERLIN, ROME], sides);
    expect([lines(found.before), lines(found.after), gateOf(found)]).toEqual([
      from(BERLIN, ROME),
      from(BERLIN, ROME),
      undefined,
    ]);
  });

  test('stops at an entry that somebody made', () => {
    const found = plan([BERLIN, WORLD], { recorded: [BERLIN], before: [BERLIN], after: [BERLIN] });
    expect([lines(found.before), lines(found.after)]).toEqual([from(BERLIN), from(BERLIN)]);
    expect(reasons(found.after)).toEqual([unexplained(1)]);
    expect(gateOf(found)).toBe('world');
  });
});
