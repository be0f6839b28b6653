import { join } from 'node:path';
import type { DescribedRule } from '../ec2-api';
import { gateOf } from '../../support/first-gate';
import { PROGRAM } from '../program';
import { deployment } from '../deployment';
import type { Terraform } from '../terraform';
import { boxesOfRule, notCovered } from './boxes';
import {
  inCloud,
  type InCloud,
  mistakesIn,
  mistakesInDiff,
  mistakesInPlan,
  NONE,
  notEvaluatedOf,
  planned,
  read,
} from './foreign-deployment';

// Reductions of modules that many people use. Terraform plans and applies them; what the library reads is compared with what the API
// describes, by code that shares nothing with the library. Each test goes on where the one before it ended.

const REGION = 'eu-central-1';
/** What states and later plans list as not evaluated. */
const NETWORK_ACLS = [
  'module.vpc.aws_network_acl.public[0]: network ACLs are evaluated only by "explain", because they protect subnets',
  'module.vpc.aws_network_acl_rule.public_inbound[0]: network ACLs are evaluated only by "explain", because they protect subnets',
  'module.vpc.aws_network_acl_rule.public_inbound[1]: network ACLs are evaluated only by "explain", because they protect subnets',
];
const GROUP_OF_THE_WEB = 'module.web.aws_security_group.this_name_prefix[0]';
const GROUP_WITH_BLOCKS = 'module.groups.aws_security_group.this["web"]';

const deployed = deployment();
let terraform: Terraform;
/** What exists after the last apply. */
let cloud: InCloud;

beforeAll(async () => {
  terraform = deployed().terraform();
  await terraform.copy(join(__dirname, 'root'), REGION);
});
afterAll(() => {
  terraform.remove();
});

test('the first plan has nothing wrong, and lists what is missing with its ports', async () => {
  const first = planned(await terraform.plannedJson());
  expect(first.before.rules).toEqual([]);
  await terraform.apply();
  const state = await terraform.stateJson();
  cloud = await inCloud(deployed().cloud.region(REGION), state);
  expect(cloud.rules.length).toBeGreaterThan(90);
  expect(mistakesInPlan(first.after, cloud)).toEqual({ ...NONE, unlisted: [] });
  // what the API describes is within the known part of each of these
  expect(first.after.notEvaluated.length).toBe(63);
  expect(gateOf(first)).toBe('world');

  expect(mistakesIn(read(state), cloud)).toEqual(NONE);
  expect(notEvaluatedOf(read(state))).toEqual(NETWORK_ACLS);
  expect(gateOf({ before: read(state), after: read(state) })).toBeUndefined();
});

test('the second plan is empty on both sides of the change', async () => {
  const second = planned(await terraform.plannedJson());
  expect(mistakesIn(second.before, cloud)).toEqual(NONE);
  expect(mistakesIn(second.after, cloud)).toEqual(NONE);
  expect(notEvaluatedOf(second.after)).toEqual(NETWORK_ACLS);
  expect(gateOf(second)).toBeUndefined();
});

test('a plan with changes has what exists before and after its apply, and gates stop what opens', async () => {
  await expectPlan({
    office: ['10.8.0.0/16', '192.0.2.0/24'],
    web_rules: ['http-80-tcp', 'https-443-tcp'],
    node_rules: {
      more: { protocol: 'udp', from_port: 8472, to_port: 8472, type: 'ingress', cidr_blocks: ['10.0.0.0/8'] },
    },
    databases_office: '10.12.0.0/16',
    teams: ['blue', 'red'],
    database_rules: { world: { cidr_ipv4: '0.0.0.0/0', from_port: 5432, to_port: 5439 } },
    offices: { berlin: '10.40.0.0/16', rome: '10.44.0.0/16' },
    web_ports: [443, 444],
  });
});

const LATER = {
  office: ['10.8.0.0/16', '192.0.2.0/24'],
  web_rules: ['ssh-tcp'],
  node_rules: {},
  databases_office: '10.13.0.0/16',
  database_rules: {},
  offices: { oslo: '10.45.0.0/16' },
  web_ports: [22],
};

