import { TerraformVariable, type TerraformStack } from 'cdktf';
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
import { expectNothingMade, expectRefusal } from '../support/refusals';

const web = new GcpFirewall({ network: 'prod' }).networkTag('web');
const clients = Peer.cidr('10.0.0.0/8');

describe('values that TypeScript refuses fail with a sentence:', () => {
  const vcluster = (stack: TerraformStack, props: object): unknown =>
    new VClusterPlatformIngressRules(stack, 'rules', { kubernetesApi: clients, platform: web, ...props });

  test.each([
    [{ ports: null }, 'ports must be ports by row name, got nothing'],
    [{ ports: 'webhook' }, 'ports must be ports by row name, got "webhook"'],
    [{ omit: 5 }, 'omit must be a list of row names, got 5'],
    [{ omit: 'webhook' }, 'omit must be a list of row names, got "webhook"'],
    [{ omit: null }, 'omit must be a list of row names, got nothing'],
  ])('rows %j', (props, sentence) => {
    expectNothingMade((stack) => vcluster(stack, props), `VClusterPlatformIngressRules "stack/rules": ${sentence}`);
  });

  const list = 'did you mean [{ environment, clients }]?';
  const first = 'did you mean gateways[0]: { clients: Peer.cidr(...) }?';

  test.each([
    [{ gateways: null }, `gateways must be a list, got nothing; ${list}`],
    [{ gateways: {} }, `gateways must be a list, got an object of Object; ${list}`],
    [{ gateways: [null] }, `gateways[0] must be given clients, got nothing; ${first}`],
    [{ gateways: ['prod'] }, `gateways[0] must be given clients, got "prod"; ${first}`],
    [
      { apiPortal: null },
      'apiPortal must be given clients, got nothing; did you mean apiPortal: { clients: Peer.cidr(...) }?',
    ],
  ])('NodePorts %j', (props, sentence) => {
    expectNothingMade(
      (stack) => new ApinizerNodePorts(stack, 'rules', { workers: web, ...(props as object) }),
      `ApinizerNodePorts "stack/rules": ${sentence}`,
    );
  });

  const machines = { controlPlane: web, workers: web, virtualAddress: web, loadBalancer: web };
  const notSeven = (construct: string, prop: string): RegExp =>
    new RegExp(`^${construct} "stack/rules": ${prop} must be a (peer or a )?host group.*, got 7($|;)`);

  test.each(['workers', 'virtualAddress', 'loadBalancer', 'proxySubnet', 'healthCheckers'])(
    'a number as %s',
    (prop) => {
      const made = (): unknown => new ControlPlaneVipRules(newStack(), 'rules', { ...machines, [prop]: 7 });
      expect(made).toThrow(notSeven('ControlPlaneVipRules', prop));
    },
  );

  test('a number as health checkers of a cluster, or as virtual clusters', () => {
    const healthCheckers = 7 as never;
    const cluster = (): unknown => new KubeadmFlannelClusterRules(newStack(), 'rules', { ...machines, healthCheckers });
    expect(cluster).toThrow(notSeven('KubeadmFlannelClusterRules', 'healthCheckers'));
    const edition = { edition: '2025-10', nodes: web, virtualClusters: 7 };
    expect(() => vcluster(newStack(), edition)).toThrow(notSeven('VClusterPlatformIngressRules', 'virtualClusters'));
  });

  test.each([
    [{ freeAccessBetweenControlPlanes: 'false' }, 'freeAccessBetweenControlPlanes must be true or false, got "false"'],
    [{ freeAccessBetweenControlPlanes: 0 }, 'freeAccessBetweenControlPlanes must be true or false, got 0'],
    [{ workerToWorkerFlannel: 'false' }, 'workerToWorkerFlannel must be true or false, got "false"'],
    [{ workerToWorkerFlannel: null }, 'workerToWorkerFlannel must be true or false, got nothing'],
  ])('a cluster with %j', (props, sentence) => {
    expectNothingMade(
      (stack) =>
        new KubeadmFlannelClusterRules(stack, 'rules', { controlPlane: web, workers: web, ...(props as object) }),
      `KubeadmFlannelClusterRules "stack/rules": ${sentence}`,
    );
  });
});

describe('a construct without properties fails with a sentence:', () => {
  const cluster = 'the servers of the cluster is needed, got nothing; did you mean { controlPlane, workers';
  test.each<[string, new (scope: TerraformStack, id: string, props: any) => unknown, string]>([
    [
      'ApinizerDataStoreRules',
      ApinizerDataStoreRules,
      'workers and their databases is needed, got nothing; did you mean { workers, mongodb, elasticsearch }?',
    ],
    [
      'ApinizerNodePorts',
      ApinizerNodePorts,
      'workers is needed, got nothing; did you mean { workers, managementConsole: { clients } }?',
    ],
    ['ControlPlaneVipRules', ControlPlaneVipRules, `${cluster}, virtualAddress, loadBalancer }?`],
    [
      'DocumentedPortRules',
      DocumentedPortRules,
      'a table and its roles is needed, got nothing; did you mean { table, roles }?',
    ],
    ['KubeadmFlannelClusterRules', KubeadmFlannelClusterRules, `${cluster} }?`],
    [
      'PrometheusCostMetricsRule',
      PrometheusCostMetricsRule,
      'both ends is needed, got nothing; did you mean { platform, prometheus }?',
    ],
    [
      'VClusterPlatformIngressRules',
      VClusterPlatformIngressRules,
      'both ends is needed, got nothing; did you mean { kubernetesApi, platform }?',
    ],
    ['AwsPrefixList', AwsPrefixList, 'a name and ranges is needed, got nothing; did you mean { name, ranges }?'],
    [
      'AwsSecurityGroup',
      AwsSecurityGroup,
      'a name, a VPC and egress is needed, got nothing; did you mean { name, vpcId, egress }?',
    ],
  ])('%s', (name, Construct, sentence) => {
    for (const props of [undefined, null]) {
      expectNothingMade(
        (stack) => new Construct(stack, 'rules', props),
        `${name} "stack/rules": an object with ${sentence}`,
      );
    }
  });

  test('GcpFirewall', () => {
    expectRefusal(
      () => new GcpFirewall(undefined as any),
      'GcpFirewall: an object with a network is needed, got nothing; did you mean { network }?',
    );
  });
});

test('fails for a construct whose path looks like a value of another resource', () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'name', {}).stringValue;
  for (const id of [variable, 'at -8.1095622125913805e+298']) {
    expectRefusal(
      () => new VClusterPlatformIngressRules(stack, id, { kubernetesApi: clients, platform: web }),
      `VClusterPlatformIngressRules: the path must be known at synthesis, got "stack/${id}"`,
    );
  }
});

describe('two gateways whose firewalls would have one name', () => {
  test('fail with the advice to name another environment', () => {
    const gateways = [
      { environment: 'prod', clients: Peer.cidr('10.0.0.0/8', '2001:db8::/32') },
      { environment: 'prod-ipv6', clients, port: 30081 },
    ];
    const name = 'apinizer-node-ports-gateway-client-to-worker-prod-ipv6';
    expectNothingMade(
      (stack) => new ApinizerNodePorts(stack, 'rules', { workers: web, gateways }),
      `ApinizerNodePorts "stack/rules": the firewall ${name} must have an address of its own, ` +
        `got google_compute_firewall.firewall_${name} twice; ` +
        'did you mean another environment, or a second GcpFirewall with a namePrefix?',
    );
  });
});
