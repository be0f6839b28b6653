// A test like those of users, for both frameworks: test/setups/frameworks.setups.ts compiles it for each, and runs it in an app.
import 'cdktf-cluster-ports/testing';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { Aspects, Fn, type IAspect, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { assertPermitsExactly, permittedTraffic } from 'cdktf-cluster-ports/assertions';
import type { IConstruct } from 'constructs';

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const ROW = { port: '9090/tcp', from: '10.0.0.0/8', to: 'sg:prometheus' };

function group(stack: TerraformStack, name: string): AwsSecurityGroup {
  return new AwsSecurityGroup(stack, name, { name, vpcId: 'vpc-12345678', egress: Egress.ALL });
}

function metrics(platform = Peer.cidr('10.0.0.0/8')): { stack: TerraformStack; rules: PrometheusCostMetricsRule } {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const prometheus = group(stack, 'prometheus');
  return { stack, rules: new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus }) };
}

function blocksOf(stack: TerraformStack): Blocks {
  return (JSON.parse(Testing.synth(stack)) as { resource: Blocks }).resource;
}

test('the matchers judge a stack', () => {
  const { stack } = metrics();
  const egress = { port: 'all', from: 'sg:prometheus', to: 'any IPv4 address' };
  expect(stack).toPermit(ROW);
  expect(stack).not.toPermit({ ...ROW, port: '22/tcp' });
  expect(stack).toMatchDocuments();
  expect(() => expect(stack).toPermitExactly([{ ...ROW, port: '9091/tcp' }, egress])).toThrow(
    /Missing.*9091\/tcp.*Extra.*9090\/tcp/s,
  );
});

test('a table shows what a stack permits, and assertions judge it without expect', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const platform = new GcpFirewall({ network: 'prod' }).networkTag('platform');
  new VClusterPlatformIngressRules(stack, 'vcluster', { kubernetesApi: Peer.cidr('172.16.0.0/28'), platform });
  expect(permittedTraffic(stack).text).toBe(
    'ingress 8443/tcp from 172.16.0.0/28 to tag:platform on prod\n' +
      'ingress 9443-9444/tcp from 172.16.0.0/28 to tag:platform on prod',
  );
  assertPermitsExactly(stack, [
    { port: '8443/tcp', from: '172.16.0.0/28', to: 'tag:platform' },
    { port: '9443-9444/tcp', from: '172.16.0.0/28', to: 'tag:platform' },
  ]);
});

test('Aspects see every rule', () => {
  const { stack } = metrics();
  const tagger: IAspect = {
    visit: (node: IConstruct) => {
      const { terraformResourceType } = node as { terraformResourceType?: string };
      if (terraformResourceType === INGRESS) (node as unknown as { tags: object }).tags = { team: 'network' };
    },
  };
  Aspects.of(stack).add(tagger);
  expect(Object.values(blocksOf(stack)[INGRESS]).map(({ tags }) => tags)).toEqual([{ team: 'network' }]);
  expect(stack).toPermit(ROW);
});

test('overrides of a rule and of the stack reach the Terraform', () => {
  const { stack, rules } = metrics();
  const [{ fqn }] = rules.dependables;
  const [rule] = rules.resources as unknown as { addOverride(path: string, value: unknown): void }[];
  rule.addOverride('lifecycle.create_before_destroy', true);
  stack.addOverride(`resource.${fqn}.to_port`, 9091);
  expect(blocksOf(stack)[INGRESS][fqn.split('.')[1]]).toMatchObject({
    from_port: 9090,
    to_port: 9091,
    lifecycle: { create_before_destroy: true },
  });
  expect(stack).toPermit({ ...ROW, port: '9090-9091/tcp' });
});

test('a group of one stack is the source of a rule in another', () => {
  const app = Testing.app();
  const [network, monitoring] = ['network', 'monitoring'].map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
    return stack;
  });
  const platform = group(network, 'platform');
  new PrometheusCostMetricsRule(monitoring, 'metrics', { platform, prometheus: group(monitoring, 'prometheus') });
  app.synth();
  expect(monitoring.dependsOn(network)).toBe(true);
  const [rule] = Object.values(blocksOf(monitoring)[INGRESS]);
  expect(rule).toMatchObject({
    from_port: 9090,
    referenced_security_group_id: expect.stringMatching(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-network\.outputs\..*\}$/,
    ),
  });
});

test('a range that is known after apply gets a precondition', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const range = new TerraformVariable(stack, 'range', { type: 'string' });
  const platform = Peer.cidr(range.stringValue);
  new PrometheusCostMetricsRule(stack, 'metrics', { platform, prometheus: group(stack, 'prometheus') });
  const [{ cidr_ipv4, lifecycle }] = Object.values(blocksOf(stack)[INGRESS]);
  expect(cidr_ipv4).toBe('${var.range}');
  expect(JSON.stringify(lifecycle)).toContain('cidrsubnet(var.range, 0, 0)');
});

test('the id of a group that the app creates itself, in a function of Terraform, is a group', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const own = new SecurityGroup(stack, 'own', { vpcId: 'vpc-12345678' });
  const prometheus = AwsSecurityGroup.fromId(Fn.trimspace(own.id), { key: 'own' });
  new PrometheusCostMetricsRule(stack, 'metrics', { platform: Peer.cidr('10.0.0.0/8'), prometheus });
  const [{ security_group_id }] = Object.values(blocksOf(stack)[INGRESS]);
  expect(security_group_id).toBe('${trimspace(aws_security_group.own.id)}');
});
