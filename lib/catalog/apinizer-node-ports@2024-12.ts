import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { CONSOLE_CLIENT, GATEWAY_CLIENT, PORTAL_CLIENT, WORKER } from './roles';

/** NodePorts by which users and clients reach Apinizer from outside the cluster. */
export const APINIZER_NODE_PORTS: PortTable = {
  id: 'apinizer-node-ports',
  title: 'Access and Port Requirements for Installation: Apinizer components on worker servers',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  flows: [
    {
      source: CONSOLE_CLIENT,
      destination: WORKER,
      rows: [
        {
          name: 'management-console',
          port: Port.tcp(32080),
          description: 'Default NodePort for accessing the Api Management Console.',
          section: 'Port Requirements of Apinizer Components',
          protocolBasis: Basis.INFERRED,
        },
      ],
    },
    {
      source: PORTAL_CLIENT,
      destination: WORKER,
      rows: [
        {
          name: 'api-portal',
          port: Port.tcp(30180),
          description: 'Default NodePort for Api Portal access.',
          section: 'Port Requirements of Apinizer Components',
          protocolBasis: Basis.INFERRED,
        },
      ],
    },
    {
      source: GATEWAY_CLIENT,
      destination: WORKER,
      rows: [
        {
          name: 'api-gateway',
          port: Port.tcp(30080),
          description:
            'Default NodePort for Apinizer API Gateway access. Different ports can be used if more than one environment is to be installed.',
          section: 'Port Requirements of Apinizer Components',
          protocolBasis: Basis.INFERRED,
        },
      ],
    },
  ],
  discrepancies: [
    {
      finding: 'Kubernetes is said to use the ports 30000-32767 for external access, which is no request to open them.',
      decision: 'Only the NodePorts of the table are opened; another one outside that range is opened with a warning.',
    },
    {
      finding: 'The rows state no protocol.',
      decision: 'tcp, because HTTP is served there.',
    },
    {
      finding: 'The rows state no source.',
      decision: 'Only what is given clients is opened.',
    },
    {
      finding: 'The gateway of every further environment needs a port of its own, which the document does not give.',
      decision: 'Each environment beside the default one is given its NodePort.',
      rows: ['api-gateway'],
    },
  ],
};
