import { missingRanges, requestedFlows } from '../../lib/documents/request/request-blocks';
import { requestedHostnames } from '../../lib/documents/request/request-hostnames';
import { routingRequests } from '../../lib/documents/request/routing-requests';
import { spreadsheet } from '../../lib/documents/spreadsheet';
import { csvTable } from '../../lib/text/text-table';
import { Port } from '../../lib/net/port';
import { APINIZER_DATA_STORES_2024_12 as APINIZER_DATA_STORES } from '../../lib/products/apinizer/apinizer-data-stores@2024-12';
import { CONTROL_PLANE_VIP_2024_12 as CONTROL_PLANE_VIP } from '../../lib/products/kubeadm/control-plane-vip@2024-12';
import { CONTROL_PLANE_VIP_2026_03 as CONTROL_PLANE_VIP_2026_03 } from '../../lib/products/kubeadm/control-plane-vip@2026-03';
import { KUBEADM_FLANNEL_2024_12 as KUBEADM_FLANNEL } from '../../lib/products/kubeadm/kubeadm-flannel@2024-12';
import type { TracedPeer } from '../../lib/provenance';
import { blank, documentFlows } from '../support/document-flows';
import { flow, tracedHostname, HOSTILE, hostileFlow, hostileHostname, peer } from '../support/traced';
import { unzipped } from '../support/unzipped';
import { requestMarkdown, requestTable, requestText } from '../support/plain-request';

const CONTROL_PLANE = '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>';
const WORKER = '<KUBERNETES_WORKER_IP_ADDRESSES>';
const BLANKS = {
  'control-plane': blank(CONTROL_PLANE),
  worker: blank(WORKER),
  mongodb: blank('<MONGODB_IP_ADDRESSES>'),
  elasticsearch: blank('<ELASTICSEARCH_IP_ADDRESSES>'),
};

/** The blocks of the document's request template, each with its ports. */
const TEMPLATE = [
  ['SOURCE:', WORKER, 'DESTINATION:', CONTROL_PLANE, '6443/tcp', '8285/udp', '8472/udp'],
  ['SOURCE:', WORKER, 'DESTINATION:', '<MONGODB_IP_ADDRESSES>', '25080/tcp'],
  ['SOURCE:', WORKER, 'DESTINATION:', '<ELASTICSEARCH_IP_ADDRESSES>', '9200/tcp'],
  ['SOURCE:', CONTROL_PLANE, 'DESTINATION:', WORKER, '10250/tcp', '8285/udp', '8472/udp'],
  ['SOURCE:', CONTROL_PLANE, 'DESTINATION:', CONTROL_PLANE, '6443/tcp', '2379:2380/tcp', '8472/udp', '8285/udp'],
];

const HEADING = 'Port Access Requests for Kubernetes Master and Worker Servers:';

/** Returns the blocks of a request without their heading and remarks. */
function blocksOf(text: string): string[][] {
  const isOfBlock = (line: string): boolean => line !== '' && !line.startsWith('# ') && line !== HEADING;
  return text.split('---\n').map((block) => block.split('\n').filter(isOfBlock));
}

