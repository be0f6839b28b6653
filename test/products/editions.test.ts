import { type TerraformStack, Testing } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  ControlPlaneVipRules,
  type IDocumentedRules,
  type IHostGroup,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../support/clouds';
import { opened, terraformAddresses } from '../support/opened';
import { expectNothingCreated, resourcesOf } from '../support/refusals';

const RANGE = Peer.cidr('172.16.0.0/28');

opensOnBothClouds(
  'opens metrics and the DNS of virtual clusters since 2025-04',
  (stack, group) =>
    new VClusterPlatformIngressRules(stack, 'rules', {
      kubernetesApi: RANGE,
      platform: group('platform'),
      nodes: group('nodes'),
      edition: '2025-04',
    }),
  [
    'ingress 8080/tcp from 172.16.0.0/28 at platform',
    'ingress 8443/tcp from 172.16.0.0/28 at platform',
    'ingress 9443/tcp from 172.16.0.0/28 at platform',
    'ingress 9444/tcp from 172.16.0.0/28 at platform',
    'ingress 1053/tcp from nodes at nodes',
    'ingress 1053/udp from nodes at nodes',
  ],
);

opensOnBothClouds(
  'opens the platform to virtual clusters since 2025-10, and needs no role whose rows are all omitted',
  (stack, group) =>
    new VClusterPlatformIngressRules(stack, 'rules', {
      kubernetesApi: RANGE,
      platform: group('platform'),
      virtualClusters: group('nodes'),
      edition: '2025-10',
      omit: ['legacy-metrics', 'coredns-tcp', 'coredns-udp'],
    }),
  [
    'ingress 8443/tcp from 172.16.0.0/28 at platform',
    'ingress 9443/tcp from 172.16.0.0/28 at platform',
    'ingress 9444/tcp from 172.16.0.0/28 at platform',
    'ingress 10443/tcp from nodes at platform',
  ],
);

opensOnBothClouds(
  'opens controller manager and scheduler between control planes since 2026-03',
  (stack, group) =>
    new KubeadmFlannelClusterRules(stack, 'rules', {
      controlPlane: group('control-plane'),
      workers: group('workers'),
      workerToWorkerFlannel: false,
      edition: '2026-03',
      omit: ['flannel-udp', 'flannel-vxlan', 'api-server'],
    }),
  [
    'ingress 10250/tcp from control-plane at workers',
    'ingress 2379-2380/tcp from control-plane at control-plane',
    'ingress 10250/tcp from control-plane at control-plane',
    'ingress 10257/tcp from control-plane at control-plane',
    'ingress 10259/tcp from control-plane at control-plane',
  ],
);

opensOnBothClouds(
  'opens the alternative port of a gateway since 2026-03, unless the gateway has a NodePort of its own',
  (stack, group) =>
    new ApinizerNodePorts(stack, 'rules', {
      workers: group('workers'),
      managementConsole: { clients: RANGE },
      gateways: [
        { environment: 'prod', clients: RANGE },
        { environment: 'test', clients: RANGE, port: 30081 },
      ],
      edition: '2026-03',
    }),
  [
    'ingress 32080/tcp from 172.16.0.0/28 at workers',
    'ingress 30080/tcp from 172.16.0.0/28 at workers',
    'ingress 30090/tcp from 172.16.0.0/28 at workers',
    'ingress 30081/tcp from 172.16.0.0/28 at workers',
  ],
);

opensOnBothClouds(
  'opens Elasticsearch between its servers since 2026-03',
  (stack, group) =>
    new ApinizerDataStoreRules(stack, 'rules', {
      workers: group('workers'),
      mongodb: group('mongodb'),
      elasticsearch: group('elasticsearch'),
      edition: '2026-03',
    }),
  [
    'ingress 25080/tcp from workers at mongodb',
    'ingress 9200/tcp from workers at elasticsearch',
    'ingress 9300/tcp from elasticsearch at elasticsearch',
  ],
);

opensOnBothClouds(
  'opens the same for cost metrics and for the virtual address in every edition',
  (stack, group) => {
    new PrometheusCostMetricsRule(stack, 'metrics', {
      platform: RANGE,
      prometheus: group('prometheus'),
      edition: '2025-10',
    });
    new ControlPlaneVipRules(stack, 'vip', {
      controlPlane: group('control-plane'),
      workers: RANGE,
      virtualAddress: group('load-balancer'),
      edition: '2026-03',
    });
  },
  [
    'ingress 9090/tcp from 172.16.0.0/28 at prometheus',
    'ingress 6443/tcp from control-plane at load-balancer',
    'ingress 6443/tcp from 172.16.0.0/28 at load-balancer',
    'ingress 6443/tcp from load-balancer at control-plane',
  ],
);

/** Every construct with a later edition. It takes all props that the edition needs; without one, those of the default edition. */
const CONSTRUCTS: Record<
  string,
  (stack: TerraformStack, group: (name: string) => IHostGroup, edition?: string) => IDocumentedRules
