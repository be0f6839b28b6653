import { terraformAddresses } from '../support/opened';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
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

test.each(CLOUDS)('every logical id is valid in Terraform, whatever names users choose, on $name', ({ group }) => {
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

test('the logical ids of security groups and of rules for existing groups are valid in Terraform', () => {
  const stack = newStack();
  new AwsSecurityGroup(stack, '8443', { name: 'A_-1', vpcId: 'vpc-01234567', egress: Egress.ALL });
  rule(stack, AwsSecurityGroup.fromId('sg-01234567', { key: '10.0.0.0/8 ${key}' }));
  const ids = Object.values(resourcesOf(stack)).flatMap((ofType) => Object.keys(ofType));
  expect(ids).toHaveLength(4);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
});

describe('a resource of the user with the Terraform address of a rule fails at synthesis', () => {
  test('with an id from the framework', () => {
    const stack = newStack();
    rule(stack);
    new ComputeFirewall(stack, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
    expectRefusal(() => Testing.synth(stack), 'rule-address-taken');
  });

  test('with an id of its own, created before the rule', () => {
    const stack = newStack();
    const mine = new ComputeFirewall(new Construct(stack, 'inner'), 'mine', { name: 'mine', network: 'prod' });
    mine.overrideLogicalId(`firewall_${NAME}`);
    rule(stack);
    expectRefusal(() => Testing.synth(stack), 'rule-address-taken');
  });

  test('but not if it is in a stack within the stack', () => {
    const stack = newStack();
    rule(stack);
    const inner = new TerraformStack(stack, 'inner');
    new ComputeFirewall(inner, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
    expect(() => Testing.synth(stack)).not.toThrow();
  });

  test('as a rule of a security group', () => {
    const stack = newStack();
    const [address] = terraformAddresses(rule(stack, AwsSecurityGroup.fromId('sg-01234567')));
    const mine = new VpcSecurityGroupIngressRule(stack, 'mine', { securityGroupId: 'sg-01234567', ipProtocol: '-1' });
    mine.overrideLogicalId(address.slice(address.indexOf('.') + 1));
    expectRefusal(() => Testing.synth(stack), 'rule-address-taken');
  });

  test('as a security group', () => {
    const stack = newStack();
    new AwsSecurityGroup(stack, 'nodes', { name: 'nodes', vpcId: 'vpc-01234567', egress: Egress.DOCUMENTED });
    new SecurityGroup(stack, 'group_nodes', {});
    expectRefusal(() => Testing.synth(stack), 'rule-address-taken');
  });

  test('in every way of synthesizing', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    new GoogleProvider(stack, 'google');
    rule(stack);
    new ComputeFirewall(stack, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
    expectRefusal(() => stack.toTerraform(), 'rule-address-taken');
    expectRefusal(() => Testing.synthHcl(stack), 'rule-address-taken');
    expectRefusal(() => app.synth(), 'rule-address-taken');
  });
});

test('fails for a rule whose logical id was overridden', () => {
  const stack = newStack();
  const nodes = AwsSecurityGroup.fromId('sg-01234567');
  const { resources } = rule(stack, nodes);
  (resources[0] as VpcSecurityGroupIngressRule).overrideLogicalId('prometheus');
  expectRefusal(() => Testing.synth(stack), 'rule-moved');
});

test('fails in a stack where a construct of the user has the id of the hidden construct', () => {
  const stack = newStack();
  new Construct(stack, 'cdktf-cluster-ports');
  expectRefusal(() => rule(stack), 'construct-id-taken');
  expect(resourcesOf(stack)).toEqual({});
});

test('a resource of the user may have the logical id of a rule if its type or its stack differs', () => {
  const app = Testing.app();
  const [stack, other] = [new TerraformStack(app, 'stack'), new TerraformStack(app, 'other')];
  rule(stack);
  new SecurityGroup(stack, `firewall_${NAME}`, {});
  new ComputeFirewall(other, `firewall_${NAME}`, { name: 'mine', network: 'prod' });
  expect(Object.keys(resourcesOf(stack))).toEqual(['aws_security_group', 'google_compute_firewall']);
  expect(Object.keys(resourcesOf(other))).toEqual(['google_compute_firewall']);
});
