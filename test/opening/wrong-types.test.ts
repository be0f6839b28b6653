import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApinizerDataStoreRules,
  ApinizerNodePorts,
  AwsPrefixList,
  AwsSecurityGroup,
  ControlPlaneVipRules,
  DocumentedPortRules,
  GcpFirewall,
  KubeadmFlannelClusterRules,
  Peer,
  PrometheusCostMetricsRule,
  VClusterPlatformIngressRules,
} from '../../lib';
import { newStack } from '../support/clouds';
import { expectNothingCreated, expectRefusal } from '../support/refusals';

const web = new GcpFirewall({ network: 'prod' }).networkTag('web');
const clients = Peer.cidr('10.0.0.0/8');

describe('fails for a value that TypeScript would not accept:', () => {
  const vcluster = (stack: TerraformStack, props: object): unknown =>
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: clients, platform: web, ...props });

  test.each([
    [{ ports: null }, 'ports-invalid'],
    [{ ports: 'webhook' }, 'ports-invalid'],
    [{ omit: 5 }, 'row-names-invalid'],
    [{ omit: 'webhook' }, 'row-names-invalid'],
    [{ omit: null }, 'row-names-invalid'],
  ])('rows %j', (props, code) => {
    expectNothingCreated((stack) => vcluster(stack, props), code);
  });

  test.each([
    [{ gateways: null }, 'gateways-invalid'],
    [{ gateways: {} }, 'gateways-invalid'],
    [{ gateways: [null] }, 'clients-missing'],
    [{ gateways: ['prod'] }, 'clients-missing'],
    [{ apiPortal: null }, 'clients-missing'],
  ])('NodePorts %j', (props, code) => {
    expectNothingCreated(
      (stack) => new ApinizerNodePorts(stack, 'rules', { workers: web, ...(props as object) }),
      code,
    );
  });

  const vip = { controlPlane: web, workers: web, virtualAddress: web, loadBalancer: web };

  test.each([
    ['workers', 'peer-required'],
    ['virtualAddress', 'host-group-required'],
    ['loadBalancer', 'peer-required'],
    ['proxySubnet', 'peer-required'],
    ['healthCheckers', 'peer-required'],
  ])('a number as %s', (prop, code) => {
    expectNothingCreated((stack) => new ControlPlaneVipRules(stack, 'rules', { ...vip, [prop]: 7 }), code);
  });

  test('a number as health checkers of a cluster, or as virtual clusters', () => {
    const healthCheckers = 7 as never;
    const cluster = { controlPlane: web, workers: web, healthCheckers };
    expectNothingCreated((stack) => new KubeadmFlannelClusterRules(stack, 'rules', cluster), 'peer-required');
    const edition = { edition: '2025-10', nodes: web, virtualClusters: 7 };
    expectNothingCreated((stack) => vcluster(stack, edition), 'peer-required');
  });

  test.each([
    { freeAccessBetweenControlPlanes: 'false' },
    { freeAccessBetweenControlPlanes: 0 },
    { workerToWorkerFlannel: 'false' },
    { workerToWorkerFlannel: null },
  ])('a cluster with %j', (props) => {
    expectNothingCreated(
      (stack) =>
        new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: web, workers: web, ...(props as object) }),
      'not-a-boolean',
    );
  });
});

describe('fails without props:', () => {
  test.each<[string, new (scope: TerraformStack, id: string, props: any) => unknown]>([
    ['ApinizerDataStoreRules', ApinizerDataStoreRules],
    ['ApinizerNodePorts', ApinizerNodePorts],
    ['ControlPlaneVipRules', ControlPlaneVipRules],
    ['DocumentedPortRules', DocumentedPortRules],
    ['KubeadmFlannelClusterRules', KubeadmFlannelClusterRules],
    ['PrometheusCostMetricsRule', PrometheusCostMetricsRule],
    ['VClusterPlatformIngressRules', VClusterPlatformIngressRules],
    ['AwsPrefixList', AwsPrefixList],
    ['AwsSecurityGroup', AwsSecurityGroup],
  ])('%s', (_name, Construct) => {
    for (const props of [undefined, null]) {
      expectNothingCreated((stack) => new Construct(stack, 'rules', props), 'object-required');
    }
  });

  test('GcpFirewall', () => {
    expectRefusal(() => new GcpFirewall(undefined as any), 'object-required');
  });
});

test('fails for a construct whose path contains a token', () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'name', {}).stringValue;
  for (const id of [variable, 'at -8.1095622125913805e+298']) {
    expectRefusal(
      () => new VClusterPlatformIngressRules(stack, id, { kubernetesApi: clients, platform: web }),
      'path-not-known',
    );
  }
});

test('fails for two gateways whose firewalls would have the same name', () => {
  const gateways = [
    { environment: 'prod', clients: Peer.cidr('10.0.0.0/8', '2001:db8::/32') },
    { environment: 'prod-ipv6', clients, port: 30081 },
  ];
  expectNothingCreated(
    (stack) => new ApinizerNodePorts(stack, 'rules', { workers: web, gateways }),
    'rule-address-taken',
  );
});
