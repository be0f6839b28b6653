/** The documents, by the short name that the fixture uses. */
export type VendorDocument = 'vcluster' | 'apinizer';

/** A line of a port table: the number as it is printed, and the protocol if the line prints one. */
export interface TableLine {
  readonly number: string;
  readonly protocol?: 'tcp' | 'udp';
  readonly description: string;
  readonly purpose?: string;
}

/** A port table, under its nearest heading and the words between heading and table. */
export interface DocumentedTable {
  readonly document: VendorDocument;
  readonly heading: string;
  readonly label?: string;
  /** The source of the connections, in the words of the headings and labels above; absent if these do not say it. */
  readonly from?: string;
  /** The destination, in the same words. */
  readonly to: string;
  readonly lines: readonly TableLine[];
}

/** A gcloud command of a document. */
export interface DocumentedCommand {
  readonly document: VendorDocument;
  readonly heading: string;
  readonly firewall: string;
  readonly allow: readonly string[];
  readonly source: string;
  readonly targetTag: string;
}

/** A block of the request template. */
export interface DocumentedRequest {
  readonly document: VendorDocument;
  readonly heading: string;
  readonly condition?: string;
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly string[];
}

/** A port in a sentence, or in the output that a document shows. */
export interface DocumentedMention {
  readonly document: VendorDocument;
  readonly heading: string;
  readonly number: string;
  readonly protocol?: 'tcp' | 'udp';
  readonly words: string;
}

/** Every port table of both documents, typed from the documents in their order. */
export const DOCUMENTED_TABLES: readonly DocumentedTable[] = [
  {
    document: 'vcluster',
    heading: 'Connect Kubernetes to the platform',
    from: 'Kubernetes',
    to: 'the platform',
    lines: [
      {
        number: '8443',
        description: 'API service extension (v1.cluster.loft.sh )',
        purpose: 'Enables Kubernetes API integration with the platform',
      },
      {
        number: '9443',
        description: 'Webhook validation (loft webhook )',
        purpose: 'Validates requests and enforces policies',
      },
      {
        number: '9444',
        description: 'Management API (v1.management.loft.sh )',
        purpose: 'Handles platform-wide administration and cluster management',
      },
    ],
  },
  {
    document: 'vcluster',
    heading: 'Connect the platform to Prometheus',
    from: 'the platform',
    to: 'Prometheus',
    lines: [
      {
        number: '9090',
        description: 'Cost control dashboard metrics',
        purpose: 'Enables cost monitoring and visualization',
      },
    ],
  },
  {
    document: 'apinizer',
    heading: 'Port Requirements of Kubernetes Master Servers',
    label: 'Port permissions and descriptions to be given to Worker servers for Master/Control Plane servers:',
    from: 'Kubernetes Worker Servers',
    to: 'Master Servers',
    lines: [
      { number: '6443/tcp', protocol: 'tcp', description: 'Kubernetes API server' },
      { number: '8285/udp', protocol: 'udp', description: 'Flannel' },
      { number: '8472/udp', protocol: 'udp', description: 'Flannel' },
    ],
  },
  {
    document: 'apinizer',
    heading: 'Port Requirements of Kubernetes Worker Servers',
    label: 'Port permissions and descriptions for Worker servers to be given to Master/Control Plane servers:',
    from: 'Kubernetes Master Servers',
    to: 'Worker Servers',
    lines: [
      { number: '10250/tcp', protocol: 'tcp', description: 'Kubelet API' },
      { number: '8285/udp', protocol: 'udp', description: 'Flannel' },
      { number: '8472/udp', protocol: 'udp', description: 'Flannel' },
    ],
  },
  {
    document: 'apinizer',
    heading: 'Port Access between Kubernetes Master Servers',
    label: 'Port permissions to be granted between master servers:',
    from: 'Kubernetes Master Servers',
    to: 'Kubernetes Master Servers',
    lines: [
      { number: '6443/tcp', protocol: 'tcp', description: 'Kubernetes API server' },
      { number: '2379:2380/tcp', protocol: 'tcp', description: 'Etcd server client API' },
      { number: '10250/tcp', protocol: 'tcp', description: 'Kubelet API' },
      { number: '8472/udp', protocol: 'udp', description: 'Flannel' },
      { number: '8285/udp', protocol: 'udp', description: 'Flannel' },
    ],
  },
  {
    document: 'apinizer',
    heading: 'Port Requirements of Apinizer Components',
    label: 'For Worker servers:',
    to: 'Worker servers',
    lines: [
      { number: '32080', description: 'Default NodePort for accessing the Api Management Console.' },
      { number: '30180', description: 'Default NodePort for Api Portal access.' },
      {
        number: '30080',
        description:
          'Default NodePort for Apinizer API Gateway access. Different ports can be used if more than one environment is to be installed.',
      },
    ],
  },
  {
    document: 'apinizer',
    heading: 'Port Requirements of Apinizer Components',
    label: 'For Mongodb servers:',
    to: 'Mongodb servers',
    lines: [{ number: '25080', description: 'Apinizer configuration database port.' }],
  },
  {
    document: 'apinizer',
    heading: 'Port Requirements of Apinizer Components',
    label: 'For Elasticsearch servers:',
    to: 'Elasticsearch servers',
    lines: [
      { number: '9200', description: 'API Application port of the Analytics server where traffic logs are written.' },
    ],
  },
];

