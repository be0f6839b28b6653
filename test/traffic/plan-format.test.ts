import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile } from '../../lib/input';
import { type Configuration, type Gate } from '../../lib/traffic/configuration';
import { permittedBy } from '../../lib/traffic/permitted/permitted-by';
import { rowText, trafficRows } from '../../lib/traffic/permitted/traffic-rows';
import { readPlannedChange } from '../../lib/traffic/read/read-terraform';
import { gateOf } from '../support/first-gate';

// Every action and mode of Terraform's JSON plan format. `npx tsx scripts/record-plans.ts` records the plans with the installed
// Terraform and the provider of AWS: a group with rules `a` and `b`, which exist before. Forms of newer Terraform are written by hand.

const FOLDER = join(__dirname, 'cases/format');
const A = '443/tcp from 10.0.0.0/16';
const B = '80/tcp from 10.1.0.0/16';
const C = '8080/tcp from 10.2.0.0/16';
const WIDER_A = '443/tcp from 10.0.0.0/15';
const SSH = '22/tcp from 0.0.0.0/0';
const RULE = 'aws_vpc_security_group_ingress_rule';
const FORGOTTEN = `${RULE}.b: it stays as it is, and Terraform no longer manages it`;
const BY_SOMEBODY =
  'aws_security_group.web.ingress[0]: the security group lists this rule, but no separate rule resource creates it';
const PARTIAL = 'plan: this plan contains only a part of the changes';

interface Expected {
  readonly before?: readonly string[];
  readonly after: readonly string[];
  readonly gate?: Gate;
  readonly notes?: readonly string[];
  readonly notEvaluated?: readonly string[];
}

const rows = ({ rules }: Configuration): string[] =>
  trafficRows(permittedBy(rules)).map((row) =>
    rowText(row).replace(/^ingress (.*) to sg:aws_security_group\.web$/, '$1'),
  );

function expectPlan(json: unknown, { before = [B, A], after, gate, notes = [], notEvaluated = [] }: Expected): void {
  const change = readPlannedChange(json, 'plan.json');
  expect(rows(change.before).sort()).toEqual([...before].sort());
  expect(rows(change.after).sort()).toEqual([...after].sort());
  expect(change.after.notes.map(({ address, text }) => `${address}: ${text}`)).toEqual(notes);
  expect(change.after.notEvaluated.map(({ address, reason }) => `${address}: ${reason}`)).toEqual(notEvaluated);
  expect(gateOf(change)).toBe(gate);
}

const RECORDED: Readonly<Record<string, Expected>> = {
  'no-op': { after: [B, A] },
  create: { after: [B, A, C], gate: 'opened' },
  update: { after: [B, WIDER_A], gate: 'widened' },
  delete: { after: [A], gate: 'any' },
  'delete-create': { after: [B, A] },
  'create-delete': { after: [B, A] },
  forget: { after: [B, A], notes: [FORGOTTEN] },
  removed: { after: [A], gate: 'any' },
  moved: { after: [B, A] },
  read: {
    after: [B, A, `8080/tcp from unknown:data.aws_vpc.new.cidr_block over IPv4`],
    gate: 'world',
    notEvaluated: [`${RULE}.c: cidr_ipv4 is known after apply, and refers to data.aws_vpc.new.cidr_block`],
  },
  destroy: { after: [], gate: 'any' },
  'refresh-only': { after: [B, A] },
  target: { after: [B, A, C], gate: 'opened', notes: [PARTIAL] },
  checks: { after: [B, A] },
  ephemeral: { after: [B, A, C], gate: 'opened' },
  errored: { after: [A], gate: 'opened', notes: [PARTIAL], notEvaluated: ['plan: Terraform stopped at an error'] },
  deposed: { after: [B, A] },
  import: { before: [B, A, SSH], after: [B, A, SSH] },
  'import-and-update': { before: [B, A, SSH], after: [B, A, '22/tcp from 10.0.0.0/8'], gate: 'any' },
  // somebody deleted `b`, and the plan makes it again
  'generated-configuration': { before: [B, A, SSH], after: [B, A, SSH], gate: 'opened' },
  // somebody opened 22/tcp to the world and deleted `b`
  drift: { after: [B, A], gate: 'world', notEvaluated: [BY_SOMEBODY] },
  'drift-refresh-only': { after: [A], gate: 'world', notEvaluated: [BY_SOMEBODY] },
  // the network of the new group is known after apply
  'replace-group': { after: [B, A], gate: 'any' },
};

