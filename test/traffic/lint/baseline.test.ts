import {
  baselineText,
  compareWithBaseline,
  identified,
  type IdentifiedFinding,
  readBaseline,
} from '../../../lib/traffic/lint/baseline';
import { lint } from '../../../lib/traffic/lint/lint';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';
import { expectRefusal } from '../../support/refusals';

const RULE = {
  security_group_id: 'sg-aaaaaaaa',
  ip_protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_ipv4: '0.0.0.0/0',
};
const BLOCK = { protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] };
const rules = (all: Record<string, unknown>): object => ({ resource: { aws_vpc_security_group_ingress_rule: all } });
const inline = (...ingress: unknown[]): object => ({ resource: { aws_security_group: { web: { ingress } } } });

function found(json: object, file = 'cdk.tf.json', stack = 'app'): IdentifiedFinding[] {
  return identified(lint(readTerraform(json, file)).findings, () => stack);
}

const accepting = (findings: readonly IdentifiedFinding[]): ReturnType<typeof readBaseline> =>
  readBaseline(JSON.parse(baselineText(findings, [])), 'baseline.json');

/** What is new in a configuration after a baseline of an earlier one was written. */
function fresh(before: object, after: object): string[] {
  const { fresh: all } = compareWithBaseline(found(after, 'elsewhere/cdk.tf.json'), accepting(found(before)));
  return all.map(({ code, address }) => `${code} ${address}`);
}

const SSH = { ssh: RULE };

test('accepts known findings, wherever the file is, and fails on a new rule', () => {
  expect(found(rules(SSH)).map(({ code }) => code)).toEqual(['world-open', 'no-description']);
  expect(fresh(rules(SSH), rules(SSH))).toEqual([]);
  expect(
    fresh(
      rules(SSH),
      rules({ a: { ...RULE, security_group_id: 'sg-bbbbbbbb', cidr_ipv4: '10.0.0.0/8', description: 'x' }, ...SSH }),
    ),
  ).toEqual([]);
  expect(fresh(rules(SSH), rules({ ...SSH, web: { ...RULE, from_port: 80, to_port: 80, description: 'x' } }))).toEqual([
    'world-open aws_vpc_security_group_ingress_rule.web',
  ]);
});

test('fails on the same rule if it opens different ports or more ranges', () => {
  const ports = { ssh: { ...RULE, to_port: 23 } };
  expect(fresh(rules(SSH), rules(ports))).toEqual(['world-open aws_vpc_security_group_ingress_rule.ssh']);
  const half = { ssh: { ...RULE, cidr_ipv4: '0.0.0.0/1' } };
  expect(fresh(rules(half), rules(SSH))).toEqual(['world-open aws_vpc_security_group_ingress_rule.ssh']);
});

/** A copied reason: the row is for 10250/tcp. */
const FORGED = 'Kubelet API [kubeadm-flannel@2024-12/control-plane-to-worker/kubelet]';
const NARROW = { ...RULE, cidr_ipv4: '10.0.0.0/24', description: FORGED };

test.each([
  ['more ports', { ...NARROW, to_port: 23 }],
  ['other ports', { ...NARROW, from_port: 23, to_port: 23 }],
  ['more ranges', { ...NARROW, cidr_ipv4: '10.0.0.0/8' }],
])('fails on the same false claim, and the same duplicate, if the rule opens %s', (_what, wider) => {
  const twice = (rule: object): object => rules({ one: rule, two: rule });
  expect(fresh(twice(NARROW), twice(NARROW))).toEqual([]);
  expect(fresh(twice(NARROW), twice(wider)).sort()).toEqual([
    'duplicate aws_vpc_security_group_ingress_rule.two',
    'false-claim aws_vpc_security_group_ingress_rule.one',
    'false-claim aws_vpc_security_group_ingress_rule.two',
  ]);
});

test('fails on a rule without provenance that opens more', () => {
  const found = (rule: object): IdentifiedFinding[] =>
    identified(lint(readTerraform(rules({ rule }), 'a.json'), { requireProvenance: true }).findings, () => undefined);
  const narrow = { ...NARROW, description: 'ours' };
  const { fresh: all } = compareWithBaseline(found({ ...narrow, to_port: 30 }), accepting(found(narrow)));
  expect(all.map(({ code }) => code)).toEqual(['no-provenance']);
});

