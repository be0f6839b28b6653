import {
  Basis,
  Port,
  PortLevel,
  type PortTable,
  PortTableDiff,
  type PortTableDiffProps,
  PortTables,
} from 'cdktf-cluster-ports';
import { editionChanges } from '../../lib/tables/later-edition';
import { expectRefusal } from '../support/refusals';

const between = (id: string, before: string, after: string): PortTableDiff =>
  PortTableDiff.between({ before: PortTables.named(id, before), after: PortTables.named(id, after) });

test('reports what the document of vCluster Platform has opened since its first edition', () => {
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

test('reports what the document of Apinizer has opened since its first edition', () => {
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

test('reports the reverse if the editions are swapped', () => {
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

test('reports a changed port and flag of a row, and a row that was a supplement', () => {
  const members = { ...FLOW, source: { id: 'member', title: 'members' }, rows: [GOSSIP] };
  const supplement = { ...members, reason: 'members', reference: 'https://wiki.example.com/more' };
  const before = { ...TABLE, flows: [{ ...FLOW, rows: [ROW] }], supplements: [supplement] };
  const rows = [{ ...ROW, port: Port.tcp(5001), internal: true }];
  const diff = PortTableDiff.between({ before, after: { ...TABLE, flows: [{ ...FLOW, rows }, members] } });
  expect(diff.changed.map(({ key, fields }) => ({ key, fields }))).toEqual([
    { key: 'node>registry/pull', fields: ['port', 'internal'] },
    { key: 'member>registry/gossip', fields: ['supplement'] },
  ]);
  expect(String(diff)).toBe(
    '~ node>registry/pull 5000/tcp to 5001/tcp (port, internal)\n~ member>registry/gossip 7946/udp (supplement)',
  );
});

test('reports a changed level and a changed basis of the direction, and not the default that is written out', () => {
  const withRow = (changes: object): PortTable => ({ ...TABLE, flows: [{ ...FLOW, rows: [{ ...ROW, ...changes }] }] });
  const written = { directionBasis: Basis.TABLE, level: PortLevel.HOST };
  expect(String(PortTableDiff.between({ before: withRow({}), after: withRow(written) }))).toBe('');
  const after = withRow({ directionBasis: Basis.FLAGS, level: PortLevel.POD });
  expect(String(PortTableDiff.between({ before: withRow({}), after }))).toBe(
    '~ node>registry/pull 5000/tcp (directionBasis, level)',
  );
});

test('reports a changed name of a flow, because rules are named after it', () => {
  const named = { ...TABLE, flows: [{ ...FLOW, name: 'allow-nodes-to-registry', rows: [ROW] }] };
  const renamed = { ...TABLE, flows: [{ ...FLOW, name: 'nodes-to-registry', rows: [ROW] }] };
  expect(String(PortTableDiff.between({ before: named, after: renamed }))).toBe(
    '~ node>registry/pull 5000/tcp (flowName)',
  );
  expect(String(PortTableDiff.between({ before: named, after: named }))).toBe('');
});

test('ignores the order of rows and a flag that is false', () => {
  const rows = [GOSSIP, { ...ROW, internal: false }];
  const diff = PortTableDiff.between({ before: TABLE, after: { ...TABLE, flows: [{ ...FLOW, rows }] } });
  expect([diff.added, diff.removed, diff.changed]).toEqual([[], [], []]);
});

test('the differences cannot be changed, and stay extensible for jsii', () => {
  const diff = between('vcluster-platform', '2025-03', '2025-04');
  expect(() => Object.assign(diff, { added: [] })).toThrow(TypeError);
  expect(() => Object.assign(diff.added[0], { key: '' })).toThrow(TypeError);
  expect(() => diff.added.push(diff.added[0])).toThrow(TypeError);
  expect([diff, diff.added[0]].every(Object.isExtensible)).toBe(true);
});

describe('fails for', () => {
  test.each<[string, unknown, string]>([
    [
      'editions of two tables',
      { before: PortTables.named('rancher'), after: PortTables.named('metrics-server') },
      'tables-differ',
    ],
    ['an edition', { before: TABLE, after: '2026-11' }, 'port-table-required'],
    ['one table', { before: TABLE }, 'port-table-required'],
    ['two arguments', TABLE, 'object-required'],
    ['nothing', undefined, 'object-required'],
    ['an unknown property', { before: TABLE, after: TABLE, from: TABLE }, 'prop-unknown'],
  ])('%s', (_what, props, code) => {
    expectRefusal(() => PortTableDiff.between(props as PortTableDiffProps), code);
  });
});

test.each([
  ['a renamed key', { ...ROW, clusterInternal: true }, 'table-key-renamed'],
  ['an unknown key', { ...ROW, remark: 'x' }, 'prop-unknown'],
])('fails for %s in a row of either table', (_what, row, code) => {
  const wrong = { ...TABLE, flows: [{ ...FLOW, rows: [row] }] };
  expectRefusal(() => PortTableDiff.between({ before: wrong, after: TABLE }), code);
  expectRefusal(() => PortTableDiff.between({ before: TABLE, after: wrong }), code);
});

test('fails for two tables in place of an object of them', () => {
  const act = (): unknown => (PortTableDiff.between as never as (...args: unknown[]) => unknown)(TABLE, TABLE);
  expectRefusal(act, 'object-required');
  expect(act).toThrow('did you mean PortTableDiff.between({ before, after })?');
});

const CNI = { id: 'cni', title: 'CNI plugin', choices: ['canal', 'cilium'], default: 'canal', section: 'CNI' };
const WINDOWS = { id: 'windows', title: 'Windows agents', default: 'false', section: 'Windows' };
const canal = { ...GOSSIP, name: 'canal-vxlan', port: Port.udp(8472), when: { cni: ['canal'] } };
const OPTIONS: PortTable = { ...TABLE, options: [CNI], flows: [{ ...FLOW, rows: [ROW, canal] }] };

test('reports conditions with the rows, wherever the condition is written', () => {
  const rows = [ROW, { ...canal, name: 'cilium-vxlan', when: { cni: ['cilium'] } }];
  const after = { ...OPTIONS, options: [CNI, WINDOWS], flows: [{ ...FLOW, when: { windows: ['true'] }, rows }] };
  const diff = PortTableDiff.between({ before: OPTIONS, after });
  expect(String(diff)).toBe(
    [
      '+ option windows (true, false; default: false)',
      '+ node>registry/cilium-vxlan 8472/udp, when windows: true, cni: cilium',
      '- node>registry/canal-vxlan 8472/udp, when cni: canal',
      '~ node>registry/pull 5000/tcp, when always to windows: true (when)',
    ].join('\n'),
  );
  expect(diff.changed[0].after.when).toEqual({ windows: ['true'] });
});

test('reports a changed default and changed choices of an option, and a removed option', () => {
  const options = [{ ...CNI, choices: ['canal', 'cilium', 'none'], default: 'cilium' }];
  const { options: lines } = PortTableDiff.between({ before: OPTIONS, after: { ...OPTIONS, options } });
  expect(lines).toEqual(['~ option cni (default: canal to cilium; choices: canal, cilium to canal, cilium, none)']);
  expect(String(PortTableDiff.between({ before: OPTIONS, after: TABLE }))).toBe(
    ['- option cni', '+ node>registry/gossip 7946/udp', '- node>registry/canal-vxlan 8472/udp, when cni: canal'].join(
      '\n',
    ),
  );
});

describe('a later edition', () => {
  const cilium = { ...canal, name: 'cilium-vxlan', when: { cni: ['cilium'] } };
  const agents = { ...canal, name: 'agents', port: Port.tcp(1), when: { windows: ['true'] } };
  const next = { ...OPTIONS, edition: '2026-12', options: [CNI, WINDOWS] };
  const later: PortTable = { ...next, flows: [{ ...FLOW, rows: [ROW, canal, cilium, agents] }] };

  test('adds only the rows that the choices open; its own options are at their defaults', () => {
    expect(editionChanges(OPTIONS, later)).toBe('opens the same');
    expect(editionChanges(OPTIONS, later, { cni: 'canal' })).toBe('opens the same');
    expect(editionChanges(OPTIONS, later, { cni: 'cilium' })).toBe('adds node>registry/cilium-vxlan 8472/udp');
  });

  test('moves no row that the choices close', () => {
    const moved = { ...next, options: [CNI], flows: [{ ...FLOW, rows: [ROW, { ...canal, port: Port.udp(4789) }] }] };
    expect(editionChanges(OPTIONS, moved)).toBe('moves node>registry/canal-vxlan from 8472/udp to 4789/udp');
    expect(editionChanges(OPTIONS, moved, { cni: 'cilium' })).toBe('opens the same');
  });

  test('removes a row that every choice closes now', () => {
    const closed = { ...next, flows: [{ ...FLOW, when: { windows: ['true'] }, rows: [ROW] }] };
    expect(editionChanges({ ...TABLE, flows: [{ ...FLOW, rows: [ROW] }] }, closed)).toBe(
      'removes node>registry/pull 5000/tcp',
    );
  });

  test('says which options and choices in use it does not have', () => {
    const without = { ...next, options: undefined, flows: [{ ...FLOW, rows: [ROW] }] };
    expect(editionChanges(OPTIONS, without, { cni: 'cilium' })).toBe('no longer has the option cni');
    const options = [{ ...CNI, choices: ['canal'], default: 'canal' }];
    const narrower = { ...next, options, flows: OPTIONS.flows };
    expect(editionChanges(OPTIONS, narrower, { cni: 'cilium' })).toBe(
      'no longer has the choice cilium of cni, and adds node>registry/canal-vxlan 8472/udp',
    );
  });
});
