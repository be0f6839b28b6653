import {
  FlannelBackend,
  GcpHealthCheckers,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  type KubeadmFlannelClusterRulesProps,
  Peer,
} from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../../support/clouds';
import { descriptions, opened, terraformAddresses } from '../../support/opened';
import { expectNothingCreated } from '../../support/refusals';

type Options = Omit<KubeadmFlannelClusterRulesProps, 'controlPlane' | 'workers'>;

function opens(what: string, options: Options, lines: string[]): void {
  opensOnBothClouds(
    what,
    (stack, group) =>
      new KubeadmFlannelClusterRules(stack, 'rules', {
        controlPlane: group('control-plane'),
        workers: group('workers'),
        ...options,
      }),
    lines,
  );
}

opens('opens all ports of the document', { workerToWorkerFlannel: false }, [
  'ingress 6443/tcp from workers at control-plane',
  'ingress 8285/udp from workers at control-plane',
  'ingress 8472/udp from workers at control-plane',
  'ingress 10250/tcp from control-plane at workers',
  'ingress 8285/udp from control-plane at workers',
  'ingress 8472/udp from control-plane at workers',
  'ingress 6443/tcp from control-plane at control-plane',
  'ingress 2379-2380/tcp from control-plane at control-plane',
  'ingress 10250/tcp from control-plane at control-plane',
  'ingress 8472/udp from control-plane at control-plane',
  'ingress 8285/udp from control-plane at control-plane',
]);

opens(
  'opens only 8472/udp of Flannel with the VXLAN backend',
  { flannel: FlannelBackend.VXLAN, workerToWorkerFlannel: true },
  [
    'ingress 6443/tcp from workers at control-plane',
    'ingress 8472/udp from workers at control-plane',
    'ingress 10250/tcp from control-plane at workers',
    'ingress 8472/udp from control-plane at workers',
    'ingress 6443/tcp from control-plane at control-plane',
    'ingress 2379-2380/tcp from control-plane at control-plane',
    'ingress 10250/tcp from control-plane at control-plane',
    'ingress 8472/udp from control-plane at control-plane',
    'ingress 8472/udp from workers at workers',
  ],
);

opens(
  'opens only 8285/udp of Flannel with the UDP backend',
  { flannel: FlannelBackend.UDP, workerToWorkerFlannel: true },
  [
    'ingress 6443/tcp from workers at control-plane',
    'ingress 8285/udp from workers at control-plane',
    'ingress 10250/tcp from control-plane at workers',
    'ingress 8285/udp from control-plane at workers',
    'ingress 6443/tcp from control-plane at control-plane',
    'ingress 2379-2380/tcp from control-plane at control-plane',
    'ingress 10250/tcp from control-plane at control-plane',
    'ingress 8285/udp from control-plane at control-plane',
    'ingress 8285/udp from workers at workers',
  ],
);

opens('opens both ports of Flannel between workers on request', { workerToWorkerFlannel: true }, [
  'ingress 6443/tcp from workers at control-plane',
  'ingress 8285/udp from workers at control-plane',
  'ingress 8472/udp from workers at control-plane',
  'ingress 10250/tcp from control-plane at workers',
  'ingress 8285/udp from control-plane at workers',
  'ingress 8472/udp from control-plane at workers',
  'ingress 6443/tcp from control-plane at control-plane',
  'ingress 2379-2380/tcp from control-plane at control-plane',
  'ingress 10250/tcp from control-plane at control-plane',
  'ingress 8472/udp from control-plane at control-plane',
  'ingress 8285/udp from control-plane at control-plane',
  'ingress 8285/udp from workers at workers',
  'ingress 8472/udp from workers at workers',
]);

opens(
  'opens nothing between control planes with unrestricted access',
  { freeAccessBetweenControlPlanes: true, workerToWorkerFlannel: false },
  [
    'ingress 6443/tcp from workers at control-plane',
    'ingress 8285/udp from workers at control-plane',
    'ingress 8472/udp from workers at control-plane',
    'ingress 10250/tcp from control-plane at workers',
    'ingress 8285/udp from control-plane at workers',
    'ingress 8472/udp from control-plane at workers',
  ],
);