test.each(Object.entries(RECORDED))('a recorded plan: %s', (name, expected) => {
  expectPlan(readJsonFile(join(FOLDER, `${name}.plan.json`)), expected);
});

/** Returns the recorded plan without changes, in which something is different; `b` is the change of the rule `b`. */
function byHand(change: (plan: Plan, b: PlannedChange) => object): object {
  const plan = readJsonFile(join(FOLDER, 'no-op.plan.json')) as Plan;
  const b = plan.resource_changes.find(({ address }) => address === `${RULE}.b`)!;
  return { ...plan, ...change(plan, b) };
}

interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly before: object; readonly after: object };
}

interface Plan {
  readonly resource_changes: readonly PlannedChange[];
}

/** Returns changes in which the rule `b` has different actions. */
const withActions =
  (...actions: readonly string[]) =>
  ({ resource_changes: all }: Plan, b: PlannedChange): object => ({
    resource_changes: all.map((one) => (one === b ? { ...b, change: { ...b.change, actions } } : one)),
  });
const invoked = { address: 'action.aws_lambda_invoke.open', type: 'aws_lambda_invoke', name: 'open' };
const AN_ACTION = 'action.aws_lambda_invoke.open: an action may open anything';

/** Forms of Terraform 1.12 and newer, and of experimental builds, from the documentation of the format. */
const BY_HAND: readonly (readonly [name: string, plan: () => object, expected: Expected])[] = [
  [
    'create and forget: the old object stays beside the new one',
    () => byHand(withActions('create', 'forget')),
    { after: [B, A], notes: [`${RULE}.b (no longer managed): it stays as it is, and Terraform no longer manages it`] },
  ],
  [
    'forget and create',
    () => byHand(withActions('forget', 'create')),
    { after: [B, A], notes: [`${RULE}.b (no longer managed): it stays as it is, and Terraform no longer manages it`] },
  ],
  [
    'an action that nobody knows yet',
    () => byHand(withActions('hide')),
    { after: [B, A], gate: 'opened', notEvaluated: [`${RULE}.b: Terraform's action hide`] },
  ],
  [
    'deferred changes',
    () =>
      byHand((_, b) => ({
        complete: false,
        deferred_changes: [{ reason: 'provider_config_unknown', resource_change: { ...b, address: `${RULE}.c` } }],
      })),
    {
      after: [B, A],
      gate: 'opened',
      notes: [PARTIAL],
      notEvaluated: [`${RULE}.c: Terraform defers it to a later plan`],
    },
  ],
  [
    'an action that is invoked',
    () => byHand(() => ({ action_invocations: [invoked] })),
    { after: [B, A], gate: 'opened', notEvaluated: [AN_ACTION] },
  ],
  [
    'an action that is invoked in a later plan',
    () => byHand(() => ({ deferred_action_invocations: [{ reason: 'absent_prereq', action_invocation: invoked }] })),
    { after: [B, A], gate: 'opened', notEvaluated: [AN_ACTION] },
  ],
  [
    'an import by identity',
    () =>
      byHand(({ resource_changes: all }, b) => ({
        resource_changes: all.map((one) =>
          one === b ? { ...b, change: { ...b.change, importing: { identity: { id: 'sgr-1' } } } } : one,
        ),
      })),
    { after: [B, A] },
  ],
  [
    'a plan that cannot be applied: speculative, or without changes',
    () => byHand(() => ({ applyable: false })),
    { after: [B, A] },
  ],
];

test.each(BY_HAND)('a plan by hand, with %s', (_name, plan, expected) => {
  expectPlan(plan(), expected);
});

test('every recorded plan has an expected result', () => {
  const names = readdirSync(FOLDER).map((file) => file.replace('.plan.json', ''));
  expect(names.sort()).toEqual(Object.keys(RECORDED).sort());
});
