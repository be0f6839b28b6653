import { type Gate } from '../../../lib/traffic/configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { firstGate, gateOf } from '../../support/first-gate';

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

function gateOfLines(before: readonly Line[], after: readonly Line[]): Gate | undefined {
  const [old, now] = [before, after].map((lines, at) => {
    const byName = Object.fromEntries(lines.map((line, index) => [`r${index}`, firewall(line)]));
    return readTerraform({ resource: { google_compute_firewall: byName } }, `${at}.json`);
  });
  return gateOf({ before: old, after: now });
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
  expect(gateOfLines(before, after)).toBe(gate);
});

test.each(['target_secure_tags', 'target_service_accounts'])(
  'a new rule that skips a deny for all machines by %s may lead to a rule for a different name',
  (attribute) => {
    const policyRule = (more: object): object => ({
      firewall_policy: 'projects/p/global/firewallPolicies/policy',
      direction: 'INGRESS',
      match: { src_ip_ranges: ['0.0.0.0/0'], layer4_configs: [{ ip_protocol: 'all' }] },
      ...more,
    });
    const name = attribute === 'target_secure_tags' ? { name: 'tagValues/1' } : 'app@p.iam.gserviceaccount.com';
    const stack = (rules: object): object => ({
      resource: {
        google_compute_network_firewall_policy_association: {
          a: {
            firewall_policy: 'projects/p/global/firewallPolicies/policy',
            attachment_target: 'projects/p/global/networks/n',
          },
        },
        google_compute_network_firewall_policy_rule: { d: policyRule({ action: 'deny', priority: 20 }), ...rules },
      },
    });
    const skip = (priority: number): object =>
      stack({ n: policyRule({ action: 'goto_next', priority, [attribute]: [name] }) });
    expect(firstGate(stack({}), skip(10))).toBe('opened');
    expect(firstGate(skip(10), skip(10))).toBeUndefined();
    expect(firstGate(stack({}), skip(30))).toBeUndefined();
  },
);
