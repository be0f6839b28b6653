import { Basis, type DocumentedFlow, type PortRow, type PortTable } from '../../lib/tables/port-table';
import { CATALOG_TABLES } from './catalog-files';
import {
  DOCUMENTED_COMMANDS,
  DOCUMENTED_MENTIONS,
  DOCUMENTED_NODE_PORT_RANGE,
  DOCUMENTED_REQUESTS,
  DOCUMENTED_TABLES,
  DOCUMENTED_VERSIONS,
  DOCUMENTED_VIRTUAL_IP,
  type DocumentedTable,
  type TableLine,
  type VendorDocument,
} from './documented-ports';

const DOCUMENTS: Readonly<Record<string, VendorDocument>> = {
  'https://github.com/loft-sh/vcluster-docs/blob/8934a9d269f959144bb173c1ffa0bae124eace9d/platform/administer/clusters/advanced/networking.mdx':
    'vcluster',
  'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html': 'apinizer',
};

/** The tables of the first two documents; later-documents.test.ts has the rest. */
const TABLES = CATALOG_TABLES.filter(({ reference }) => reference in DOCUMENTS);

/** The role that the catalog gives to each name of machines in the documents. */
const ROLES: Readonly<Record<string, string>> = {
  Kubernetes: 'kubernetes-api',
  '<KUBERNETES_API_IP_RANGE>': 'kubernetes-api',
  'the platform': 'platform',
  'vcluster-platform': 'platform',
  '<VCLUSTER_PLATFORM_IP>': 'platform',
  Prometheus: 'prometheus',
  prometheus: 'prometheus',
  'Kubernetes Worker Servers': 'worker',
  'Worker Servers': 'worker',
  'Worker servers': 'worker',
  '<KUBERNETES_WORKER_IP_ADDRESSES>': 'worker',
  'Kubernetes Master Servers': 'control-plane',
  'Master Servers': 'control-plane',
  '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>': 'control-plane',
  'Mongodb servers': 'mongodb',
  '<MONGODB_IP_ADDRESSES>': 'mongodb',
  'Elasticsearch servers': 'elasticsearch',
  '<ELASTICSEARCH_IP_ADDRESSES>': 'elasticsearch',
  '<VIRTUAL_IP>': 'virtual-ip',
};

interface CatalogRow {
  readonly document: VendorDocument | undefined;
  readonly table: PortTable;
  readonly flow: DocumentedFlow;
  readonly row: PortRow;
}

const ALL_ROWS: readonly CatalogRow[] = TABLES.flatMap((table) =>
  table.flows.flatMap((flow) => flow.rows.map((row) => ({ document: DOCUMENTS[table.reference], table, flow, row }))),
);

/** The rows of port tables; only the request template has the virtual address, and only sentences have the agent. */
const CATALOG_ROWS = ALL_ROWS.filter(
  ({ table, row }) => table.id !== 'control-plane-vip' && row.protocolBasis !== Basis.TEXT,
);
const ROWS_OF_SENTENCES = ALL_ROWS.filter(({ row }) => row.protocolBasis === Basis.TEXT);
const VIRTUAL_IP_ROWS = ALL_ROWS.filter(({ table }) => table.id === 'control-plane-vip');

function isRowOf(documented: DocumentedTable, { document, flow, row }: CatalogRow): boolean {
  return (
    document === documented.document &&
    row.section === documented.heading &&
    flow.destination.id === ROLES[documented.to] &&
    (documented.from === undefined || flow.source.id === ROLES[documented.from])
  );
}

function numbersOf(line: TableLine): string {
  return line.number.split('/')[0].replace(':', '-');
}

