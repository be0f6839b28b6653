import { AddressFamily, Basis, PortLevel, PortTables } from 'cdktf-cluster-ports';
import { portsDocument } from '../../scripts/ports-document/ports-document';

const sectionOf = (key: string, document: string): string[] => {
  const lines = document.split('\n');
  const from = lines.indexOf(`## ${key}`);
  const to = lines.findIndex((line, index) => index > from && line.startsWith('## '));
  return lines.slice(from, to === -1 ? undefined : to);
};

test('lists below a later edition what has changed since the edition before', () => {
  const document = portsDocument(PortTables.all(), []);
  expect(sectionOf('vcluster-platform@2025-03', document).join('\n')).not.toContain('Since');
  expect(sectionOf('vcluster-platform@2025-10', document).slice(4, 9)).toEqual([
    'Since 2025-04 (`+` added, `-` removed, `~` changed):',
    '',
    '```diff',
    '+ vcluster>platform/in-cluster-api 10443/tcp',
    '```',
  ]);
  expect(sectionOf('prometheus-cost-metrics@2025-10', document)).toContain('No row has changed since 2025-04.');
});

test('says that Lens has no document of its ports', () => {
  expect(portsDocument(PortTables.all(), [])).toContain(
    '- Lens: no table covers it, because it has no document of its ports; it is a client of the API server.',
  );
});

test('lists the options of a table, and the condition of each row', () => {
  const [flow] = PortTables.named('rancher').flows;
  const [row] = flow.rows;
  const rows = [row, { ...row, name: 'canal-vxlan', when: { cni: ['canal', 'flannel'] } }];
  const options = [
    { id: 'cni', title: 'CNI plugin', choices: ['canal', 'flannel'], default: 'canal', section: 'CNI' },
    {
      id: 'windows',
      title: 'Windows agents',
      default: 'false',
      section: 'Windows',
      reference: 'https://example.com/w',
    },
  ];
  const flows = [{ ...flow, when: { windows: ['true'] }, rows }];
  const lines = portsDocument([{ ...PortTables.named('rancher'), options, flows }], []).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '| `cni` | canal, flannel | `canal` | CNI plugin | CNI |',
      '| `windows` | true, false | `false` | Windows agents | Windows; the default is from `https://example.com/w` |',
    ]),
  );
  const conditions = lines
    .filter((line) => /`(rancher-http|canal-vxlan)`/.test(line))
    .map((line) => line.split(' | ').at(-1));
  const leveled = [
    { ...flow, rows: [{ ...row, level: PortLevel.POD, directionBasis: Basis.FLAGS, family: AddressFamily.IPV6 }] },
  ];
  expect(portsDocument([{ ...PortTables.named('rancher'), flows: leveled }], [])).toContain(
    'with a reason | the list of flags | pod | IPv6 |',
  );
  expect(conditions.slice(0, 2)).toEqual(['windows: true |', 'windows: true, cni: canal or flannel |']);
});
