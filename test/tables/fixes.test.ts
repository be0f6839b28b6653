import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddressFamily, Basis, Port, PortLevel, PortTableDiff, PortTableFile, PortTables } from 'cdktf-cluster-ports';
import { checkHostnameTable } from '../../lib/tables/hostname-laws';
import { checkPortTable } from '../../lib/tables/table-laws';
import { suggestionOf, testFixes } from '../support/fixes';

const VCLUSTER = PortTables.named('vcluster-platform', '2025-10');
const ROW = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE };
const HOSTNAME_ROW = {
  name: 'hub',
  hostname: 'docker.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.TABLE,
  section: 'Hosts',
};
const DOCUMENT = {
  id: 'registry',
  title: 'Ports of the registry',
  reference: 'https://wiki.example.com/registry',
  edition: '2026-10',
  comparedOn: '2026-11-21',
};
const YAML = `id: registry
title: Ports of the registry
reference: https://wiki.example.com/registry
edition: 2026-10
comparedOn: 2026-11-21
checkedFor: ["1.30"]
flows:
  - source: { id: node, title: nodes }
    destination: { id: registry, title: registry servers }
    rows:
      - name: pull
        port: 5000-5001/tcp
        description: Pulls
        section: Ports
        protocolBasis: table
`;
const OPTION = { id: 'cni', title: 'CNI plugin', choices: ['canal', 'cilium'], default: 'canal', section: 'CNI' };
const FLAG = { id: 'windows', title: 'Windows', default: 'false', section: 'Windows' };

function checkOptions(options: object[], when: object): () => void {
  const [source, destination] = ['node', 'registry'].map((id) => ({ id, title: id }));
  const table = { ...DOCUMENT, options, flows: [{ source, destination, rows: [{ ...ROW, when }] }] };
  return () => checkPortTable(table as never, 'place');
}
const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-fixes-'));

function checkRow(changes: object): () => void {
  const [source, destination] = ['node', 'registry'].map((id) => ({ id, title: id }));
  const table = { ...DOCUMENT, flows: [{ source, destination, rows: [{ ...ROW, ...changes }] }] };
  return () => checkPortTable(table, 'place');
}

function checkHostname(changes: object, table = {}): () => void {
  return () => checkHostnameTable({ ...DOCUMENT, hostnames: [{ ...HOSTNAME_ROW, ...changes }], ...table }, 'place');
}

function load(from: string, to: string): () => unknown {
  const text = YAML.replace(from, to);
  expect(text).toContain(to);
  const path = join(directory, 'ports.yaml');
  return () => {
    writeFileSync(path, text);
    return PortTableFile.load(path);
  };
}

const table = PortTables.named('rancher');

