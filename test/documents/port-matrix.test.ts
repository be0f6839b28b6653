import { matrixJson, matrixMarkdown, matrixTables } from '../../lib/documents/port-matrix';
import { csvTable } from '../../lib/text/text-table';
import { Port } from '../../lib/net/port';
import { flow, HOSTILE, hostileFlow, peer } from '../support/traced';

const flows = [
  flow(),
  flow({ port: Port.tcp(80), external: false }),
  flow({ source: peer('10.9.0.0/16', '10.9.0.0/16'), port: Port.udp(53), supplement: 'names are needed' }),
];

test('renders a grid of sources and destinations, then every port with its document', () => {
  expect(matrixMarkdown(flows)).toBe(`# Port matrix

| From / to | servers |
| --- | --- |
| office | \`443/tcp\`<br>\`80/tcp\` |
| 10.9.0.0/16 | \`53/udp\` |

| Source | Destination | Port | Purpose | Opened by | Documented | Document |
| --- | --- | --- | --- | --- | --- | --- |
| office<br>\`10.1.0.0/16\` | servers<br>\`10.2.0.0/28\` | \`443/tcp\` | The web server | the firewall team | Web | table@2024-12 |
| office<br>\`10.1.0.0/16\` | servers<br>\`10.2.0.0/28\` | \`80/tcp\` | The web server | this stack | Web | table@2024-12 |
| \`10.9.0.0/16\` | servers<br>\`10.2.0.0/28\` | \`53/udp\` | The web server | the firewall team | supplement: names are needed |  |
`);
  expect(matrixMarkdown([])).toBe('# Port matrix\n\nNo port is opened.\n');
});

test('renders a row per pair in place of the grid if there are more than 50 destinations', () => {
  const many = Array.from({ length: 51 }, (_, index) => flow({ destination: peer(`server ${index}`, '10.2.0.0/28') }));
  const [head, , first] = matrixMarkdown([...many, { ...many[0], port: Port.tcp(80) }])
    .split('\n')
    .slice(2);
  expect(head).toBe('| From | To | Ports |');
  expect(first).toBe('| office | server 0 | `443/tcp`<br>`80/tcp` |');
  expect(matrixMarkdown(many.slice(1)).split('\n')[2]).toMatch(/^\| From \/ to \| server 1 \|/);
});

test('says what fails if a port is closed that the firewall team must open', () => {
  const impact = 'cost monitoring might fail';
  const cells = matrixTables([flow({ impact }), flow({ impact, external: false }), flow()], [], {}).documented.rows.map(
    (row) => row[3],
  );
  expect(cells).toEqual([
    ['The web server', 'if closed: cost monitoring might fail'],
    ['The web server'],
    ['The web server'],
  ]);
});

test('renders CSV with the same columns', () => {
  expect(
    csvTable(matrixTables(flows, [], {}).documented)
      .split('\r\n')
      .slice(0, 2),
  ).toEqual([
    'Source,Destination,Port,Purpose,Opened by,Documented,Document',
    '"office, 10.1.0.0/16","servers, 10.2.0.0/28",443/tcp,The web server,the firewall team,Web,table@2024-12',
  ]);
});

test('renders JSON with everything that is known about a flow', () => {
  const { version, flows: json } = JSON.parse(matrixJson([flow()]));
  expect(version).toBe(1);
  expect(json).toEqual([
    {
      stack: 'stack',
      source: {
        role: 'client',
        label: 'office',
        ranges: ['10.1.0.0/16'],
        references: [],
        hostGroups: [],
        openToTheWorld: [],
      },
      destination: {
        role: 'server',
        label: 'servers',
        ranges: ['10.2.0.0/28'],
        references: [],
        hostGroups: [],
        openToTheWorld: [],
      },
      port: '443/tcp',
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'The web server',
      level: 'host',
      external: true,
      row: 'table@2024-12/client-to-server/web',
      document: { id: 'table@2024-12', title: 'Ports', edition: '2024-12', reference: 'https://example.com/ports' },
      section: 'Web',
      basis: 'table',
      construct: 'stack/web',
      rules: [],
    },
  ]);
});

test.each(HOSTILE)('keeps text such as %j as text', (text) => {
  const hostile = [hostileFlow(text)];
  const markdown = matrixMarkdown(hostile).split('\n');
  expect(markdown.filter((line) => line.startsWith('|')).length).toBe(6);
  expect(JSON.parse(matrixJson(hostile)).flows[0].description).toBe(text);
  const rows = csvTable(matrixTables(hostile, [], {}).documented).split('\r\n');
  expect(rows).toHaveLength(3);
  expect(rows[1].split(',').filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
});
