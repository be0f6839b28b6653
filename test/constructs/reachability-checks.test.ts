import { Instance } from '@cdktf/provider-aws/lib/instance';
import { TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  AwsEndpoint,
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

const withoutRules = (stack: TerraformStack): object => {
  const checks = Object.entries(resourcesOf(stack)).filter(([type]) => /insights|terraform_data|management/.test(type));
  return { ...Object.fromEntries(checks), check: JSON.parse(Testing.synth(stack)).check };
};

test('on AWS a check of Terraform tells of an end that is not reached, or the apply fails', () => {
  const [reported, failing] = [newStack(), newStack()];
  check(reported, cluster(reported));
  check(failing, cluster(failing), { failApply: true });
  expect(withoutRules(reported)).toMatchSnapshot('reported');
  expect(withoutRules(failing)).toMatchSnapshot('failing');
});

test('on GCP the same is told by the result of a test', () => {
  const checks = [
    {
      flow: 'webhook',
      source: GcpEndpoint.address('172.16.0.2', 'projects/prod/global/networks/prod'),
      destination: machine,
    },
  ];
  const [reported, failing] = [newStack(), newStack()];
  check(reported, platform(reported), { checks });
  check(failing, platform(failing), { checks, failApply: true });
  expect(withoutRules(reported)).toMatchSnapshot('reported');
  expect({ ...withoutRules(failing), data: JSON.parse(Testing.synth(failing)).data }).toMatchSnapshot('failing');
});

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
    ['no construct of rules', { rules: undefined }, ': rules must be a construct of documented ports, got nothing'],
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
      'AwsEndpoint.fromId: the id of an instance, a network interface, a gateway or a VPC endpoint is needed, got "10.0.0.1"',
    );
    expectRefusal(
      () => GcpEndpoint.instance('node-1'),
      'GcpEndpoint.instance: the id of an instance is needed, got "node-1"',
    );
    expectRefusal(
      () => GcpEndpoint.gkeControlPlane('prod'),
      'GcpEndpoint.gkeControlPlane: the id of a cluster is needed, got "prod"',
    );
    expectRefusal(
      () => GcpEndpoint.address('10.0.0.7', 'prod'),
      'GcpEndpoint.address: network must be the id of a network, got "prod"',
    );
    expect(() => GcpEndpoint.address('10.0.0.0/8', 'projects/p/global/networks/n')).toThrow(/^GcpEndpoint\.address: /);
  });
});
