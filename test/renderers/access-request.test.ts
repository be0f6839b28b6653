import { APINIZER_DATA_STORES } from '../../lib/catalog/apinizer-data-stores@2024-12';
import { CONTROL_PLANE_VIP } from '../../lib/catalog/control-plane-vip@2024-12';
import { CONTROL_PLANE_VIP_2026_03 } from '../../lib/catalog/control-plane-vip@2026-03';
import { KUBEADM_FLANNEL } from '../../lib/catalog/kubeadm-flannel@2024-12';
import { Port } from '../../lib/model/port';
import { blank, documentFlows } from '../../lib/renderers/document-flows';
import { missingAddresses, requestedFlows } from '../../lib/renderers/request-blocks';
import { requestedHostnames } from '../../lib/renderers/request-hosts';
import { requestMarkdown, requestTable } from '../../lib/renderers/request-table';
import { requestText } from '../../lib/renderers/request-text';
import { routingRequests } from '../../lib/renderers/routing-requests';
import { spreadsheet } from '../../lib/renderers/spreadsheet';
import { csvTable } from '../../lib/renderers/text-table';
import { flow, host, HOSTILE, hostileFlow, hostileHost, peer } from '../support/traced';
import { unzipped } from '../support/unzipped';

const CONTROL_PLANE = '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>';
const WORKER = '<KUBERNETES_WORKER_IP_ADDRESSES>';
const BLANKS = {
  'control-plane': blank(CONTROL_PLANE),
  worker: blank(WORKER),
  mongodb: blank('<MONGODB_IP_ADDRESSES>'),
  elasticsearch: blank('<ELASTICSEARCH_IP_ADDRESSES>'),
};

/** The request template of the document: its blocks, each with its ports. */
const TEMPLATE = [
  ['SOURCE:', WORKER, 'DESTINATION:', CONTROL_PLANE, '6443/tcp', '8285/udp', '8472/udp'],
  ['SOURCE:', WORKER, 'DESTINATION:', '<MONGODB_IP_ADDRESSES>', '25080/tcp'],
  ['SOURCE:', WORKER, 'DESTINATION:', '<ELASTICSEARCH_IP_ADDRESSES>', '9200/tcp'],
  ['SOURCE:', CONTROL_PLANE, 'DESTINATION:', WORKER, '10250/tcp', '8285/udp', '8472/udp'],
  ['SOURCE:', CONTROL_PLANE, 'DESTINATION:', CONTROL_PLANE, '6443/tcp', '2379:2380/tcp', '8472/udp', '8285/udp'],
];

/** The blocks of a request without their remarks. */
function blocksOf(text: string): string[][] {
  return text.split('---\n').map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('# ')));
}

test('the catalog with placeholders is the request template, but for the one row that the template leaves out', () => {
  const flows = [KUBEADM_FLANNEL, APINIZER_DATA_STORES].flatMap((table) => documentFlows(table, BLANKS));
  const leftOut = KUBEADM_FLANNEL.discrepancies!.find(({ finding }) =>
    finding.includes('not in the request template'),
  )!;
  expect(leftOut.rows).toEqual(['control-plane>control-plane/kubelet']);
  const isLeftOut = ({ sourceRole, destinationRole, row }: (typeof flows)[number]): boolean =>
    leftOut.rows!.includes(`${sourceRole.id}>${destinationRole.id}/${row}`);

  const asTemplate = blocksOf(requestText(flows.filter((each) => !isLeftOut(each))));
  expect(asTemplate.sort()).toEqual([...TEMPLATE].sort());
  const whole = blocksOf(requestText(flows)).find(([, source, , destination]) => source === destination);
  expect(whole).toEqual([
    ...['SOURCE:', CONTROL_PLANE, 'DESTINATION:', CONTROL_PLANE],
    ...['6443/tcp', '2379:2380/tcp', '10250/tcp', '8472/udp', '8285/udp'],
  ]);
});

/** What the form for high availability says of who may reach the address, typed from the page of each edition. */
const ONLY_THE_CLUSTER =
  'SOURCE (Only Kubernetes Cluster access to this address is required, there will be no external access):';

