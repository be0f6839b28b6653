import { Basis } from '../../lib/model/basis';
import { checkHostnameTable } from '../../lib/model/host-laws';
import type { HostnameTable } from '../../lib/model/host-table';
import { Port } from '../../lib/model/port';
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

test('a table that keeps the laws is taken', () => {
  const whole = { ...TABLE, hostnames: [{ ...ROW, remark: 'images' }], supplements: [SUPPLEMENT], discrepancies: [] };
  for (const table of [TABLE, whole]) {
    expect(() => {
      checkHostnameTable(table, 'place');
    }).not.toThrow();
  }
});

describe('fails for', () => {
  const at = ', table platform-hosts';
  const row = `${at}, row registry`;
  const known = 'the properties of a row must be known';
  const withRow = (changes: object): object => ({ ...TABLE, hostnames: [{ ...ROW, ...changes }] });
  const name = 'must be lower-case letters, digits and hyphens, at most 40, beginning with a letter';

  test.each<[string, unknown, string]>([
    ['no table', undefined, ': table must be a hostname table, got nothing'],
    ['a table without id', { ...TABLE, id: undefined }, `: table.id ${name}, got nothing`],
    ['a table without title', { ...TABLE, title: '' }, `${at}: title must be text, got ""`],
    [
      'an edition that is none',
      { ...TABLE, edition: '1' },
      `${at}: edition must be the year and month of the document, as "2024-12", got "1"`,
    ],
    ['no hosts', { ...TABLE, hostnames: [] }, `${at}: hostnames must have at least one entry, got []`],
    ['a host alone', { ...TABLE, hostnames: ['docker.io'] }, `${at}: a row must be an object, got "docker.io"`],
    ['a row without name', withRow({ name: undefined }), `${at}: the name of a row ${name}, got nothing`],
    [
      'a scheme',
      withRow({ hostname: 'https://docker.io' }),
      `${row}: hostname must be a name without a scheme, got "https://docker.io"; did you mean "docker.io"?`,
    ],
    ['no ports', withRow({ ports: undefined }), `${row}: ports must have at least one entry, got nothing`],
    [
      'a number as port',
      withRow({ ports: [443] }),
      `${row}: ports must be of Port, got 443; did you mean Port.tcp(443)?`,
    ],
    [
      'a port twice',
      withRow({ ports: [Port.tcp(443), Port.tcp(443)] }),
      `${row}: port 443/tcp must stand there once, got it twice`,
    ],
    ['no section', withRow({ section: undefined }), `${row}: section must be text, got nothing`],
    ['a remark that is no text', withRow({ remark: 1 }), `${row}: remark must be text, got 1`],
    [
      'no basis',
      withRow({ portsBasis: undefined }),
      `${row}: portsBasis must say on what the ports rest, got nothing; did you mean Basis.TABLE?`,
    ],
    [
      'the old name of hostnames',
      { ...TABLE, hostnames: undefined, hosts: [ROW] },
      `${at}: the properties of a table must be known, got "hosts"; did you mean "hostnames"?`,
    ],
    [
      'the old name of hostname',
      withRow({ hostname: undefined, host: ROW.hostname }),
      `${row}: ${known}, got "host"; did you mean "hostname"?`,
    ],
    [
      'the old name of portsBasis',
      withRow({ portsBasis: undefined, portsFrom: ROW.portsBasis }),
      `${row}: ${known}, got "portsFrom"; did you mean "portsBasis"?`,
    ],
    [
      'an old name in a supplement',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, portsFrom: ROW.portsBasis }] },
      `${at}, row time: ${known}, got "portsFrom"; did you mean "portsBasis"?`,
    ],
    [
      'two rows of one name',
      { ...TABLE, hostnames: [ROW, { ...ROW, hostname: 'b.example.com' }] },
      `${at}: row registry must have a name of its own, got it twice`,
    ],
    [
      'one host in two rows',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, hostname: ROW.hostname }] },
      `${at}: hostname registry.example.com must stand in one row, got it twice`,
    ],
    [
      'a supplement without reason',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, reason: '' }] },
      `${at}: the reason of a supplement must be text, got ""`,
    ],
    [
      'a supplement without reference',
      { ...TABLE, supplements: [{ ...SUPPLEMENT, reference: 'wiki' }] },
      `${at}: reference must be the address of the document, got "wiki"`,
    ],
  ])('%s', (_what, table, sentence) => {
    expectRefusal(() => checkHostnameTable(table as HostnameTable, 'place'), `place${sentence}`);
  });
});