opens(
  'omits the row of one flow by its key and a row of all flows by its name',
  { omit: ['worker>control-plane/api-server', 'flannel-udp', 'flannel-vxlan'], workerToWorkerFlannel: false },
  [
    'ingress 10250/tcp from control-plane at workers',
    'ingress 6443/tcp from control-plane at control-plane',
    'ingress 2379-2380/tcp from control-plane at control-plane',
    'ingress 10250/tcp from control-plane at control-plane',
  ],
);

opens(
  'opens the health check port of kube-proxy if health checkers are set',
  {
    healthCheckers: GcpHealthCheckers.IPV4,
    workerToWorkerFlannel: false,
    omit: ['flannel-udp', 'flannel-vxlan', 'api-server', 'etcd', 'kubelet'],
  },
  ['ingress 10256/tcp from 130.211.0.0/22 at workers', 'ingress 10256/tcp from 35.191.0.0/16 at workers'],
);

test('labels the health check port of kube-proxy as not documented', () => {
  const stack = newStack();
  const [controlPlane, workers] = ['control-plane', 'workers'].map((name) => CLOUDS[1].group(stack, name));
  const props = { controlPlane, workers, workerToWorkerFlannel: false };
  new KubeadmFlannelClusterRules(stack, 'rules', { ...props, healthCheckers: Peer.cidr('10.20.0.0/24') });
  expect(descriptions(stack).filter((text) => text?.includes('not documented'))).toEqual([
    'Health of kube-proxy, for load balancers; not documented by the vendor [kubeadm-flannel@2024-12/health-checker-to-worker/kube-proxy-health]',
  ]);
});

test('fails for health checkers that are open to the world', () => {
  expectNothingCreated((stack) => {
    const [controlPlane, workers] = ['control-plane', 'workers'].map((name) => CLOUDS[0].group(stack, name));
    new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane, workers, healthCheckers: Peer.anyIpv4('x') });
  }, 'world-not-allowed');
});

test('opens each port once when all servers share a security group', () => {
  const stack = newStack();
  const all = CLOUDS[1].group(stack, 'all');
  const rules = new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: all, workers: all });
  expect(opened(stack).filter((line) => line.startsWith('ingress'))).toEqual([
    'ingress 10250/tcp from all at all',
    'ingress 2379-2380/tcp from all at all',
    'ingress 6443/tcp from all at all',
    'ingress 8285/udp from all at all',
    'ingress 8472/udp from all at all',
  ]);
  expect(terraformAddresses(rules)).toHaveLength(5);
  expect(rules.flows).toHaveLength(11);
});

const warnings = (options: Options): unknown[] => {
  const stack = newStack();
  const group = (name: string): IHostGroup => CLOUDS[0].group(stack, name);
  const rules = new KubeadmFlannelClusterRules(stack, 'rules', {
    controlPlane: group('a'),
    workers: group('b'),
    ...options,
  });
  return rules.node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data as unknown);
};

test('warns if Flannel between workers is undecided, and says what will not work', () => {
  expect(warnings({})).toEqual([
    'Flannel between workers is not in the document and stays closed, so pods on different workers cannot reach each ' +
      'other: set workerToWorkerFlannel to true to open it, or to false if existing rules allow it',
  ]);
  expect(warnings({ workerToWorkerFlannel: false })).toEqual([]);
  expect(warnings({ workerToWorkerFlannel: true })).toEqual([]);
});

test('labels Flannel between workers as not documented', () => {
  const stack = newStack();
  const group = (name: string): IHostGroup => CLOUDS[1].group(stack, name);
  const { flows } = new KubeadmFlannelClusterRules(stack, 'rules', {
    controlPlane: group('control-plane'),
    workers: group('workers'),
    flannel: FlannelBackend.VXLAN,
    workerToWorkerFlannel: true,
  });
  const supplements = flows.filter((flow) => flow.supplement !== undefined);
  expect(supplements.map((flow) => flow.key)).toEqual(['worker>worker/flannel-vxlan']);
  expect(descriptions(stack).filter((text) => text.includes('not documented'))).toEqual([
    'Flannel; not documented by the vendor [kubeadm-flannel@2024-12/worker-to-worker/flannel-vxlan]',
  ]);
});
