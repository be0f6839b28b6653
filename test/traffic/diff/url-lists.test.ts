import type { Gate } from '../../../lib/traffic/configuration';
import { diff } from '../../../lib/traffic/diff/diff';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate, firstGateOfPlan, planOf } from '../../support/first-gate';

// Rules that the file does not have may use a URL list of Secure Web Proxy, so its hostnames are compared by themselves.

const LIST = 'google_network_security_url_lists';
const RULE = 'google_network_security_gateway_security_policy_rule';
const LINK = 'projects/proj-one/locations/eu/urlLists/u';
const REFERENCE = `\${${LIST}.u.id}`;

interface Stack {
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  readonly rules?: Readonly<Record<string, object>>;
  readonly provider?: object;
}

const list = (name: string, values: readonly string[]): object => ({ name, location: 'eu', values });

function stack({ lists = {}, rules = {}, provider = { google: { project: 'proj-one' } } }: Stack): any {
  const resources = Object.entries(lists).map(([name, values]) => [name, list(name, values)]);
  return { provider, resource: { [LIST]: Object.fromEntries(resources), [RULE]: rules } };
}

const rule = (link: string, rest: object = {}): object => ({
  name: 'r',
  location: 'eu',
  gateway_security_policy: 'p',
  enabled: true,
  priority: 1,
  basic_profile: 'ALLOW',
  session_matcher: `inUrlList(host(), '${link}')`,
  ...rest,
});

const used = (link: string, values: readonly string[], rest: object = {}): any =>
  stack({ lists: { u: values }, rules: { r: rule(link, rest) } });

test.each<[string, object, object, Gate | undefined]>([
  ['has one more hostname', stack({ lists: { u: ['a.com'] } }), stack({ lists: { u: ['a.com', 'b.com'] } }), 'opened'],
  // a rule elsewhere may deny the hostnames of the list
  ['has one hostname less', stack({ lists: { u: ['a.com', 'b.com'] } }), stack({ lists: { u: ['a.com'] } }), 'opened'],
  ['has a wildcard', stack({ lists: { u: ['example.com'] } }), stack({ lists: { u: ['*.com'] } }), 'opened'],
  ['has every hostname', stack({ lists: { u: ['example.com'] } }), stack({ lists: { u: ['*'] } }), 'opened'],
  ['had every hostname', stack({ lists: { u: ['*'] } }), stack({ lists: { u: ['example.com'] } }), 'opened'],
  ['still has every hostname', stack({ lists: { u: ['*'] } }), stack({ lists: { u: ['*'] } }), undefined],
  ['is new', stack({}), stack({ lists: { u: ['a.com'] } }), 'opened'],
  ['is gone', stack({ lists: { u: ['a.com'] } }), stack({}), 'any'],
  [
    'has its hostnames in a different order',
    stack({ lists: { u: ['a.com', 'b.com'] } }),
    stack({ lists: { u: ['b.com', 'a.com'] } }),
    undefined,
  ],
  ...[LINK, REFERENCE].flatMap((link): [string, object, object, Gate | undefined][] => [
    [`is used as ${link}, and has one more`, used(link, ['a.com']), used(link, ['a.com', 'b.com']), 'opened'],
    [`is used as ${link}, and has one less`, used(link, ['a.com', 'b.com']), used(link, ['a.com']), 'any'],
    [`is used as ${link}, and has every hostname`, used(link, ['a.com']), used(link, ['*']), 'opened'],
    [`is new, and used as ${link}`, stack({}), used(link, ['a.com']), 'opened'],
    [
      `is denied as ${link}, and has one less`,
      used(link, ['a.com', 'b.com'], { basic_profile: 'DENY' }),
      used(link, ['a.com'], { basic_profile: 'DENY' }),
      'opened',
    ],
    [
      `is allowed and denied as ${link}, and has one less`,
      stack({ lists: { u: ['a.com', 'b.com'] }, rules: { r: rule(link), d: rule(link, { basic_profile: 'DENY' }) } }),
      stack({ lists: { u: ['a.com'] }, rules: { r: rule(link), d: rule(link, { basic_profile: 'DENY' }) } }),
      'opened',
    ],
    [
      `is used as ${link} beside a rule with a matcher that is not evaluated, and has one less`,
      stack({
        lists: { u: ['a.com', 'b.com'] },
        rules: { r: rule(link), d: rule('', { session_matcher: `!inUrlList(host(), '${link}')` }) },
      }),
      stack({
        lists: { u: ['a.com'] },
        rules: { r: rule(link), d: rule('', { session_matcher: `!inUrlList(host(), '${link}')` }) },
      }),
      'opened',
    ],
    [
      `is used as ${link} by a disabled rule`,
      used(link, ['a.com', 'b.com'], { enabled: false }),
      used(link, ['a.com'], { enabled: false }),
      'opened',
    ],
  ]),
])('a URL list that %s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
});

