import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { type App, TerraformStack, Testing } from 'cdktf';
import { deployment } from './deployment';
import { describedRules } from './described-rules';
import { missingWhileApplying } from './missing-while-applying';
import {
  BY_HAND,
  documented,
  groupOf,
  INLINE,
  INLINE_CLOSED,
  LEGACY,
  moveToNewStack,
  OTHER_RANGE,
  PORTS,
  RANGE,
  RAW,
  takeOver,
} from './recipes';

const deployed = deployment();

function newStack(region: string, id = 'stack', app: App = Testing.app()): { stack: TerraformStack; vpcId: string } {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, 'aws', { region });
  return { stack, vpcId: new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id };
}

const rulesAt = (group: string, ...ranges: string[]): string[] =>
  PORTS.flatMap((port) => ranges.map((range) => `ingress ${port}/tcp from ${range} at ${group}`));

/** A change without the hash of its Terraform address. */
const withoutHash = (change: string): string => change.replace(/_[0-9a-f]{12}$/, '');

test('rules of each origin are taken over: only descriptions change, and no rule is missing at any moment', async () => {
  const region = 'eu-central-1';
  const { cloud, terraform } = deployed();
  const api = cloud.region(region);
  const folder = terraform();
  const before = newStack(region);
  for (const recipe of [RAW, BY_HAND, LEGACY, INLINE]) recipe.before(before.stack, before.vpcId);
  await folder.write(before.stack);
  await folder.apply();
  for (const port of PORTS) await api.openByHand('by-hand', port, RANGE);
  await api.openByHand('by-hand', 22, RANGE);
  const rules = [
    ...[RANGE, OTHER_RANGE].flatMap((range) => [...rulesAt('legacy', range), ...rulesAt('inline', range)]),
    ...rulesAt('raw', RANGE),
    ...rulesAt('by-hand', RANGE),
    `ingress 22/tcp from ${RANGE} at by-hand`,
  ].sort();
  expect(await api.rules()).toEqual(rules);

  const groupIds = await Promise.all(['by-hand', 'legacy', 'inline'].map((name) => api.groupId(name)));
  const after = newStack(region);
  for (const recipe of [RAW, BY_HAND, LEGACY, INLINE]) recipe.after(after.stack, after.vpcId);
  takeOver(after.stack, folder.keep('rules.json', describedRules(cloud.endpoint, region, groupIds)), groupIds);
  await folder.write(after.stack);
  const plan = await folder.plan();
  expect(plan.filter((change) => !change.startsWith('remove')).map(withoutHash)).toEqual([
    ...PORTS.flatMap((port) =>
      Array<string>(5).fill(`import and update aws_vpc_security_group_ingress_rule.ingress_tcp_${port}`),
    ),
    ...PORTS.map((port) => `move and update aws_vpc_security_group_ingress_rule.ingress_tcp_${port}`),
  ]);
  expect(plan.filter((change) => change.startsWith('remove'))).toEqual(
    PORTS.map((port) => `remove aws_security_group_rule.legacy-${port}`),
  );
  expect(await missingWhileApplying(api, () => folder.apply(), rules)).toEqual([]);
  expect(await api.rules()).toEqual(rules);
  expect(await folder.plan()).toEqual([]);

  // although the state keeps the attribute that was dropped from the code, a removed rule is closed and stays closed
  const closed = newStack(region);
  for (const recipe of [RAW, BY_HAND, LEGACY, INLINE_CLOSED]) recipe.after(closed.stack, closed.vpcId);
  await folder.write(closed.stack);
  expect((await folder.plan()).map(withoutHash)).toEqual(
    PORTS.flatMap((port) => Array<string>(2).fill(`delete aws_vpc_security_group_ingress_rule.ingress_tcp_${port}`)),
  );
  const left = rules.filter((rule) => !rule.endsWith(' at inline'));
  expect(await missingWhileApplying(api, () => folder.apply(), left)).toEqual([]);
  expect(await api.rules()).toEqual(left);
  expect(await folder.plan()).toEqual([]);
  folder.remove();
});

test('rules move to a different stack, which takes them over after the old stack forgets them', async () => {
  const region = 'eu-west-1';
  const { cloud, terraform } = deployed();
  const api = cloud.region(region);
  const [oldFolder, newFolder] = [terraform(), terraform()];
  const before = newStack(region, 'old');
  documented(before.stack, 'platform', groupOf(before.stack, 'platform', before.vpcId), RANGE);
  await oldFolder.write(before.stack);
  await oldFolder.apply();
  const rules = rulesAt('platform', RANGE);
  expect(await api.rules()).toEqual(rules);

  const app = Testing.app();
  const [from, to] = [newStack(region, 'old', app), newStack(region, 'new', app)];
  groupOf(from.stack, 'platform', from.vpcId);
  const groupId = await api.groupId('platform');
  const file = newFolder.keep('rules.json', describedRules(cloud.endpoint, region, [groupId]));
  moveToNewStack(from.stack, to.stack, groupId, file);
  await oldFolder.write(from.stack);
  await newFolder.write(to.stack);
  const changes = (how: string): string[] =>
    PORTS.map((port) => `${how} aws_vpc_security_group_ingress_rule.ingress_tcp_${port}`);
  expect((await oldFolder.plan()).map(withoutHash)).toEqual(changes('remove'));
  const applyBoth = async (): Promise<void> => {
    await oldFolder.apply();
    await newFolder.apply();
  };
  expect(await missingWhileApplying(api, applyBoth, rules)).toEqual([]);
  expect(await oldFolder.plan()).toEqual([]);
  expect(await newFolder.plan()).toEqual([]);
  await newFolder.destroy();
  expect(await api.rules()).toEqual([]);
  oldFolder.remove();
  newFolder.remove();
});
