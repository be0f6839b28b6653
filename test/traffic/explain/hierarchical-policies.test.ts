import type { Configuration } from '../../../lib/traffic/configuration';
import { explain } from '../../../lib/traffic/explain/explain';
import { combinedConfiguration } from '../../../lib/traffic/read/combined-configuration';
import { readTerraform } from '../../../lib/traffic/read/read-terraform';

type Json = Record<string, any>;

/** An inbound rule of a hierarchical firewall policy for 22/tcp from 10.0.0.0/8. */
const rule = (action: string, more: Json = {}): Json => ({
  firewall_policy: '90',
  direction: 'INGRESS',
  action,
  priority: 1000,
  match: { src_ip_ranges: ['10.0.0.0/8'], layer4_configs: [{ ip_protocol: 'tcp', ports: ['22'] }] },
  ...more,
});
const firewall = (port: string, network = 'prod'): Json => ({
  network: `projects/p/global/networks/${network}`,
  source_ranges: ['10.0.0.0/8'],
  target_tags: ['web'],
  allow: [{ protocol: 'tcp', ports: [port] }],
});
/** The policy 90 of the organization 9, in which the project p is. */
const ATTACHED: Json = {
  google_project: { p: { project_id: 'p', org_id: '9' } },
  google_compute_firewall_policy_association: { org: { firewall_policy: '90', attachment_target: 'organizations/9' } },
};
const NOT_ATTACHED: Json = { google_project: ATTACHED.google_project };
const NO_PROJECT: Json = {
  google_compute_firewall_policy_association: ATTACHED.google_compute_firewall_policy_association,
};

const read = (rules: Json, around: Json, firewalls: Json = { web: firewall('22') }): Configuration =>
  readTerraform(
    {
      resource: {
        google_compute_network: { prod: { name: 'prod', project: 'p' } },
        google_compute_firewall_policy_rule: rules,
        google_compute_firewall: firewalls,
        ...around,
      },
    },
    'cdk.tf.json',
  );

const PACKET = { from: '10.1.2.3', to: 'tag:web', port: '22/tcp', network: 'p/prod' };
const verdict = (configuration: Configuration, more: Json = {}): string =>
  explain(configuration, { ...PACKET, ...more }).verdict;

test('a rule of a policy whose place is known decides', () => {
  expect(verdict(read({ org: rule('deny') }, ATTACHED))).toBe('refused');
});

describe.each([
  ['a policy that these files attach to nothing', NOT_ATTACHED],
  ['a policy of an organization of which it is not known whether it has the project', NO_PROJECT],
])('%s', (_what, around) => {
  test('may refuse a packet that other rules pass', () => {
    const found = explain(read({ org: rule('deny') }, around), PACKET);
    expect(found.verdict).toBe('not known');
    expect(found.destination.reason).toMatch(/google_compute_firewall_policy_rule\.org/);
  });

  test('may pass a packet that other rules refuse', () => {
    expect(verdict(read({ org: rule('allow') }, around, { web: firewall('443') }))).toBe('not known');
  });

  test('is a gate of its own, in front of the rules that decide without it', () => {
    const gatesOf = (action: string, port: string): string[] => {
      const { gates, refusedBy } = explain(read({ org: rule(action) }, around, { web: firewall(port) }), PACKET);
      expect(refusedBy).toBeUndefined();
      expect(gates[0].reason).toMatch(/google_compute_firewall_policy_rule\.org/);
      return gates.map(({ kind, end, verdict: ofGate, rules }) =>
        [`${kind} of the ${end}: ${ofGate}`, ...rules.map((one) => `${one.action} ${one.address}`)].join(', '),
      );
    };
    expect(gatesOf('deny', '22')).toEqual([
      'hierarchical firewall policy of the destination: not known, deny google_compute_firewall_policy_rule.org',
      'VPC firewall rules of the destination: passes, allow google_compute_firewall.web',
    ]);
    // the packet is not known to be refused, because the policy may pass it
    expect(gatesOf('allow', '443')).toEqual([
      'hierarchical firewall policy of the destination: not known, allow google_compute_firewall_policy_rule.org',
      'VPC firewall rules of the destination: not known',
    ]);
  });

  test('is no gate of packets about which it does not decide', () => {
    const firewalls = { web: firewall('443') };
    const { gates } = explain(read({ org: rule('deny') }, around, firewalls), { ...PACKET, port: '443/tcp' });
    expect(gates.map(({ kind }) => kind)).toEqual(['VPC firewall rules']);
  });

  test('does not decide about packets that its rules do not match, or that they pass on', () => {
    expect(verdict(read({ org: rule('deny') }, around, { web: firewall('443') }), { port: '443/tcp' })).toBe('passes');
    expect(verdict(read({ org: rule('deny') }, around, { web: firewall('443') }))).toBe('refused');
    expect(verdict(read({ org: rule('goto_next') }, around))).toBe('passes');
    expect(verdict(read({ org: rule('deny', { disabled: true }) }, around))).toBe('passes');
  });

  test('does not decide about networks that target_resources leaves out', () => {
    const of = (network: string): Json => rule('deny', { target_resources: [`projects/p/global/networks/${network}`] });
    expect(verdict(read({ org: of('prod') }, around))).toBe('not known');
    expect(verdict(read({ org: of('dev') }, around))).toBe('passes');
  });
});

test('a rule whose place is known in one network may decide only in the others', () => {
  const other = { network: 'projects/q/global/networks/dev', target_tags: ['db'] };
  const firewalls = { web: firewall('22'), db: { ...firewall('22'), ...other } };
  const configuration = read(
    { org: rule('deny', { priority: 2 }), first: rule('allow', { priority: 1 }) },
    ATTACHED,
    firewalls,
  );
  expect(verdict(configuration)).toBe('passes');
  expect(verdict(configuration, { to: 'tag:db', network: 'q/dev' })).toBe('not known');
});

test('a rule that may pass packets on decides if its policy denies them later', () => {
  const match = { ...rule('deny').match, src_region_codes: ['DE'] };
  const rules = { next: rule('goto_next', { priority: 1, match }), deny: rule('deny', { priority: 2 }) };
  expect(verdict(read(rules, ATTACHED))).toBe('not known');
});

test('a rule of a policy elsewhere does not decide, whatever it matches', () => {
  const elsewhere = {
    google_project: ATTACHED.google_project,
    google_compute_firewall_policy_association: {
      other: { firewall_policy: '90', attachment_target: 'organizations/8' },
    },
  };
  const match = { ...rule('deny').match, src_region_codes: ['DE'] };
  expect(verdict(read({ org: rule('deny', { match }) }, elsewhere))).toBe('passes');
});

test('a rule may decide in networks of other stacks', () => {
  const org = read({ org: rule('deny') }, ATTACHED);
  const dev = readTerraform({ resource: { google_compute_firewall: { web: firewall('22', 'dev') } } }, 'dev.tf.json');
  const both = combinedConfiguration('cdktf.out', [
    ['org', org],
    ['dev', dev],
  ]);
  expect(verdict(both)).toBe('refused');
  expect(verdict(both, { network: 'p/dev' })).toBe('not known');
});
