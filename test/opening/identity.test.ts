import { DataAwsSecurityGroup } from '@cdktf/provider-aws/lib/data-aws-security-group';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { App, Fn, Lazy, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsSecurityGroup,
  Egress,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { Construct } from 'constructs';
import { newStack } from '../support/clouds';
import { descriptions, opened, terraformAddresses } from '../support/opened';
import { expectRefusal } from '../support/refusals';

const vpcId = 'vpc-0123456789abcdef0';
const firewall = new GcpFirewall({ network: 'prod' });
const platform = Peer.address('203.0.113.7');
const existing = 'sg-0123456789abcdef0';

function group(scope: Construct, name: string): AwsSecurityGroup {
  return new AwsSecurityGroup(scope, name, { name, vpcId, egress: Egress.DOCUMENTED });
}

function cluster(scope: Construct, id: string): void {
  const [controlPlane, workers] = [group(scope, 'control-plane'), group(scope, 'workers')];
  new KubeadmFlannelClusterRules(scope, `${id}-cluster`, { controlPlane, workers });
  new VClusterPlatformIngressRules(scope, id, {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: firewall.networkTag('platform'),
  });
}

test('a renamed or wrapped construct gives the same Terraform', () => {
  const [plain, renamed, wrapped] = [newStack(), newStack(), newStack()];
  cluster(plain, 'one');
  cluster(renamed, 'another');
  cluster(new Construct(new Construct(wrapped, 'outer'), 'inner'), 'one');
  expect(Testing.synth(renamed)).toBe(Testing.synth(plain));
  expect(Testing.synth(wrapped)).toBe(Testing.synth(plain));
});

test('a different order of ranges, a duplicate and a different spelling give the same Terraform', () => {
  const terraform = (...ranges: string[]): string => {
    const stack = newStack();
    const kubernetesApi = Peer.cidr(...ranges);
    new VClusterPlatformIngressRules(stack, 'aws', { kubernetesApi, platform: AwsSecurityGroup.fromId(existing) });
    new VClusterPlatformIngressRules(stack, 'gcp', { kubernetesApi, platform: firewall.networkTag('platform') });
    return Testing.synth(stack);
  };
  expect(terraform('2001:DB8:0::/32', '10.0.0.0/8', '172.16.0.0/28', '10.0.0.0/8')).toBe(
    terraform('10.0.0.0/8', '172.16.0.0/28', '2001:db8::/32'),
  );
});

test('a different order of ranges and tags known after apply, and a duplicate range, give the same Terraform', () => {
  const terraform = (names: string[]): string => {
    const stack = newStack();
    const variables = ['a', 'b'].map((name) => [name, new TerraformVariable(stack, name, {})] as const);
    const values = names.map((name) => new Map(variables).get(name)!.stringValue); // each read returns a new token
    const prometheus = firewall.networkTag('prometheus');
    const tags = values.slice(0, 2).map((value) => firewall.networkTag(value));
    new PrometheusCostMetricsRule(stack, 'rule', { platform: Peer.anyOf(Peer.cidr(...values), ...tags), prometheus });
    return Testing.synth(stack);
  };
  expect(terraform(['b', 'a', 'b'])).toBe(terraform(['a', 'b']));
  const [rule] = Object.values<any>(JSON.parse(terraform(['b', 'a', 'b'])).resource.google_compute_firewall);
  expect(rule.source_ranges).toEqual(['${var.a}', '${var.b}']);
  expect(rule.source_tags).toEqual(['${var.a}', '${var.b}']);
});

test('two constructs of one stack share a rule, in any order', () => {
  const terraform = (ids: string[]): string => {
    const stack = newStack();
    const [workers, mongodb] = [AwsSecurityGroup.fromId('sg-aaaaaaaa'), AwsSecurityGroup.fromId('sg-bbbbbbbb')];
    for (const id of ids) new ApinizerDataStoreRules(stack, id, { workers, mongodb });
    expect(opened(stack)).toEqual(['ingress 25080/tcp from sg-aaaaaaaa at sg-bbbbbbbb']);
    return Testing.synth(stack);
  };
  expect(terraform(['b', 'a'])).toBe(terraform(['a', 'b']));
  expect(terraform(['a', 'b', 'c'])).toBe(terraform(['a']));
});

test('the description of a shared rule names the first requirement and counts the rest', () => {
  const stack = newStack();
  const all = AwsSecurityGroup.fromId(existing);
  new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane: all,
    workers: all,
    omit: ['flannel-udp', 'flannel-vxlan', 'etcd'],
  });
  expect(descriptions(stack)).toEqual([
    'Kubelet API, and 1 more [kubeadm-flannel@2024-12/control-plane-to-control-plane/kubelet]',
    'Kubernetes API server, and 1 more [kubeadm-flannel@2024-12/control-plane-to-control-plane/api-server]',
  ]);
});

