import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsPrefixList,
  AwsSecurityGroup,
  Egress,
  type IPeer,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { deployment } from './deployment';
import { missingWhileApplying } from './missing-while-applying';

const REGION = 'eu-central-1';
const deployed = deployment();

function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: REGION, defaultTags: [{ tags: { owner: 'us' } }] });
  return stack;
}

function offices(stack: TerraformStack, ranges: IPeer, homes: readonly string[]): TerraformStack {
  const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
  const platform = new AwsSecurityGroup(stack, 'platform', { name: 'platform', vpcId, egress: Egress.ALL });
  const list = new AwsPrefixList(stack, 'offices', { name: 'offices', ranges, tags: { team: 'network' } });
  const variable = new TerraformVariable(stack, 'homes', { type: 'list(string)', default: homes });
  const far = new AwsPrefixList(stack, 'homes-list', {
    name: 'homes',
    ranges: Peer.cidr('10.7.0.0/16', ...variable.listValue),
    maxEntries: 10,
  });
  new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: Peer.anyOf(list, far), platform });
  return stack;
}

test('a different range changes a prefix list in place, and no rule is missing at any moment', async () => {
  const { cloud, terraform } = deployed();
  const api = cloud.region(REGION);
  const folder = terraform();
  await folder.write(offices(newStack(), Peer.cidr('10.8.0.0/16', '2001:db8::/32'), ['10.30.0.0/16']));
  await folder.apply();
  expect(await folder.plan()).toEqual([]);
  const lists = async (): Promise<string[]> => [...(await api.prefixLists()).values()].sort();
  expect(await lists()).toEqual([
    'homes 10.30.0.0/16 10.7.0.0/16',
    'offices 10.8.0.0/16',
    'offices-ipv6 2001:db8::/32',
  ]);
  const names = ['homes', 'offices', 'offices-ipv6'];
  const existing = (await api.rules()).filter((rule) => rule.startsWith('ingress'));
  expect(existing).toEqual(
    ['8443', '9443', '9444']
      .flatMap((port) => names.map((name) => `ingress ${port}/tcp from ${name} at platform`))
      .sort(),
  );

  const wider = Peer.cidr('10.9.0.0/16', '10.8.0.0/16', '2001:db8::/32');
  await folder.write(offices(newStack(), wider, ['10.31.0.0/16', '10.30.0.0/16']));
  expect(await folder.plan()).toEqual([
    'update aws_ec2_managed_prefix_list.prefix_list_homes',
    'update aws_ec2_managed_prefix_list.prefix_list_offices',
  ]);
  expect(await missingWhileApplying(api, () => folder.apply(), existing)).toEqual([]);
  expect(await lists()).toEqual([
    'homes 10.30.0.0/16 10.31.0.0/16 10.7.0.0/16',
    'offices 10.8.0.0/16 10.9.0.0/16',
    'offices-ipv6 2001:db8::/32',
  ]);
  expect(await folder.plan()).toEqual([]);

  await folder.destroy();
  expect(await api.rules()).toEqual([]);
  expect(await lists()).toEqual([]);
  folder.remove();
});

test('Terraform rejects a prefix list of wrong ranges, of the whole internet, or of more ranges than it may have', async () => {
  const folder = deployed().terraform();
  const refused = async (ranges: readonly string[], sentence: RegExp): Promise<void> => {
    await folder.write(offices(newStack(), Peer.cidr('10.8.0.0/16'), ranges));
    await expect(folder.plan()).rejects.toThrow(sentence);
  };
  const isBad = /var\.homes must be at least one IPv4 range, each without bits/;
  await refused([], isBad);
  await refused(['10.30.0.1/16'], isBad);
  await refused(['0.0.0.0/1', '128.0.0.0/1'], isBad);
  const many = Array.from({ length: 10 }, (_, index) => `10.${30 + index}.0.0/16`);
  await refused(many, /prefix list homes must have at most 10 ranges/);
  folder.remove();
});

function listed(ranges: readonly string[]): TerraformStack {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'offices', { type: 'list(string)', default: ranges });
  const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
  const prometheus = new AwsSecurityGroup(stack, 'group', { name: 'prometheus', vpcId, egress: Egress.ALL });
  new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.cidr(...variable.listValue), prometheus });
  return stack;
}

test('a list that is known after apply gets a rule for each range, whatever their order', async () => {
  const { cloud, terraform } = deployed();
  const folder = terraform();
  const rules = async (): Promise<string[]> =>
    (await cloud.region(REGION).rules()).filter((rule) => rule.startsWith('ingress') && rule.endsWith('prometheus'));
  await folder.write(listed(['10.8.0.0/16', '10.9.0.0/16']));
  await folder.apply();
  const line = (range: string): string => `ingress 9090/tcp from ${range} at prometheus`;
  expect(await rules()).toEqual(['10.8.0.0/16', '10.9.0.0/16'].map(line));

  await folder.write(listed(['10.9.0.0/16', '10.7.0.0/16', '10.8.0.0/16', '10.9.0.0/16']));
  expect(await folder.plan()).toEqual([
    expect.stringMatching(/^create .*\.ingress_tcp_9090_[0-9a-f]{12}\["10\.7\.0\.0\/16"\]$/),
  ]);
  await folder.destroy();
  folder.remove();
});

test('Terraform rejects a list without ranges or with a wrong range, before it creates a rule', async () => {
  const folder = deployed().terraform();
  for (const ranges of [[], ['10.8.0.0/16', '10.30.0.1/16'], ['0.0.0.0/0'], ['2001:db8::/32'], ['']]) {
    await folder.write(listed(ranges));
    await expect(folder.plan()).rejects.toThrow(/var\.offices must be at least one IPv4 range, each without bits/);
  }
  folder.remove();
});