/** Where the document first gives the protocol of a line: in the table, in a command or in the request template. */
function protocolOf({ document, from, to }: DocumentedTable, line: TableLine): string {
  if (line.protocol) return `${line.protocol}, ${Basis.TABLE}`;
  const isBetween = (source: string, destination: string): boolean =>
    ROLES[destination] === ROLES[to] && (from === undefined || ROLES[source] === ROLES[from]);
  for (const protocol of ['tcp', 'udp']) {
    const inCommand = DOCUMENTED_COMMANDS.some(
      (command) =>
        command.document === document &&
        isBetween(command.source, command.targetTag) &&
        command.allow.includes(`${protocol}:${line.number}`),
    );
    if (inCommand) return `${protocol}, ${Basis.COMMAND}`;
    const inTemplate = DOCUMENTED_REQUESTS.some(
      (request) =>
        request.document === document &&
        isBetween(request.source, request.destination) &&
        request.ports.includes(`${line.number}/${protocol}`),
    );
    if (inTemplate) return `${protocol}, ${Basis.REQUEST_TEMPLATE}`;
  }
  return `tcp, ${Basis.INFERRED}`;
}

function shown({ table, flow, row }: CatalogRow): string {
  return `${table.id}: ${flow.source.id}>${flow.destination.id}/${row.name} ${row.port.toString()}, ${row.section}`;
}

const NAMED_TABLES = DOCUMENTED_TABLES.map((documented) => ({
  documented,
  heading: [documented.heading, documented.label].filter(Boolean).join(', '),
  rows: CATALOG_ROWS.filter((row) => isRowOf(documented, row)),
}));

describe.each(NAMED_TABLES)('$heading', ({ documented, rows }) => {
  test('every line has one row with this heading, in the order of the document', () => {
    expect(rows.map(({ row }) => row.port.numbers)).toEqual(documented.lines.map(numbersOf));
  });

  test('every row has the documented protocol, and its basis', () => {
    expect(rows.map(({ row }) => `${row.port.numbers}: ${row.port.protocol}, ${row.protocolBasis}`)).toEqual(
      documented.lines.map((line) => `${numbersOf(line)}: ${protocolOf(documented, line)}`),
    );
  });

  test('every row has the documented purpose', () => {
    expect(rows.map(({ row }) => row.purpose)).toEqual(documented.lines.map((line) => line.purpose));
  });
});

test('every row is in one table of the documents', () => {
  const tablesOf = (row: CatalogRow): number => DOCUMENTED_TABLES.filter((table) => isRowOf(table, row)).length;
  expect(CATALOG_ROWS.filter((row) => tablesOf(row) !== 1).map(shown)).toEqual([]);
});

test('only the NodePorts have an inferred protocol', () => {
  const inferred = CATALOG_ROWS.filter(({ row }) => row.protocolBasis === Basis.INFERRED);
  expect(inferred.map(({ row }) => row.port.toString()).sort()).toEqual(['30080/tcp', '30180/tcp', '32080/tcp']);
});

test('each NodePort has its own client role, because the document does not say who connects', () => {
  const nodePorts = CATALOG_ROWS.filter(({ row }) => row.protocolBasis === Basis.INFERRED);
  expect(nodePorts.map(({ flow, row }) => `${flow.source.id} ${row.port.toString()}`)).toEqual([
    'console-client 32080/tcp',
    'portal-client 30180/tcp',
    'gateway-client 30080/tcp',
  ]);
});

test('the supplements match this list, each with its source', () => {
  const supplements = TABLES.flatMap((table) =>
    (table.supplements ?? []).flatMap(({ source, destination, reference, rows }) =>
      rows.map(({ port, section }) => [
        `${table.id}@${table.edition}`,
        `${source.id}>${destination.id} ${port.toString()}`,
        `${section}: ${reference}`,
      ]),
    ),
  );
  const google = 'Firewall rules: https://cloud.google.com/load-balancing/docs/firewall-rules';
  const flannel =
    'Firewalls: https://github.com/flannel-io/flannel/blob/5295a0f6c359ea6b51b90e91dc7eb2e1be368c51/Documentation/troubleshooting.md';
  expect(supplements).toEqual([
    ['control-plane-vip@2024-12', 'proxy-subnet>control-plane 6443/tcp', google],
    ['control-plane-vip@2024-12', 'health-checker>control-plane 6443/tcp', google],
    ['kubeadm-flannel@2024-12', 'worker>worker 8285/udp', flannel],
    ['kubeadm-flannel@2024-12', 'worker>worker 8472/udp', flannel],
    [
      'kubeadm-flannel@2024-12',
      'health-checker>worker 10256/tcp',
      'Worker node(s): https://github.com/kubernetes/website/blob/3842a2847339fe9ad1013653ef81c9aa0f77b639/content/en/docs/reference/networking/ports-and-protocols.md',
    ],
  ]);
});

