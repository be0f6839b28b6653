// Generated from etcd@3.7.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'machines that talk to etcd cluster' },
  member: { id: 'member', title: 'members of the cluster' },
};

const ROWS = {
  client: {
    name: 'client',
    port: Port.tcp(2379),
    description: 'listen-client-urls: URLs to listen on for client grpc traffic and http',
    section: 'Member',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.FLAGS,
    level: PortLevel.HOST,
    internal: true,
  },
  peer: {
    name: 'peer',
    port: Port.tcp(2380),
    description: 'listen-peer-urls: URLs to listen on for peer traffic',
    section: 'Member',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.FLAGS,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const ETCD_3_7: PortTable = {
  id: 'etcd',
  product: 'etcd',
  title: 'Configuration options: Member',
  reference:
    'https://github.com/etcd-io/website/blob/824597935df6e95992ef61c07e3222f4f796ca6c/content/en/docs/v3.7/op-guide/configuration.md',
  edition: '3.7',
  checkedFor: ['etcd 3.7'],
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The defaults of both flags listen on localhost only.',
      decision: 'The numbers of the defaults; every cluster sets the addresses.',
    },
    { finding: 'The defaults are URLs with http; gRPC and HTTP use TCP.', decision: 'The protocol is tcp.' },
    {
      finding:
        'Metrics are on the client port, unless listen-metrics-urls is set, which has no default; listen-client-http-urls has none either.',
      decision: 'Not rows.',
    },
    { finding: 'Whether members also connect to the client port of each other is not said.', decision: 'Not a row.' },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.member, rows: [ROWS.client] },
    { source: ROLES.member, destination: ROLES.member, rows: [ROWS.peer] },
  ],
};
