// Generated from minio@2025-07.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients of the S3 API' },
  server: { id: 'server', title: 'MinIO servers' },
  'console-client': { id: 'console-client', title: 'external clients of the MinIO Console' },
};

const ROWS = {
  's3-api': {
    name: 's3-api',
    port: Port.tcp(9000),
    description: 'MinIO Server S3 API Listen Port',
    section: 'Security Checklist: Required Steps',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  's3-api-2': {
    name: 's3-api',
    port: Port.tcp(9000),
    description: 'MinIO server API port',
    section: 'Expand a Distributed MinIO Deployment: Networking and Firewalls',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  console: {
    name: 'console',
    port: Port.tcp(9090),
    description: 'MinIO Server Console Listen Port',
    section: 'Security Checklist: Required Steps',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
};

export const MINIO_2025_07: PortTable = {
  id: 'minio',
  product: 'MinIO',
  title: 'Security Checklist; Expand a Distributed MinIO Deployment',
  reference:
    'https://github.com/minio/docs/blob/35f2bb81280a3573c64947e8bd979e2c7026d2dd/source/operations/checklists/security.rst',
  edition: '2025-07',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The port of the console is random by default; the checklist requires access to it and recommends 9090, and the guides for deployments use 9001.',
      decision: 'The option console opens 9090/tcp, unless the prop ports moves it.',
      rows: ['console'],
    },
    {
      finding: 'Each node should have full network access to every other node; the command opens 9000/tcp.',
      decision: '9000/tcp between the servers.',
      rows: ['server>server/s3-api'],
    },
    {
      finding:
        'The documentation of the community edition is archived; its last commit is of 2025-12, and the last change of these pages is of 2025-07.',
      decision: 'The last edition.',
    },
  ],
  options: [
    {
      id: 'console',
      title: 'A static port of the MinIO Console',
      default: 'false',
      section: 'Static vs Dynamic Port Assignment',
      reference:
        'https://github.com/minio/docs/blob/35f2bb81280a3573c64947e8bd979e2c7026d2dd/source/administration/minio-console.rst',
    },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES.server, rows: [ROWS['s3-api']] },
    { source: ROLES.server, destination: ROLES.server, rows: [ROWS['s3-api-2']] },
    { when: { console: ['true'] }, source: ROLES['console-client'], destination: ROLES.server, rows: [ROWS.console] },
  ],
};
