import { externalChecks } from '../../lib/documents/request/external-checks';
import { routingRequests } from '../../lib/documents/request/routing-requests';
import { cellText } from '../../lib/text/text-table';
import { Port } from '../../lib/net/port';
import { APINIZER_DATA_STORES_2024_12 as APINIZER_DATA_STORES } from '../../lib/products/apinizer/apinizer-data-stores@2024-12';
import { APINIZER_DATA_STORES_2026_03 as APINIZER_DATA_STORES_2026_03 } from '../../lib/products/apinizer/apinizer-data-stores@2026-03';
import {
  allTables,
  editionsOf,
  EXTERNAL_CHECKS,
  allHostnameTables,
  HOSTNAME_REASONS,
  REQUEST_TEMPLATE,
} from '../../lib/products/catalog';
import { CONTROL_PLANE_VIP_2024_12 as CONTROL_PLANE_VIP } from '../../lib/products/kubeadm/control-plane-vip@2024-12';
import { CONTROL_PLANE_VIP_2026_03 as CONTROL_PLANE_VIP_2026_03 } from '../../lib/products/kubeadm/control-plane-vip@2026-03';
import { KUBEADM_FLANNEL_2024_12 as KUBEADM_FLANNEL } from '../../lib/products/kubeadm/kubeadm-flannel@2024-12';
import { KUBEADM_FLANNEL_2026_03 as KUBEADM_FLANNEL_2026_03 } from '../../lib/products/kubeadm/kubeadm-flannel@2026-03';
import { METRICS_SERVER_2026_07 as METRICS_SERVER } from '../../lib/products/metrics-server/metrics-server@2026-07';
import type { TracedFlow } from '../../lib/provenance/traced-flow';
import { flowKey, type PortTable, tableKey } from '../../lib/tables/port-table';
import { blank, documentFlows } from '../support/document-flows';
import { flow, tracedHostname, peer } from '../support/traced';
import { requestMarkdown, requestTable, requestText } from '../support/plain-request';

const CONTROL_PLANE = '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>';
const WORKER = '<KUBERNETES_WORKER_IP_ADDRESSES>';
const BLANKS = {
  'control-plane': blank(CONTROL_PLANE),
  worker: blank(WORKER),
  mongodb: blank('<MONGODB_IP_ADDRESSES>'),
  elasticsearch: blank('<ELASTICSEARCH_IP_ADDRESSES>'),
  'virtual-ip': blank('<VIRTUAL_IP>'),
};
const flowsOf = (...tables: readonly PortTable[]): TracedFlow[] =>
  tables.flatMap((table) => documentFlows(table, BLANKS));
/** Renders everything that tables ask for, with other flows in between. */
function requestOf(flows: readonly TracedFlow[]): string {
  const { flows: others, routing } = routingRequests(flows, flows);
  return requestText(others, routing, [], externalChecks(flows));
}

/** The request template of 2024-12, typed from the document line by line. */
const FORM = `Port Access Requests for Kubernetes Master and Worker Servers:
SOURCE:
<KUBERNETES_WORKER_IP_ADDRESSES>
DESTINATION:
<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>
6443/tcp
8285/udp
8472/udp
---
SOURCE:
<KUBERNETES_WORKER_IP_ADDRESSES>
DESTINATION:
<MONGODB_IP_ADDRESSES>
25080/tcp
---
SOURCE:
<KUBERNETES_WORKER_IP_ADDRESSES>
DESTINATION:
<ELASTICSEARCH_IP_ADDRESSES>
9200/tcp
---
SOURCE:
<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>
DESTINATION:
<KUBERNETES_WORKER_IP_ADDRESSES>
10250/tcp
8285/udp
8472/udp
---
# If there is no free access between Kubernetes Control Plane servers
SOURCE:
<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>
DESTINATION:
<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>
6443/tcp
2379:2380/tcp
10250/tcp
8472/udp
8285/udp
---
Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests:
SOURCE (Only Kubernetes Cluster access to this address is required, there will be no external access):
<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>
<KUBERNETES_WORKER_IP_ADDRESSES>
DESTINATION:
<VIRTUAL_IP>
6443/tcp
---
ROUTING:
<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>
tcp/6443
---
`;
/** The port that the form leaves out, and the table has. */
const LEFT_OUT = '10250/tcp is in the port table of the document and not in its request template; the table wins';

