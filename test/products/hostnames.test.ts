import { basename } from 'node:path';
import { allHostnameTables } from '../../lib/products/catalog';
import { Basis, tableKey } from '../../lib/tables/port-table';
import { checkHostnameTable } from '../../lib/tables/hostname-laws';
import { HOSTNAME_FILES } from './catalog-files';
import { DOCUMENTED_VERSIONS } from './documented-ports';

/** The lines under "Addresses to Access for Installations", typed from the document. */
const DOCUMENTED_HOSTNAMES = [
  'archive.ubuntu.com / cdn.redhat.com',
  '*.docker.com',
  '*.docker.io',
  '*.k8s.io',
  '*.amazonaws.com (for the reason of this access, please refer to documentation of Kubernetes)',
  '*.mongodb.org',
  'artifacts.elastic.co',
];

/** The hostnames that the document leaves out, with their ports. Row names are public and never change. */
const SUPPLEMENTS = [
  'ubuntu-security security.ubuntu.com 443/tcp 80/tcp',
  'ubuntu-mirrors *.archive.ubuntu.com 443/tcp 80/tcp',
  'mongodb-com *.mongodb.com 443/tcp',
  'flannel-manifest github.com 443/tcp',
  'flannel-images ghcr.io 443/tcp',
  'github-content *.githubusercontent.com 443/tcp',
  'kubernetes-images *.pkg.dev 443/tcp',
  'docker-images *.r2.cloudflarestorage.com 443/tcp',
];

const [table] = allHostnameTables();
const shown = ({ name, hostname, ports }: (typeof table.hostnames)[number]): string =>
  [name, hostname, ...ports].join(' ');

test.each(HOSTNAME_FILES)('$file exports one table and is named after it', ({ file, exported }) => {
  expect(exported.map(({ id, edition }) => `${id}@${edition}.ts`)).toEqual([basename(file)]);
});

test('the catalog lists the table of every file once, and each keeps the laws for tables of users', () => {
  expect(allHostnameTables()).toEqual(HOSTNAME_FILES.flatMap(({ exported }) => exported));
  for (const listed of allHostnameTables()) checkHostnameTable(listed, tableKey(listed));
});

test('every hostname of the document has a row, in the same order', () => {
  const lines = table.hostnames.map(({ hostname, remark }) =>
    remark === undefined ? hostname : `${hostname} (${remark})`,
  );
  expect(lines).toEqual(DOCUMENTED_HOSTNAMES.flatMap((line) => line.split(' / ')));
  expect(new Set(table.hostnames.map(({ section }) => section))).toEqual(
    new Set(['Addresses to Access for Installations']),
  );
});

test('every hostname has 443/tcp, and the package archives of Ubuntu also have 80/tcp', () => {
  expect(table.hostnames.map(shown)).toEqual([
    'ubuntu-packages archive.ubuntu.com 443/tcp 80/tcp',
    'red-hat-packages cdn.redhat.com 443/tcp',
    'docker-com *.docker.com 443/tcp',
    'docker-io *.docker.io 443/tcp',
    'k8s-io *.k8s.io 443/tcp',
    'amazonaws-com *.amazonaws.com 443/tcp',
    'mongodb-org *.mongodb.org 443/tcp',
    'elastic-artifacts artifacts.elastic.co 443/tcp',
  ]);
  expect(new Set(table.hostnames.map(({ portsBasis }) => portsBasis))).toEqual(new Set([Basis.INFERRED]));
});

test('the supplements match this list', () => {
  expect(table.supplements?.map(shown)).toEqual(SUPPLEMENTS);
});

test('the table has the checked versions of its document', () => {
  expect(table.checkedFor).toEqual(DOCUMENTED_VERSIONS.apinizer);
});

test('the table is written in ASCII and names only its own rows in discrepancies', () => {
  expect(JSON.stringify(table)).toMatch(/^[ -~]*$/);
  const known = table.hostnames.map(({ name }) => name);
  const named = (table.discrepancies ?? []).flatMap(({ rows = [] }) => rows);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

test('the edition of 2026-03 has the lines of its document, in the same order', () => {
  const later = allHostnameTables().find(({ edition }) => edition === '2026-03')!;
  expect(later.hostnames.map(shown)).toEqual([
    'ubuntu-packages archive.ubuntu.com 443/tcp 80/tcp',
    'ubuntu-security security.ubuntu.com 443/tcp 80/tcp',
    'red-hat-packages cdn.redhat.com 443/tcp',
    'docker-com *.docker.com 443/tcp',
    'docker-io *.docker.io 443/tcp',
    'k8s-io *.k8s.io 443/tcp',
    'amazonaws-com *.amazonaws.com 443/tcp',
    'mongodb-org *.mongodb.org 443/tcp',
    'mongodb-com *.mongodb.com 443/tcp',
    'elastic-artifacts artifacts.elastic.co 443/tcp',
  ]);
  const named = later.hostnames.map(({ name }) => name);
  expect(later.supplements?.map(shown)).toEqual(SUPPLEMENTS.filter((line) => !named.includes(line.split(' ')[0])));
  expect(later.checkedFor).toEqual(['kubernetes 1.31.0', 'flannel 0.27.4']);
  expect(new Set(later.hostnames.map(({ section }) => section))).toEqual(
    new Set(['Addresses to Access for Installation']),
  );
  expect(later.reference).toMatch(/^https:\/\/github\.com\/apinizer\/docs\/blob\/[0-9a-f]{40}\//);
});
