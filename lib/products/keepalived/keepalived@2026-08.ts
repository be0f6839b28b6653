// Generated from keepalived@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = { node: { id: 'node', title: 'peer nodes' } };

const ROWS = {
  vrrp: {
    name: 'vrrp',
    port: Port.ip(112),
    description: 'you must allow VRRP protocol traffic through the firewall',
    purpose: 'to achieve high-availability with director failover',
    section: 'Using keepalived with firewalld',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.COMMAND,
    level: PortLevel.HOST,
    internal: true,
  },
  'lvs-sync': {
    name: 'lvs-sync',
    port: Port.udp(8848),
    description: 'UDP port number to use, default 8848',
    section: 'lvs_sync_daemon (keepalived.conf(5))',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'lvs-sync': ['true'] },
  },
};

export const KEEPALIVED_2026_08: PortTable = {
  id: 'keepalived',
  product: 'Keepalived',
  title: 'keepalived(8): Using keepalived with firewalld',
  reference:
    'https://github.com/acassen/keepalived/blob/9cbce3e2117fd7dfbddf3cd4c45dad6283189176/doc/man/man8/keepalived.8.in',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The manual page names the protocol VRRP, not its number. The file INSTALL has 112, and that all ports should be opened.',
      decision: 'IP protocol 112, which has no ports.',
      rows: ['vrrp'],
    },
    { finding: 'The manual page has a command for IPv4 only.', decision: 'Both families.', rows: ['vrrp'] },
    {
      finding:
        'Without unicast peers the destination is a multicast address (224.0.0.18, ff02::12, and 224.0.0.81 for the LVS sync daemon), which clouds do not carry.',
      decision: 'The rows are for the addresses of the peer nodes. Use unicast peers in a cloud.',
      rows: ['vrrp', 'lvs-sync'],
    },
    {
      finding:
        'BFD neighbors, mail servers and real servers are machines of the user, with the ports 3784, 4784 and 25 or ports of their own.',
      decision: 'Not rows.',
    },
  ],
  options: [
    {
      id: 'lvs-sync',
      title: 'The LVS sync daemon',
      default: 'false',
      section: 'lvs_sync_daemon',
      reference:
        'https://github.com/acassen/keepalived/blob/9cbce3e2117fd7dfbddf3cd4c45dad6283189176/doc/man/man5/keepalived.conf.5.in',
    },
  ],
  flows: [{ source: ROLES.node, destination: ROLES.node, rows: [ROWS.vrrp, ROWS['lvs-sync']] }],
};
