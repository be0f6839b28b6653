import { type DocumentedFlow, flowKey, type PortTable, tableKey } from '../../lib/tables/port-table';
import { LISTED_TABLES } from './catalog-files';

/** The rows of a table as lines: flow and name, port, basis of the protocol, section, description. */
function linesOf(flows: readonly DocumentedFlow[]): string[] {
  return flows.flatMap((flow) =>
    flow.rows.map(
      (row) =>
        `${flowKey(flow, row)} | ${row.port.toString()} | ${row.protocolBasis}${row.internal ? ' | internal' : ''} | ` +
        `${row.section} | ${row.description}`,
    ),
  );
}

const table = (key: string): PortTable => LISTED_TABLES.find((each) => tableKey(each) === key)!;

const PLATFORM = [
  'kubernetes-api>platform/legacy-metrics | 8080/tcp | command | internal | Connect Kubernetes to the platform | Legacy metrics endpoint',
  'kubernetes-api>platform/api-service | 8443/tcp | command | internal | Connect Kubernetes to the platform | API service extension (v1.cluster.loft.sh)',
  'kubernetes-api>platform/webhook | 9443/tcp | command | internal | Connect Kubernetes to the platform | Webhook validation (loft webhook)',
  'kubernetes-api>platform/management-api | 9444/tcp | command | internal | Connect Kubernetes to the platform | Management API (v1.management.loft.sh)',
];
const DNS = [
  'node>node/coredns-tcp | 1053/tcp | text | internal | Enable DNS resolution in virtual clusters | CoreDNS for vCluster',
  'node>node/coredns-udp | 1053/udp | text | internal | Enable DNS resolution in virtual clusters | CoreDNS for vCluster',
];
const COST_METRICS = [
  'platform>prometheus/cost-metrics | 9090/tcp | command | internal | Connect the platform to Prometheus | Cost control dashboard metrics',
  'agent>prometheus/cost-metrics | 9090/tcp | text | internal | Connect the platform to Prometheus | Cost control dashboard metrics',
];

/** The rows of each document, typed from it. */
const DOCUMENTED: Record<string, string[]> = {
  'vcluster-platform@2025-04': [...PLATFORM, ...DNS],
  'vcluster-platform@2025-10': [
    ...PLATFORM,
    'vcluster>platform/in-cluster-api | 10443/tcp | text | internal | Connect vCluster to the platform | vCluster to the platform pods of the same cluster',
    ...DNS,
  ],
  'prometheus-cost-metrics@2025-04': COST_METRICS,
  'prometheus-cost-metrics@2025-10': COST_METRICS,
  'kubeadm-flannel@2026-03': [
    'worker>control-plane/api-server | 6443/tcp | table | Port Access from Kubernetes Worker Servers to Master Servers | Kubernetes API server',
    'worker>control-plane/flannel-udp | 8285/udp | table | internal | Port Access from Kubernetes Worker Servers to Master Servers | Flannel',
    'worker>control-plane/flannel-vxlan | 8472/udp | table | internal | Port Access from Kubernetes Worker Servers to Master Servers | Flannel',
    'control-plane>worker/kubelet | 10250/tcp | table | internal | Port Access from Kubernetes Master Servers to Worker Servers | Kubelet API',
    'control-plane>worker/flannel-udp | 8285/udp | table | internal | Port Access from Kubernetes Master Servers to Worker Servers | Flannel',
    'control-plane>worker/flannel-vxlan | 8472/udp | table | internal | Port Access from Kubernetes Master Servers to Worker Servers | Flannel',
    'control-plane>control-plane/api-server | 6443/tcp | table | Port Access Between Kubernetes Master Servers | Kubernetes API server',
    'control-plane>control-plane/etcd | 2379-2380/tcp | table | internal | Port Access Between Kubernetes Master Servers | etcd server client API',
    'control-plane>control-plane/kubelet | 10250/tcp | table | internal | Port Access Between Kubernetes Master Servers | Kubelet API',
    'control-plane>control-plane/controller-manager | 10257/tcp | table | internal | Port Access Between Kubernetes Master Servers | Kube-controller-manager',
    'control-plane>control-plane/scheduler | 10259/tcp | table | internal | Port Access Between Kubernetes Master Servers | Kube-scheduler',
    'control-plane>control-plane/flannel-vxlan | 8472/udp | table | internal | Port Access Between Kubernetes Master Servers | Flannel',
    'control-plane>control-plane/flannel-udp | 8285/udp | table | internal | Port Access Between Kubernetes Master Servers | Flannel',
  ],
  'control-plane-vip@2026-03': [
    'control-plane>virtual-ip/virtual-ip | 6443/tcp | request-template | internal | Kubernetes High Availability (HA) Cluster | VIP of the Load Balancer',
    'worker>virtual-ip/virtual-ip | 6443/tcp | request-template | internal | Kubernetes High Availability (HA) Cluster | VIP of the Load Balancer',
    'load-balancer>control-plane/routing | 6443/tcp | request-template | internal | Kubernetes High Availability (HA) Cluster | Routing of the VIP to the Master nodes',
  ],
  'apinizer-node-ports@2026-03': [
    'console-client>worker/management-console | 32080/tcp | table | Ports for Worker Servers | Default NodePort for API Management Console access',
    'portal-client>worker/api-portal | 30180/tcp | table | Ports for Worker Servers | Default NodePort for API Portal access',
    'gateway-client>worker/api-gateway | 30080/tcp | table | Ports for Worker Servers | Default NodePort for Apinizer API Gateway access (different ports can also be used if multiple environments will be installed)',
    'gateway-client>worker/api-gateway-alternative | 30090/tcp | table | Ports for Worker Servers | Apinizer API Gateway alternative port',
  ],
  'apinizer-data-stores@2026-03': [
    'worker>mongodb/mongodb | 25080/tcp | table | internal | Ports for MongoDB Servers | Apinizer configuration database port',
    'worker>elasticsearch/elasticsearch | 9200/tcp | table | internal | Ports for Elasticsearch Servers | Application port of the Analytics server where API Traffic logs are written',
    'elasticsearch>elasticsearch/elasticsearch-transport | 9300/tcp | table | internal | Ports for Elasticsearch Servers | Elasticsearch Transport port (intra-cluster communication)',
  ],
  'metrics-server@2026-07': [
    'control-plane>metrics-server/metrics-api | 10250/tcp | inferred | internal | Requirements | Control plane to Metrics Server',
    'metrics-server>control-plane/kubelet | 10250/tcp | inferred | internal | Requirements | Metrics Server to Kubelet on all nodes',
    'metrics-server>worker/kubelet | 10250/tcp | inferred | internal | Requirements | Metrics Server to Kubelet on all nodes',
  ],
  'rancher@2025-11': [
    'tls-proxy>rancher/rancher-http | 80/tcp | table | Ports for Rancher Server Nodes on K3s | Rancher UI/API when external SSL termination is used',
    'rancher-client>rancher/rancher-https | 443/tcp | table | Ports for Rancher Server Nodes on K3s | Rancher agent, Rancher UI/API, kubectl',
    'registered-cluster>rancher/rancher-https | 443/tcp | table | Ports for Rancher Server Nodes on K3s | Rancher agent, Rancher UI/API, kubectl',
    'rancher>registered-cluster/registered-api | 6443/tcp | table | internal | Ports for Rancher Server Nodes on K3s | Kubernetes API server',
  ],
};

