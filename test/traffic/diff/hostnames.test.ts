import { diff } from '../../../lib/traffic/diff/diff';
import { lint } from '../../../lib/traffic/lint/lint';
import { stops } from '../../../lib/traffic/diff/gates';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

/** A rule group of AWS Network Firewall that allows hostnames. */
function allowList(targets: readonly string[], home: readonly string[] = ['10.20.0.0/16'], rest: object = {}): any {
  const { name = 'hosts', types = ['TLS_SNI'] } = rest as { name?: string; types?: string[] };
  const group = {
    rule_variables: { ip_sets: [{ key: 'HOME_NET', ip_set: { definition: home } }] },
    rules_source: { rules_source_list: { generated_rules_type: 'ALLOWLIST', target_types: types, targets } },
  };
  const resource = { name, description: 'hosts', type: 'STATEFUL', capacity: 100, rule_group: group };
  return { resource: { aws_networkfirewall_rule_group: { [name]: resource } } };
}

const AT = 'at machines:10.20.0.0/16';

function lines(before: unknown, after: unknown): string[] {
  const { changes } = diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json'));
  return changes.map(({ kind, group, movedFrom, before: was, after: now }) => {
    const [old, next] = [was, now].map((all) => all.map(({ peer }) => peer.replace(/ over TLS/, '')).join(' + '));
    return `${kind} at ${movedFrom === undefined ? '' : `${movedFrom} > `}${group}: ${old} > ${next}`;
  });
}

test.each([
  ['the order', allowList(['a.com', 'b.com']), allowList(['b.com', 'a.com'])],
  ['the name of a rule group', allowList(['a.com']), allowList(['a.com'], undefined, { name: 'renamed' })],
  ['the splitting of ranges', allowList(['a.com']), allowList(['a.com'], ['10.20.0.0/17', '10.20.128.0/17'])],
  ['a name that a wildcard covers', allowList(['.docker.com']), allowList(['.docker.com', 'registry.docker.com'])],
  ['a range within the range', allowList(['a.com']), allowList(['a.com'], ['10.20.0.0/16', '10.20.3.0/24'])],
])('%s makes no difference', (_what, before, after) => {
  expect(lines(before, after)).toEqual([]);
  expect(lines(after, before)).toEqual([]);
});

test.each([
  [
    'a new name has opened',
    allowList(['a.com']),
    allowList(['a.com', 'b.com']),
    [`opened ${AT}:  > host:b.com`],
    'opened',
  ],
  [
    'a removed name has closed',
    allowList(['a.com', 'b.com']),
    allowList(['a.com']),
    [`closed ${AT}: host:b.com > `],
    'any',
  ],
  [
    'a wildcard in place of names has widened',
    allowList(['docker.com', 'auth.docker.com', 'registry.docker.com']),
    allowList(['.docker.com']),
    [`widened ${AT}: host:auth.docker.com + host:registry.docker.com > host:*.docker.com`],
    'widened',
  ],
  [
    'a name in place of a wildcard has narrowed',
    allowList(['.docker.com']),
    allowList(['docker.com', 'registry.docker.com']),
    [`narrowed ${AT}: host:*.docker.com > host:registry.docker.com`],
    'any',
  ],
  [
    'more machines have widened',
    allowList(['a.com']),
    allowList(['a.com'], ['10.0.0.0/8']),
    ['widened at machines:10.0.0.0/8: host:a.com from machines:10.20.0.0/16 > host:a.com'],
    'widened',
  ],
  [
    'fewer machines have narrowed',
    allowList(['a.com'], ['10.0.0.0/8']),
    allowList(['a.com']),
    ['narrowed at machines:10.0.0.0/8: host:a.com > host:a.com from machines:10.20.0.0/16'],
    'any',
  ],
  [
    'other machines have moved',
    allowList(['a.com']),
    allowList(['a.com'], ['10.30.0.0/16']),
    ['moved at machines:10.20.0.0/16 > machines:10.30.0.0/16: host:a.com > host:a.com'],
    'opened',
  ],
  [
    'a second protocol has opened',
    allowList(['a.com']),
    allowList(['a.com'], undefined, { types: ['TLS_SNI', 'HTTP_HOST'] }),
    [`opened ${AT}:  > host:a.com over HTTP`],
    'opened',
  ],
] as const)('%s', (_what, before, after, expected, gate) => {
  expect(lines(before, after)).toEqual(expected);
  const found = diff(readTerraform(before, 'before.json'), readTerraform(after, 'after.json'));
  const gates = ['world', 'opened', 'widened', 'any'] as const;
  expect(gates.find((one) => stops(one, found))).toBe(gate);
  expect(stops('requested', found)).toBe(false);
});

test('a deny-list is a possible change, and a wider one denies more', () => {
  const denied = (targets: string[]): any => {
    const json = allowList(targets);
    const { hosts } = json.resource.aws_networkfirewall_rule_group;
    hosts.rule_group.rules_source.rules_source_list.generated_rules_type = 'DENYLIST';
    return json;
  };
  const gatesOf = (before: unknown, after: unknown): string[] =>
    diff(readTerraform(before, 'a.json'), readTerraform(after, 'b.json')).notEvaluated.changed.map(({ gate }) => gate);
  expect(gatesOf(denied(['a.com']), denied(['a.com']))).toEqual([]);
  expect(gatesOf(denied(['a.com']), denied(['b.com']))).toEqual(['opened']);
  expect(gatesOf({ resource: {} }, denied(['b.com']))).toEqual(['any']);
  expect(gatesOf(denied(['a.com']), { resource: {} })).toEqual(['opened']);
});

test('the order in which a rule group is evaluated is a possible change', () => {
  const ordered = (order: string): any => {
    const json = allowList(['a.com']);
    json.resource.aws_networkfirewall_rule_group.hosts.rule_group.stateful_rule_options = { rule_order: order };
    return readTerraform(json, 'hosts.json');
  };
  const { changed } = diff(ordered('DEFAULT_ACTION_ORDER'), ordered('STRICT_ORDER')).notEvaluated;
  expect(changed.map(({ gate }) => gate)).toEqual(['any']);
});

test('lint finds a list whose names a different list covers', () => {
  const both = allowList(['.docker.com'], ['10.0.0.0/8']);
  const { narrow } = allowList(['registry.docker.com'], undefined, { name: 'narrow' }).resource
    .aws_networkfirewall_rule_group;
  both.resource.aws_networkfirewall_rule_group.narrow = narrow;
  const { findings } = lint(readTerraform(both, 'hosts.json'));
  expect(findings.map(({ code, address }) => `${code} ${address.split('.')[1]}`)).toEqual(['redundant narrow']);
});
