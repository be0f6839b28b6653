// Generated from kube-vip@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'clients of the VIP' },
  'control-plane': { id: 'control-plane', title: 'control plane nodes' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  'api-server': {
    name: 'api-server',
    port: Port.tcp(6443),
    description: 'the default port of 6443 as the Kubernetes API server',
    section: 'Example ARP Manifest (installation/static.md)',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(2112),
    description: 'Host and port for the Prometheus metrics HTTP server',
    section: 'Flags',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const KUBE_VIP_2026_08: PortTable = {
  id: 'kube-vip',
  product: 'kube-vip',
  title: 'Flags and Environment Variables',
  reference:
    'https://github.com/kube-vip/website/blob/f5c870bfde67d6ec8e52fe78b6a4d88fc4b6a78c/content/docs/installation/flags.md',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'kube-vip has no page of ports. Numbers are defaults of flags and values of examples.',
      decision: 'The basis of each row says so.',
    },
    {
      finding:
        'The example manifest sets the port 6443 without a protocol; the page Architecture says that the load balancer of the control plane is TCP-based and has the same port.',
      decision: '6443/tcp, by the page Architecture. The prop ports moves it, as lb_port does.',
      rows: ['api-server'],
    },
    {
      finding:
        'Control plane nodes are clients of the VIP too, and the load balancer forwards to other control plane nodes, as the output of ipvsadm on the page Architecture shows.',
      decision: 'Opened from clients and between control plane nodes.',
      rows: ['api-server'],
    },
    {
      finding: 'Metrics are served by default, but who collects them is not documented.',
      decision: 'They are opened if the machines of Prometheus are given.',
      rows: ['metrics'],
    },
    {
      finding:
        'In ARP mode the VIP needs layer 2. BGP and BFD are documented without their ports, WireGuard with numbers of an example only.',
      decision: 'Not rows.',
    },
    { finding: 'Services of type LoadBalancer have ports of their own.', decision: 'Not rows.' },
  ],
  flows: [
    { source: ROLES.client, destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { source: ROLES['control-plane'], destination: ROLES['control-plane'], rows: [ROWS['api-server']] },
    { optional: true, source: ROLES.prometheus, destination: ROLES['control-plane'], rows: [ROWS.metrics] },
  ],
};