test('has the headings, the order and the remark of the form, whatever the order of the flows', () => {
  const flows = flowsOf(CONTROL_PLANE_VIP, APINIZER_DATA_STORES, KUBEADM_FLANNEL).filter(
    ({ row }) => row !== 'routing', // from the load balancer, which the form does not name
  );
  const isOfForm = (line: string): boolean => !line.startsWith('# ') || line.startsWith('# If there is no free access');
  const lines = requestOf(flows).split('\n').filter(isOfForm);
  expect(lines.join('\n')).toBe(FORM);
});

test('leaves the block between control planes as a choice, and names the port that the form leaves out', () => {
  const text = requestOf(flowsOf(KUBEADM_FLANNEL));
  const block = text.split('---\n').find((each) => each.includes('no free access'))!;
  expect(block.split('\n').slice(0, 3)).toEqual([
    '# If there is no free access between Kubernetes Control Plane servers',
    '# The ports between them are asked for, because the requesting team has not said that there is free access (freeAccessBetweenControlPlanes of KubeadmFlannelClusterRules)',
    '# Please open:',
  ]);
  expect(text.split('\n').filter((line) => line.includes('not in its request template'))).toEqual([`# ${LEFT_OUT}`]);
});

test('compares a moved row with the form by the port of the document', () => {
  const moved = flowsOf(KUBEADM_FLANNEL).map((each) =>
    each.row === 'flannel-vxlan' ? { ...each, port: Port.udp(9999), documentedPort: each.port } : each,
  );
  expect(
    requestOf(moved)
      .split('\n')
      .filter((line) => line.includes('not in its request template')),
  ).toEqual([`# ${LEFT_OUT}`]);
});

test('tells the owner of the load balancer what the document says about the virtual address', () => {
  const flows = flowsOf(CONTROL_PLANE_VIP);
  const notes = (text: string): string[] => text.split('tcp/6443\n')[1].split('\n').filter(Boolean);
  const others = [
    '# TLS is set up by one of the servers during the installation, and connections are passed through to the servers',
    '# The routing system does not check TLS (option ssl-hello-chk in the HAProxy example of the document does)',
    '# Kubernetes renews the certificate every year',
  ];
  const withRouting = flows.filter(({ row }) => row !== 'routing');
  expect(notes(requestOf(withRouting))).toEqual(['# A DNS name can be defined for the virtual address', ...others]);
  const named = withRouting.map((each) => ({ ...each, hostname: 'api.k8s.example.com' }));
  expect(notes(requestOf(named))).toEqual([
    '# A DNS name can be defined for the virtual address: api.k8s.example.com',
    '# DNS record, for whoever manages the zone: api.k8s.example.com for the IP address of <VIRTUAL_IP>',
    ...others,
  ]);
  const address = peer('vip', '10.1.0.100/32', '2001:db8::100/128');
  const known = named.map((each) =>
    each.destinationRole.id === 'virtual-ip' ? { ...each, destination: address } : each,
  );
  expect(notes(requestOf(known))[1]).toBe(
    '# DNS record, for whoever manages the zone: api.k8s.example.com A 10.1.0.100, AAAA 2001:db8::100',
  );
});

test('has the same headings, remarks and notes in Markdown', () => {
  const flows = [...flowsOf(CONTROL_PLANE_VIP, KUBEADM_FLANNEL), flow()];
  const markdown = requestMarkdown(
    flows,
    [tracedHostname()],
    routingRequests(flows, flows).routing,
    externalChecks(flows),
  );
  const headings = markdown.split('\n').filter((line) => line.startsWith('#'));
  expect(headings).toEqual([
    '# Access request',
    '## Port Access Requests for Kubernetes Master and Worker Servers',
    '## Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests',
    '## Other Port Access Requests',
    '## Addresses to Access',
    '## To be checked externally, as the document says',
  ]);
  expect(markdown).toContain(
    '- If there is no free access between Kubernetes Control Plane servers. The ports between them are asked for, ',
  );
  expect(markdown).toContain(`- ${LEFT_OUT}\n`);
  expect(markdown).toContain('- Only Kubernetes Cluster access to this address is required');
  expect(markdown).toContain('- Kubernetes renews the certificate every year\n');
  expect(markdown).toContain('- [ ] Lens: ');
});

