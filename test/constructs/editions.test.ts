import { Testing, type TerraformStack } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  ControlPlaneVipRules,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
  type IHostGroup,
  type IDocumentedRules,
} from 'cdktf-cluster-ports';
import { CLOUDS, newStack, opensOnBothClouds } from '../support/clouds';
import { opened } from '../support/opened';
import { expectNothingMade, resourcesOf } from '../support/refusals';

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
  'opens the platform for virtual clusters since 2025-10, and leaves out what is omitted with its role',
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
  'opens the alternative port of a gateway since 2026-03, where the gateway has no NodePort of its own',
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
  'opens Elasticsearch among its servers since 2026-03',
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

/** Every construct of an edition that is not its default one, with the rows of the default one alone, and with all. */
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
  test.each(Object.keys(CONSTRUCTS))('no address moves and no port closes with edition %s', (name) => {
    const [first, later] = [undefined, name.split(' ')[0]].map((edition) => {
      const stack = newStack();
      const { addresses } = CONSTRUCTS[name](stack, (label) => group(stack, label), edition);
      return { addresses, lines: opened(stack) };
    });
    expect(later.addresses).toEqual(expect.arrayContaining(first.addresses));
    expect(later.lines).toEqual(expect.arrayContaining(first.lines));
  });

  test.each(Object.keys(CONSTRUCTS))(
    'the edition that is named and is the default gives the same Terraform: %s',
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

test('the description and the flows of a rule name the edition', () => {
  const stack = newStack();
  const prometheus = CLOUDS[0].group(stack, 'prometheus');
  const { flows } = new PrometheusCostMetricsRule(stack, 'rules', { platform: RANGE, prometheus, edition: '2025-10' });
  expect(flows.map(({ table }) => table.edition)).toEqual(['2025-10']);
  expect(Object.isFrozen(flows[0].table.flows[0].rows[0])).toBe(true);
  const [firewall] = Object.values(resourcesOf(stack).google_compute_firewall);
  expect(firewall.description).toBe(
    'Cost control dashboard metrics [prometheus-cost-metrics@2025-10/platform-to-prometheus/cost-metrics]',
  );
});

describe('fails for', () => {
  const platform = (stack: TerraformStack): IHostGroup => CLOUDS[0].group(stack, 'platform');

  test.each([
    ['2025-11', '"2025-11"; did you mean "2025-10"?'],
    ['2026-07', '"2026-07"; did you mean "2025-10"?'], // what the document said in that month
    ['2025-05', '"2025-05"; did you mean "2025-04"?'],
    ['2024-01', '"2024-01"; did you mean "2025-03"?'],
    ['2025-4', '"2025-4"; did you mean "2025-04"?'],
    ['latest', '"latest"'],
    [2025, '2025'],
    ['', '""'],
  ])('the unknown edition %j', (edition, got) => {
    expectNothingMade(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'rules', {
          kubernetesApi: RANGE,
          platform: platform(stack),
          edition: edition as string,
        }),
      `VClusterPlatformIngressRules "stack/rules": edition must be one of vcluster-platform (2025-03, 2025-04, 2025-10), got ${got}`,
    );
  });

  test('an edition of another document', () => {
    expectNothingMade(
      (stack) =>
        new KubeadmFlannelClusterRules(stack, 'rules', {
          controlPlane: platform(stack),
          workers: platform(stack),
          edition: '2025-03',
        }),
      'KubeadmFlannelClusterRules "stack/rules": edition must be one of kubeadm-flannel (2024-12, 2026-03), got "2025-03"; ' +
        'did you mean "2024-12"?',
    );
  });

  test('a role that a row of the edition needs', () => {
    expectNothingMade(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'rules', {
          kubernetesApi: RANGE,
          platform: platform(stack),
          edition: '2025-04',
        }),
      'VClusterPlatformIngressRules "stack/rules": nodes must be given for coredns-tcp and coredns-udp of edition 2025-04, ' +
        'got nothing; did you mean omit: ["coredns-tcp", "coredns-udp"]?',
    );
  });

  test('machines of a role that the edition does not have', () => {
    expectNothingMade(
      (stack) =>
        new VClusterPlatformIngressRules(stack, 'rules', {
          kubernetesApi: RANGE,
          platform: platform(stack),
          nodes: platform(stack),
        }),
      'VClusterPlatformIngressRules "stack/rules": nodes must have ports in edition 2025-03, got none; did you mean a later edition?',
    );
  });
});
