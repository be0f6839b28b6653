import { baselineText, compareWithBaseline, identified, readBaseline } from '../../../lib/traffic/lint/baseline';
import { lint } from '../../../lib/traffic/lint/lint';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { FOREIGN } from './foreign-configurations';

/**
 * Every finding, judged one by one. Errors and warnings are listed by address; what people do about them is said beside them.
 * Information is counted.
 */
const JUDGED: Readonly<Record<keyof typeof FOREIGN, { serious: string[]; information: Record<string, number> }>> = {
  'three tiers': {
    serious: [
      // true, and meant: a public load balancer; the baseline accepts it
      'error world-open aws_security_group.alb.ingress[0]: it opens 80/tcp of sg:aws_security_group.alb to 0.0.0.0/0',
      'error world-open aws_security_group.alb.ingress[1]: it opens 443/tcp of sg:aws_security_group.alb to 0.0.0.0/0',
      'error world-open aws_security_group.alb.ingress[0]: it opens 80/tcp of sg:aws_security_group.alb to ::/0',
    ],
    information: { 'no-description': 3 },
  },
  'a self-managed cluster': {
    serious: [
      // true, and a mistake in most companies
      'error world-open aws_security_group_rule.controller-ssh: it opens 22/tcp of sg:aws_security_group.controller to 0.0.0.0/0',
      // true; narrowed by some, accepted by others
      'error world-open aws_security_group_rule.controller-apiserver: it opens 6443/tcp of sg:aws_security_group.controller to 0.0.0.0/0',
      'error world-open aws_security_group_rule.worker-ssh: it opens 22/tcp of sg:aws_security_group.worker to 0.0.0.0/0',
      // true, and meant
      'error world-open aws_security_group_rule.worker-http: it opens 80/tcp of sg:aws_security_group.worker to 0.0.0.0/0',
      'error world-open aws_security_group_rule.worker-https: it opens 443/tcp of sg:aws_security_group.worker to 0.0.0.0/0',
    ],
    information: { 'no-description': 19 },
  },
  'a plan of the EKS module': { serious: [], information: {} },
  'a network of GCP that denies by default': {
    serious: [
      // true, and meant; the health checks for the same ports are not to blame
      'error world-open google_compute_firewall.web: it opens 80/tcp, 443/tcp of tag:web to 0.0.0.0/0',
    ],
    // the quarantine denies by tag; health and internal_ssh are within wider rules; internal has no description
    information: { 'denies-by-name': 1, redundant: 2, 'no-description': 1 },
  },
  'a configuration that grew for years': {
    serious: [
      // true: the provider documents it
      'error inline-and-separate sg:aws_security_group.app: its inline ingress rules and aws_security_group_rule.bastion overwrite ' +
        'each other: every apply removes what the last one created',
      // true: 10.8.0.0/24 is one of two ranges of the other rule
      'error duplicate aws_vpc_security_group_ingress_rule.ops: it is the same rule as aws_security_group_rule.admin, and ' +
        'AWS refuses the apply: InvalidPermission.Duplicate',
      // true: 55 for the list of CloudFront, 2 ranges, 1 range, and 1 list of unknown size
      'warning quota sg:aws_security_group.origin: it has at least 59 ingress rules for IPv4; AWS allows 60 by default',
    ],
    information: { 'no-description': 1 },
  },
};

test.each(Object.entries(FOREIGN))('%s: every finding is expected', (name, json) => {
  const { findings } = lint(readTerraform(json, 'plan.json'));
  const counts: Record<string, number> = {};
  for (const { level, code } of findings) if (level === 'information') counts[code] = (counts[code] ?? 0) + 1;
  const serious = findings
    .filter(({ level }) => level !== 'information')
    .map(({ level, code, address, message }) => `${level} ${code} ${address}: ${message}`);
  expect({ serious, information: counts }).toEqual(JUDGED[name]);
});

test.each(Object.entries(FOREIGN))('%s: a baseline accepts every finding', (_, json) => {
  const findings = identified(lint(readTerraform(json, 'plan.json')).findings, () => undefined);
  const baseline = readBaseline(JSON.parse(baselineText(findings, [])), 'baseline.json');
  expect(compareWithBaseline(findings, baseline)).toEqual({ fresh: [], accepted: findings.length, gone: [] });
});

/** The same JSON with the members of every object in reverse order. */
function reversed(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(reversed);
  if (typeof json !== 'object' || json === null) return json;
  const members = Object.entries(json).map(([name, value]): [string, unknown] => [name, reversed(value)]);
  return Object.fromEntries(members.reverse());
}

test.each(Object.entries(FOREIGN))('%s: the order of the file makes no difference', (_, json) => {
  const prints = (file: unknown): string[] =>
    identified(lint(readTerraform(file, 'plan.json')).findings, () => undefined).map(({ fingerprint }) => fingerprint);
  expect(prints(reversed(json)).sort()).toEqual(prints(json).sort());
});
