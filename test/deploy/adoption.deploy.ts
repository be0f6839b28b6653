import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { TerraformStack, Testing } from 'cdktf';
import { AwsSecurityGroup, Peer, VClusterPlatformIngressRules } from 'cdktf-cluster-ports';
import { missingWhileApplying } from './missing-while-applying';
import { deployment } from './deployment';

const REGION = 'eu-central-1';
const PORTS = [8443, 9443, 9444];
const RULES = PORTS.map((port) => `ingress ${port}/tcp from 172.16.0.0/28 at platform`);
const deployed = deployment();

/** A stack with a group of the user's, and what a recipe makes of it. */
function code(recipe: (stack: TerraformStack, securityGroupId: string) => void): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: REGION });
  const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
  recipe(stack, new SecurityGroup(stack, 'platform', { namePrefix: 'platform-', vpcId }).id);
  return stack;
}

function rawRules(stack: TerraformStack, securityGroupId: string): void {
  for (const port of PORTS) {
    const rule = { securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIpv4: '172.16.0.0/28' };
    new VpcSecurityGroupIngressRule(stack, `raw-${port}`, rule);
  }
}

function documentedRules(stack: TerraformStack, securityGroupId: string): string[] {
  const platform = AwsSecurityGroup.fromId(securityGroupId, { key: 'platform' });
  const kubernetesApi = Peer.cidr('172.16.0.0/28');
  return new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi, platform }).addresses;
}

/** The address of the rule for a port. */
const ofPort = (addresses: string[], port: number): string =>
  addresses.find((address) => address.includes(`_${port}_`))!;

test('raw rules of the same stack become ours by moved entries: only descriptions change, and none is gone for a moment', async () => {
  const folder = deployed().terraform();
  await folder.write(code(rawRules));
  await folder.apply();
  await folder.write(
    code((stack, securityGroupId) => {
      const addresses = documentedRules(stack, securityGroupId);
      stack.addOverride(
        'moved',
        PORTS.map((port) => ({
          from: `aws_vpc_security_group_ingress_rule.raw-${port}`,
          to: ofPort(addresses, port),
        })),
      );
    }),
  );
  const plan = await folder.plan();
  expect(plan.map((change) => change.replace(/_[0-9a-f]{12}$/, ''))).toEqual(
    PORTS.map((port) => `update aws_vpc_security_group_ingress_rule.ingress_tcp_${port}`),
  );
  const { cloud } = deployed();
  expect(await missingWhileApplying(cloud.region(REGION), () => folder.apply(), RULES)).toEqual([]);
  expect(await cloud.region(REGION).rules()).toEqual(RULES);
  await folder.destroy();
  folder.remove();
});

test('rules that stand already become ours by import blocks: only descriptions change, and none is gone for a moment', async () => {
  const { cloud, terraform } = deployed();
  const folder = terraform();
  await folder.write(code(() => undefined));
  await folder.apply();
  const api = cloud.region(REGION);
  const ids = new Map<number, string>();
  for (const port of PORTS) ids.set(port, await api.openByHand('platform', port, '172.16.0.0/28'));

  await folder.write(
    code((stack, securityGroupId) => {
      const addresses = documentedRules(stack, securityGroupId);
      stack.addOverride(
        'import',
        PORTS.map((port) => ({ id: ids.get(port), to: ofPort(addresses, port) })),
      );
    }),
  );
  expect((await folder.plan()).map((change) => change.replace(/_[0-9a-f]{12}$/, ''))).toEqual(
    PORTS.map((port) => `update aws_vpc_security_group_ingress_rule.ingress_tcp_${port}`),
  );
  expect(await missingWhileApplying(api, () => folder.apply(), RULES)).toEqual([]);
  expect(await folder.plan()).toEqual([]);
  await folder.destroy();
  expect(await api.rules()).toEqual([]);
  folder.remove();
});
