import { permittedBy, rowText, shownRows, trafficRows } from '../../lib/traffic/permitted';
import { withoutRefusedAlways } from '../../lib/traffic/permitted/refused-always';
import { readTerraform } from '../../lib/traffic/read/read-terraform';
import { type Rule } from '../../lib/traffic/rule';
import { regionDifference } from '../../lib/traffic/sets';

// Hundreds of denies by a tag next to hundreds of allows by tags make a row for each pair. They are shown once each.

interface Given {
  readonly count: number;
  readonly allow?: (at: number) => object;
  readonly deny?: (at: number) => object;
  readonly more?: Record<string, object>;
}

const firewall = (name: string, body: object): object => ({ name, network: 'n', project: 'p', ...body });

function rulesOf({ count, allow = allowTo, deny = denyFrom, more = {} }: Given): readonly Rule[] {
  const all = Array.from({ length: count }, (_, at) => [
    [`a${at}`, firewall(`a${at}`, allow(at))],
    [`d${at}`, firewall(`d${at}`, deny(at))],
  ]).flat();
  const others = Object.entries(more).map(([name, body]) => [name, firewall(name, body)]);
  const json = { resource: { google_compute_firewall: Object.fromEntries([...all, ...others]) } };
  return readTerraform(json, 'cdk.tf.json').rules;
}

const allowTo = (at: number): object => ({
  allow: { protocol: 'tcp', ports: [String(1000 + at)] },
  source_ranges: ['10.0.0.0/8'],
  target_tags: [`a${at}`],
});
const denyFrom = (at: number): object => ({ priority: 10, deny: { protocol: 'all' }, source_tags: [`d${at}`] });
const allowFrom = (at: number): object => ({
  allow: { protocol: 'tcp', ports: [String(1000 + at)] },
  source_tags: [`a${at}`],
});
const denyTo = (at: number): object => ({
  ...{ priority: 10, deny: { protocol: 'tcp' }, source_ranges: ['10.0.0.0/8'], target_tags: [`d${at}`] },
});

test('a deny by tag is one row next to very many allows by tag', () => {
  const texts = shownRows(rulesOf({ count: 40 })).map(rowText);
  expect(texts).toHaveLength(80);
  expect(texts).toContain('ingress 1007/tcp from 10.0.0.0/8 to tag:a7 on p/n');
  expect(texts).toContain('not ingress all from tag:d7 to all-instances on p/n, whatever else is allowed');
});

test('a deny to a tag is one row too', () => {
  const texts = shownRows(rulesOf({ count: 40, allow: allowFrom, deny: denyTo })).map(rowText);
  expect(texts).toHaveLength(80);
  expect(texts).toContain('not ingress 0-65535/tcp from 10.0.0.0/8 to tag:d7 on p/n, whatever else is allowed');
});

test('a few denies by tag are shown with each tag that something is allowed to', () => {
  const rules = rulesOf({ count: 3 });
  expect(shownRows(rules)).toEqual(trafficRows(permittedBy(rules)));
});

const EARLY = {
  priority: 1,
  allow: { protocol: 'udp', ports: ['53'] },
  source_ranges: ['10.0.0.0/8'],
  target_tags: ['a0'],
};
const OWN = { allow: { protocol: 'tcp', ports: ['22'] }, source_tags: ['d3'] };

test('what something allows earlier is not refused always', () => {
  const texts = shownRows(rulesOf({ count: 40, more: { early: EARLY } })).map(rowText);
  expect(texts).toContain('ingress 53/udp from 10.0.0.0/8 to tag:a0 on p/n');
  const denied = texts.filter((text) => text.includes('tag:d7'));
  const row = (port: string, from: string): string =>
    `not ingress ${port} from ${from} to all-instances on p/n, whatever else is allowed`;
  expect(denied).toContain(row('0-52/udp', 'tag:d7 over IPv4'));
  expect(denied).toContain(row('54-65535/udp', 'tag:d7 over IPv4'));
  expect(denied).toContain(row('all', 'tag:d7 in 0.0.0.0/0 except 10.0.0.0/8'));
  expect(denied.filter((text) => text.includes(' 53/udp'))).toEqual([]);
});

test('a name that is also allowed something is shown by pairs', () => {
  const { refused } = withoutRefusedAlways(rulesOf({ count: 40, more: { own: OWN } }));
  const names = new Set(refused.map(({ pair }) => pair.peer));
  expect(names.has('tag:d3')).toBe(false);
  expect(names.has('tag:d4')).toBe(true);
});

describe.each<[string, Given]>([
  ['from tags', { count: 40 }],
  ['to tags', { count: 40, allow: allowFrom, deny: denyTo }],
  ['of which one is allowed', { count: 40, more: { own: OWN } }],
  ['after something was allowed', { count: 40, more: { early: EARLY } }],
  [
    'next to a rule for all',
    { count: 40, more: { all: { allow: { protocol: 'tcp' }, source_ranges: ['10.1.0.0/16'] } } },
  ],
  [
    'some of which are evaluated late',
    { count: 40, deny: (at) => ({ ...denyFrom(at), priority: at % 2 === 0 ? 10 : 2000 }) },
  ],
])('denies %s', (_what, given) => {
  test('leave the same traffic between every pair of names', () => {
    const rules = rulesOf(given);
    const { rules: others, refused } = withoutRefusedAlways(rules);
    expect(refused.length).toBeGreaterThan(0);
    const [all, left] = [permittedBy(rules), permittedBy(others)];
    for (const { group, peer, ...cell } of all.cells) {
      const pair = { ...cell, group, peer };
      const denied = refused.filter(
        (one) =>
          one.pair.family === cell.family && (one.pair.peer === '' ? one.pair.group === group : one.pair.peer === peer),
      );
      const shown = denied.reduce((region, one) => regionDifference(region, one.region), left.at(pair));
      expect({ group, peer, region: shown }).toEqual({ group, peer, region: all.at(pair) });
    }
  });
});
