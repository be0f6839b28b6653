// Generated from apinizer-node-ports@2024-12.yaml by `npm run products`. Change that file.
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
    description: 'Default NodePort for accessing the Api Management Console.',
    section: 'Port Requirements of Apinizer Components',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.NODE_PORT,
  },
  'api-portal': {
    name: 'api-portal',
    port: Port.tcp(30180),
    description: 'Default NodePort for Api Portal access.',
    section: 'Port Requirements of Apinizer Components',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.NODE_PORT,
  },
  'api-gateway': {
    name: 'api-gateway',
    port: Port.tcp(30080),
    description:
      'Default NodePort for Apinizer API Gateway access. Different ports can be used if more than one environment is to be installed.',
    section: 'Port Requirements of Apinizer Components',
    protocolBasis: Basis.INFERRED,
    level: PortLevel.NODE_PORT,
  },
};

export const APINIZER_NODE_PORTS_2024_12: PortTable = {
  id: 'apinizer-node-ports',
  product: 'Apinizer',
  title: 'Access and Port Requirements for Installation: Apinizer components on worker servers',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  discrepancies: [
    {
      finding:
        'The document says that Kubernetes uses the ports 30000-32767 for external access; it does not ask to open them.',
      decision:
        'Only the NodePorts of the table are opened; a NodePort of your own outside that range is opened with a warning.',
    },
    { finding: 'The rows do not give a protocol.', decision: 'The protocol is tcp, because the ports serve HTTP.' },
    { finding: 'The rows do not give a source.', decision: 'A service is opened only if the props name its clients.' },
    {
      finding: 'The gateway of each additional environment needs a port of its own, which the document does not give.',
      decision: 'The prop port gives the NodePort of each additional environment.',
      rows: ['api-gateway'],
    },
  ],
  flows: [
    { source: ROLES['console-client'], destination: ROLES.worker, rows: [ROWS['management-console']] },
    { source: ROLES['portal-client'], destination: ROLES.worker, rows: [ROWS['api-portal']] },
    { source: ROLES['gateway-client'], destination: ROLES.worker, rows: [ROWS['api-gateway']] },
  ],
};
