import { Port } from '../../lib/net/port';
import type { HostnameTable } from '../../lib/tables/hostname-table';
import { Basis } from '../../lib/tables/port-table';
import { checkHostnameTable } from '../../lib/tables/hostname-laws';
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

const CLOUD = { id: 'cloud', title: 'The cloud', choices: ['aws', 'gcp'], default: 'aws', section: 'Clouds' };
const REGION = { id: 'region', title: 'The region', example: 'eu-central-1' };
/** A table with an option and a parameter. */
const CHOSEN = {
  ...TABLE,
  options: [CLOUD],
  parameters: [REGION],
  hostnames: [ROW, { ...ROW, name: 'eks', hostname: 'eks.{region}.amazonaws.com', when: { cloud: ['aws'] } }],
};

test('accepts a table that follows the laws', () => {
  const row = { ...ROW, remark: 'images' };
  const whole = { ...CHOSEN, hostnames: [row, CHOSEN.hostnames[1]], supplements: [SUPPLEMENT], discrepancies: [] };
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
    ['an option without title', { ...CHOSEN, options: [{ ...CLOUD, title: '' }] }, 'text-required'],
    [
      'a default that is not a choice',
      { ...CHOSEN, options: [{ ...CLOUD, default: 'azure' }] },
      'table-choice-unknown',
    ],
    ['a condition with an unknown option', withRow({ when: { cloud: ['aws'] } }), 'table-option-unknown'],
    ['an option that no hostname names', { ...TABLE, options: [CLOUD] }, 'table-option-unused'],
    ['text as parameters', { ...CHOSEN, parameters: 'region' }, 'table-list-invalid'],
    ['text as a parameter', { ...CHOSEN, parameters: ['region'] }, 'table-value-invalid'],
    ['a parameter with a space in its id', { ...CHOSEN, parameters: [{ ...REGION, id: 'a b' }] }, 'table-name-invalid'],
    ['a parameter without title', { ...CHOSEN, parameters: [{ ...REGION, title: '' }] }, 'text-required'],
    ['an unknown property of a parameter', { ...CHOSEN, parameters: [{ ...REGION, default: 'a' }] }, 'prop-unknown'],
    ['a parameter with an empty example', { ...CHOSEN, parameters: [{ ...REGION, example: '' }] }, 'parameter-invalid'],
    ['two parameters of one id', { ...CHOSEN, parameters: [REGION, REGION] }, 'table-entry-repeated'],
    [
      'a hostname with an unknown parameter',
      withRow({ hostname: 'eks.{region}.amazonaws.com' }),
      'table-parameter-unknown',
    ],
    ['a parameter that no hostname has', { ...TABLE, parameters: [REGION] }, 'table-parameter-unused'],
    ['braces that are not closed', withRow({ hostname: 'eks.{region.amazonaws.com' }), 'hostname-invalid'],
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
