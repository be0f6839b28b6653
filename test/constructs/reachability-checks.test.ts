import { terraformAddresses } from '../support/opened';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsEndpoint,
  AwsPrefixList,
  AwsSecurityGroup,
  ExternalHosts,
  GcpEndpoint,
  GcpFirewall,
  HostGroup,
  type IDocumentedRules,
  KubeadmFlannelClusterRules,
  Peer,
  ReachabilityChecks,
  VClusterPlatformIngressRules,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectRefusal, resourcesOf } from '../support/refusals';

const [one, two] = ['i-01234567', 'eni-0123456789abcdef0'].map((id) => AwsEndpoint.fromId(id));
const machine = GcpEndpoint.instance('projects/prod/zones/europe-west3-a/instances/node-1');

function cluster(stack: TerraformStack, omit: string[] = []): KubeadmFlannelClusterRules {
  const [controlPlane, workers] = ['sg-01234567', 'sg-89abcdef'].map((id) => AwsSecurityGroup.fromId(id));
  return new KubeadmFlannelClusterRules(stack, 'cluster', {
    controlPlane,
    workers,
    workerToWorkerFlannel: false,
    omit,
  });
}

function platform(stack: TerraformStack): VClusterPlatformIngressRules {
  const group = new GcpFirewall({ network: 'prod' }).networkTag('platform');
  return new VClusterPlatformIngressRules(stack, 'platform', {
    kubernetesApi: Peer.cidr('172.16.0.0/28'),
    platform: group,
  });
}

function check(stack: TerraformStack, rules: IDocumentedRules, props: object = {}): ReachabilityChecks {
  const checks = [{ flow: 'worker>control-plane/api-server', source: one, destination: two }];
  return new ReachabilityChecks(stack, 'checks', { rules, checks, ...props });
}

test('an analysis runs again if the rules change, and not if the code moves', () => {
  const trigger = (stack: TerraformStack): unknown => Object.entries(resourcesOf(stack).terraform_data);
  const [base, same, fewer] = [newStack(), newStack(), newStack()];
  check(base, cluster(base));
  new ReachabilityChecks(same, 'renamed', {
    rules: cluster(same),
    checks: [{ flow: 'worker>control-plane/api-server', source: one, destination: two }],
  });
  check(fewer, cluster(fewer, ['etcd']));
  expect(Testing.synth(same)).toBe(Testing.synth(base));
  expect(trigger(fewer)).not.toEqual(trigger(base));
});

const triggersOf = (stack: TerraformStack): Record<string, string> =>
  Object.values<any>(resourcesOf(stack).terraform_data)[0].triggers_replace;

test('an analysis runs again if the ranges of a prefix list change, although no rule changes', () => {
  const stack = newStack();
  const ranges = Peer.cidr('10.8.0.0/24');
  const workers = new AwsPrefixList(stack, 'list', { name: 'stores', ranges });
  const rules = new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: AwsSecurityGroup.fromId('sg-01234567'),
  });
  check(stack, rules, { checks: [{ flow: 'mongodb', source: one, destination: two }] });
  const list = 'aws_ec2_managed_prefix_list.prefix_list_stores';
  const [rule] = terraformAddresses(rules);
  expect(triggersOf(stack)).toEqual({
    [rule]: `\${${rule}.id}`,
    [list]: `\${${list}.id}`,
    [`${list}.version`]: `\${${list}.version}`,
  });
});

test('an analysis runs again if the ranges of a prefix list of a different stack change', () => {
  const app = Testing.app();
  const [network, stack] = ['network', 'stack'].map((id) => new TerraformStack(app, id));
  const workers = new AwsPrefixList(network, 'list', { name: 'stores', ranges: Peer.cidr('10.8.0.0/24') });
  const rules = new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: AwsSecurityGroup.fromId('sg-01234567'),
  });
  check(stack, rules, { checks: [{ flow: 'mongodb', source: one, destination: two }] });
  const list = 'network/aws_ec2_managed_prefix_list.prefix_list_stores';
  [network, stack].forEach((each) => {
    each.prepareStack();
  });
  const triggers = triggersOf(stack);
  expect(Object.keys(triggers).sort()).toEqual([...terraformAddresses(rules), list, `${list}.version`].sort());
  expect(triggers[`${list}.version`]).toMatch(/^\$\{data\.terraform_remote_state\..*prefix_list_stores.*version/);
});

