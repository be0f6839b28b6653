// Generated from rancher@2026-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'tls-proxy': { id: 'tls-proxy', title: 'load balancer or proxy that does external SSL termination' },
  rancher: { id: 'rancher', title: 'Rancher nodes' },
  'rancher-client': { id: 'rancher-client', title: 'any source that needs the Rancher UI or API' },
  'registered-cluster': { id: 'registered-cluster', title: 'hosted or registered Kubernetes' },
  'driver-node': { id: 'driver-node', title: 'nodes created using Node Driver' },
};

const ROWS = {
  'rancher-http': {
    name: 'rancher-http',
    port: Port.tcp(80),
    description: 'Rancher UI/API when external SSL termination is used',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'rancher-https': {
    name: 'rancher-https',
    port: Port.tcp(443),
    description: 'Rancher agent, Rancher UI/API, kubectl',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'rancher-http-2': {
    name: 'rancher-http',
    port: Port.tcp(80),
    description: '80 TCP',
    section: 'Ports for Registered Clusters',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'rancher-https-2': {
    name: 'rancher-https',
    port: Port.tcp(443),
    description: 'Only without external load balancer in front of Rancher.',
    section: 'Ports for Rancher Launched Kubernetes Clusters using Node Pools',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'registered-api': {
    name: 'registered-api',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'webhook-8443': {
    name: 'webhook-8443',
    port: Port.tcp(8443),
    description: 'Rancher webhook',
    section: 'Ports for Registered Clusters',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'webhook-9443': {
    name: 'webhook-9443',
    port: Port.tcp(9443),
    description: 'Rancher webhook',
    section: 'Ports for Registered Clusters',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'node-driver-ssh': {
    name: 'node-driver-ssh',
    port: Port.tcp(22),
    description: 'SSH provisioning of nodes using Node Driver',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
  'node-driver-docker': {
    name: 'node-driver-docker',
    port: Port.tcp(2376),
    description: 'Docker daemon TLS port used by Docker Machine',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    directionBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const RANCHER_2026_07: PortTable = {
  id: 'rancher',
  product: 'Rancher',
  title: 'Port Requirements: Rancher Nodes',
  reference:
    'https://github.com/rancher/rancher-product-docs/blob/8b3996c83bb771b71a3a81a2c103e46bc5507bd7/versions/v2.15/modules/en/pages/installation-and-upgrade/requirements/port-requirements.adoc',
  edition: '2026-07',
  checkedFor: ['rancher 2.14', 'rancher 2.15'],
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The tables are those of K3s and RKE2; for other distributions the page refers to their own documents.',
      decision:
        'This table has only what Rancher itself needs. The nodes of its cluster have tables of their own, such as k3s and rke2.',
    },
    {
      finding: 'The table for RKE2 has HTTP and HTTPS in the column Protocol where the table for K3s has TCP.',
      decision: 'The protocol is tcp.',
      rows: ['rancher-http', 'rancher-https'],
    },
    {
      finding:
        'The table for RKE2 says that 443/tcp is not needed if a load balancer does TLS termination, the table for K3s does not.',
      decision: 'Opened; omit leaves it out.',
      rows: ['rancher-https'],
    },
    {
      finding: "Only the table for K3s has the nodes of Rancher's cluster as a source of 443/tcp.",
      decision: 'Opened for every distribution.',
      rows: ['rancher-https'],
    },
    {
      finding:
        'The tables of downstream clusters have 443/tcp only without an external load balancer in front of Rancher, the inbound table has no such condition.',
      decision: 'Opened; omit leaves it out.',
      rows: ['rancher-https'],
    },
    {
      finding: 'The table of registered clusters has 80/tcp from Rancher nodes to Rancher nodes without a purpose.',
      decision: 'Opened between the Rancher nodes.',
      rows: ['rancher-http'],
    },
    {
      finding: 'One table gives 6443/tcp for the API of a registered cluster, a second one gives its endpoint port.',
      decision: '6443/tcp, unless the prop ports moves it.',
      rows: ['registered-api'],
    },
    {
      finding: 'A registered cluster connects to Rancher; Rancher connects to the API only of hosted clusters.',
      decision: 'Both directions are in the table; omit leaves one out.',
      rows: ['registered-api'],
    },
    {
      finding:
        'The table of registered clusters has 8443/tcp and 9443/tcp from Rancher to the cluster without a purpose; the list of commonly used ports calls both the Rancher webhook.',
      decision:
        'Opened as the table has them, for no other source; omit leaves them out. The edition 2025-11 does not open them.',
      rows: ['webhook-8443', 'webhook-9443'],
    },
    {
      finding: 'Rancher opens the ports among the nodes that a node driver creates by itself.',
      decision: 'The table has only the ports between them and Rancher.',
      rows: ['node-driver-ssh', 'node-driver-docker'],
    },
    { finding: 'The list of commonly used ports does not say who connects.', decision: 'Not opened.' },
  ],
  options: [
    {
      id: 'external-ssl-termination',
      title: 'A load balancer or proxy does external SSL termination',
      default: 'false',
      section: 'Ports for Rancher Server Nodes on K3s',
    },
    {
      id: 'node-driver',
      title: 'Rancher creates nodes using Node Driver',
      default: 'false',
      section: 'Ports for Rancher Server Nodes on K3s',
    },
  ],
  flows: [
    {
      when: { 'external-ssl-termination': ['true'] },
      source: ROLES['tls-proxy'],
      destination: ROLES.rancher,
      rows: [ROWS['rancher-http']],
    },
    { source: ROLES['rancher-client'], destination: ROLES.rancher, rows: [ROWS['rancher-https']] },
    { source: ROLES['registered-cluster'], destination: ROLES.rancher, rows: [ROWS['rancher-https']] },
    { source: ROLES.rancher, destination: ROLES.rancher, rows: [ROWS['rancher-https'], ROWS['rancher-http-2']] },
    {
      when: { 'node-driver': ['true'] },
      source: ROLES['driver-node'],
      destination: ROLES.rancher,
      rows: [ROWS['rancher-https-2']],
    },
    {
      source: ROLES.rancher,
      destination: ROLES['registered-cluster'],
      rows: [ROWS['registered-api'], ROWS['webhook-8443'], ROWS['webhook-9443']],
    },
    {
      when: { 'node-driver': ['true'] },
      source: ROLES.rancher,
      destination: ROLES['driver-node'],
      rows: [ROWS['node-driver-ssh'], ROWS['node-driver-docker']],
    },
  ],
};
