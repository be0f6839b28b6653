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

/** Returns the rows with a port as `vault@2 client>vault/api 8200/tcp`. */
function found(port: string): string[] {
  return PortTables.find({ port }).map(
    ({ table, source, destination, row }) =>
      `${table.id}@${table.edition} ${source.id}>${destination.id}/${row.name} ${row.port.text}`,
  );
}

test('finds the rows that document a port, with their table and both roles', () => {
  // RKE2, "Inbound Network Rules": "9345 TCP All RKE2 nodes, RKE2 server nodes, RKE2 supervisor API"
  const rke2 = PortTables.find({ port: '9345/tcp' }).filter(({ table }) => table.id === 'rke2');
  expect(rke2.map(({ source, destination }) => `${source.id} to ${destination.id}`)).toEqual([
    'server to server',
    'agent to server',
  ]);
  expect(rke2[0]).toMatchObject({ row: { name: 'supervisor', section: 'Inbound Network Rules' } });
  expect(rke2[0].reference).toBe(rke2[0].table.reference);
  expect(rke2[0].when).toBeUndefined();
  expect(() => Object.assign(rke2[0].row, { name: 'other' })).toThrow(TypeError);
  // RKE2, "CNI Specific Inbound Network Rules": "4240 TCP All RKE2 nodes, All RKE2 nodes, Cilium CNI health checks"
  const health = PortTables.find({ port: '4240/tcp' }).find(({ table }) => table.id === 'rke2');
  expect(health).toMatchObject({ when: { cni: ['cilium'] } });
});

test('finds ranges that contain the port, all editions, protocols and supplements', () => {
  // Kubernetes, "Ports and Protocols": "TCP Inbound 2379-2380 etcd server client API"
  expect(found('2380/tcp')).toContainEqual(expect.stringMatching(/^kubernetes@\S+ \S+ 2379-2380\/tcp$/));
  expect(found('2380/udp')).not.toContainEqual(expect.stringMatching(/^kubernetes@/));
  // Apinizer, both editions of its document: 8472/udp of Flannel
  const flannel = found('8472/udp').filter((text) => text.startsWith('kubeadm-flannel'));
  expect(new Set(flannel.map((text) => text.split(' ')[0]))).toEqual(
    new Set(['kubeadm-flannel@2024-12', 'kubeadm-flannel@2026-03']),
  );
  const supplements = PortTables.find({ port: '8472/udp' }).filter(({ supplement }) => supplement !== undefined);
  expect(supplements[0]).toMatchObject({ table: { id: 'kubeadm-flannel' }, source: { id: 'worker' } });
  expect(supplements[0].reference).not.toBe('');
  // Keepalived: VRRP is IP protocol 112
  expect(found('112/ip')).toEqual(found('vrrp'));
  expect(found('112/ip')).toContainEqual(expect.stringMatching(/^keepalived@/));
  expect(found('53/tcp+udp')).toEqual(expect.arrayContaining(found('53/udp')));
});

test('fails for a text that is not a port, and for other properties', () => {
  expectRefusal(() => PortTables.find({ port: '8472' }), 'port-invalid');
  expectRefusal(() => PortTables.find({ port: '9-8/tcp' }), 'port-range-descends');
  expectRefusal(() => PortTables.find({} as any), 'port-invalid');
  expectRefusal(() => PortTables.find('8472/udp' as any), 'object-required');
  expectRefusal(() => PortTables.find({ port: '8472/udp', protocol: 'udp' } as any), 'prop-unknown');
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
