// Generated from nfs@2026-01.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = { client: { id: 'client', title: 'NFS clients' }, server: { id: 'server', title: 'NFS servers' } };

const ROWS = {
  nfs: {
    name: 'nfs',
    port: Port.tcp(2049),
    description: 'the standard NFS port number of 2049',
    impact: 'the mount request fails',
    section: 'Mounting through a firewall',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
  'nfs-udp': {
    name: 'nfs-udp',
    port: Port.udp(2049),
    description: 'the standard NFS port number of 2049',
    section: 'Mounting through a firewall',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'version-3': ['true'], udp: ['true'] },
  },
  rpcbind: {
    name: 'rpcbind',
    port: Port.tcp(111),
    description: 'The rpcbind daemon uses a well-known port number (111)',
    impact: 'The mount request fails, unless port and mountport are given',
    section: 'Mounting through a firewall',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'version-3': ['true'] },
  },
  'rpcbind-udp': {
    name: 'rpcbind-udp',
    port: Port.udp(111),
    description: 'The rpcbind daemon uses a well-known port number (111)',
    section: 'Mounting through a firewall',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'version-3': ['true'], udp: ['true'] },
  },
};

export const NFS_2026_01: PortTable = {
  id: 'nfs',
  product: 'NFS',
  title: 'nfs(5): Mounting through a firewall; rpc.nfsd(8)',
  reference: 'https://github.com/linux-nfs/nfs-utils/blob/7acc8b943c9ae89c711712c73df64b46572a44c9/utils/mount/nfs.man',
  edition: '2026-01',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'Version 4 uses 2049 without rpcbind; versions 2 and 3 ask rpcbind for the ports of mountd, NLM and statd, which are random.',
      decision:
        'Rows have 2049 and 111 only. For version 3, fix the ports of the other services and open them with a table of your own.',
      rows: ['nfs', 'rpcbind'],
    },
    {
      finding: 'The pages do not print the protocol of rpcbind.',
      decision: 'tcp, and udp with the option udp.',
      rows: ['rpcbind', 'rpcbind-udp'],
    },
    { finding: 'RDMA has port 20049, which is neither TCP nor UDP in the pages.', decision: 'Not a row.' },
    {
      finding: 'With version 4.0 a server connects back to a port of the client, which has no number in the pages.',
      decision: 'Not a row; 4.1 and later use the connection of the client.',
    },
  ],
  options: [
    {
      id: 'version-3',
      title: 'NFS version 3 (or 2)',
      default: 'false',
      section: 'Options for NFS versions 2 and 3 only',
    },
    {
      id: 'udp',
      title: 'NFS by UDP',
      default: 'false',
      section: 'rpc.nfsd (8)',
      reference:
        'https://github.com/linux-nfs/nfs-utils/blob/7acc8b943c9ae89c711712c73df64b46572a44c9/utils/nfsd/nfsd.man',
    },
  ],
  flows: [
    {
      source: ROLES.client,
      destination: ROLES.server,
      rows: [ROWS.nfs, ROWS['nfs-udp'], ROWS.rpcbind, ROWS['rpcbind-udp']],
    },
  ],
};
