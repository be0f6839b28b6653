import { type Gate, GATES } from '../../../lib/traffic/configuration';
import { diff } from '../../../lib/traffic/diff/diff';
import { stops } from '../../../lib/traffic/diff/gates';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

/** A firewall rule of one network: `allow 1000 db from 10.0.0.0/8`; the tag `all` means every machine. */
type Line = string;

const LINE = /^(allow|deny) (\d+) (\S+) from (\S+)$/;

function firewall(line: Line): object {
  const [, action, priority, tag, from] = LINE.exec(line)!;
  const source = /[.:]/.test(from) ? { source_ranges: [from] } : { source_tags: [from] };
  return {
    name: 'f',
    network: 'projects/p/global/networks/n',
    priority: Number(priority),
    [action]: [{ protocol: 'tcp', ports: ['22'] }],
    ...source,
    ...(tag === 'all' ? {} : { target_tags: [tag] }),
  };
}

function firstGate(before: readonly Line[], after: readonly Line[]): Gate | undefined {
  const [old, now] = [before, after].map((lines, at) => {
    const byName = Object.fromEntries(lines.map((line, index) => [`r${index}`, firewall(line)]));
    return readTerraform({ resource: { google_compute_firewall: byName } }, `${at}.json`);
  });
  const found = diff(old, now);
  return GATES.find((gate) => stops(gate, found));
}

/** What everybody may do, and what machines with the tag `db` may not. */
const DENIED = ['allow 1000 all from 0.0.0.0/0', 'deny 900 db from 0.0.0.0/0'];

test.each<[string, string[], string[], Gate | undefined]>([
  ['an allow for a different tag, before the deny', DENIED, [...DENIED, 'allow 800 web from 10.0.0.0/8'], 'opened'],
  ['an allow for a different tag, after the deny', DENIED, [...DENIED, 'allow 950 web from 10.0.0.0/8'], undefined],
  ['an allow from a tag, before the deny', DENIED, [...DENIED, 'allow 800 all from web'], 'opened'],
  ['an allow between two tags, before the deny', DENIED, [...DENIED, 'allow 800 api from web'], 'opened'],
  [
    'an allow for the tag of the deny, which the deny of a different tag covers',
    ['allow 1000 web from 10.0.0.0/8', 'deny 900 db from 0.0.0.0/0'],
    ['allow 1000 web from 10.0.0.0/8', 'deny 900 db from 0.0.0.0/0', 'allow 800 web from 10.0.0.0/16'],
    'opened',
  ],
  [
    'an allow for what only this tag could reach before the deny too',
    ['allow 800 web from 10.0.0.0/8', 'deny 900 db from 0.0.0.0/0'],
    ['allow 800 web from 10.0.0.0/8', 'deny 900 db from 0.0.0.0/0', 'allow 700 web from 10.0.0.0/16'],
    undefined,
  ],
])('the first gate that stops %s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
});
