import { Basis } from '../model/basis';
import { Port } from '../model/port';
import type { PortTable } from '../model/port-table';
import { ELASTICSEARCH, MONGODB, WORKER } from './roles';

/** Ports by which Apinizer on the workers reaches its databases. */
export const APINIZER_DATA_STORES: PortTable = {
  id: 'apinizer-data-stores',
  title: 'Access and Port Requirements for Installation: Apinizer components on database servers',
  reference: 'https://docs.apinizer.com/access-and-port-requirements-for-installation-120522438.html',
  edition: '2024-12',
  checkedFor: ['kubernetes 1.31.0', 'flannel 0.26.1'],
  comparedOn: '2026-11-21',
  flows: [
    {
      source: WORKER,
      destination: MONGODB,
      rows: [
        {
          name: 'mongodb',
          port: Port.tcp(25080),
          description: 'Apinizer configuration database port.',
          section: 'Port Requirements of Apinizer Components',
          protocolBasis: Basis.REQUEST_TEMPLATE,
          internal: true,
        },
      ],
    },
    {
      source: WORKER,
      destination: ELASTICSEARCH,
      rows: [
        {
          name: 'elasticsearch',
          port: Port.tcp(9200),
          description: 'API Application port of the Analytics server where traffic logs are written.',
          section: 'Port Requirements of Apinizer Components',
          protocolBasis: Basis.REQUEST_TEMPLATE,
          internal: true,
        },
      ],
    },
  ],
  discrepancies: [
    {
      finding:
        'The tables give neither protocol nor source; the request template gives tcp, and the workers as source.',
      decision: 'The request template is followed.',
    },
    {
      finding:
        'Nothing is said about traffic among the members of a replica set of MongoDB or of a cluster of Elasticsearch.',
      decision: 'It is not opened.',
    },
    {
      finding: 'Only workers reach the databases, which holds while no pod of Apinizer runs on a control plane.',
      decision: 'Only workers are opened; Peer.anyOf adds others.',
    },
  ],
};