test('renders the tables with placeholders as the request template, plus the one row that the template leaves out', () => {
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

/** The remark about the sources in the form for high availability, typed from the document of the edition. */
const ONLY_THE_CLUSTER =
  'SOURCE (Only Kubernetes Cluster access to this address is required, there will be no external access):';

test.each([
  {
    edition: '2024-12',
    table: CONTROL_PLANE_VIP,
    heading: 'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests:',
    source: ONLY_THE_CLUSTER,
  },
  { edition: '2026-03', table: CONTROL_PLANE_VIP_2026_03, heading: 'VIP Access Rules:', source: 'SOURCE:' },
])('asks for the routing of a virtual address in the form of $edition', ({ table, heading, source }) => {
  const flows = documentFlows(table, { ...BLANKS, 'virtual-ip': blank('<VIRTUAL_IP>') });
  const { flows: withoutRouting, routing } = routingRequests(flows, flows);
  expect(withoutRouting.map(({ row }) => row)).toEqual(['routing']); // from the load balancer, which the form does not name
  const text = requestText([], routing);
  expect(text.split('\n').filter((line) => !line.startsWith('# '))).toEqual([
    heading,
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

test('a routing request names the machines that route, unless they have the virtual address', () => {
  const vip = peer('vip', '10.40.0.100/32');
  const requestOf = (loadBalancer: TracedPeer): ReturnType<typeof routingRequests> => {
    const ends = { ...BLANKS, 'virtual-ip': vip, 'load-balancer': loadBalancer };
    const flows = documentFlows(CONTROL_PLANE_VIP, ends);
    return routingRequests(flows, flows);
  };
  const { routing } = requestOf(peer('haproxy', '10.40.0.101/32', '10.40.0.102/32'));
  const routedBy = 'Routed by: haproxy, 10.40.0.101/32, 10.40.0.102/32';
  expect(requestText([], routing)).toContain(`---\n# ${routedBy}\nROUTING:\n`);
  expect(requestMarkdown([], [], routing)).toContain(`- ${routedBy}`);
  expect(requestTable([], [], routing).rows.map((row) => row.at(-1))).toContainEqual(expect.stringContaining(routedBy));
  expect(requestText([], requestOf(vip).routing)).not.toContain('Routed by');
});

test('gives names and ranges, the purpose of each port, and the document', () => {
  const flows = [
    flow(),
    flow({ row: 'web-2', port: Port.tcpRange(8080, 8081), description: 'Another. With details.', environment: 'test' }),
    flow({ port: Port.udp(53), destination: peer('10.3.0.7/32', '10.3.0.7/32'), supplement: 'names are needed' }),
    flow({ external: false, source: { ...peer('any IPv4 address', '0.0.0.0/0'), openToTheWorld: ['ipv4: public'] } }),
  ];
  expect(requestText(flows)).toBe(`# Please open:
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
# Please open:
# 53/udp: The web server; not in the document: names are needed
SOURCE:
office
10.1.0.0/16
DESTINATION:
10.3.0.7/32
53/udp
---
# No action needed: the requesting team opens this
# Open to the world over IPv4: public
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

test('asks only for what the firewall team must open, unless everything is requested', () => {
  const flows = [flow(), flow({ external: false })];
  expect(requestedFlows(flows, 'external')).toEqual([flows[0]]);
  expect(requestedFlows(flows, 'all')).toEqual(flows);
  expect(requestText([])).toBe('# Nothing to open.\n');
  expect(requestMarkdown([])).toBe('# Access request\n\nNothing to open.\n');
});

test('lists host groups without IP ranges as missing', () => {
  const source = { ...peer('network tag worker'), hostGroups: [{ cloud: 'gcp', label: 'network tag worker' }] };
  const flows = [flow({ source: { ...source, references: ['aws_vpc.vpc.cidr_block'] } })];
  expect(missingRanges(flows)).toEqual(['network tag worker']);
  expect(requestText(flows)).toContain(
    'SOURCE:\nnetwork tag worker\n<aws_vpc.vpc.cidr_block>\n<IP ranges of network tag worker>\nDESTINATION:',
  );
});

test('has one table row per source, destination and port', () => {
  const csv = csvTable(
    requestTable([flow({ purpose: 'Browsing' }), flow({ port: Port.udp(443), supplement: 'QUIC' })]),
  );
  expect(csv.split('\r\n')).toEqual([
    'Action,Source,Source IP ranges,Destination,Destination IP ranges,Port,Protocol,Document port,Description,Purpose,If closed,Environment,Documented,Document,Section,Edition,Reference,Versions,Stack,Construct,Source place,Destination place,Owner,Ticket,Expires,Notes',
    'please open,office,10.1.0.0/16,servers,10.2.0.0/28,443,tcp,,The web server,Browsing,,,yes,table@2024-12,Web,2024-12,https://example.com/ports,,stack,stack/web,,,,,,',
    'please open,office,10.1.0.0/16,servers,10.2.0.0/28,443,udp,,The web server,,,,supplement: QUIC,,Web,,,,stack,stack/web,,,,,,',
    '',
  ]);
});

test('renders Markdown with a table and the documents below it', () => {
  expect(requestMarkdown([flow()])).toBe(`# Access request

| Action | Source | Destination | Port | Purpose | Document |
| --- | --- | --- | --- | --- | --- |
| please open | office<br>\`10.1.0.0/16\` | servers<br>\`10.2.0.0/28\` | \`443/tcp\` | The web server | table@2024-12: Web |

- table@2024-12: Ports, edition 2024-12, <https://example.com/ports>, compared on 2026-11-21
`);
});

describe('a request for hostnames', () => {
  const hostnames = [
    tracedHostname({ ports: [Port.tcp(443), Port.tcp(80)] }),
    tracedHostname({ hostname: '*.example.org', remark: 'see there', through: 'proxy-bonn' }),
    tracedHostname({ hostname: 'images.example.com', supplement: 'registries are missing' }),
    tracedHostname({ hostname: 'here.example.com', external: false, through: 'Secure Web Proxy' }),
  ];

  test('lists the hostnames of each proxy below a heading', () => {
    expect(requestText([], [], hostnames)).toBe(`# Please allow outbound access through proxy-berlin:
# images.example.com: not in the document: registries are missing
# Document: Ports, edition 2024-12, https://example.com/ports
ADDRESSES TO ACCESS:
packages.example.com 443/tcp 80/tcp
images.example.com 443/tcp
---
# Please allow outbound access through proxy-bonn:
# *.example.org: see there; "Hosts"
# Document: Ports, edition 2024-12, https://example.com/ports
ADDRESSES TO ACCESS:
*.example.org 443/tcp
---
# No action needed: the requesting team allows this through Secure Web Proxy
# Document: Ports, edition 2024-12, https://example.com/ports
ADDRESSES TO ACCESS:
here.example.com 443/tcp
`);
  });

  test('lists hostnames after ports', () => {
    expect(requestText([flow()], [], hostnames).split('\n---\n')).toHaveLength(4);
    expect(requestText([flow()], [], hostnames)).toMatch(/^# Please open:\n/);
  });

  test('has one table row per hostname and port', () => {
    const [, ...lines] = csvTable(requestTable([], hostnames.slice(0, 1))).split('\r\n');
    const document = 'yes,table@2024-12,Hosts,2024-12,https://example.com/ports,,stack,stack/hosts,,,,,,';
    expect(lines).toEqual([
      `please open,through proxy-berlin,,packages.example.com,,443,tcp,,Outbound access by name,,,,${document}`,
      `please open,through proxy-berlin,,packages.example.com,,80,tcp,,Outbound access by name,,,,${document}`,
      '',
    ]);
  });

  test('has one row per hostname in Markdown', () => {
    expect(requestMarkdown([], hostnames.slice(1, 3)).split('\n').slice(4)).toEqual([
      '| please open | through proxy-bonn | `*.example.org` | `443/tcp` | see there | table@2024-12: Hosts |',
      '| please open | through proxy-berlin | `images.example.com` | `443/tcp` | Outbound access by name | supplement: registries are missing |',
      '',
      '- table@2024-12: Ports, edition 2024-12, <https://example.com/ports>, compared on 2026-11-21',
      '',
    ]);
  });

  test('lists only hostnames that the firewall team must allow, unless everything is requested', () => {
    expect(requestedHostnames(hostnames, 'external')).toEqual(hostnames.slice(0, 3));
    expect(requestedHostnames(hostnames, 'all')).toEqual(hostnames);
  });

  test.each(HOSTILE)('keeps text such as %j in its place', (text) => {
    const hostile = [hostileHostname(text)];
    const lines = requestText([], [], hostile).split('\n');
    expect(lines.filter((line) => /^(SOURCE|DESTINATION|---|ROUTING)/.test(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/[^\P{C}\n]/u);
    expect(parseCsv(csvTable(requestTable([], hostile))).map((row) => row.length)).toEqual([26, 26]);
    expect(
      requestMarkdown([], hostile)
        .split('\n')
        .filter((line) => line.startsWith('| ')),
    ).toHaveLength(3);
  });
});

describe.each(HOSTILE)('text such as %j', (text) => {
  const flows = [hostileFlow(text)];

  test('adds no line to the form', () => {
    const lines = requestText(flows).split('\n');
    expect(lines.filter((line) => /^(SOURCE|DESTINATION|---|ROUTING)/.test(line))).toEqual(['SOURCE:', 'DESTINATION:']);
    expect(requestText(flows)).not.toMatch(/[^\P{C}\n]/u);
  });

  test('stays in its CSV cell and is not calculated', () => {
    const rows = parseCsv(csvTable(requestTable(flows)));
    expect(rows.map((row) => row.length)).toEqual([26, 26]);
    for (const cell of rows[1]) expect(cell).not.toMatch(/^\s*[=+\-@]/);
  });

  test('stays in its Markdown cell and is not markup', () => {
    const lines = requestMarkdown(flows).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(3);
    const cells = lines[4].replaceAll('\\\\', '').replace(/\\\|/g, '').split('|');
    expect(cells).toHaveLength(8);
    expect(lines.join('\n').replace(/`[^`]*`|``.*?``|<br>/g, '')).not.toMatch(/(?<!\\)<(script|b>)/);
  });

  test('is text in a spreadsheet', async () => {
    const sheet = sheetOf(await spreadsheet('Access request', requestTable(flows)));
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/<c /g)).toHaveLength(52);
    // the last cell of the row has no notes
    for (const [cell] of sheet.matchAll(/<c [^>]*>/g)) expect(cell).toMatch(/ t="(s|inlineStr)"|\/>$/);
  });
});

test.each(['SOURCE:', '---', '# note', '443/tcp', '0.0.0.0/0 all', 'ROUTING:'])(
  'quotes a name that could be mistaken for a line of the form: %s',
  (name) => {
    expect(requestText([flow({ source: peer(name, '10.1.0.0/16') })])).toContain(
      `SOURCE:\n"${name}"\n10.1.0.0/16\nDESTINATION:\n`,
    );
  },
);

test('renders a spreadsheet with a fixed header, a filter, text cells and rows of the right height', async () => {
  const workbook = await spreadsheet('Access request', requestTable([flow(), flow({ supplement: 'x '.repeat(70) })]));
  const sheet = sheetOf(workbook);
  expect(sheet).toContain('ySplit="1"');
  expect(sheet).toContain('</sheetData><autoFilter ref="A1:Z3"/>');
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

test('says where the rest of a cell is if it is too long for a spreadsheet', async () => {
  const table = { columns: ['IP ranges'], rows: [['10.0.0.0/8, '.repeat(4000)]] };
  const strings = unzipped(await spreadsheet('Access request', table), 'xl/sharedStrings.xml');
  expect(strings).toContain(' ... (more in the text and CSV forms)');
  expect(Math.max(...[...strings.matchAll(/<t[^>]*>([^<]*)</g)].map(([, text]) => text.length))).toBe(32767);
});

/** Reads CSV (RFC 4180). */
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
