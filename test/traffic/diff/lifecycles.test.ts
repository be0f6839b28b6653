import type { Gate } from '../../../lib/traffic/configuration';
import { firstGate } from '../../support/first-gate';

const ALLOW = { network: 'n', project: 'p', allow: { protocol: 'tcp', ports: ['22'] }, source_ranges: ['0.0.0.0/0'] };
const DENY = { network: 'n', project: 'p', priority: 900, deny: { protocol: 'all' }, source_ranges: ['0.0.0.0/0'] };
const rule = (lifecycle?: unknown, more: object = {}): object => ({
  ...more,
  resource: { google_compute_firewall: { a: { ...ALLOW, ...(lifecycle === undefined ? {} : { lifecycle }) } } },
});
const denied = (lifecycle?: object): object => ({
  resource: { google_compute_firewall: { a: ALLOW, d: { ...DENY, lifecycle } } },
});
const machine = (enabled: unknown): object => ({
  resource: { aws_instance: { i: { vpc_security_group_ids: ['sg-1'], lifecycle: { enabled } } } },
});
const computed = (value: string): object => rule({ enabled: '${lower(local.on)}' }, { locals: { on: value } });
const triggered = (lifecycle?: object, input = 'a'): object => ({
  action: { aws_lambda_invoke: { open: { config: { function_name: 'open' } } } },
  resource: { terraform_data: { x: { input, lifecycle } } },
});
const TRIGGER = { action_trigger: { events: ['after_update'], actions: ['action.aws_lambda_invoke.open'] } };

test.each<[string, object, object, Gate | undefined]>([
  ['a rule is enabled', rule({ enabled: false }), rule({ enabled: true }), 'world'],
  ['a rule in a list of one block is enabled', rule([{ enabled: false }]), rule([{ enabled: true }]), 'world'],
  ['a rule is disabled', rule(), rule({ enabled: false }), 'any'],
  ['a rule that is enabled anyway says so', rule(), rule({ enabled: true }), undefined],
  ['a rule that denies is disabled', denied(), denied({ enabled: false }), 'world'],
  ['a local value enables a rule', computed('false'), computed('true'), 'world'],
  ['a rule is enabled by an expression', rule({ enabled: false }), computed('true'), 'world'],
  ['a machine is enabled', machine(false), machine(true), 'opened'],
  ['a machine is disabled', machine(true), machine(false), 'any'],
  ['a resource triggers an action', triggered(), triggered(TRIGGER), 'opened'],
  ['a resource that triggers an action changes', triggered(TRIGGER), triggered(TRIGGER, 'b'), 'opened'],
  ['a resource triggers no action any more', triggered(TRIGGER), triggered(), 'any'],
])('%s', (_what, before, after, gate) => {
  expect(firstGate(before, after)).toBe(gate);
  expect(firstGate(after, after)).toBeUndefined();
});
