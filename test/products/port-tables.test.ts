import {
  DocumentedPortRules,
  ExternalHosts,
  Peer,
  PortTables,
  VClusterPlatformIngressRules,
} from 'cdktf-cluster-ports';
import { tableKey } from '../../lib/tables';
import { opensOnBothClouds } from '../support/clouds';
import { expectNothingCreated, expectRefusal } from '../support/refusals';
import { CATALOG_TABLES } from './catalog-files';

opensOnBothClouds(
  'opens every kubelet to Metrics Server, and Metrics Server to the control plane',
  (stack, group) => {
    const [controlPlane, workers] = [group('control-plane'), group('workers')];
    new DocumentedPortRules(stack, 'metrics-server', {
      table: PortTables.named('metrics-server'),
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
  'opens Rancher to its users and its clusters, and needs no proxy if its row is omitted',
  (stack, group) =>
    new DocumentedPortRules(stack, 'rules', {
      table: PortTables.named('rancher'),
      roles: {
        rancher: group('rancher'),
        'rancher-client': Peer.named('ops-vpn', '10.9.0.0/16'),
        'registered-cluster': ExternalHosts.named('cluster', '10.1.0.0/24'),
      },
      omit: ['rancher-http'],
    }),
  ['ingress 443/tcp from 10.9.0.0/16 at rancher', 'ingress 443/tcp from 10.1.0.0/24 at rancher'],
);

test('has every table, including those of the constructs, and all are read-only', () => {
  const tables = PortTables.all();
  expect(tables.map(tableKey)).toEqual(expect.arrayContaining(CATALOG_TABLES.map(tableKey)));
  for (const table of tables) {
    expect(() => Object.assign(table, { id: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(table.flows[0].rows[0], { name: 'other' })).toThrow(TypeError);
  }
  expect(PortTables.named('vcluster-platform')).toBe(VClusterPlatformIngressRules.portTable);
  expect(PortTables.named('vcluster-platform', '2025-10').edition).toBe('2025-10');
});

test('fails for unknown tables and editions', () => {
  expectRefusal(() => PortTables.named('metric-server'), 'table-unknown');
  expectRefusal(() => PortTables.named(undefined as unknown as string), 'table-unknown');
  expectRefusal(() => PortTables.named('rancher', '2025-12'), 'edition-unknown');
});

test('fails for a missing role of a row that is not omitted', () => {
  expectNothingCreated(
    (stack) =>
      new DocumentedPortRules(stack, 'rules', {
        table: PortTables.named('metrics-server'),
        roles: {
          'control-plane': ExternalHosts.named('cp', '10.1.0.0/29'),
          'metrics-server': Peer.cidr('10.1.1.0/24'),
        },
        omit: ['metrics-api'],
      }),
    'role-missing',
  );
});