test('a plan with targets leaves everything else', async () => {
  const { after } = await expectPlan(LATER, '-target=module.web', '-target=module.aurora', '-target=module.offices');
  // a plan of OpenTofu does not say that it is complete or not
  const said = after.notes.some(({ text }) => text === 'this plan contains only a part of the changes');
  expect(said).toBe(PROGRAM === 'terraform');
});

test('a plan that replaces groups and changes the rest', async () => {
  const replaced = [
    'module.eks.aws_security_group.node[0]',
    'module.worker.aws_security_group.cbd[0]',
    'aws_security_group.separate',
  ];
  await expectPlan(LATER, ...replaced.map((address) => `-replace=${address}`));
});

test('rules that somebody made and rules that somebody deleted', async () => {
  const api = deployed().cloud.region(REGION);
  const groups = [GROUP_OF_THE_WEB, GROUP_WITH_BLOCKS].map((address) => cloud.ids.get(`sg:${address}`)!);
  const opened: string[] = [];
  for (const groupId of groups) {
    opened.push(await api.openInGroupByHand(groupId, 4444, '0.0.0.0/0'));
    await api.closeByHand(cloud.rules.find((rule) => rule.groupId === groupId && rule.direction === 'ingress')!);
  }
  const drifted = planned(await terraform.plannedJson('-refresh-only'));
  const changed = await inCloud(api, await terraform.stateJson());
  // beside separate rules, a rule that nobody manages is listed and not read
  const unmanaged = changed.rules.find(({ id }) => id === opened[0])!;
  expect(mistakesIn(drifted.before, cloud)).toEqual(NONE);
  expect(mistakesIn(drifted.after, changed)).toEqual({ missing: [lineOf(unmanaged)], extra: [] });
  expect(notEvaluatedOf(drifted.after)).toContainEqual(
    expect.stringMatching(
      /ingress\[\d+\]: the security group lists this rule, but no separate rule resource creates it$/,
    ),
  );
  expect(gateOf(drifted)).toBe('world');

  // Terraform repairs what it manages
  const repairing = planned(await terraform.plannedJson());
  await terraform.apply();
  cloud = await inCloud(api, await terraform.stateJson());
  expect(opened.map((id) => cloud.rules.some((rule) => rule.id === id))).toEqual([true, false]);
  expect(mistakesIn(repairing.after, cloud)).toEqual({ missing: [lineOf(unmanaged)], extra: [] });
  await api.closeByHand(unmanaged);
  cloud = await inCloud(api, await terraform.stateJson());
});

test('a plan that destroys everything', async () => {
  const destroying = planned(await terraform.plannedJson('-destroy'));
  expect(mistakesIn(destroying.before, cloud)).toEqual(NONE);
  expect(destroying.after.rules).toEqual([]);
  expect(destroying.after.notEvaluated).toEqual([]);
  // without the network ACLs more may pass for a moment
  expect(gateOf(destroying)).toBe('world');
  await terraform.apply();
  expect(await deployed().cloud.region(REGION).describedRules(new Set(cloud.ids.values()))).toEqual([]);
});

/** Plans with values of variables, applies, and expects both sides of the plan to be what the API describes. */
async function expectPlan(variables: object, ...options: readonly string[]): Promise<ReturnType<typeof planned>> {
  terraform.keep('terraform.tfvars.json', JSON.stringify(variables));
  const plan = planned(await terraform.plannedJson(...options));
  expect(mistakesIn(plan.before, cloud)).toEqual(NONE);
  await terraform.apply();
  const before = cloud;
  cloud = await inCloud(deployed().cloud.region(REGION), await terraform.stateJson());
  expect(mistakesInPlan(plan.after, cloud)).toEqual({ ...NONE, unlisted: [] });
  expect(mistakesInDiff(plan, before, cloud)).toEqual(NONE);
  const opened = notCovered(cloud.boxes, before.boxes);
  expect(opened.length).toBeGreaterThan(0);
  expect(['world', 'opened', 'widened']).toContain(gateOf(plan));
  return plan;
}

function lineOf(rule: DescribedRule): string {
  return boxesOfRule(rule, new Map())[0].text;
}
