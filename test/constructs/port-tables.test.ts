import {
  DocumentedPortRules,
  ExternalHosts,
  Peer,
  PortTables,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { newStack, opensOnBothClouds } from '../support/clouds';
import { expectNothingMade, expectRefusal } from '../support/refusals';

opensOnBothClouds(
  'opens every kubelet for Metrics Server, and Metrics Server for the control plane',
  (stack, group) => {
    const [controlPlane, workers] = [group('control-plane'), group('workers')];
    new DocumentedPortRules(stack, 'metrics-server', {
      table: PortTables.METRICS_SERVER,
      roles: { 'control-plane': controlPlane, worker: workers, 'metrics-server': workers },
    });
  },
  [
    'ingress 10250/tcp from control-plane at workers',
    'ingress 10250/tcp from workers at control-plane',
    'ingress 10250/tcp from workers at workers',
  ],
);

opensOnBothClouds(
  'opens Rancher for its users and its clusters, without a proxy where none is there',
  (stack, group) =>
    new DocumentedPortRules(stack, 'rules', {
      table: PortTables.RANCHER,
      roles: {
        rancher: group('rancher'),
        'rancher-client': Peer.named('ops-vpn', '10.9.0.0/16'),
        'registered-cluster': ExternalHosts.named('cluster', '10.1.0.0/24'),
      },
      omit: ['rancher-http'],
    }),
  ['ingress 443/tcp from 10.9.0.0/16 at rancher', 'ingress 443/tcp from 10.1.0.0/24 at rancher'],
);

test('has every table, those of the constructs too, and nobody can change them', () => {
  const tables = PortTables.all();
  expect(tables).toHaveLength(16);
  expect(tables.every((table) => Object.isFrozen(table) && Object.isFrozen(table.flows[0].rows[0]))).toBe(true);
  expect(PortTables.named('vcluster-platform')).toBe(VClusterPlatformIngressRules.PORTS);
  expect(PortTables.named('vcluster-platform', '2025-10').edition).toBe('2025-10');
});

test('fails for tables and editions that it does not have', () => {
  const ids =
    'vcluster-platform, prometheus-cost-metrics, kubeadm-flannel, control-plane-vip, apinizer-node-ports, ' +
    'apinizer-data-stores, metrics-server, rancher';
  expectRefusal(
    () => PortTables.named('metric-server'),
    `PortTables.named: id must be one of ${ids}, got "metric-server"; did you mean "metrics-server"?`,
  );
  expectRefusal(
    () => PortTables.named(undefined as unknown as string),
    `PortTables.named: id must be one of ${ids}, got nothing`,
  );
  expectRefusal(
    () => PortTables.named('rancher', '2025-12'),
    'PortTables.named: edition must be one of rancher (2025-11), got "2025-12"; did you mean "2025-11"?',
  );
});

test('fails for a role that a row needs which is not omitted', () => {
  expectNothingMade(
    (stack) =>
      new DocumentedPortRules(stack, 'rules', {
        table: PortTables.METRICS_SERVER,
        roles: {
          'control-plane': ExternalHosts.named('cp', '10.1.0.0/29'),
          'metrics-server': Peer.cidr('10.1.1.0/24'),
        },
        omit: ['metrics-api'],
      }),
    'DocumentedPortRules "stack/rules": roles must give machines to control-plane, metrics-server, worker, got none for worker',
  );
  expect(newStack().node.children).toEqual([]);
});
