import { Basis, Port, PortTableDiff, PortTables, type PortTable } from 'cdktf-cluster-ports';
import { expectRefusal } from '../support/refusals';

const between = (id: string, before: string, after: string): PortTableDiff =>
  PortTableDiff.between(PortTables.named(id, before), PortTables.named(id, after));

test('says what the page of vCluster Platform has opened since its first edition', () => {
  expect(String(between('vcluster-platform', '2025-03', '2025-04'))).toBe(
    [
      '+ kubernetes-api>platform/legacy-metrics 8080/tcp',
      '+ node>node/coredns-tcp 1053/tcp',
      '+ node>node/coredns-udp 1053/udp',
    ].join('\n'),
  );
  expect(String(between('vcluster-platform', '2025-04', '2025-10'))).toBe(
    '+ vcluster>platform/in-cluster-api 10443/tcp',
  );
  expect(String(between('prometheus-cost-metrics', '2025-03', '2025-10'))).toBe('');
});

test('says what the page of Apinizer has opened since its first edition', () => {
  const { added, removed } = between('kubeadm-flannel', '2024-12', '2026-03');
  expect(added.map(({ key, row }) => `${key} ${String(row.port)}`)).toEqual([
    'control-plane>control-plane/controller-manager 10257/tcp',
    'control-plane>control-plane/scheduler 10259/tcp',
  ]);
  expect(removed).toEqual([]);
  expect(String(between('apinizer-data-stores', '2024-12', '2026-03'))).toBe(
    [
      '+ elasticsearch>elasticsearch/elasticsearch-transport 9300/tcp',
      '~ worker>mongodb/mongodb 25080/tcp (description, section, protocolBasis)',
      '~ worker>elasticsearch/elasticsearch 9200/tcp (description, section, protocolBasis)',
    ].join('\n'),
  );
});

test('says the same the other way round', () => {
  expect(String(between('vcluster-platform', '2025-10', '2025-04'))).toBe(
    '- vcluster>platform/in-cluster-api 10443/tcp',
  );
});

const ROW = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE };
const GOSSIP = { ...ROW, name: 'gossip', port: Port.udp(7946) };
const FLOW = {
  source: { id: 'node', title: 'nodes' },
  destination: { id: 'registry', title: 'registry' },
  rows: [ROW, GOSSIP],
};
const TABLE: PortTable = {
  id: 'registry',
  title: 'Ports of the registry',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  flows: [FLOW],
};

test('knows another port, protocol and mark of a row, and one that was a supplement', () => {
  const supplement = { ...FLOW, rows: [GOSSIP], reason: 'members', reference: 'https://wiki.example.com/more' };
  const before = { ...TABLE, flows: [{ ...FLOW, rows: [ROW] }], supplements: [supplement] };
  const rows = [{ ...ROW, port: Port.tcp(5001), internal: true }, GOSSIP];
  const { changed } = PortTableDiff.between(before, { ...TABLE, flows: [{ ...FLOW, rows }] });
  expect(changed.map(({ key, fields }) => ({ key, fields }))).toEqual([
    { key: 'node>registry/pull', fields: ['port', 'internal'] },
    { key: 'node>registry/gossip', fields: ['supplement'] },
  ]);
  expect(String(PortTableDiff.between(before, { ...TABLE, flows: [{ ...FLOW, rows }] }))).toBe(
    '~ node>registry/pull 5000/tcp to 5001/tcp (port, internal)\n~ node>registry/gossip 7946/udp (supplement)',
  );
});

test('knows another name of a flow, because rules are named after it', () => {
  const named = { ...TABLE, flows: [{ ...FLOW, name: 'allow-nodes-to-registry', rows: [ROW] }] };
  const renamed = { ...TABLE, flows: [{ ...FLOW, name: 'nodes-to-registry', rows: [ROW] }] };
  expect(String(PortTableDiff.between(named, renamed))).toBe('~ node>registry/pull 5000/tcp (flowName)');
  expect(String(PortTableDiff.between(named, named))).toBe('');
});

test('finds no difference in another order, or in a mark that is not set', () => {
  const rows = [GOSSIP, { ...ROW, internal: false }];
  const diff = PortTableDiff.between(TABLE, { ...TABLE, flows: [{ ...FLOW, rows }] });
  expect([diff.added, diff.removed, diff.changed]).toEqual([[], [], []]);
});

test('fails for two tables, and for what is no table', () => {
  expectRefusal(
    () => PortTableDiff.between(PortTables.RANCHER, PortTables.METRICS_SERVER),
    'PortTableDiff.between: both must be editions of one table, got rancher@2025-11 and metrics-server@2026-07',
  );
  expectRefusal(
    () => PortTableDiff.between(TABLE, '2026-11' as unknown as PortTable),
    'PortTableDiff.between: both arguments must be port tables, got "2026-11"; did you mean PortTables.named(id, edition)?',
  );
});