test('has the remarks and notes in the last column of CSV and spreadsheets, and a row for each external check', () => {
  const flows = flowsOf(KUBEADM_FLANNEL, CONTROL_PLANE_VIP);
  const { columns, rows } = requestTable(flows, [], routingRequests(flows, flows).routing, externalChecks(flows));
  expect(columns.at(-1)).toBe('Notes');
  const notesWhere = (column: string, value: string): string[] =>
    rows.filter((row) => cellText(row[columns.indexOf(column)]) === value).map((row) => cellText(row.at(-1)!));
  expect(notesWhere('Action', 'please route')).toEqual([expect.stringContaining('Kubernetes renews the certificate')]);
  expect(notesWhere('Port', '10250')).toEqual(['', expect.stringContaining(LEFT_OUT)]);
  expect(notesWhere('Action', 'please check externally')).toHaveLength(5);
});

test('takes nothing from a form for a flow whose document must not be believed', () => {
  const doubted = flowsOf(KUBEADM_FLANNEL).map((each) => ({ ...each, notDocumented: 'the document has no such row' }));
  const text = requestText(doubted);
  expect(text).not.toContain('Port Access Requests for Kubernetes');
  expect(text).not.toContain('no free access');
  expect(text).not.toContain(LEFT_OUT);
  expect(externalChecks(doubted)).toEqual([]);
});

test('has no heading and no check if no document of the request has a form', () => {
  expect(requestText([flow()])).not.toMatch(/Requests/);
  expect(externalChecks([flow()])).toEqual([]);
});

test('puts what the form lacks below a heading of its own', () => {
  const lines = requestText([flow(), ...flowsOf(APINIZER_DATA_STORES)], [], [tracedHostname()]).split('\n');
  expect(lines.filter((line) => /^[A-Z][a-z].*:$/.test(line))).toEqual([
    'Port Access Requests for Kubernetes Master and Worker Servers:',
    'Other Port Access Requests:',
  ]);
});

const tables = (...ids: string[]): PortTable[] => ids.map((id) => editionsOf(id)[0]);

test('lists what must be checked externally, with the table that covers it or the reason why none does', () => {
  const checks = (flows: readonly TracedFlow[]): string[] =>
    externalChecks(flows).map(({ topic, answer, isOpened }) => `${isOpened ? 'x' : '-'} ${topic}: ${answer}`);
  expect(checks(flowsOf(KUBEADM_FLANNEL))).toEqual([
    '- Ingress controller: the tables ingress-nginx and traefik cover it, and this stack does not open it: IngressNginxRules or TraefikRules; a table of your own for a different controller',
    '- Metrics Server: the table metrics-server covers it, and this stack does not open it: MetricsServerRules',
    "- Rancher: the table rancher@2026-07 covers it, and this stack does not open it: RancherRules with edition: '2026-07'",
    '- Lens: no table covers it, because it has no document of its ports; it is a client of the API server',
    '- Installation in a cloud: the tables eks and gke cover it, and this stack does not open it: EksRules or GkeRules; health checks of load balancers are supplements (healthCheckers), and the cloud documents the rest',
  ]);
  expect(checks(flowsOf(KUBEADM_FLANNEL_2026_03, METRICS_SERVER))[1]).toBe(
    'x Metrics Server: metrics-server@2026-07, which this stack opens',
  );
  const several = flowsOf(KUBEADM_FLANNEL_2026_03, METRICS_SERVER).map((each, at) => ({
    ...each,
    stack: `stack-${at % 2}`,
  }));
  expect(checks(several).slice(0, 2)).toEqual([
    expect.stringContaining('and these stacks do not open it: '),
    'x Metrics Server: metrics-server@2026-07, which these stacks open',
  ]);
  const [ingress, , rancher, , cloud] = checks(flowsOf(KUBEADM_FLANNEL, ...tables('traefik', 'rancher', 'eks', 'gke')));
  expect(ingress).toBe('x Ingress controller: traefik@41.3, which this stack opens');
  expect(rancher).toBe('x Rancher: rancher@2025-11, which this stack opens');
  expect(cloud).toBe('x Installation in a cloud: eks@2024-12 and gke@2026-11, which this stack opens');
});