test('the NodePorts are in the documented range', () => {
  const [first, last] = DOCUMENTED_NODE_PORT_RANGE.range.split('-').map(Number);
  const nodePorts = CATALOG_ROWS.filter(({ table }) => table.id === 'apinizer-node-ports').map(({ row }) => row.port);
  expect(nodePorts).toHaveLength(3);
  expect(nodePorts.filter((port) => port.fromPort < first || port.toPort > last)).toEqual([]);
});

test('descriptions are those of the documents, except that three lose a space', () => {
  const changed = NAMED_TABLES.flatMap(({ documented, rows }) =>
    documented.lines.map((line, index) => [line.description, rows[index]?.row.description]),
  ).filter(([documented, description]) => documented !== description);
  expect(changed).toEqual([
    ['API service extension (v1.cluster.loft.sh )', 'API service extension (v1.cluster.loft.sh)'],
    ['Webhook validation (loft webhook )', 'Webhook validation (loft webhook)'],
    ['Management API (v1.management.loft.sh )', 'Management API (v1.management.loft.sh)'],
  ]);
});

test('tables have the checked versions of their document', () => {
  const versions = TABLES.map(({ id, reference, checkedFor = [] }) => ({
    id,
    document: DOCUMENTS[reference],
    checkedFor,
  }));
  expect(versions).toEqual(
    versions.map(({ id, document }) => ({ id, document, checkedFor: DOCUMENTED_VERSIONS[document] })),
  );
});

test('flows with the name of a command have the ports, source and target of the command', () => {
  const named = TABLES.flatMap((table) => table.flows).filter((flow) => flow.name !== undefined);
  expect(
    named
      .map((flow) => ({
        firewall: flow.name,
        allow: flow.rows.map(({ port }) => `${port.protocol}:${port.numbers}`),
        source: flow.source.id,
        target: flow.destination.id,
      }))
      .sort((a, b) => a.firewall!.localeCompare(b.firewall!)),
  ).toEqual(
    DOCUMENTED_COMMANDS.map(({ firewall, allow, source, targetTag }) => ({
      firewall,
      allow,
      source: ROLES[source],
      target: ROLES[targetTag],
    })),
  );
});

test.each(DOCUMENTED_MENTIONS)('the sentence "$words" agrees with the catalog', ({ document, number, protocol }) => {
  const ports = CATALOG_ROWS.filter((row) => row.document === document && row.row.port.numbers === number);
  const defaultOfNetcat = 'tcp';
  expect(ports.map(({ row }) => row.port.protocol)).toEqual([protocol ?? defaultOfNetcat]);
});

test('every row that only sentences give names the machines and the port of such a sentence, and is optional', () => {
  expect(ROWS_OF_SENTENCES.map(shown)).toEqual([
    'prometheus-cost-metrics: agent>prometheus/cost-metrics 9090/tcp, Connect the platform to Prometheus',
  ]);
  for (const { document, flow, row } of ROWS_OF_SENTENCES) {
    const sentences = DOCUMENTED_MENTIONS.filter(
      ({ words, number, protocol }) =>
        words.startsWith(flow.source.title) && number === row.port.numbers && protocol === row.port.protocol,
    );
    expect(sentences.map((each) => each.document)).toEqual([document]);
    expect(flow.optional).toBe(true);
  }
});