test('groups of two stacks that refer to each other synthesize, each rule in the stack of its construct', () => {
  const app = Testing.app();
  const [left, right] = [new TerraformStack(app, 'left'), new TerraformStack(app, 'right')];
  const [controlPlane, workers] = [group(left, 'control-plane'), group(right, 'workers')];
  const third = new TerraformStack(app, 'rules');
  new KubeadmFlannelClusterRules(third, 'cluster', { controlPlane, workers });
  for (const stack of [left, right, third]) new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  expect(() => {
    app.synth();
  }).not.toThrow();
  expect(opened(left)).toEqual([]);
  expect(opened(third)).toHaveLength(22);
});

test('two groups of one stack that refer to each other make no cycle', () => {
  const stack = newStack();
  cluster(stack, 'one');
  const { resource } = JSON.parse(Testing.synth(stack));
  for (const made of Object.values<any>(resource.aws_security_group)) expect(JSON.stringify(made)).not.toContain('${');
});

describe('a security group whose id is known after apply', () => {
  const addressFor = (id: (stack: TerraformStack) => string, key?: string): string => {
    const stack = newStack();
    const mongodb = AwsSecurityGroup.fromId(id(stack), { key });
    return terraformAddresses(new ApinizerDataStoreRules(stack, 'stores', { workers: platform, mongodb }))[0];
  };
  const resource = (stack: TerraformStack): string => new SecurityGroup(stack, 'mongo', {}).id;

  test('gives its rules a Terraform address that does not depend on other references of the app', () => {
    const later = (stack: TerraformStack): string => {
      Token.asString({ resolve: () => 'another token' });
      return resource(stack);
    };
    expect(addressFor(later)).toBe(addressFor(resource));
  });

  test('may be a resource, a data source, a variable or a function', () => {
    const data = (stack: TerraformStack): string => new DataAwsSecurityGroup(stack, 'mongo', {}).id;
    const variable = (stack: TerraformStack): string => new TerraformVariable(stack, 'mongo', {}).stringValue;
    const call = (stack: TerraformStack): string => Fn.lower(new TerraformVariable(stack, 'mongo', {}).stringValue);
    const addresses = [resource, data, variable, call].map((id) => addressFor(id));
    expect(new Set(addresses).size).toBe(4);
    for (const address of addresses) {
      expect(address).toMatch(/^aws_vpc_security_group_ingress_rule\.ingress_tcp_25080_[0-9a-f]{12}$/);
    }
  });

  test('keeps the Terraform addresses of its rules by its key if the reference becomes a literal', () => {
    expect(addressFor(resource, 'mongo')).toBe(addressFor(() => existing, 'mongo'));
  });

  test('is the same group as the new security group with that id', () => {
    const stack = newStack();
    const mongodb = group(stack, 'mongodb');
    const byReference = AwsSecurityGroup.fromId(mongodb.securityGroupId);
    const direct = new ApinizerDataStoreRules(stack, 'direct', { workers: platform, mongodb });
    const indirect = new ApinizerDataStoreRules(stack, 'indirect', { workers: platform, mongodb: byReference });
    expect(terraformAddresses(indirect)).toEqual(terraformAddresses(direct));
  });

  test('fails if it differs for every instance of a loop', () => {
    expectRefusal(() => addressFor(() => Lazy.stringValue({ produce: () => '${each.value}' })), 'value-of-a-loop');
  });
});

test('a Terraform address does not depend on the name of a source', () => {
  const addresses = (peer: Peer): string[] =>
    terraformAddresses(
      new PrometheusCostMetricsRule(newStack(), 'rule', {
        platform: peer,
        prometheus: AwsSecurityGroup.fromId(existing),
      }),
    );
  expect(addresses(Peer.named('the platform', '203.0.113.7/32'))).toEqual(addresses(platform));
});

test('other resources can depend on the dependables', () => {
  const stack = newStack();
  const rule = new PrometheusCostMetricsRule(stack, 'rule', {
    platform,
    prometheus: firewall.networkTag('prometheus'),
  });
  const waiting = new SecurityGroup(stack, 'waiting', {});
  waiting.dependsOn = terraformAddresses(rule);
  expect(JSON.parse(Testing.synth(stack)).resource.aws_security_group.waiting.depends_on).toEqual([
    'google_compute_firewall.firewall_allow-vcluster-platform-to-prometheus',
  ]);
});

test('resources are the rules, for overrides', () => {
  const stack = newStack();
  const rule = new PrometheusCostMetricsRule(stack, 'rule', {
    platform,
    prometheus: firewall.networkTag('prometheus'),
  });
  (rule.resources[0] as SecurityGroup).addOverride('timeouts', { create: '10m' });
  const { google_compute_firewall } = JSON.parse(Testing.synth(stack)).resource;
  expect(Object.values<any>(google_compute_firewall)[0].timeouts).toEqual({ create: '10m' });
});

test('a single stack is enough', () => {
  const stack = new TerraformStack(new App(), 'alone');
  new PrometheusCostMetricsRule(stack, 'rule', { platform, prometheus: AwsSecurityGroup.fromId(existing) });
  expect(opened(stack)).toEqual([`ingress 9090/tcp from 203.0.113.7/32 at ${existing}`]);
});
