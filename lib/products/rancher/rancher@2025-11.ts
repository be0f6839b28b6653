// Generated from rancher@2025-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'tls-proxy': { id: 'tls-proxy', title: 'load balancer or proxy that does external SSL termination' },
  rancher: { id: 'rancher', title: 'Rancher nodes' },
  'rancher-client': { id: 'rancher-client', title: 'any source that needs the Rancher UI or API' },
  'registered-cluster': { id: 'registered-cluster', title: 'hosted or registered Kubernetes' },
};

const ROWS = {
  'rancher-http': {
    name: 'rancher-http',
    port: Port.tcp(80),
    description: 'Rancher UI/API when external SSL termination is used',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'rancher-https': {
    name: 'rancher-https',
    port: Port.tcp(443),
    description: 'Rancher agent, Rancher UI/API, kubectl',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
  },
  'registered-api': {
    name: 'registered-api',
    port: Port.tcp(6443),
    description: 'Kubernetes API server',
    section: 'Ports for Rancher Server Nodes on K3s',
    protocolBasis: Basis.TABLE,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const RANCHER_2025_11: PortTable = {
  id: 'rancher',
  product: 'Rancher',
  title: 'Port Requirements: Rancher nodes',
  reference:
    'https://github.com/rancher/rancher-docs/blob/cba36f00a7ef9474d07590c4cafbd92814552267/versioned_docs/version-2.13/getting-started/installation-and-upgrade/installation-requirements/port-requirements.md',
  edition: '2025-11',
  checkedFor: ['rancher 2.13'],
  comparedOn: '2026-11-22',
  discrepancies: [
    { finding: 'The page has no date.', decision: 'Its edition is the month in which Rancher 2.13 was released.' },
    {
      finding: 'The tables are those of K3s and RKE2; for other distributions the page refers to their own documents.',
      decision:
        'This table has only what Rancher itself needs, not what the nodes of its cluster need among themselves.',
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
        'The document lists ports for nodes that Rancher creates with a node driver (22/tcp, 2376/tcp) and for its catalog (git.rancher.io).',
      decision: 'Not opened: this package does not cover clusters that Rancher creates.',
    },
    {
      finding:
        'The table of registered clusters has 8443/tcp and 9443/tcp from Rancher to the cluster without a purpose.',
      decision: 'Not opened.',
    },
  ],
  flows: [
    { source: ROLES['tls-proxy'], destination: ROLES.rancher, rows: [ROWS['rancher-http']] },
    { source: ROLES['rancher-client'], destination: ROLES.rancher, rows: [ROWS['rancher-https']] },
    { source: ROLES['registered-cluster'], destination: ROLES.rancher, rows: [ROWS['rancher-https']] },
    { source: ROLES.rancher, destination: ROLES['registered-cluster'], rows: [ROWS['registered-api']] },
  ],
};
