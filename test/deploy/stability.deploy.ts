import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsSecurityGroup,
  ExternalHosts,
  KubeadmFlannelClusterRules,
  Peer,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';
import { opened } from '../support/opened';
import { deployment } from './deployment';
import { missingWhileApplying } from './missing-while-applying';

const REGION = 'eu-central-1';
const SLOW = 4;
const deployed = deployment();

/** How the code of the next step differs from that of the step before. */
interface Code {
  /** Another order, other construct ids, one wrapper more. */
  readonly rewritten?: boolean;
  readonly consoleRanges: string[];
  /** Whether a second construct asks for what stands already. */
  readonly secondAsker?: boolean;
}

function code({ rewritten = false, consoleRanges, secondAsker = false }: Code): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new AwsProvider(stack, 'aws', { region: REGION, defaultTags: [{ tags: { owner: 'us', team: 'nobody' } }] });
  const vpcId = new Vpc(stack, 'vpc', { cidrBlock: '10.20.0.0/16' }).id;
  const scope = rewritten ? new Construct(stack, 'wrapper') : stack;
  const id = (name: string): string => (rewritten ? `${name}-renamed` : name);
  const group = (name: string, egress: AwsEgress): AwsSecurityGroup =>
    new AwsSecurityGroup(scope, id(name), { name, vpcId, egress, tags: { team: 'platform' } });

  const names = rewritten ? ['workers', 'control-plane'] : ['control-plane', 'workers'];
  const groups = new Map(names.map((name) => [name, group(name, AwsEgress.DOCUMENTED)]));
  const [controlPlane, workers] = [groups.get('control-plane')!, groups.get('workers')!];
  const platform = group('platform', AwsEgress.ALL);
  const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');
  const steps = [
    () => new KubeadmFlannelClusterRules(scope, id('cluster'), { controlPlane, workers, workerToWorkerFlannel: true }),
    () => new ApinizerDataStoreRules(scope, id('stores'), { workers, mongodb }),
    () =>
      new ApinizerNodePorts(scope, id('ports'), {
        workers,
        managementConsole: { clients: Peer.cidr(...(rewritten ? [...consoleRanges].reverse() : consoleRanges)) },
      }),
    () =>
      new VClusterPlatformIngressRules(scope, id('platform-rules'), {
        kubernetesApi: Peer.cidr('172.16.0.0/28', rewritten ? '2001:DB8:0::/48' : '2001:db8::/48'),
        platform,
      }),
  ];
  for (const step of rewritten ? steps.reverse() : steps) step();
  if (secondAsker) {
    new KubeadmFlannelClusterRules(scope, 'second', { controlPlane: workers, workers, omit: ['kubelet'] });
  }
  return stack;
}

test('a change of the code changes exactly the rules that it is about, and no other is gone for a moment', async () => {
  const { cloud, terraform } = deployed();
  const folder = terraform();
  const rules = (): Promise<string[]> => cloud.region(REGION).rules();
  const consoleRanges = ['10.9.0.0/16', '10.10.0.0/16'];
  const base = code({ consoleRanges });
  const baseRules = opened(base);
  await folder.write(base);
  await folder.apply();
  expect(await rules()).toEqual(baseRules);
  expect(await folder.plan()).toEqual([]);

  await folder.write(code({ rewritten: true, consoleRanges }));
  expect(await folder.plan()).toEqual([]);

  cloud.slowDownRevocations(SLOW);
  const wider = [...consoleRanges, '10.11.0.0/16'];
  await folder.write(code({ consoleRanges: wider }));
  expect(await folder.plan()).toEqual([
    expect.stringMatching(/^create aws_vpc_security_group_ingress_rule\.ingress_tcp_32080_/),
  ]);
  expect(await missingWhileApplying(cloud.region(REGION), () => folder.apply(), baseRules)).toEqual([]);
  expect(await rules()).toEqual([...baseRules, 'ingress 32080/tcp from 10.11.0.0/16 at workers'].sort());

  // the second construct asks for Flannel between workers, which stands, and for the API server and etcd, which are new
  await folder.write(code({ consoleRanges: wider, secondAsker: true }));
  const plan = await folder.plan();
  expect(plan.filter((change) => change.startsWith('delete'))).toEqual([]);
  expect(plan.map((change) => change.replace(/_[0-9a-f]{12}$/, ''))).toEqual([
    'create aws_vpc_security_group_egress_rule.egress_tcp_2379-2380',
    'create aws_vpc_security_group_egress_rule.egress_tcp_6443',
    'create aws_vpc_security_group_ingress_rule.ingress_tcp_2379-2380',
    'create aws_vpc_security_group_ingress_rule.ingress_tcp_6443',
    'update aws_vpc_security_group_egress_rule.egress_udp_8285',
    'update aws_vpc_security_group_egress_rule.egress_udp_8472',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8285',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8472',
  ]);
  expect(await missingWhileApplying(cloud.region(REGION), () => folder.apply(), baseRules)).toEqual([]);

  await folder.write(base);
  expect((await folder.plan()).map((change) => change.replace(/_[0-9a-f]{12}$/, ''))).toEqual([
    'delete aws_vpc_security_group_egress_rule.egress_tcp_2379-2380',
    'delete aws_vpc_security_group_egress_rule.egress_tcp_6443',
    'delete aws_vpc_security_group_ingress_rule.ingress_tcp_2379-2380',
    'delete aws_vpc_security_group_ingress_rule.ingress_tcp_32080',
    'delete aws_vpc_security_group_ingress_rule.ingress_tcp_6443',
    'update aws_vpc_security_group_egress_rule.egress_udp_8285',
    'update aws_vpc_security_group_egress_rule.egress_udp_8472',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8285',
    'update aws_vpc_security_group_ingress_rule.ingress_udp_8472',
  ]);
  expect(await missingWhileApplying(cloud.region(REGION), () => folder.apply(), baseRules)).toEqual([]);
  expect(await rules()).toEqual(baseRules);

  cloud.slowDownRevocations(0);
  await folder.destroy();
  expect(await rules()).toEqual([]);
  folder.remove();
});

test('raw rules whose ids are renamed are gone after a failed apply: the accident that the test above would see', async () => {
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
  await expect(missingWhileApplying(cloud.region(REGION), () => folder.apply(), rules)).rejects.toThrow(
    'InvalidPermission.Duplicate',
  );
  expect(await cloud.region(REGION).rules()).toEqual([]);

  cloud.slowDownRevocations(0);
  await folder.destroy();
  folder.remove();
});
