import { Port } from '../../lib/net/port';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import { Basis } from '../../lib/tables/port-table';
import { checkHostnameTable } from '../../lib/tables/table-laws';
import { expectRefusal } from '../support/refusals';

const ROW = {
  name: 'registry',
  hostname: 'registry.example.com',
  ports: [Port.tcp(443)],
  portsBasis: Basis.TABLE,
  section: 'Hosts',
};
const TABLE: HostnameTable = {
  id: 'platform-hosts',
  title: 'Hosts of the platform',
  reference: 'https://wiki.example.com/hosts',
  edition: '2026-10',
  comparedOn: '2026-11-21',
  hostnames: [ROW],
};
const SUPPLEMENT = {
  ...ROW,
  name: 'time',
  hostname: 'time.example.com',
  reason: 'clocks drift',
  reference: 'https://wiki.example.com/time',
};

test('accepts a table that follows the laws', () => {
  const whole = { ...TABLE, hostnames: [{ ...ROW, remark: 'images' }], supplements: [SUPPLEMENT], discrepancies: [] };
  for (const table of [TABLE, whole]) {
    expect(() => {
      checkHostnameTable(table, 'place');
    }).not.toThrow();
  }
});

describe('fails for', () => {
  const withRow = (changes: object): object => ({ ...TABLE, hostnames: [{ ...ROW, ...changes }] });

  test.each<[string, unknown, string]>([
    ['no table', undefined, 'table-value-invalid'],
    ['a table without id', { ...TABLE, id: undefined }, 'table-name-invalid'],
    ['a table without title', { ...TABLE, title: '' }, 'text-required'],
    ['an edition that is neither a month nor a version', { ...TABLE, edition: 'v1' }, 'table-edition-invalid'],
    ['no hostnames', { ...TABLE, hostnames: [] }, 'table-list-empty'],
    ['a hostname instead of a row', { ...TABLE, hostnames: ['docker.io'] }, 'table-value-invalid'],
    ['a row without name', withRow({ name: undefined }), 'table-name-invalid'],
    ['a scheme', withRow({ hostname: 'https://docker.io' }), 'hostname-invalid'],
    ['no ports', withRow({ ports: undefined }), 'table-list-empty'],
    ['a number as port', withRow({ ports: [443] }), 'port-required'],
    ['a port twice', withRow({ ports: [Port.tcp(443), Port.tcp(443)] }), 'table-entry-repeated'],
    ['no section', withRow({ section: undefined }), 'text-required'],
    ['a number as remark', withRow({ remark: 1 }), 'text-required'],
    ['no basis', withRow({ portsBasis: undefined }), 'basis-invalid'],
    ['the old name of hostnames', { ...TABLE, hostnames: undefined, hosts: [ROW] }, 'table-key-renamed'],
    ['the old name of hostname', withRow({ hostname: undefined, host: ROW.hostname }), 'table-key-renamed'],
    ['the old name of portsBasis', withRow({ portsBasis: undefined, portsFrom: ROW.portsBasis }), 'table-key-renamed'],
    [
      'an old name in a supplement',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, portsFrom: ROW.portsBasis }] },
      'table-key-renamed',
    ],
    ['an unknown property of a table', { ...TABLE, hostname: [ROW] }, 'prop-unknown'],
    ['an unknown property of a row', withRow({ port: [Port.tcp(443)] }), 'prop-unknown'],
    ['a supplement instead of a row', { ...TABLE, hostnames: [SUPPLEMENT] }, 'prop-unknown'],
    [
      'an unknown property of a supplement',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, remarks: 'a' }] },
      'prop-unknown',
    ],
    [
      'two rows of one name',
      { ...TABLE, hostnames: [ROW, { ...ROW, hostname: 'b.example.com' }] },
      'table-entry-repeated',
    ],
    [
      'one hostname in two rows',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, hostname: ROW.hostname }] },
      'table-entry-repeated',
    ],
    ['a supplement without reason', { ...TABLE, supplements: [{ ...SUPPLEMENT, reason: '' }] }, 'text-required'],
    [
      'a supplement without reference',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, reference: 'wiki' }] },
      'table-reference-invalid',
    ],
  ])('%s', (_what, table, code) => {
    expectRefusal(() => checkHostnameTable(table as HostnameTable, 'place'), code);
  });
});
