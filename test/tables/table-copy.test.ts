import { Port } from '../../lib/net/port';
import { tableAgreement } from '../../lib/opening/commit';
import { Basis, type PortRow, type PortTable, type Role } from '../../lib/tables/port-table';
import { readOnlyTable } from '../../lib/tables/table-copy';

const ROW = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE };
const ROLES = { source: { id: 'node', title: 'nodes' }, destination: { id: 'registry', title: 'registry servers' } };
const SUPPLEMENT = { ...ROLES, reason: 'replicas', reference: 'https://wiki.example.com/more', rows: [ROW] };

/** A table whose lists can be changed. */
interface OpenTable extends PortTable {
  readonly checkedFor: string[];
  readonly flows: { source: Role; destination: Role; rows: PortRow[] }[];
  readonly discrepancies: { finding: string; decision: string; rows: string[] }[];
}

function newTable(): OpenTable {
  return {
    id: 'registry',
    title: 'Ports of the registry',
    reference: 'https://wiki.example.com/registry',
    edition: '2026-10',
    comparedOn: '2026-11-21',
    checkedFor: ['registry 2'],
    flows: [{ source: { ...ROLES.source }, destination: { ...ROLES.destination }, rows: [{ ...ROW }] }],
    supplements: [SUPPLEMENT],
    discrepancies: [{ finding: 'a finding', decision: 'a decision', rows: ['pull'] }],
  };
}

test('a copy does not follow later changes of the table', () => {
  const table = newTable();
  const copy = readOnlyTable(table);
  Object.assign(table, { title: 'another' });
  Object.assign(table.flows[0].source, { id: 'another' });
  Object.assign(table.flows[0].rows[0], { port: Port.tcp(1) });
  table.checkedFor.push('registry 3');
  table.discrepancies[0].rows.push('push');
  table.flows[0].rows.push(ROW);
  expect(JSON.stringify(copy)).toBe(JSON.stringify(newTable()));
});

test('a copy keeps null, which the checks of tables reject', () => {
  const table = { ...newTable(), supplements: null as never };
  expect(readOnlyTable(table).supplements).toBeNull();
});

test('no part of a copy can be changed', () => {
  const copy = readOnlyTable(newTable());
  const [flow] = copy.flows;
  const [supplement] = copy.supplements!;
  const [discrepancy] = copy.discrepancies;
  const parts: unknown[] = [
    ...[copy, copy.flows, flow, flow.source, flow.destination, flow.rows, flow.rows[0], copy.checkedFor],
    ...[copy.supplements, supplement, supplement.rows, copy.discrepancies, discrepancy, discrepancy.rows],
  ];
  for (const part of parts as object[]) {
    for (const key of Object.keys(part)) expect(() => Object.assign(part, { [key]: 'changed' })).toThrow(TypeError);
    if (Array.isArray(part)) expect(() => part.push(part[0])).toThrow(TypeError);
    else expect(Object.isExtensible(part)).toBe(true); // jsii marks objects
  }
});

test('a copy reads everything once, so that a getter cannot return something else later', () => {
  let reads = 0;
  const table = newTable();
  Object.defineProperty(table.flows[0].rows[0], 'description', {
    enumerable: true,
    get: () => `Pulls, read ${(reads += 1)} times`,
  });
  const copy = readOnlyTable(table);
  expect([copy.flows[0].rows[0].description, copy.flows[0].rows[0].description]).toEqual([
    'Pulls, read 1 times',
    'Pulls, read 1 times',
  ]);
});

test('tables of the same content agree, and tables of different content do not', () => {
  const { subject, fact, need } = tableAgreement(newTable());
  expect(subject).toBe('table|registry@2026-10');
  expect(need).toBe('the tables of one id and edition (registry@2026-10) must be the same');
  expect(fact).toMatch(/^a table whose content is [0-9a-f]{8}$/);
  expect(tableAgreement(readOnlyTable(newTable())).fact).toBe(fact);
  expect(tableAgreement({ ...newTable(), title: 'another' }).fact).not.toBe(fact);
});