test.each([
  { edition: '2024-12', table: CONTROL_PLANE_VIP, source: ONLY_THE_CLUSTER },
  { edition: '2026-03', table: CONTROL_PLANE_VIP_2026_03, source: 'SOURCE:' },
])('the routing of a virtual address has the lines of the form of $edition', ({ table, source }) => {
  const flows = documentFlows(table, { ...BLANKS, 'virtual-ip': blank('<VIRTUAL_IP>') });
  const { others, routing } = routingRequests(flows, flows);
  expect(others.map(({ row }) => row)).toEqual(['routing']); // of the load balancer, which the form does not name
  const text = requestText([], routing);
  expect(text.split('\n').filter((line) => !line.startsWith('# '))).toEqual([
    source,
    CONTROL_PLANE,
    WORKER,
    'DESTINATION:',
    '<VIRTUAL_IP>',
    '6443/tcp',
    '---',
    'ROUTING:',
    CONTROL_PLANE,
    'tcp/6443',
    '',
  ]);
});

test('a request has names and ranges, why each port is needed, and where that is written', () => {
  const flows = [
    flow(),
    flow({ row: 'web-2', port: Port.tcpRange(8080, 8081), description: 'Another. With details.', environment: 'test' }),
    flow({ port: Port.udp(53), destination: peer('10.3.0.7/32', '10.3.0.7/32'), supplement: 'names are needed' }),
    flow({ external: false, source: { ...peer('any IPv4 address', '0.0.0.0/0'), openToTheWorld: ['ipv4: public'] } }),
  ];
  expect(requestText(flows)).toBe(`# To be opened by you
# 443/tcp: The web server; "Web"
# 8080:8081/tcp: Another (test); "Web"
# Document: Ports, edition 2024-12, https://example.com/ports
SOURCE:
office
10.1.0.0/16
DESTINATION:
servers
10.2.0.0/28
443/tcp
8080:8081/tcp
---
# To be opened by you
# 53/udp: The web server; not in the document: names are needed
# Document: Ports, edition 2024-12, https://example.com/ports
SOURCE:
office
10.1.0.0/16
DESTINATION:
10.3.0.7/32
53/udp
---
# Already opened by us, for your information
# Open to the world, ipv4: public
# 443/tcp: The web server; "Web"
# Document: Ports, edition 2024-12, https://example.com/ports
SOURCE:
any IPv4 address
0.0.0.0/0
DESTINATION:
servers
10.2.0.0/28
443/tcp
`);
});

test('only what others must open is asked for, unless all is wanted', () => {
  const flows = [flow(), flow({ external: false })];
  expect(requestedFlows(flows, 'external')).toEqual([flows[0]]);
  expect(requestedFlows(flows, 'all')).toEqual(flows);
  expect(requestText([])).toBe('# Nothing is asked for.\n');
  expect(requestMarkdown([])).toBe('# Access request\n\nNothing is asked for.\n');
});

test('machines that only a cloud can name are named as what is missing', () => {
  const source = { ...peer('network tag worker'), hostGroups: [{ cloud: 'gcp', label: 'network tag worker' }] };
  const flows = [flow({ source: { ...source, references: ['aws_vpc.vpc.cidr_block'] } })];
  expect(missingAddresses(flows)).toEqual(['network tag worker']);
  expect(requestText(flows)).toContain(
    'SOURCE:\nnetwork tag worker\n<aws_vpc.vpc.cidr_block>\n<addresses of network tag worker>\nDESTINATION:',
  );
});

test('the table has one row per source, destination and port', () => {
  const csv = csvTable(
    requestTable([flow({ purpose: 'Browsing' }), flow({ port: Port.udp(443), supplement: 'QUIC' })]),
  );
  expect(csv.split('\r\n')).toEqual([
    'Opened by,Source,Source addresses,Destination,Destination addresses,Port,Protocol,Description,Purpose,Environment,Documented,Document,Section,Edition,Reference,Stack,Asked by',
    'to be opened by you,office,10.1.0.0/16,servers,10.2.0.0/28,443,tcp,The web server,Browsing,,documented,table@2024-12,Web,2024-12,https://example.com/ports,stack,stack/web',
    'to be opened by you,office,10.1.0.0/16,servers,10.2.0.0/28,443,udp,The web server,,,supplement: QUIC,table@2024-12,Web,2024-12,https://example.com/ports,stack,stack/web',
    '',
  ]);
});

