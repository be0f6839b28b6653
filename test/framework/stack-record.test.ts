import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsEgress,
  AwsSecurityGroup,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IHostGroup,
} from '../../lib';
import { CLOUDS, newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const firewall = new GcpFirewall({ network: 'prod' });
const NAME = 'allow-vcluster-platform-to-prometheus';

function rule(
  stack: TerraformStack,
  prometheus: IHostGroup = firewall.networkTag('prometheus'),
): PrometheusCostMetricsRule {
  return new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.address('203.0.113.7'), prometheus });
}

test.each(CLOUDS)('every logical id is one that Terraform takes, whatever users call things, on $name', ({ group }) => {
  const stack = newStack();
  const scope = new Construct(stack, '1. äöü ${x} "ğı"');
  const [controlPlane, workers] = [group(stack, 'control-plane'), group(stack, 'workers')];
  const clients = Peer.named('10 ${a} %{b} "ğ"', '10.0.0.0/8', '2001:db8::/32');
  new VClusterPlatformIngressRules(scope, '8443', { kubernetesApi: clients, platform: workers });
  new PrometheusCostMetricsRule(scope, '-', { platform: clients, prometheus: workers });
  new KubeadmFlannelClusterRules(scope, 'rule 8443', { controlPlane, workers, workerToWorkerFlannel: true });
  new ApinizerNodePorts(scope, 'ı', { workers, gateways: [{ environment: 'e-1', clients: Peer.anyIpv4('${world}') }] });
  new ApinizerDataStoreRules(scope, 'ğ', { workers: clients, mongodb: workers, elasticsearch: workers });
  const ids = Object.values(resourcesOf(stack)).flatMap((ofType) => Object.keys(ofType));
  expect(ids.length).toBeGreaterThan(8);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
});

test('ids of security groups and of rules beside existing groups are ones that Terraform takes', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, '8443', { name: 'A_-1', vpcId: 'vpc-01234567', egress: AwsEgress.ALL });
  rule(stack, AwsSecurityGroup.fromId('sg-01234567', { key: '10.0.0.0/8 ${key}' }));
  const ids = Object.values(resourcesOf(stack)).flatMap((ofType) => Object.keys(ofType));
  expect(ids).toHaveLength(4);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
});

describe('a resource of the user with an address of ours fails at synthesis,', () => {
  const sentence = (path: string, address: string): string =>
    `${path}: the address ${address} belongs to a rule of cdktf-cluster-ports, got a second resource of that address; ` +
    'did you mean another id?';

  test('by the id that the framework makes', () => {
    const stack = newStack();
    rule(stack);
    new ComputeFirewall(stack, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
    expectRefusal(
      () => Testing.synth(stack),
      sentence(`stack/firewall_${NAME}`, `google_compute_firewall.firewall_${NAME}`),
    );
  });

  test('by an id of its own, made before ours', () => {
    const stack = newStack();
    const mine = new ComputeFirewall(new Construct(stack, 'inner'), 'mine', { name: 'mine', network: 'prod' });
    mine.overrideLogicalId(`firewall_${NAME}`);
    rule(stack);
    expectRefusal(() => Testing.synth(stack), sentence('stack/inner/mine', `google_compute_firewall.firewall_${NAME}`));
  });

  test('as a rule of a security group', () => {
    const stack = newStack();
    const [address] = rule(stack, AwsSecurityGroup.fromId('sg-01234567')).addresses;
    const mine = new VpcSecurityGroupIngressRule(stack, 'mine', { securityGroupId: 'sg-01234567', ipProtocol: '-1' });
    mine.overrideLogicalId(address.slice(address.indexOf('.') + 1));
    expectRefusal(() => Testing.synth(stack), sentence('stack/mine', address));
  });

  test('as a security group', () => {
    const stack = newStack();
    new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: 'vpc-01234567', egress: AwsEgress.DOCUMENTED });
    new SecurityGroup(stack, 'group_nodes', {});
    expectRefusal(() => Testing.synth(stack), sentence('stack/group_nodes', 'aws_security_group.group_nodes'));
  });

  test('in every way of synthesizing', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    new GoogleProvider(stack, 'google');
    rule(stack);
    new ComputeFirewall(stack, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
    const refused = sentence(`stack/firewall_${NAME}`, `google_compute_firewall.firewall_${NAME}`);
    expectRefusal(() => stack.toTerraform(), refused);
    expectRefusal(() => Testing.synthHcl(stack), refused);
    expectRefusal(() => app.synth(), refused);
  });
});

test('fails for a rule of ours that was given another id, which the framework would merge with a second one', () => {
  const stack = newStack();
  const nodes = AwsSecurityGroup.fromId('sg-01234567');
  const { addresses, resources } = rule(stack, nodes);
  (resources[0] as VpcSecurityGroupIngressRule).overrideLogicalId('prometheus');
  expectRefusal(
    () => Testing.synth(stack),
    `stack "stack": the rule ${addresses[0]} of cdktf-cluster-ports must keep its address, got ` +
      'aws_vpc_security_group_ingress_rule.prometheus; did you mean an override of "moved" from the old address?',
  );
});

test('fails in a stack where a construct of the user has the id of the place where our rules stand', () => {
  const stack = newStack();
  new Construct(stack, 'cdktf-cluster-ports');
  const sentence =
    'stack "stack": the id cdktf-cluster-ports is taken by the rules of this package, got another construct of that id';
  expectRefusal(() => rule(stack), sentence);
  expect(resourcesOf(stack)).toEqual({});
});

test('a resource of the user may have our id in another type and in another stack', () => {
  const app = Testing.app();
  const [stack, other] = [new TerraformStack(app, 'stack'), new TerraformStack(app, 'other')];
  rule(stack);
  new SecurityGroup(stack, `firewall_${NAME}`, {});
  new ComputeFirewall(other, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
  expect(Object.keys(resourcesOf(stack))).toEqual(['aws_security_group', 'google_compute_firewall']);
  expect(Object.keys(resourcesOf(other))).toEqual(['google_compute_firewall']);
});
