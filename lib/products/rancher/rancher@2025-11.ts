import { Port } from '../../net';
import { Basis, type PortTable } from '../../tables';
import { RANCHER_CLIENT, RANCHER_SERVER, REGISTERED_CLUSTER, TLS_PROXY } from '../roles';

/** Ports by which a Rancher server is reached, and by which it reaches the clusters that it manages. */
export const RANCHER: PortTable = {
  id: 'rancher',
  title: 'Port Requirements: Rancher nodes',
  reference:
    'https://ranchermanager.docs.rancher.com/v2.13/getting-started/installation-and-upgrade/installation-requirements/port-requirements',
  edition: '2025-11',
  checkedFor: ['rancher 2.13'],
  comparedOn: '2026-11-22',
  flows: [
    {
      source: TLS_PROXY,
      destination: RANCHER_SERVER,
      rows: [
        {
          name: 'rancher-http',
          port: Port.tcp(80),
          description: 'Rancher UI/API when external SSL termination is used',
          section: 'Ports for Rancher Server Nodes on K3s',
          protocolBasis: Basis.TABLE,
        },
      ],
    },
    {
      source: RANCHER_CLIENT,
      destination: RANCHER_SERVER,
      rows: [
        {
          name: 'rancher-https',
          port: Port.tcp(443),
          description: 'Rancher agent, Rancher UI/API, kubectl',
          section: 'Ports for Rancher Server Nodes on K3s',
          protocolBasis: Basis.TABLE,
        },
      ],
    },
    {
      source: REGISTERED_CLUSTER,
      destination: RANCHER_SERVER,
      rows: [
        {
          name: 'rancher-https',
          port: Port.tcp(443),
          description: 'Rancher agent, Rancher UI/API, kubectl',
          section: 'Ports for Rancher Server Nodes on K3s',
          protocolBasis: Basis.TABLE,
        },
      ],
    },
    {
      source: RANCHER_SERVER,
      destination: REGISTERED_CLUSTER,
      rows: [
        {
          name: 'registered-api',
          port: Port.tcp(6443),
          description: 'Kubernetes API server',
          section: 'Ports for Rancher Server Nodes on K3s',
          protocolBasis: Basis.TABLE,
          internal: true,
        },
      ],
    },
  ],
  discrepancies: [
    {
      finding: 'The page has no date.',
      decision: 'Its edition is the month in which Rancher 2.13 was released.',
    },
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
};