/** Everything that the form of a part names exists in the tables of the part, and the tables are complete. */
test('every table, role and port of the forms exists', () => {
  const byKey = new Map(allTables().map((table) => [tableKey(table), table]));
  for (const { tables, blocks } of REQUEST_TEMPLATE) {
    const flows = tables.flatMap((key) => byKey.get(key)!.flows);
    for (const { sources, destination, ports } of blocks) {
      for (const source of sources) {
        const rows = flows
          .filter((each) => each.source.id === source && each.destination.id === destination)
          .flatMap((each) => each.rows.map(({ port }) => String(port)));
        expect(ports.filter((port) => !rows.includes(port))).toEqual([]);
      }
    }
  }
  const names = new Set(allTables().flatMap((table) => [table.id, tableKey(table)]));
  for (const { tables: keys, coveredBy = [] } of EXTERNAL_CHECKS) {
    expect(keys.filter((key) => !byKey.has(key))).toEqual([]);
    expect(coveredBy.filter((table) => !names.has(table))).toEqual([]);
  }
});

test('the forms leave out only one port of the tables', () => {
  const keys = [KUBEADM_FLANNEL, APINIZER_DATA_STORES, CONTROL_PLANE_VIP].concat([
    KUBEADM_FLANNEL_2026_03,
    APINIZER_DATA_STORES_2026_03,
    CONTROL_PLANE_VIP_2026_03,
  ]);
  const leftOut = keys.flatMap((table) =>
    table.flows.flatMap((each) =>
      each.rows
        .filter(({ port }) => {
          const part = REQUEST_TEMPLATE.find(({ tables }) => tables.includes(tableKey(table)))!;
          const block = part.blocks.find(
            ({ sources, destination }) => sources.includes(each.source.id) && destination === each.destination.id,
          );
          return block !== undefined && !block.ports.includes(String(port));
        })
        .map((row) => `${tableKey(table)} ${flowKey(each, row)}`),
    ),
  );
  expect(leftOut).toEqual(['kubeadm-flannel@2024-12 control-plane>control-plane/kubelet']);
});

test('gives the reason of a hostname for which the document refers to Kubernetes, and the pages of Kubernetes', () => {
  const hostname = tracedHostname({
    hostname: '*.amazonaws.com',
    row: 'amazonaws-com',
    remark: 'for the reason of this access, please refer to documentation of Kubernetes',
    document: { ...tracedHostname().document, key: 'apinizer-installation-hosts@2024-12' },
  });
  const [table, row] = [HOSTNAME_REASONS[0].tables[0], HOSTNAME_REASONS[0].row];
  expect([table, row]).toEqual([hostname.document.key, hostname.row]);
  const reason =
    'registry.k8s.io redirects requests for image layers to Amazon S3, such as prod-registry-k8s-io-us-west-2.s3.dualstack.us-west-2.amazonaws.com; ' +
    'see https://kubernetes.io/blog/2022/11/28/registry-k8s-io-faster-cheaper-ga/ and ';
  expect(requestText([], [], [hostname])).toContain(`\n# *.amazonaws.com: ${reason}`);
  expect(cellText(requestTable([], [hostname]).rows[0].at(-1)!)).toContain(reason);
  expect(requestMarkdown([], [hostname])).toContain('registry-k8s-io-faster-cheaper-ga');
  expect(requestText([], [], [tracedHostname()])).not.toContain('registry.k8s.io');
});

test('every hostname with a reason exists', () => {
  for (const { tables, row } of HOSTNAME_REASONS) {
    for (const key of tables) {
      const table = allHostnameTables().find((each) => tableKey(each) === key)!;
      expect(table.hostnames.map(({ name }) => name)).toContain(row);
    }
  }
});
