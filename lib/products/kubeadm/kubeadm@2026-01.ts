// Generated from kubeadm@2026-01.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'control-plane': { id: 'control-plane', title: 'control plane nodes' },
  worker: { id: 'worker', title: 'workers' },
  client: { id: 'client', title: 'All others' },
  'load-balancer': { id: 'load-balancer', title: 'load balancer for kube-apiserver' },
  etcd: { id: 'etcd', title: 'external etcd nodes' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Ports and Protocols: Control plane',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  etcd: {
    name: 'etcd',
    port: Port.tcpRange(2379, 2380),
    description: 'etcd server client API',
    section: 'Ports and Protocols: Control plane',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
    when: { 'etcd-topology': ['stacked'] },
  },
  kubelet: {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Ports and Protocols: Control plane',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  vrrp: {
    name: 'vrrp',
    port: Port.ip(112),
    description: 'keepalived',
    section: 'keepalived and haproxy',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { keepalived: ['true'] },
  },
  'api-server-2': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'It must also allow incoming traffic on its listening port.',
    section: 'Create load balancer for kube-apiserver',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  'api-server-3': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'The load balancer must be able to communicate with all control plane nodes on the apiserver port.',
    section: 'Create load balancer for kube-apiserver',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  'etcd-client': {
    name: 'etcd-client',
    port: Port.tcp(2379),
    description: 'external etcd endpoints',
    section: 'External etcd nodes',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.COMMAND,
    level: PortLevel.HOST,
    internal: true,
  },
  'etcd-client-2': {
    name: 'etcd-client',
    port: Port.tcp(2379),
    description: 'Three hosts that can talk to each other over TCP ports 2379 and 2380.',
    section: 'Set up a High Availability etcd Cluster with kubeadm: Before you begin',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'etcd-peer': {
    name: 'etcd-peer',
    port: Port.tcp(2380),
    description: 'Three hosts that can talk to each other over TCP ports 2379 and 2380.',
    section: 'Set up a High Availability etcd Cluster with kubeadm: Before you begin',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'kubelet-2': {
    name: 'kubelet',
    port: Port.tcp(10250),
    description: 'Kubelet API',
    section: 'Ports and Protocols: Worker node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'node-ports': {
    name: 'node-ports',
    port: Port.tcpAndUdpRange(30000, 32767),
    description: 'NodePort Services',
    section: 'Ports and Protocols: Worker node(s)',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.NODE_PORT,
  },
};

export const KUBEADM_2026_01: PortTable = {
  id: 'kubeadm',
  product: 'kubeadm',
  title: 'High Availability Considerations; Creating Highly Available Clusters with kubeadm; Ports and Protocols',
  reference:
    'https://github.com/kubernetes/kubeadm/blob/1ee96035d157d53aa766c8d8945959cdc2fbf75b/docs/ha-considerations.md',
  edition: '2026-01',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The pages of kubeadm have no port table; Installing kubeadm refers to the page Ports and Protocols for the ports that must be open.',
      decision: 'Rows of both, each with its section and basis.',
    },
    {
      finding:
        'High Availability Considerations last changed in 2026-01, the other pages have no date. Their English text was read in the comments of their Chinese translations.',
      decision: 'The edition is 2026-01.',
    },
    {
      finding:
        'The port of the load balancer is a placeholder. High Availability Considerations takes 6443 for granted and has 8443 as an example of a different one.',
      decision: '6443/tcp, unless the prop ports moves it.',
      rows: ['api-server'],
    },
    {
      finding:
        'The pages describe clusters with one control plane node and clusters behind a load balancer, and call neither the default.',
      decision: 'The option load-balancer is off.',
      rows: ['api-server'],
    },
    {
      finding: 'VRRP is configured, but its protocol number and its direction are not mentioned.',
      decision: 'IP protocol 112 between the control plane nodes, with the basis inferred.',
      rows: ['vrrp'],
    },
    {
      finding:
        'According to one page, a stacked etcd member communicates only with the API server of its own node; Ports and Protocols opens 2379-2380/tcp to etcd.',
      decision: 'Ports and Protocols decides, because etcd members are peers of each other.',
      rows: ['etcd'],
    },
    {
      finding:
        'According to one page, each external etcd host communicates with the API server of each control plane node; the configuration has the API server as the client.',
      decision: 'The configuration decides.',
      rows: ['etcd-client'],
    },
    {
      finding:
        '10256/tcp is for load balancers of Services, which Creating Highly Available Clusters does not address.',
      decision: 'Not a row. The table kubernetes has it.',
    },
    {
      finding:
        'The column Used By says All for the API server and for NodePort Services, and Self for ports within one machine.',
      decision:
        'All is control plane nodes, workers and the role client. Traffic of a machine with itself is not a row.',
      rows: ['api-server', 'node-ports'],
    },
    {
      finding:
        'The pages ask for full network connectivity between all machines of the cluster, and for SSH, without numbers.',
      decision: 'Not part of the table.',
    },
  ],
  options: [
    {
      id: 'etcd-topology',
      title: 'Where etcd runs',
      choices: ['stacked', 'external'],
      default: 'stacked',
      section: 'Stacked etcd topology',
      reference:
        'https://github.com/kubernetes/website/blob/0189ae0f6bf2a79ff2e4bfd5f9ec0da98d64c5d2/content/en/docs/setup/production-environment/tools/kubeadm/ha-topology.md',
    },
    {
      id: 'with-load-balancer',
      title: 'A load balancer in front of the control plane nodes',
      default: 'false',
      section: 'Create load balancer for kube-apiserver',
    },
    {
      id: 'keepalived',
      title: 'A virtual IP address by keepalived on the control plane nodes',
      default: 'false',
      section: 'keepalived and haproxy',
    },
  ],
  flows: [
    {
      source: ROLES['control-plane'],
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server'], ROWS.etcd, ROWS.kubelet, ROWS.vrrp],
    },
    { source: ROLES.worker, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES.client, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    {
      when: { 'with-load-balancer': ['true'] },
      source: ROLES['control-plane'],
      destination: ROLES['load-balancer'],
      rows: [ROWS['api-server-2']],
    },
    {
      when: { 'with-load-balancer': ['true'] },
      source: ROLES.worker,
      destination: ROLES['load-balancer'],
      rows: [ROWS['api-server-2']],
    },
    {
      when: { 'with-load-balancer': ['true'] },
      source: ROLES.client,
      destination: ROLES['load-balancer'],
      rows: [ROWS['api-server-2']],
    },
    {
      when: { 'with-load-balancer': ['true'] },
      source: ROLES['load-balancer'],
      destination: ROLES['control-plane'],
      rows: [ROWS['api-server-3']],
    },
    {
      when: { 'etcd-topology': ['external'] },
      source: ROLES['control-plane'],
      destination: ROLES.etcd,
      rows: [ROWS['etcd-client']],
    },
    {
      when: { 'etcd-topology': ['external'] },
      source: ROLES.etcd,
      destination: ROLES.etcd,
      rows: [ROWS['etcd-client-2'], ROWS['etcd-peer']],
    },
    { source: ROLES['control-plane'], destination: ROLES.worker, rows: [ROWS['kubelet-2'], ROWS['node-ports']] },
    { source: ROLES.worker, destination: ROLES.worker, rows: [ROWS['node-ports']] },
    { source: ROLES.client, destination: ROLES.worker, rows: [ROWS['node-ports']] },
  ],
};
