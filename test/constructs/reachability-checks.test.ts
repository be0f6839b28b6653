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
  KubeadmFlannelClusterRules,
  Peer,
  ReachabilityChecks,
  VClusterPlatformIngressRules,
  type IDocumentedRules,
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

test('an analysis runs again when there are other rules, and not when the code stands elsewhere', () => {
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

test('an analysis runs again when the ranges of a prefix list change, which changes no rule', () => {
  const stack = newStack();
  const ranges = Peer.cidr('10.8.0.0/24');
  const workers = new AwsPrefixList(stack, 'list', { name: 'stores', ranges });
  const rules = new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: AwsSecurityGroup.fromId('sg-01234567'),
  });
  check(stack, rules, { checks: [{ flow: 'mongodb', source: one, destination: two }] });
  const list = 'aws_ec2_managed_prefix_list.prefix_list_stores';
  const [rule] = rules.addresses;
  expect(triggersOf(stack)).toEqual({
    [rule]: `\${${rule}.id}`,
    [list]: `\${${list}.id}`,
    [`${list}.version`]: `\${${list}.version}`,
  });
});

test('the same for a prefix list of another stack', () => {
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
  expect(Object.keys(triggers).sort()).toEqual([...rules.addresses, list, `${list}.version`].sort());
  expect(triggers[`${list}.version`]).toMatch(/^\$\{data\.terraform_remote_state\..*prefix_list_stores.*version/);
});

test('an analysis runs again when a value of the user changes, of which text stays text', () => {
  const stack = newStack();
  const routes = new TerraformVariable(stack, 'routes', {}).stringValue;
  check(stack, cluster(stack), { triggers: { routes, 'nacl-1': 'acl-1 ${x}' } });
  expect(triggersOf(stack)).toMatchObject({ routes: '${var.routes}', 'nacl-1': 'acl-1 $${x}' });
});

test('an analysis of rules that are made in a loop runs again with any of them', () => {
  const stack = newStack();
  const ranges = new TerraformVariable(stack, 'ranges', { type: 'list(string)' }).listValue;
  const workers = Peer.cidr(...ranges);
  const rules = new ApinizerDataStoreRules(stack, 'stores', {
    workers,
    mongodb: AwsSecurityGroup.fromId('sg-01234567'),
  });
  check(stack, rules, { checks: [{ flow: 'mongodb', source: one, destination: two }] });
  const [rule] = rules.addresses;
  expect(triggersOf(stack)).toEqual({ [rule]: `\${values(${rule})[*].id}` });
});

test('one address in two networks is two machines', () => {
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
  const place = 'ReachabilityChecks "stack/checks"';
  const flows =
    'flow must be one of worker>control-plane/api-server, worker>control-plane/flannel-udp, worker>control-plane/flannel-vxlan, ' +
    'control-plane>worker/kubelet, control-plane>worker/flannel-udp, control-plane>worker/flannel-vxlan, ' +
    'control-plane>control-plane/api-server, control-plane>control-plane/etcd, control-plane>control-plane/kubelet, ' +
    'control-plane>control-plane/flannel-vxlan, control-plane>control-plane/flannel-udp';
  const ends = { source: one, destination: two };
  const machines = 'AwsEndpoint.fromId(id) or GcpEndpoint.instance(id)';
  test.each<[string, object, string]>([
    [
      'a udp flow',
      { checks: [{ flow: 'worker>control-plane/flannel-vxlan', ...ends }] },
      ': a check must be of a tcp flow, because nothing answers on udp, got worker>control-plane/flannel-vxlan (8472/udp)',
    ],
    [
      'a row of two flows',
      { checks: [{ flow: 'api-server', ...ends }] },
      `: ${flows}, got "api-server", which is 2 flows; did you mean "worker>control-plane/api-server"?`,
    ],
    [
      'a flow that is none',
      { checks: [{ flow: 'worker>worker/kubelet', ...ends }] },
      `: ${flows}, got "worker>worker/kubelet"; did you mean "control-plane>worker/kubelet"?`,
    ],
    [
      'a row with a typing error',
      { checks: [{ flow: 'etdc', ...ends }] },
      `: ${flows}, got "etdc"; did you mean "etcd"?`,
    ],
    [
      'a row of two flows with a typing error',
      { checks: [{ flow: 'kublet', ...ends }] },
      `: ${flows}, got "kublet"; did you mean "control-plane>worker/kubelet"?`,
    ],
    [
      'no checks',
      { checks: [] },
      ': checks must have at least one flow, got []; did you mean [{ flow, source, destination }]?',
    ],
    [
      'a group as an end',
      { checks: [{ flow: 'etcd', ...ends, source: AwsSecurityGroup.fromId('sg-01234567') }] },
      `, checks[0]: source must be one machine, because a group is no place that packets leave from, got an object of ExistingSecurityGroup; did you mean ${machines}?`,
    ],
    [
      'ends of two clouds',
      { checks: [{ flow: 'etcd', source: one, destination: machine }] },
      ', checks[0]: both ends of a check must be in one cloud, got aws and gcp',
    ],
    [
      'nothing in the place of a check',
      { checks: [null] },
      ', checks[0]: an object with a flow and its ends is needed, got nothing; did you mean { flow, source, destination }?',
    ],
    [
      'ends in another cloud than the rules',
      {
        checks: [
          {
            flow: 'etcd',
            source: GcpEndpoint.address('10.0.0.7', 'projects/p/global/networks/n'),
            destination: machine,
          },
        ],
      },
      ', checks[0]: the ends must be in the cloud of control-plane>control-plane/etcd, aws, got ends on gcp',
    ],
    [
      'one machine at both ends',
      { checks: [{ flow: 'etcd', source: one, destination: AwsEndpoint.fromId('i-01234567') }] },
      ', checks[0]: source and destination must be two machines, got i-01234567 twice',
    ],
    [
      'triggers that are no object',
      { triggers: ['acl'] },
      ': an object with triggers by their names is needed, got ["acl"]; did you mean { routes: route.id }?',
    ],
    [
      'a trigger that could be a rule',
      { triggers: { 'aws_route.x': 'x' } },
      ': the name of a trigger must be letters, digits, hyphens and underscores, got "aws_route.x"',
    ],
    ['a trigger that is no text', { triggers: { routes: 1 } }, ': trigger routes must be text, got 1'],
    ['no construct of rules', { rules: undefined }, ': rules must be a construct of documented ports, got nothing'],
    ['rules that are nothing', { rules: null }, ': rules must be a construct of documented ports, got nothing'],
    ['text as a decision', { failApply: 'yes' }, ': failApply must be true or false, got "yes"'],
    [
      'one check twice',
      {
        checks: [
          { flow: 'etcd', ...ends },
          { flow: 'etcd', ...ends },
        ],
      },
      ': the check of control-plane>control-plane/etcd must have an address of its own, got aws_ec2_network_insights_path.check_0857302b7581 twice; did you mean one check?',
    ],
  ])('%s, and makes none', (_what, props, sentence) => {
    const stack = newStack();
    const rules = cluster(stack);
    const before = Testing.synth(stack);
    expectRefusal(() => check(stack, rules, props), place + sentence);
    expect(Testing.synth(stack)).toBe(before);
  });

  const source = GcpEndpoint.address('172.16.0.2', 'projects/prod/global/networks/prod');
  const plane = GcpEndpoint.gkeControlPlane('projects/prod/locations/europe-west3/clusters/main');
  test.each<[string, object, string]>([
    [
      'triggers on GCP',
      { checks: [{ flow: 'webhook', source, destination: machine }], triggers: { routes: 'r' } },
      'triggers are for AWS, because a Connectivity Test runs whenever Terraform reads it, got ends on gcp; did you mean no triggers?',
    ],
    [
      'a control plane of GKE as the destination',
      { checks: [{ flow: 'webhook', source, destination: plane }] },
      'the destination of a check must be a machine or an address, because a control plane of GKE only connects, ' +
        'got projects/prod/locations/europe-west3/clusters/main; did you mean GcpEndpoint.address(address, network)?',
    ],
  ])('%s, and makes none', (_what, props, sentence) => {
    const stack = newStack();
    const rules = platform(stack);
    const before = Testing.synth(stack);
    expectRefusal(() => check(stack, rules, props), `${place}: ${sentence}`);
    expect(Testing.synth(stack)).toBe(before);
  });

  test('one resource at both ends', () => {
    const stack = newStack();
    const worker = new Instance(stack, 'worker', { ami: 'ami-0', instanceType: 't3.micro' });
    const [from, to] = [AwsEndpoint.fromId(worker.id), AwsEndpoint.fromId(worker.id)];
    expectRefusal(
      () => check(stack, cluster(stack), { checks: [{ flow: 'etcd', source: from, destination: to }] }),
      `${place}, checks[0]: source and destination must be two machines, got aws_instance.worker.id twice`,
    );
  });

  test('no properties', () => {
    const stack = newStack();
    expectRefusal(
      () => new ReachabilityChecks(stack, 'checks', undefined as any),
      `${place}: an object with rules and checks is needed, got nothing; did you mean { rules, checks }?`,
    );
  });

  test('a flow that others open', () => {
    const stack = newStack();
    const mongodb = ExternalHosts.named('mongodb', '10.8.0.0/28');
    const rules = new ApinizerDataStoreRules(stack, 'stores', { workers: Peer.cidr('10.0.0.0/24'), mongodb });
    expectRefusal(
      () => check(stack, rules, { checks: [{ flow: 'mongodb', ...ends }] }),
      `${place}: a check must be of a flow that is opened here, got worker>mongodb/mongodb, which others open`,
    );
  });

  test('rules of another stack', () => {
    const app = Testing.app();
    const rules = cluster(new TerraformStack(app, 'other'));
    expectRefusal(
      () => check(new TerraformStack(app, 'stack'), rules),
      `${place}: rules must be checked in the stack where they stand, got those of "other/cluster"`,
    );
  });

  test('ends that are no machines', () => {
    expectRefusal(
      () => AwsEndpoint.fromId('10.0.0.1'),
      'AwsEndpoint.fromId: the id of an instance, a network interface, a gateway or a VPC endpoint is needed, as "i-0123456789abcdef0", got "10.0.0.1"',
    );
    expectRefusal(
      () => GcpEndpoint.instance('node-1'),
      'GcpEndpoint.instance: the id of an instance is needed, as "projects/prod/zones/europe-west3-a/instances/worker-1", got "node-1"',
    );
    expectRefusal(
      () => GcpEndpoint.gkeControlPlane('prod'),
      'GcpEndpoint.gkeControlPlane: the id of a cluster is needed, as "projects/prod/locations/europe-west3/clusters/main", got "prod"',
    );
    expectRefusal(
      () => GcpEndpoint.address('10.0.0.7', 'prod'),
      'GcpEndpoint.address: network must be the id of a network, as "projects/prod/global/networks/main", got "prod"',
    );
    expectRefusal(
      () => GcpEndpoint.address('2001:db8::7', 'projects/p/global/networks/n'),
      'GcpEndpoint.address: an IPv4 address is needed, got "2001:db8::7"; did you mean GcpEndpoint.instance(id)?',
    );
    for (const [address, fix] of [
      ['10.0.0.0/8', 'GcpEndpoint.instance(id)'],
      ['10.0.0.7/32', '"10.0.0.7"'],
    ]) {
      expectRefusal(
        () => GcpEndpoint.address(address, 'projects/p/global/networks/n'),
        `GcpEndpoint.address: an IPv4 address is needed, got "${address}"; did you mean ${fix}?`,
      );
    }
  });
});
