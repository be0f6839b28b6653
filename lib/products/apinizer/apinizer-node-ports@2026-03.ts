// Generated from apinizer-node-ports@2026-03.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'console-client': { id: 'console-client', title: 'users of the Api Management Console' },
  worker: { id: 'worker', title: 'Worker servers' },
  'portal-client': { id: 'portal-client', title: 'users of the Api Portal' },
  'gateway-client': { id: 'gateway-client', title: 'clients of the Apinizer API Gateway' },
};

const ROWS = {
  'management-console': {
    name: 'management-console',
    port: Port.tcp(32080),
    description: 'Default NodePort for API Management Console access',
    section: 'Ports for Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.NODE_PORT,
  },
  'api-portal': {
    name: 'api-portal',
    port: Port.tcp(30180),
    description: 'Default NodePort for API Portal access',
    section: 'Ports for Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.NODE_PORT,
  },
  'api-gateway': {
    name: 'api-gateway',
    port: Port.tcp(30080),
    description:
      'Default NodePort for Apinizer API Gateway access (different ports can also be used if multiple environments will be installed)',
    section: 'Ports for Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.NODE_PORT,
  },
  'api-gateway-alternative': {
    name: 'api-gateway-alternative',
    port: Port.tcp(30090),
    description: 'Apinizer API Gateway alternative port',
    section: 'Ports for Worker Servers',
    protocolBasis: Basis.TABLE,
    level: PortLevel.NODE_PORT,
  },
};

export const APINIZER_NODE_PORTS_2026_03: PortTable = {
  id: 'apinizer-node-ports',
  product: 'Apinizer',
  title: 'Network Topology and Port Requirements: Apinizer components on worker servers',
  reference:
    'https://github.com/apinizer/docs/blob/e6db3cf7725b4c8bdb0427c8e15660651af7ab48/en/concepts/deployment/network-topology.mdx',
  edition: '2026-03',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.27.4'],
  comparedOn: '2026-11-22',
  discrepancies: [
    { finding: 'The rows do not give a source.', decision: 'A service is opened only if the props name its clients.' },
    {
      finding: 'The document does not say when the alternative port of the gateway is used.',
      decision:
        'As documented, it is opened in addition to the default port; for a gateway with the prop port, only that port is opened.',
      rows: ['api-gateway-alternative'],
    },
    {
      finding: 'The gateway of each additional environment needs a port of its own, which the document does not give.',
      decision: 'The prop port gives the NodePort of each additional environment.',
      rows: ['api-gateway'],
    },
    {
      finding: 'A different page of the same documentation gives 32090 for the portal.',
      decision: 'The port table wins.',
      rows: ['api-portal'],
    },
    {
      finding:
        'The summary has 8080 (HTTP) from workers to the manager, and from the manager to workers; no port table of the page has it.',
      decision: 'Not opened: a port table wins over a summary; a table of your own opens it.',
    },
    {
      finding:
        'The summary has 443 and 80 from the internet to a load balancer, which is not a server of the port tables.',
      decision: 'Not opened: the load balancer is your own, and it reaches the workers as a client of their NodePorts.',
    },
  ],
  flows: [
    { source: ROLES['console-client'], destination: ROLES.worker, rows: [ROWS['management-console']] },
    { source: ROLES['portal-client'], destination: ROLES.worker, rows: [ROWS['api-portal']] },
    {
      source: ROLES['gateway-client'],
      destination: ROLES.worker,
      rows: [ROWS['api-gateway'], ROWS['api-gateway-alternative']],
    },
  ],
};
