import type { Gate } from '../../../lib/traffic/configuration';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate, gateOf } from '../../support/first-gate';

// Networks of one name in two projects are two networks, also if their projects are not known.

const DENY = { name: 'd', network: 'prod', priority: 1, deny: { protocol: 'all' }, source_ranges: ['0.0.0.0/0'] };
const OPEN = { name: 'o', network: 'prod', allow: { protocol: 'tcp', ports: ['22'] }, source_ranges: ['0.0.0.0/0'] };
const PROVIDERS = { google: [{ credentials: 'a.json' }, { alias: 'b', credentials: 'b.json' }] };
const firewalls = (rules: object): object => ({
  provider: PROVIDERS,
  variable: { p: {}, q: {} },
  resource: { google_compute_firewall: rules },
});

test.each<[string, object, object]>([
  ['of a different provider', {}, { provider: 'google.b' }],
  ['of a different variable', { project: '${var.p}' }, { project: '${var.q}' }],
  ['of a variable and of a provider', { project: '${var.p}' }, { provider: 'google.b' }],
])('a deny in one network does not hide an opening in one %s', (_what, denied, opened) => {
  const before = firewalls({ d: { ...DENY, ...denied } });
  const after = firewalls({ d: { ...DENY, ...denied }, o: { ...OPEN, ...opened } });
  expect(firstGate(before, after)).toBe('world');
  expect(firstGate(after, after)).toBeUndefined();
});

test.each<[string, object, object]>([
  ['by a different provider', { provider: 'google.b' }, {}],
  ['by a different variable', { project: '${var.p}' }, { project: '${var.q}' }],
])('a deny for a network that may be the same one, named %s, is still listed when it goes', (_what, denied, opened) => {
  const before = firewalls({ d: { ...DENY, ...denied }, o: { ...OPEN, ...opened } });
  expect(firstGate(before, firewalls({ o: { ...OPEN, ...opened } }))).toBe('opened');
});

test('a deny hides an opening in the same network', () => {
  const of = (more: object): object => ({ project: '${var.p}', provider: 'google.b', ...more });
  const before = firewalls({ d: of(DENY) });
  expect(firstGate(before, firewalls({ d: of(DENY), o: of(OPEN) }))).toBeUndefined();
});

test('networks of a variable in two stacks are two networks', () => {
  const app = (more: object): ReturnType<typeof combinedConfiguration> =>
    combinedConfiguration('cdktf.out', [
      ['a', readTerraform(firewalls({ d: { ...DENY, project: '${var.p}' } }), 'a.json')],
      ['b', readTerraform(firewalls(more), 'b.json')],
    ]);
  const gate: Gate | undefined = gateOf({ before: app({}), after: app({ o: { ...OPEN, project: '${var.p}' } }) });
  expect(gate).toBe('world');
});