test('an analysis runs again if a trigger of the user changes, and Terraform does not evaluate its text', () => {
  const stack = newStack();
  const routes = new TerraformVariable(stack, 'routes', {}).stringValue;
  check(stack, cluster(stack), { triggers: { routes, 'nacl-1': 'acl-1 ${x}' } });
  expect(triggersOf(stack)).toMatchObject({ routes: '${var.routes}', 'nacl-1': 'acl-1 $${x}' });
});

test('an analysis of rules with for_each runs again if any of them changes', () => {
  const stack = newStack();
  const ranges = new TerraformVariable(stack, 'ranges', { type: 'list(string)' }).listValue;
  const workers = Peer.cidr(...ranges);
  const rules = new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: AwsSecurityGroup.fromId('sg-01234567'),
  });
  check(stack, rules, { checks: [{ flow: 'mongodb', source: one, destination: two }] });
  const [rule] = terraformAddresses(rules);
  expect(triggersOf(stack)).toEqual({ [rule]: `\${values(${rule})[*].id}` });
});

test('one IP address in two networks is two machines', () => {
  const stack = newStack();
  const [source, destination] = ['a', 'b'].map((name) =>
    GcpEndpoint.address('10.0.0.7', `projects/prod/global/networks/${name}`),
  );
  expect(() => check(stack, platform(stack), { checks: [{ flow: 'webhook', source, destination }] })).not.toThrow();
});

test('an end may be a resource, and the message says which', () => {
  const stack = newStack();
  const worker = new Instance(stack, 'worker', { ami: 'ami-0', instanceType: 't3.micro' });
  const source = AwsEndpoint.fromId(worker.id);
  check(stack, cluster(stack), { checks: [{ flow: 'worker>control-plane/api-server', source, destination: two }] });
  const [{ assert }] = Object.values<any>(JSON.parse(Testing.synth(stack)).check);
  expect(assert[0].error_message).toBe(
    'aws_instance.worker.id does not reach eni-0123456789abcdef0 on 6443/tcp (worker>control-plane/api-server).',
  );
});

test('a flow to several host groups of one role is one flow', () => {
  const stack = newStack();
  const [workers, controlPlane, other] = ['sg-00000001', 'sg-00000002', 'sg-00000003'].map((id) =>
    AwsSecurityGroup.fromId(id),
  );
  const rules = new KubeadmFlannelClusterRules(stack, 'cluster', {
    workers,
    controlPlane: HostGroup.anyOf(controlPlane, other),
    workerToWorkerFlannel: false,
  });
  const checks = [{ flow: 'worker>control-plane/api-server', source: one, destination: two }];
  expect(() => check(stack, rules, { checks })).not.toThrow();
});

test('opens nothing', () => {
  const stack = newStack();
  const rules = cluster(stack);
  const before = resourcesOf(stack).aws_vpc_security_group_ingress_rule;
  const provenance = JSON.stringify(stack.toTerraform()['//'].metadata.clusterPorts);
  check(stack, rules);
  expect(resourcesOf(stack).aws_vpc_security_group_ingress_rule).toEqual(before);
  expect(JSON.stringify(stack.toTerraform()['//'].metadata.clusterPorts)).toBe(provenance);
});