/** The gcloud commands. */
export const DOCUMENTED_COMMANDS: readonly DocumentedCommand[] = [
  {
    document: 'vcluster',
    heading: 'Allow Kubernetes to connect to the platform',
    firewall: 'allow-k8s-api-to-vcluster-platform',
    allow: ['tcp:8443', 'tcp:9443', 'tcp:9444'],
    source: '<KUBERNETES_API_IP_RANGE>',
    targetTag: 'vcluster-platform',
  },
  {
    document: 'vcluster',
    heading: 'Allow the platform to connect to Prometheus',
    firewall: 'allow-vcluster-platform-to-prometheus',
    allow: ['tcp:9090'],
    source: '<VCLUSTER_PLATFORM_IP>',
    targetTag: 'prometheus',
  },
];

const REQUESTS_OF_SERVERS = 'Port Access Requests for Kubernetes Master and Worker Servers:';

/** The blocks of the request template, without those of the load balancer. */
export const DOCUMENTED_REQUESTS: readonly DocumentedRequest[] = [
  {
    document: 'apinizer',
    heading: REQUESTS_OF_SERVERS,
    source: '<KUBERNETES_WORKER_IP_ADDRESSES>',
    destination: '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>',
    ports: ['6443/tcp', '8285/udp', '8472/udp'],
  },
  {
    document: 'apinizer',
    heading: REQUESTS_OF_SERVERS,
    source: '<KUBERNETES_WORKER_IP_ADDRESSES>',
    destination: '<MONGODB_IP_ADDRESSES>',
    ports: ['25080/tcp'],
  },
  {
    document: 'apinizer',
    heading: REQUESTS_OF_SERVERS,
    source: '<KUBERNETES_WORKER_IP_ADDRESSES>',
    destination: '<ELASTICSEARCH_IP_ADDRESSES>',
    ports: ['9200/tcp'],
  },
  {
    document: 'apinizer',
    heading: REQUESTS_OF_SERVERS,
    source: '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>',
    destination: '<KUBERNETES_WORKER_IP_ADDRESSES>',
    ports: ['10250/tcp', '8285/udp', '8472/udp'],
  },
  {
    document: 'apinizer',
    heading: REQUESTS_OF_SERVERS,
    condition: 'If there is no free access between Kubernetes Control Plane servers',
    source: '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>',
    destination: '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>',
    ports: ['6443/tcp', '2379:2380/tcp', '8472/udp', '8285/udp'],
  },
];

/** The ports in sentences and in sample output, without those of the load balancer. */
export const DOCUMENTED_MENTIONS: readonly DocumentedMention[] = [
  {
    document: 'vcluster',
    heading: 'Connect the platform to Prometheus',
    number: '9090',
    protocol: 'tcp',
    words: 'This requires an open connection over TCP port 9090',
  },
  {
    document: 'vcluster',
    heading: 'Connect the platform to Prometheus',
    number: '9090',
    protocol: 'tcp',
    words: 'you might need to explicitly allow traffic over TCP 9090',
  },
  {
    document: 'vcluster',
    heading: 'Allow the platform to connect to Prometheus',
    number: '9090',
    protocol: 'tcp',
    words: 'the local cluster agent proxies requests to Prometheus over TCP port 9090',
  },
  {
    document: 'vcluster',
    heading: 'Verify firewall rules',
    number: '9090',
    words: 'nc -zv <PROMETHEUS_IP> 9090',
  },
  {
    document: 'vcluster',
    heading: 'Verify firewall rules',
    number: '9090',
    protocol: 'tcp',
    words: 'Connection to <PROMETHEUS_IP> 9090 port [tcp/http] succeeded!',
  },
];

/** The port of the load balancer's virtual IP, wherever the document gives it. */
export const DOCUMENTED_VIRTUAL_IP = {
  document: 'apinizer',
  heading: 'Kubernetes High Availability (High Access) Cluster Setup.',
  words: 'so that the VIP of the Load Balancer can be accessed via port 6443',
  request: {
    heading: 'Kubernetes High Availability (High Access) Cluster Setup. Load Balancer Access and Routing Requests',
    sources: ['<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>', '<KUBERNETES_WORKER_IP_ADDRESSES>'],
    destination: '<VIRTUAL_IP>',
    port: '6443/tcp',
  },
  routing: { destination: '<KUBERNETES_CONTROL_PLANE_IP_ADDRESSES>', port: 'tcp/6443' },
  haproxy: {
    bind: '*:6443',
    servers: ['<MASTER_1_IP>:6443', '<MASTER_2_IP>:6443', '<MASTER_3_IP>:6443'],
  },
} as const;

/** The range that the document gives for NodePorts, without a protocol. */
export const DOCUMENTED_NODE_PORT_RANGE = {
  document: 'apinizer',
  heading: 'Port Requirements of Apinizer Components',
  range: '30000-32767',
  words: 'Kubernetes uses ports in the range 30000-32767 by default for external access.',
} as const;

/** The versions that a document says it was checked for. */
export const DOCUMENTED_VERSIONS: Readonly<Record<VendorDocument, readonly string[]>> = {
  vcluster: [],
  apinizer: ['kubernetes 1.31.0', 'flannel 0.26.1'],
};