> = {
  '2025-10 of VClusterPlatformIngressRules': (stack, group, edition) =>
    new VClusterPlatformIngressRules(stack, 'rules', {
      kubernetesApi: RANGE,
      platform: group('platform'),
      ...(edition === '2025-10' && { nodes: group('nodes'), virtualClusters: RANGE }),
      edition,
    }),
  '2025-10 of PrometheusCostMetricsRule': (stack, group, edition) =>
    new PrometheusCostMetricsRule(stack, 'rules', { platform: RANGE, prometheus: group('prometheus'), edition }),
  '2026-03 of KubeadmFlannelClusterRules': (stack, group, edition) =>
    new KubeadmFlannelClusterRules(stack, 'rules', {
      controlPlane: group('control-plane'),
      workers: group('workers'),
      workerToWorkerFlannel: true,
      healthCheckers: RANGE,
      edition,
    }),
  '2026-03 of ControlPlaneVipRules': (stack, group, edition) =>
    new ControlPlaneVipRules(stack, 'rules', {
      controlPlane: group('control-plane'),
      workers: group('workers'),
      virtualAddress: group('load-balancer'),
      healthCheckers: RANGE,
      edition,
    }),
  '2026-03 of ApinizerNodePorts': (stack, group, edition) =>
    new ApinizerNodePorts(stack, 'rules', {
      workers: group('workers'),
      managementConsole: { clients: RANGE },
      apiPortal: { clients: RANGE },
      gateways: [{ environment: 'prod', clients: RANGE }],
      edition,
    }),
  '2026-03 of ApinizerDataStoreRules': (stack, group, edition) =>
    new ApinizerDataStoreRules(stack, 'rules', {
      workers: group('workers'),
      mongodb: group('mongodb'),
      elasticsearch: group('elasticsearch'),
      edition,
    }),
};

describe.each(CLOUDS)('on $name', ({ group }) => {
  test.each(Object.keys(CONSTRUCTS))('no Terraform address moves and no port closes with edition %s', (name) => {
    const [first, later] = [undefined, name.split(' ')[0]].map((edition) => {
      const stack = newStack();
      const addresses = terraformAddresses(CONSTRUCTS[name](stack, (label) => group(stack, label), edition));
      return { addresses, lines: opened(stack) };
    });
    expect(later.addresses).toEqual(expect.arrayContaining(first.addresses));
    expect(later.lines).toEqual(expect.arrayContaining(first.lines));
  });

  test.each(Object.keys(CONSTRUCTS))(
    'naming the default edition gives the same Terraform as no edition: %s',
    (name) => {
      const texts = [undefined, name.includes('2025') ? '2025-03' : '2024-12'].map((edition) => {
        const stack = newStack();
        CONSTRUCTS[name](stack, (label) => group(stack, label), edition);
        return Testing.synth(stack);
      });
      expect(texts[1]).toBe(texts[0]);
    },
  );
});

test('the description of a rule and its flows name the edition', () => {
  const stack = newStack();
  const prometheus = CLOUDS[0].group(stack, 'prometheus');
  const { flows } = new PrometheusCostMetricsRule(stack, 'rules', { platform: RANGE, prometheus, edition: '2025-10' });
  expect(flows.map(({ table }) => table.edition)).toEqual(['2025-10']);
  expect(() => Object.assign(flows[0].table.flows[0].rows[0], { name: 'other' })).toThrow(TypeError);
  const [firewall] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(firewall.description).toBe(
    'Cost control dashboard metrics [prometheus-cost-metrics@2025-10/platform-to-prometheus/cost-metrics]',
  );
});

describe('fails for', () => {
  const platform = (stack: TerraformStack): IHostGroup => CLOUDS[0].group(stack, 'platform');

  test.each([
    '2025-11',
    '2026-07', // suggests 2025-10, the edition in force in that month
    '2025-05',
    '2024-01',
    '2025-4',
    'latest',
    2025,
    '',
  ])('the unknown edition %j', (edition) => {
    expectNothingCreated(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'rules', {
          kubernetesApi: RANGE,
          platform: platform(stack),
          edition: edition as string,
        }),
      'edition-unknown',
    );
  });

  test('an edition of a different document', () => {
    expectNothingCreated(
      (stack) =>
        new KubeadmFlannelClusterRules(stack, 'rules', {
          controlPlane: platform(stack),
          workers: platform(stack),
          edition: '2025-03',
        }),
      'edition-unknown',
    );
  });

  test('a missing role that a row of the edition needs', () => {
    expectNothingCreated(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'rules', {
          kubernetesApi: RANGE,
          platform: platform(stack),
          edition: '2025-04',
        }),
      'role-missing',
    );
  });

  test('a role that the edition does not have', () => {
    expectNothingCreated(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'rules', {
          kubernetesApi: RANGE,
          platform: platform(stack),
          nodes: platform(stack),
        }),
      'role-not-in-edition',
    );
  });
});
