import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { TerraformStack, Testing } from 'cdktf';
import { deployment } from './deployment';
import { missingWhileApplying } from './missing-while-applying';

const REGION = 'eu-central-1';
const SLOW = 4;
const deployed = deployment();

test('raw rules whose ids change are gone after a failed apply, and the check of every-option.deploy.ts finds that', async () => {
  const { cloud, terraform } = deployed();
  const raw = (prefix: string): TerraformStack => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    new AwsProvider(stack, 'aws', { region: REGION });
    const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
    const securityGroupId = new SecurityGroup(stack, 'platform', { namePrefix: 'platform-', vpcId }).id;
    for (const port of [8443, 9443, 9444]) {
      const rule = { securityGroupId, ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIpv4: '172.16.0.0/28' };
      new VpcSecurityGroupIngressRule(stack, `${prefix}-${port}`, rule);
    }
    return stack;
  };
  const folder = terraform();
  await folder.write(raw('rule'));
  await folder.apply();
  const rules = [8443, 9443, 9444].map((port) => `ingress ${port}/tcp from 172.16.0.0/28 at platform`);
  expect(await cloud.region(REGION).rules()).toEqual(rules);

  cloud.slowDownRevocations(SLOW);
  await folder.write(raw('renamed'));
  const failedApply = async (): Promise<void> => {
    await expect(folder.apply()).rejects.toThrow('InvalidPermission.Duplicate');
  };
  expect(await missingWhileApplying(cloud.region(REGION), failedApply, rules)).toEqual(rules);
  expect(await cloud.region(REGION).rules()).toEqual([]);

  cloud.slowDownRevocations(0);
  await folder.destroy();
  folder.remove();
});