test.each(Object.entries(DOCUMENTED))('%s has the rows of its document, in the same order', (key, lines) => {
  expect(linesOf(table(key).flows)).toEqual(lines);
});

test('every table is typed here, or in documented-ports.ts for the first two documents', () => {
  const first = /@(2024-12|2025-03)$/;
  expect(
    LISTED_TABLES.map(tableKey)
      .filter((key) => !first.test(key))
      .sort(),
  ).toEqual(Object.keys(DOCUMENTED).sort());
});

test('later editions keep the supplements of the first', () => {
  for (const id of ['kubeadm-flannel', 'control-plane-vip']) {
    const [first, later] = ['2024-12', '2026-03'].map((edition) => table(`${id}@${edition}`).supplements ?? []);
    expect(first).not.toEqual([]);
    expect(later).toEqual(first);
  }
});

test('every later edition has a permanent link to its text', () => {
  const references = LISTED_TABLES.filter(({ edition }) => /^(2025-04|2025-10|2026-03)$/.test(edition)).map(
    ({ reference }) => reference,
  );
  expect(references).toHaveLength(8);
  for (const reference of references) {
    expect(reference).toMatch(/^https:\/\/github\.com\/(loft-sh\/vcluster-docs|apinizer\/docs)\/blob\/[0-9a-f]{40}\//);
  }
});

test('the rules that vendors name have the same names in every edition', () => {
  const named = LISTED_TABLES.flatMap(({ id, edition, flows }) =>
    flows.filter(({ name }) => name !== undefined).map(({ name }) => `${id}@${edition}: ${name}`),
  );
  expect(named).toEqual([
    'prometheus-cost-metrics@2025-03: allow-vcluster-platform-to-prometheus',
    'prometheus-cost-metrics@2025-04: allow-vcluster-platform-to-prometheus',
    'prometheus-cost-metrics@2025-10: allow-vcluster-platform-to-prometheus',
    'vcluster-platform@2025-03: allow-k8s-api-to-vcluster-platform',
    'vcluster-platform@2025-04: allow-k8s-api-to-vcluster-platform',
    'vcluster-platform@2025-10: allow-k8s-api-to-vcluster-platform',
  ]);
});

test('ports that only the summary of 2026-03 has are recorded as discrepancies and not opened', () => {
  const recorded = ['apinizer-data-stores', 'apinizer-node-ports', 'control-plane-vip'].flatMap((id) =>
    (table(`${id}@2026-03`).discrepancies ?? [])
      .filter(({ finding }) => finding.startsWith('The summary'))
      .map(({ finding, decision }) => `${id}: ${finding} ${decision.split(':')[0]}.`),
  );
  expect(recorded).toEqual([
    'apinizer-data-stores: The summary has 5701/tcp from workers to the cache, and the zones have it between members of the cache; no port table of the page has it. Not opened.',
    'apinizer-node-ports: The summary has 8080 (HTTP) from workers to the manager, and from the manager to workers; no port table of the page has it. Not opened.',
    'apinizer-node-ports: The summary has 443 and 80 from the internet to a load balancer, which is not a server of the port tables. Not opened.',
  ]);
});

test('the edition of 2026-03 does not claim that the document rules out external access', () => {
  const findings = (table('control-plane-vip@2026-03').discrepancies ?? []).map(({ finding }) => finding);
  expect(findings.filter((finding) => finding.includes('rules out external access'))).toEqual([]);
  const first = (table('control-plane-vip@2024-12').discrepancies ?? []).map(({ finding }) => finding);
  expect(first.filter((finding) => finding.includes('rules out external access'))).toHaveLength(1);
});