testFixes([
  [
    'a misspelled option in a condition',
    'table-option-unknown',
    checkOptions([OPTION], { cnii: ['canal'] }),
    '"cni"',
    checkOptions([OPTION], { cni: ['canal'] }),
  ],
  [
    'a misspelled choice in a condition',
    'table-choice-unknown',
    checkOptions([OPTION], { cni: ['canall'] }),
    '"canal"',
    checkOptions([OPTION], { cni: ['canal'] }),
  ],
  [
    'a boolean as default of a flag',
    'table-choice-unknown',
    checkOptions([{ ...FLAG, default: false }], { windows: ['true'] }),
    '"false"',
    checkOptions([FLAG], { windows: ['true'] }),
  ],

  [
    'two tables to compare',
    'object-required',
    () => (PortTableDiff.between as never as (...args: unknown[]) => unknown)(VCLUSTER, VCLUSTER),
    'PortTableDiff.between({ before, after })',
    () => PortTableDiff.between({ before: VCLUSTER, after: VCLUSTER }),
  ],
  ['a number as port', 'port-required', checkRow({ port: 5000 }), 'Port.tcp(5000)', checkRow({ port: Port.tcp(5000) })],
  [
    'a misspelled basis',
    'basis-invalid',
    checkRow({ protocolBasis: 'REQUEST_TEMPLATE' }),
    'Basis.REQUEST_TEMPLATE',
    checkRow({ protocolBasis: Basis.REQUEST_TEMPLATE }),
  ],
  [
    'a misspelled level',
    'table-level-invalid',
    checkRow({ level: 'nodeport' }),
    'PortLevel.NODE_PORT',
    checkRow({ level: PortLevel.NODE_PORT }),
  ],
  [
    'a family in capitals',
    'table-family-invalid',
    checkRow({ family: 'IPV6' }),
    'AddressFamily.IPV6',
    checkRow({ family: AddressFamily.IPV6 }),
  ],
  ['a misspelled property', 'prop-unknown', checkRow({ intern: true }), '"internal"', checkRow({ internal: true })],
  ['an old name', 'table-key-renamed', checkRow({ clusterInternal: true }), '"internal"', checkRow({ internal: true })],
  [
    'a number in ports',
    'port-required',
    checkHostname({ ports: [443] }),
    'Port.tcp(443)',
    checkHostname({ ports: [Port.tcp(443)] }),
  ],
  [
    'a misspelled basis of ports',
    'basis-invalid',
    checkHostname({ portsBasis: 'Text' }),
    'Basis.TEXT',
    checkHostname({ portsBasis: Basis.TEXT }),
  ],
  [
    'the old name of hostnames',
    'table-key-renamed',
    checkHostname({}, { hostnames: undefined, hosts: [HOSTNAME_ROW] }),
    '"hostnames"',
    checkHostname({}, { hostnames: [HOSTNAME_ROW] }),
  ],
  [
    'an edition of a later month',
    'edition-unknown',
    () => PortTables.named('kubeadm-flannel', '2026-11'),
    '"2026-03"',
    () => PortTables.named('kubeadm-flannel', '2026-03'),
  ],
  [
    'text instead of a table',
    'port-table-required',
    () => PortTableDiff.between({ before: table, after: '2026-11' as never }),
    'PortTables.named(id, edition)',
    () => PortTableDiff.between({ before: table, after: PortTables.named('rancher') }),
  ],
  [
    'no props',
    'object-required',
    () => PortTableDiff.between(undefined as never),
    '{ before, after }',
    () => PortTableDiff.between({ before: table, after: table }),
  ],
  [
    'a number as port in a file',
    'port-invalid',
    load('5000-5001/tcp', '5000'),
    '"5000/tcp"',
    load('5000-5001/tcp', '"5000/tcp"'),
  ],
  [
    'a range downwards in a file',
    'port-range-descends',
    load('5000-5001/tcp', '5001-5000/tcp'),
    '"5000-5001/tcp"',
    load('5000-5001/tcp', '"5000-5001/tcp"'),
  ],
  [
    'a checked version as number in a file',
    'table-value-invalid',
    load('["1.30"]', '[1.30]'),
    '"1.30"',
    load('["1.30"]', '["1.30"]'),
  ],
  [
    'a version as number in a file',
    'table-value-invalid',
    load('edition: 2026-10', 'edition: 1.30'),
    '"1.30"',
    load('edition: 2026-10', 'edition: "1.30"'),
  ],
  [
    'a misspelled key in a file',
    'table-key-unknown',
    load('section: Ports', 'sectoin: Ports'),
    '"section"',
    load('section:', 'section:'),
  ],
  [
    'a misspelled role in a file',
    'table-role-unknown',
    load(
      'flows:\n  - source: { id: node, title: nodes }',
      'roles: [{ id: node, title: nodes }]\nflows:\n  - source: nod',
    ),
    '"node"',
    load(
      'flows:\n  - source: { id: node, title: nodes }',
      'roles: [{ id: node, title: nodes }]\nflows:\n  - source: node',
    ),
  ],
  [
    'an old key in a file',
    'table-key-renamed',
    load('protocolBasis:', 'protocolFrom:'),
    '"protocolBasis"',
    load('protocolBasis:', 'protocolBasis:'),
  ],
  [
    'a misspelled basis in a file',
    'table-value-invalid',
    load('Basis: table', 'Basis: tabel'),
    '"table"',
    load('Basis: table', 'Basis: table'),
  ],
]);

test.each<[string, () => unknown]>([
  ['a number that is not a port', checkRow({ port: 70000 })],
  ['a number as name in a file', load('name: pull', 'name: 5000')],
])('suggests nothing for %s, because no fix would work', (_what, wrong) => {
  expect(suggestionOf(wrong)).toBeUndefined();
});

const CLOUD = { id: 'cloud', title: 'The cloud', choices: ['aws', 'gcp'], default: 'aws', section: 'Clouds' };
const REGION = { id: 'region', title: 'The region', example: 'eu-central-1' };
const regional = (hostname: string): (() => void) => checkHostname({ hostname }, { parameters: [REGION] });
const conditional = (when: object): (() => void) => checkHostname({ when }, { options: [CLOUD] });

testFixes([
  [
    'a misspelled parameter in a hostname',
    'table-parameter-unknown',
    regional('eks.{regoin}.amazonaws.com'),
    '"region"',
    regional('eks.{region}.amazonaws.com'),
  ],
  [
    'a misspelled option of a hostname',
    'table-option-unknown',
    conditional({ clod: ['aws'] }),
    '"cloud"',
    conditional({ cloud: ['aws'] }),
  ],
  [
    'a misspelled choice of a hostname',
    'table-choice-unknown',
    conditional({ cloud: ['awz'] }),
    '"aws"',
    conditional({ cloud: ['aws'] }),
  ],
]);