test('does not depend on the positions of inline rules, and accepts each of them once', () => {
  const other = { ...BLOCK, from_port: 80, to_port: 80 };
  const before = inline(BLOCK, other);
  expect(fresh(before, inline(other, BLOCK))).toEqual([]);
  expect(fresh(before, inline({ ...BLOCK, from_port: 443, to_port: 443 }, other, BLOCK)).sort()).toEqual([
    'no-description aws_security_group.web.ingress[0]',
    'world-open aws_security_group.web.ingress[0]',
  ]);
});

test('does not depend on whether other stacks are read too', () => {
  const missing = {
    resource: {
      aws_security_group: { web: {} },
      aws_vpc_security_group_ingress_rule: {
        from: { ...RULE, cidr_ipv4: undefined, referenced_security_group_id: '${aws_security_group.web.id}' },
      },
    },
  };
  const alone = found(missing, 'app.json');
  expect(alone.map(({ code }) => code)).toEqual(['egress-missing', 'no-description']);
  const both = combinedConfiguration('both', [
    ['app', readTerraform(missing, 'app.json')],
    ['other', readTerraform(rules({}), 'other.json')],
  ]);
  const together = identified(lint(both).findings, (file) => file.replace('.json', ''));
  expect(together.map(({ fingerprint }) => fingerprint)).toEqual(alone.map(({ fingerprint }) => fingerprint));
});

test('distinguishes the same address in two stacks', () => {
  const [one] = found(rules(SSH), 'cdk.tf.json', 'one');
  const [two] = found(rules(SSH), 'cdk.tf.json', 'two');
  expect(one.fingerprint).not.toBe(two.fingerprint);
});

test('fails if a finding becomes more serious, and not if it becomes less serious', () => {
  const some = (count: number): object =>
    rules(
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `r${at}`,
          { ...RULE, cidr_ipv4: `10.0.${at}.0/24`, description: 'x' },
        ]),
      ),
    );
  expect(fresh(some(50), some(55))).toEqual([]);
  expect(fresh(some(50), some(61))).toEqual(['quota sg:sg-aaaaaaaa']);
  expect(fresh(some(61), some(50))).toEqual([]);
});

test('lists what is no longer there', () => {
  const { gone, accepted } = compareWithBaseline(found(rules({})), accepting(found(rules(SSH))));
  expect({ gone: gone.map(({ code }) => code).sort(), accepted }).toEqual({
    gone: ['no-description', 'world-open'],
    accepted: 0,
  });
});

test('is sorted, readable, and keeps reasons', () => {
  const baseline = accepting(found(rules(SSH))).map((entry) =>
    entry.code === 'world-open' ? { ...entry, reason: 'a bastion' } : entry,
  );
  expect(JSON.parse(baselineText(found(rules(SSH)), baseline))).toEqual({
    version: 1,
    accepted: [
      {
        code: 'no-description',
        level: 'information',
        stack: 'app',
        address: 'aws_vpc_security_group_ingress_rule.ssh',
      },
      {
        code: 'world-open',
        level: 'error',
        stack: 'app',
        address: 'aws_vpc_security_group_ingress_rule.ssh',
        about: '22/tcp to 0.0.0.0/0',
        reason: 'a bastion',
      },
    ],
  });
});

test.each([
  ['no version', { accepted: [] }],
  ['a later version', { version: 2, accepted: [] }],
  ['no list', { version: 1 }],
  ['an unknown level', { version: 1, accepted: [{ code: 'quota', level: 'bad', address: 'x' }] }],
  ['an entry without an address', { version: 1, accepted: [{ code: 'quota', level: 'error' }] }],
  ['a reason that is not text', { version: 1, accepted: [{ code: 'quota', level: 'error', address: 'x', reason: 1 }] }],
])('fails for a baseline with %s', (_, json) => {
  expectRefusal(() => readBaseline(json, 'lint-baseline.json'), 'json-altered');
});