test('the Markdown is a table, and the documents below it', () => {
  expect(requestMarkdown([flow()])).toBe(`# Access request

| Opened by | Source | Destination | Port | What for | Document |
| --- | --- | --- | --- | --- | --- |
| to be opened by you | office<br>\`10.1.0.0/16\` | servers<br>\`10.2.0.0/28\` | \`443/tcp\` | The web server | table@2024-12: Web |

- table@2024-12: Ports, edition 2024-12, <https://example.com/ports>, compared on 2026-11-21
`);
});

describe('hosts that others are asked to let out', () => {
  const hosts = [
    host({ ports: [Port.tcp(443), Port.tcp(80)] }),
    host({ hostname: '*.example.org', remark: 'see there', through: 'proxy-bonn' }),
    host({ hostname: 'images.example.com', supplement: 'images stand there' }),
    host({ hostname: 'here.example.com', external: false, through: 'Secure Web Proxy' }),
  ];

  test('are a list under a heading in the text, one for each proxy', () => {
    expect(requestText([], [], hosts)).toBe(`# To be let out by you, through proxy-berlin
# images.example.com: not in the document: images stand there
# Document: Ports, edition 2024-12, https://example.com/ports
ADDRESSES TO ACCESS:
packages.example.com 443/tcp 80/tcp
images.example.com 443/tcp
---
# To be let out by you, through proxy-bonn
# *.example.org: see there; "Hosts"
# Document: Ports, edition 2024-12, https://example.com/ports
ADDRESSES TO ACCESS:
*.example.org 443/tcp
---
# Already let out by us, for your information, through Secure Web Proxy
# Document: Ports, edition 2024-12, https://example.com/ports
ADDRESSES TO ACCESS:
here.example.com 443/tcp
`);
  });

  test('stand behind the ports of machines', () => {
    expect(requestText([flow()], [], hosts).split('\n---\n')).toHaveLength(4);
    expect(requestText([flow()], [], hosts)).toMatch(/^# To be opened by you\n/);
  });

  test('are rows of the table, one for each port', () => {
    const [, ...lines] = csvTable(requestTable([], hosts.slice(0, 1))).split('\r\n');
    const document = 'documented,table@2024-12,Hosts,2024-12,https://example.com/ports,stack,stack/hosts';
    expect(lines).toEqual([
      `to be opened by you,through proxy-berlin,,packages.example.com,,443,tcp,Outbound access by name,,,${document}`,
      `to be opened by you,through proxy-berlin,,packages.example.com,,80,tcp,Outbound access by name,,,${document}`,
      '',
    ]);
  });

  test('are rows of the Markdown', () => {
    expect(requestMarkdown([], hosts.slice(1, 3)).split('\n').slice(4)).toEqual([
      '| to be opened by you | through proxy-bonn | `*.example.org` | `443/tcp` | see there | table@2024-12: Hosts |',
      '| to be opened by you | through proxy-berlin | `images.example.com` | `443/tcp` | Outbound access by name | supplement: images stand there |',
      '',
      '- table@2024-12: Ports, edition 2024-12, <https://example.com/ports>, compared on 2026-11-21',
      '',
    ]);
  });

  test('are those of others alone, unless all are wanted', () => {
    expect(requestedHostnames(hosts, 'external')).toEqual(hosts.slice(0, 3));
    expect(requestedHostnames(hosts, 'all')).toEqual(hosts);
  });

  test.each(HOSTILE)('with text such as %j stay in their places', (text) => {
    const hostile = [hostileHost(text)];
    const lines = requestText([], [], hostile).split('\n');
    expect(lines.filter((line) => /^(SOURCE|DESTINATION|---|ROUTING)/.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/[^\P{C}\n]/u);
    expect(parseCsv(csvTable(requestTable([], hostile))).map((row) => row.length)).toEqual([17, 17]);
    expect(
      requestMarkdown([], hostile)
        .split('\n')
        .filter((line) => line.startsWith('| ')),
    ).toHaveLength(3);
  });
});

describe.each(HOSTILE)('text such as %j', (text) => {
  const flows = [hostileFlow(text)];

  test('makes no line of its own in the form', () => {
    const lines = requestText(flows).split('\n');
    expect(lines.filter((line) => /^(SOURCE|DESTINATION|---|ROUTING)/.test(line))).toEqual(['SOURCE:', 'DESTINATION:']);
    expect(requestText(flows)).not.toMatch(/[^\P{C}\n]/u);
  });

  test('stays in its cell of a CSV, and is not calculated', () => {
    const rows = parseCsv(csvTable(requestTable(flows)));
    expect(rows.map((row) => row.length)).toEqual([17, 17]);
    for (const cell of rows[1]) expect(cell).not.toMatch(/^\s*[=+\-@]/);
  });

  test('stays in its cell of Markdown, and is no markup', () => {
    const lines = requestMarkdown(flows).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(3);
    const cells = lines[4].replaceAll('\\\\', '').replace(/\\\|/g, '').split('|');
    expect(cells).toHaveLength(8);
    expect(lines.join('\n').replace(/`[^`]*`|``.*?``|<br>/g, '')).not.toMatch(/(?<!\\)<(script|b>)/);
  });

  test('is text in a spreadsheet', async () => {
    const sheet = sheetOf(await spreadsheet('Access request', requestTable(flows)));
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/<c /g)).toHaveLength(34);
    for (const [cell] of sheet.matchAll(/<c [^>]*>/g)) expect(cell).toMatch(/ t="(s|inlineStr)"/);
  });
});

test.each(['SOURCE:', '---', '# note', '443/tcp', '0.0.0.0/0 all', 'ROUTING:'])(
  'a name that reads like a part of the form is quoted: %s',
  (name) => {
    expect(requestText([flow({ source: peer(name, '10.1.0.0/16') })])).toContain(
      `SOURCE:\n"${name}"\n10.1.0.0/16\nDESTINATION:\n`,
    );
  },
);

test('a spreadsheet has a head that stays, a filter, cells of text, and room for what is wrapped', async () => {
  const workbook = await spreadsheet('Access request', requestTable([flow(), flow({ supplement: 'x '.repeat(70) })]));
  const sheet = sheetOf(workbook);
  expect(sheet).toContain('ySplit="1"');
  expect(sheet).toContain('</sheetData><autoFilter ref="A1:Q3"/>');
  expect([...sheet.matchAll(/<row [^>]*>/g)].map(([row]) => / ht="(\d+)"/.exec(row)?.[1])).toEqual([
    undefined,
    '15',
    '30',
  ]);
  const styles = unzipped(workbook, 'xl/styles.xml');
  const [, text] = /<numFmt numFmtId="(\d+)" formatCode="@"\/>/.exec(styles)!;
  const used = [...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf ([^>]*)>/g)].slice(1);
  expect(used.map(([, style]) => style.includes(`numFmtId="${text}"`))).toEqual([true, true]);
  expect([...sheet.matchAll(/<c [^>]*>/g)].every(([cell]) => / s="[12]"/.test(cell))).toBe(true);
});

test('a cell that is longer than a spreadsheet takes says where the rest is', async () => {
  const table = { columns: ['Addresses'], rows: [['10.0.0.0/8, '.repeat(4000)]] };
  const strings = unzipped(await spreadsheet('Access request', table), 'xl/sharedStrings.xml');
  expect(strings).toContain(' ... (more in the text and CSV forms)');
  expect(Math.max(...[...strings.matchAll(/<t[^>]*>([^<]*)</g)].map(([, text]) => text.length))).toBe(32767);
});

/** Reads CSV as RFC 4180 says. */
function parseCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

function sheetOf(workbook: Buffer): string {
  return unzipped(workbook, 'xl/worksheets/sheet1.xml');
}
