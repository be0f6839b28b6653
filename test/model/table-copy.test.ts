import { Basis } from '../../lib/model/basis';
import { Port } from '../../lib/model/port';
import type { PortRow, PortTable, Role } from '../../lib/model/port-table';
import { frozen, frozenCopy, tableAgreement } from '../../lib/model/table-copy';

const ROW = { name: 'pull', port: Port.tcp(5000), description: 'Pulls', section: 'Ports', protocolBasis: Basis.TABLE };
const ROLES = { source: { id: 'node', title: 'nodes' }, destination: { id: 'registry', title: 'registry servers' } };
const SUPPLEMENT = { ...ROLES, reason: 'replicas', reference: 'https://wiki.example.com/more', rows: [ROW] };

/** The same with lists that can be changed. */
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

test('a copy keeps what the table said', () => {
  const table = newTable();
  const copy = frozenCopy(table);
  Object.assign(table, { title: 'another' });
  Object.assign(table.flows[0].source, { id: 'another' });
  Object.assign(table.flows[0].rows[0], { port: Port.tcp(1) });
  table.checkedFor.push('registry 3');
  table.discrepancies[0].rows.push('push');
  table.flows[0].rows.push(ROW);
  expect(JSON.stringify(copy)).toBe(JSON.stringify(newTable()));
});

test('a copy keeps nothing as nothing, for the laws of tables to refuse', () => {
  const table = { ...newTable(), supplements: null as never };
  expect(frozenCopy(table).supplements).toBeNull();
});

test('a copy cannot be changed, whatever is in it', () => {
  const copy = frozenCopy(newTable());
  const [flow] = copy.flows;
  const [supplement] = copy.supplements!;
  const [discrepancy] = copy.discrepancies;
  for (const part of [
    ...[copy, copy.flows, flow, flow.source, flow.destination, flow.rows, flow.rows[0], copy.checkedFor],
    ...[copy.supplements, supplement, supplement.rows, copy.discrepancies, discrepancy, discrepancy.rows],
  ]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test('a copy reads everything once, so that a getter cannot say something else later', () => {
  let asked = 0;
  const table = newTable();
  Object.defineProperty(table.flows[0].rows[0], 'description', {
    enumerable: true,
    get: () => `Pulls, asked ${(asked += 1)} times`,
  });
  const copy = frozenCopy(table);
  expect([copy.flows[0].rows[0].description, copy.flows[0].rows[0].description]).toEqual([
    'Pulls, asked 1 times',
    'Pulls, asked 1 times',
  ]);
});

test('a value is frozen in place with everything in it', () => {
  const value = { list: [{ name: 'a' }], nothing: null, missing: undefined, text: 'a', number: 1 };
  expect(frozen(value)).toBe(value);
  for (const part of [value, value.list, value.list[0]]) expect(Object.isFrozen(part)).toBe(true);
});

test('tables of one content agree, and of another content or order do not', () => {
  const { thing, fact, need } = tableAgreement(newTable());
  expect(thing).toBe('table|registry@2026-10');
  expect(need).toBe('the tables of one id and edition (registry@2026-10) must be the same');
  expect(fact).toMatch(/^a table whose content is [0-9a-f]{8}$/);
  expect(tableAgreement(frozenCopy(newTable())).fact).toBe(fact);
  expect(tableAgreement({ ...newTable(), title: 'another' }).fact).not.toBe(fact);
});