describe('the request template', () => {
  const requested = DOCUMENTED_REQUESTS.flatMap(({ source, destination, ports }) =>
    ports.map((port) => `${ROLES[source]}>${ROLES[destination]} ${port.replace(':', '-')}`),
  );
  const ofServers = CATALOG_ROWS.filter(
    ({ document, flow }) => document === 'apinizer' && ['worker', 'control-plane'].includes(flow.source.id),
  ).map(({ flow, row }) => `${flow.source.id}>${flow.destination.id} ${row.port.toString()}`);

  test('has no port that the catalog lacks', () => {
    expect(requested.filter((port) => !ofServers.includes(port))).toEqual([]);
  });

  test('differs from the tables only in the kubelet port between control planes', () => {
    expect(ofServers.filter((port) => !requested.includes(port))).toEqual(['control-plane>control-plane 10250/tcp']);
  });

  test('has its difference from the tables recorded as a discrepancy', () => {
    const recorded = TABLES.flatMap(({ id, discrepancies = [] }) =>
      discrepancies
        .filter(({ rows }) => rows?.some((row) => row.endsWith('kubelet')))
        .map((discrepancy) => ({ table: id, ...discrepancy })),
    );
    expect(recorded).toEqual([
      {
        table: 'kubeadm-flannel',
        finding: '10250/tcp between control planes is in the table and not in the request template.',
        decision: 'The table wins.',
        rows: ['control-plane>control-plane/kubelet'],
      },
    ]);
  });
});

describe('the virtual address of the load balancer', () => {
  const { request, routing, haproxy } = DOCUMENTED_VIRTUAL_IP;

  const flowsOf = (rows: readonly CatalogRow[]): string[] =>
    rows.map(({ flow, row }) => `${flow.source.id}>${flow.destination.id} ${row.port.toString()}`);

  test('is open to the sources of the request template in their order, and lets the load balancer reach the servers behind it', () => {
    const [number, protocol] = request.port.split('/');
    expect(flowsOf(VIRTUAL_IP_ROWS)).toEqual([
      ...request.sources.map((source) => `${ROLES[source]}>${ROLES[request.destination]} ${number}/${protocol}`),
      `load-balancer>${ROLES[routing.destination]} ${routing.port.split('/').reverse().join('/')}`,
    ]);
    expect(flowsOf(VIRTUAL_IP_ROWS)).toEqual([
      'control-plane>virtual-ip 6443/tcp',
      'worker>virtual-ip 6443/tcp',
      'load-balancer>control-plane 6443/tcp',
    ]);
  });

  test('has protocol and section from the request template, and is internal', () => {
    for (const { row } of VIRTUAL_IP_ROWS) {
      expect(row.section).toBe(request.heading);
      expect(row.protocolBasis).toBe(Basis.REQUEST_TEMPLATE);
      expect(row.internal).toBe(true);
    }
  });

  test('has the port of the documented HAProxy configuration', () => {
    const ports = [haproxy.bind, ...haproxy.servers].map((address) => `${address.split(':')[1]}/tcp`);
    expect(new Set(ports)).toEqual(new Set(VIRTUAL_IP_ROWS.map(({ row }) => row.port.toString())));
  });

  test('is mentioned in a discrepancy of the cluster', () => {
    const { discrepancies = [] } = TABLES.find(({ id }) => id === 'kubeadm-flannel')!;
    expect(discrepancies.filter(({ finding }) => finding.includes('virtual address'))).toEqual([
      {
        finding:
          'With high availability, the control plane and the workers reach a virtual address on 6443/tcp, which is routed to 6443/tcp of the control planes; the document calls the second hop routing, not a permission.',
        decision: 'Not opened here, because the table has no virtual address. ControlPlaneVipRules opens both hops.',
      },
    ]);
  });
});

test('the range of NodePorts is recorded as a discrepancy and not opened', () => {
  const { discrepancies = [] } = TABLES.find(({ id }) => id === 'apinizer-node-ports')!;
  const recorded = discrepancies.filter(({ finding }) => finding.includes(DOCUMENTED_NODE_PORT_RANGE.range));
  expect(recorded).toEqual([
    {
      finding:
        'The document says that Kubernetes uses the ports 30000-32767 for external access; it does not ask to open them.',
      decision:
        'Only the NodePorts of the table are opened; a NodePort of your own outside that range is opened with a warning.',
    },
  ]);
});