describe('fails for', () => {
  const ends = { source: one, destination: two };
  test.each<[string, object, string]>([
    ['a udp flow', { checks: [{ flow: 'worker>control-plane/flannel-vxlan', ...ends }] }, 'flow-not-checkable'],
    ['a row of two flows', { checks: [{ flow: 'api-server', ...ends }] }, 'flow-unknown'],
    ['an unknown flow', { checks: [{ flow: 'worker>worker/kubelet', ...ends }] }, 'flow-unknown'],
    ['a misspelled row', { checks: [{ flow: 'etdc', ...ends }] }, 'flow-unknown'],
    ['a misspelled row of two flows', { checks: [{ flow: 'kublet', ...ends }] }, 'flow-unknown'],
    ['no checks', { checks: [] }, 'checks-missing'],
    [
      'a group as an end',
      { checks: [{ flow: 'etcd', ...ends, source: AwsSecurityGroup.fromId('sg-01234567') }] },
      'endpoint-required',
    ],
    [
      'ends of two clouds',
      { checks: [{ flow: 'etcd', source: one, destination: machine }] },
      'endpoints-of-two-clouds',
    ],
    ['nothing as a check', { checks: [null] }, 'object-required'],
    [
      'ends in a different cloud than the rules',
      {
        checks: [
          {
            flow: 'etcd',
            source: GcpEndpoint.address('10.0.0.7', 'projects/p/global/networks/n'),
            destination: machine,
          },
        ],
      },
      'endpoint-cloud-mismatch',
    ],
    [
      'one machine at both ends',
      { checks: [{ flow: 'etcd', source: one, destination: AwsEndpoint.fromId('i-01234567') }] },
      'endpoints-equal',
    ],
    ['triggers that are not an object', { triggers: ['acl'] }, 'object-required'],
    ['a trigger with the form of a Terraform address', { triggers: { 'aws_route.x': 'x' } }, 'trigger-invalid'],
    ['a trigger that is not text', { triggers: { routes: 1 } }, 'trigger-invalid'],
    ['an unknown prop', { failsApply: true }, 'prop-unknown'],
    ['an unknown prop of a check', { checks: [{ flow: 'etcd', ...ends, port: 2379 }] }, 'prop-unknown'],
    [
      'an object that has the public members of an endpoint',
      { checks: [{ flow: 'etcd', ...ends, source: { cloud: 'aws', label: 'mine' } }] },
      'endpoint-required',
    ],
    ['no rules', { rules: undefined }, 'rules-required'],
    ['null as rules', { rules: null }, 'rules-required'],
    ['text as failApply', { failApply: 'yes' }, 'not-a-boolean'],
    [
      'one check twice',
      {
        checks: [
          { flow: 'etcd', ...ends },
          { flow: 'etcd', ...ends },
        ],
      },
      'rule-address-taken',
    ],
  ])('%s, and creates nothing', (_what, props, code) => {
    const stack = newStack();
    const rules = cluster(stack);
    const before = Testing.synth(stack);
    expectRefusal(() => check(stack, rules, props), code);
    expect(Testing.synth(stack)).toBe(before);
  });

  const source = GcpEndpoint.address('172.16.0.2', 'projects/prod/global/networks/prod');
  const plane = GcpEndpoint.gkeControlPlane('projects/prod/locations/europe-west3/clusters/main');
  test.each<[string, object, string]>([
    [
      'triggers on GCP',
      { checks: [{ flow: 'webhook', source, destination: machine }], triggers: { routes: 'r' } },
      'triggers-not-supported',
    ],
    [
      'a control plane of GKE as the destination',
      { checks: [{ flow: 'webhook', source, destination: plane }] },
      'endpoint-not-supported',
    ],
  ])('%s, and creates nothing', (_what, props, code) => {
    const stack = newStack();
    const rules = platform(stack);
    const before = Testing.synth(stack);
    expectRefusal(() => check(stack, rules, props), code);
    expect(Testing.synth(stack)).toBe(before);
  });

  test('one resource at both ends', () => {
    const stack = newStack();
    const worker = new Instance(stack, 'worker', { ami: 'ami-0', instanceType: 't3.micro' });
    const [from, to] = [AwsEndpoint.fromId(worker.id), AwsEndpoint.fromId(worker.id)];
    expectRefusal(
      () => check(stack, cluster(stack), { checks: [{ flow: 'etcd', source: from, destination: to }] }),
      'endpoints-equal',
    );
  });

  test('no props', () => {
    const stack = newStack();
    expectRefusal(() => new ReachabilityChecks(stack, 'checks', undefined as any), 'object-required');
  });

  test('an external flow', () => {
    const stack = newStack();
    const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');
    const rules = new ApinizerDataStoreRules(stack, 'stores', { workers: Peer.cidr('10.0.0.0/24'), mongodb });
    expectRefusal(() => check(stack, rules, { checks: [{ flow: 'mongodb', ...ends }] }), 'flow-not-checkable');
  });

  test('rules of a different stack', () => {
    const app = Testing.app();
    const rules = cluster(new TerraformStack(app, 'other'));
    expectRefusal(() => check(new TerraformStack(app, 'stack'), rules), 'rules-stack-mismatch');
  });

  test('ends that are not machines', () => {
    expectRefusal(() => AwsEndpoint.fromId('10.0.0.1'), 'endpoint-id-invalid');
    expectRefusal(() => GcpEndpoint.instance('node-1'), 'endpoint-id-invalid');
    expectRefusal(() => GcpEndpoint.gkeControlPlane('prod'), 'endpoint-id-invalid');
    expectRefusal(() => GcpEndpoint.address('10.0.0.7', 'prod'), 'network-id-invalid');
    expectRefusal(() => GcpEndpoint.address('2001:db8::7', 'projects/p/global/networks/n'), 'ip-address-invalid');
    for (const address of ['10.0.0.0/8', '10.0.0.7/32']) {
      expectRefusal(() => GcpEndpoint.address(address, 'projects/p/global/networks/n'), 'ip-address-invalid');
    }
  });
});
