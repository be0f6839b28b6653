import { basename } from 'node:path';
import { allTables } from '../../lib/products/catalog';
import {
  Basis,
  type DocumentedFlow,
  flowKey,
  type PortRow,
  type PortTable,
  tableKey,
} from '../../lib/tables/port-table';
import { haveOneForm } from '../../lib/tables/editions';
import { checkPortTable } from '../../lib/tables/table-laws';
import { CATALOG_FILES, CATALOG_TABLES, LISTED_TABLES, MISSING_LINES } from './catalog-files';

/** Row names are public: users write them in `omit` and `ports`, so they are never renamed or removed. */
const ROW_NAMES = [
  'api-service',
  'webhook',
  'management-api',
  'cost-metrics',
  'api-server',
  'flannel-udp',
  'flannel-vxlan',
  'kubelet',
  'etcd',
  'management-console',
  'api-portal',
  'api-gateway',
  'mongodb',
  'elasticsearch',
  'virtual-ip',
  'routing',
  'health-check',
  'kube-proxy-health',
  'metrics-api',
  'rancher-http',
  'rancher-https',
  'registered-api',
  'legacy-metrics',
  'coredns-tcp',
  'coredns-udp',
  'in-cluster-api',
  'controller-manager',
  'scheduler',
  'api-gateway-alternative',
  'elasticsearch-transport',
];

const INTERNAL = [
  'etcd',
  'kubelet',
  'flannel-udp',
  'flannel-vxlan',
  'mongodb',
  'elasticsearch',
  'cost-metrics',
  'api-service',
  'webhook',
  'management-api',
  'virtual-ip',
  'routing',
  'health-check',
  'kube-proxy-health',
  'metrics-api',
  'registered-api',
  'legacy-metrics',
  'coredns-tcp',
  'coredns-udp',
  'in-cluster-api',
  'controller-manager',
  'scheduler',
  'elasticsearch-transport',
];

/** Files whose newest text could be read only in copies without a commit; their tables say so in a discrepancy. */
const MOVING_REFERENCES = new Set([
  'https://github.com/openshift/openshift-docs/blob/main/modules/installation-network-user-infra.adoc',
]);

function flowsOf(table: PortTable): DocumentedFlow[] {
  return [...table.flows, ...(table.supplements ?? [])];
}

function portOfRow({ name, port }: PortRow): Record<'name' | 'port', string> {
  return { name, port: port.toString() };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const LISTED_ROWS = LISTED_TABLES.flatMap((table) =>
  flowsOf(table).flatMap((flow) => flow.rows.map((row) => ({ key: `${table.id}: ${flowKey(flow, row)}`, row }))),
);

test.each(CATALOG_FILES)('$file exports one table and is named after it', ({ file, exported }) => {
  expect(exported.map(({ id, edition }) => `${id}@${edition}.ts`)).toEqual([basename(file)]);
});

test('the catalog lists the table of every file once', () => {
  expect(allTables().map(tableKey).sort()).toEqual(CATALOG_TABLES.map(tableKey).sort());
});

describe.each(CATALOG_TABLES)('table $id of $edition', (table) => {
  test('keeps the laws for tables of users', () => {
    expect(() => checkPortTable(table, 'catalog')).not.toThrow();
  });

  test('has an HTTPS reference, and so does every supplement', () => {
    const references = [table.reference, ...(table.supplements ?? []).map(({ reference }) => reference)];
    expect(references.filter((reference) => !/^https:\/\/\S+$/.test(reference))).toEqual([]);
  });

  test('links to files on GitHub at one commit, because a branch or a tag can move', () => {
    const files = textsOf(table).filter((text) => /^https:\/\/github\.com\/[^/]+\/[^/]+\/(blob|tree|raw)\//.test(text));
    const moving = files.filter((file) => !/\/(blob|tree|raw)\/[0-9a-f]{40}\//.test(file));
    expect(moving.filter((file) => !MOVING_REFERENCES.has(file))).toEqual([]);
  });

  test('is checked for versions with numbers only, as the document names them, and not for all of a line', () => {
    expect((table.checkedFor ?? []).filter((checked) => !/^[a-z\d-]+ \d+(\.\d+)*$/.test(checked))).toEqual([]);
  });

  test('names each row once in a flow', () => {
    const names = flowsOf(table).map((flow) => flow.rows.map(({ name }) => name));
    expect(names).toEqual(names.map((ofFlow) => [...new Set(ofFlow)]));
  });

  test('gives rows of one name the same port, in supplements too, because `ports` moves them together', () => {
    const rows = flowsOf(table).flatMap((flow) => flow.rows.map(portOfRow));
    expect(rows).toEqual(rows.map(({ name }) => rows.find((first) => first.name === name)));
  });

  test('marks the protocol of every supplement as inferred, because the document does not give it', () => {
    const rows = (table.supplements ?? []).flatMap((supplement) => supplement.rows);
    expect(rows.filter(({ protocolBasis }) => protocolBasis !== Basis.INFERRED)).toEqual([]);
  });

  test('is written in ASCII', () => {
    expect(textsOf(table).filter((text) => /[^ -~]/.test(text))).toEqual([]);
  });

  test('names only its own rows in discrepancies', () => {
    const known = flowsOf(table).flatMap((flow) => flow.rows.flatMap((row) => [row.name, flowKey(flow, row)]));
    const named = (table.discrepancies ?? []).flatMap(({ rows = [] }) => rows);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('tables of one document have the same edition, checked versions and comparison day', () => {
  const documents = CATALOG_TABLES.map(({ reference, edition, checkedFor, comparedOn }) => ({
    reference,
    edition,
    checkedFor,
    comparedOn,
  }));
  expect(documents).toEqual(documents.map(({ reference }) => documents.find((first) => first.reference === reference)));
});

test('all editions of a table have the same form, because otherwise they have no order', () => {
  const first = (id: string): string => CATALOG_TABLES.find((table) => table.id === id)!.edition;
  expect(CATALOG_TABLES.filter(({ id, edition }) => !haveOneForm(edition, first(id))).map(tableKey)).toEqual([]);
});

test('the lines of every document are typed: see "Add a product" in CONTRIBUTING.md, step 2', () => {
  expect(MISSING_LINES).toEqual([]);
});

test('row names match the frozen list', () => {
  expect([...new Set(LISTED_ROWS.map(({ row }) => row.name))].sort()).toEqual([...ROW_NAMES].sort());
});

test('exactly the rows of the list are marked as internal, so that they cannot be open to the world', () => {
  const marked = LISTED_ROWS.filter(({ row }) => row.internal).map(({ key }) => key);
  expect(marked).toEqual(LISTED_ROWS.filter(({ row }) => INTERNAL.includes(row.name)).map(({ key }) => key));
});