test('a URL list that only has a different Terraform address is no change', () => {
  const named = (key: string): object => ({
    provider: { google: { project: 'proj-one' } },
    resource: { [LIST]: { [key]: list('u', ['a.com']) } },
  });
  expect(firstGate(named('u'), named('v'))).toBeUndefined();
});

test('a plan changes a URL list that no rule in it uses: stops', () => {
  const values = (...names: string[]): object => ({ ...list('u', names), id: LINK, project: 'proj-one' });
  const plan = planOf({ [`${LIST}.u`]: values('a.com') }, { [`${LIST}.u`]: values('b.com') });
  expect(firstGateOfPlan(plan)).toBe('opened');
});

const reasonsOf = (json: unknown): string[] => readTerraform(json, 'a.json').notEvaluated.map(({ reason }) => reason);

test.each([
  ['the full path', LINK],
  ['a URL', `https://networksecurity.googleapis.com/v1/${LINK}`],
  ['a URL without a protocol', `//networksecurity.googleapis.com/${LINK}`],
])('a rule refers to a list of the file by %s', (_what, link) => {
  const { rules, notEvaluated } = readTerraform(used(link, ['a.com']), 'a.json');
  expect(notEvaluated).toEqual([]);
  expect(rules[0].peers[0].name).toBe('host:a.com');
});

test('a list in a different project, location or of a different name is not the list of the file', () => {
  for (const link of [
    'projects/proj-two/locations/eu/urlLists/u',
    'projects/proj-one/locations/us/urlLists/u',
    'projects/proj-one/locations/eu/urlLists/v',
  ]) {
    expect(reasonsOf(used(link, ['a.com']))).toEqual([`the URL list ${link} is not in this file`]);
  }
});

test('a list whose project is not known may be the one that a rule refers to', () => {
  const json = { ...used(LINK, ['a.com']), provider: { google: {} } };
  expect(reasonsOf(json)).toEqual([
    `it is not known whether the URL list ${LINK} is ${LIST}.u, because the project of that is not known`,
  ]);
});

test('a rule that cannot be read does not keep the rest from being read', () => {
  const broken = (values: readonly string[]): object => used(LINK, values, { enabled: 'perhaps', session_matcher: [] });
  expect(firstGate(broken(['a.com']), broken(['b.com']))).toBe('opened');
});

/** The changes between two configurations whose rule has the hostnames of a list. */
function changes(before: readonly string[], after: readonly string[]): string[] {
  const [old, now] = [before, after].map((values) => readTerraform(used(REFERENCE, values), 'cdk.tf.json'));
  return diff(old, now).changes.map(({ kind, peer }) => `${kind} ${peer}`);
}

test.each([[['*']], [['a.com', '*']], [['b.com', '*']], [['*.*']], [['a.com', '*/*']]])(
  'hostnames of a list that cannot be evaluated any more are not said to be closed: %j',
  (values) => {
    expect(changes(['a.com', '*.docker.com'], values)).toEqual([]);
    expect(firstGate(used(REFERENCE, ['a.com', '*.docker.com']), used(REFERENCE, values))).toBe('opened');
  },
);

test('hostnames of a list that can be evaluated again are opened, and those of one that is evaluated are closed', () => {
  expect(changes(['*'], ['a.com'])).toEqual(['opened host:a.com']);
  expect(changes(['a.com', 'b.com'], ['a.com'])).toEqual(['closed host:b.com']);
});

test('hostnames of a rule that is gone are closed, also if their list cannot be evaluated any more', () => {
  const [old, now] = [used(REFERENCE, ['a.com']), stack({ lists: { u: ['*'] } })].map((json) =>
    readTerraform(json, 'cdk.tf.json'),
  );
  expect(diff(old, now).changes.map(({ kind, peer }) => `${kind} ${peer}`)).toEqual(['closed host:a.com']);
});
