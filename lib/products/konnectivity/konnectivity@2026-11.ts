// Generated from konnectivity@2026-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  node: { id: 'node', title: 'nodes with a konnectivity-agent' },
  'control-plane': { id: 'control-plane', title: 'master machines with the konnectivity-server' },
};

const ROWS = {
  agent: {
    name: 'agent',
    port: Port.tcp(8132),
    description: 'agentport',
    section: 'konnectivity-server.yaml',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.MANIFEST,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const KONNECTIVITY_2026_11: PortTable = {
  id: 'konnectivity',
  product: 'Konnectivity',
  title: 'Set up Konnectivity service: konnectivity-server.yaml',
  reference:
    'https://github.com/kubernetes/website/blob/4d9111a85c007c54f2b4bd78fce599435f93b2dc/content/en/examples/admin/konnectivity/konnectivity-server.yaml',
  edition: '2026-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    { finding: 'The manifest has no date.', decision: 'The edition is the month in which the table was compared.' },
    {
      finding: 'The manifest has no protocols.',
      decision: 'TCP, the default of Kubernetes for ports of containers.',
      rows: ['agent'],
    },
    {
      finding:
        'The manifest of the agent connects to port 8132 of the master machine. The default of the project itself is 8091, and so are the numbers of its own examples.',
      decision: 'As the manifest of Kubernetes has it. The prop ports moves it.',
      rows: ['agent'],
    },
    {
      finding:
        'The manifest also has hostPort 8133 (adminport) and 8134 (healthport). The kubelet probes the health port on its own node, and the server binds the admin port to 127.0.0.1.',
      decision: 'Not rows.',
    },
    { finding: 'The API server reaches the server by a Unix socket, on the same machine.', decision: 'Not a row.' },
  ],
  flows: [{ source: ROLES.node, destination: ROLES['control-plane'], rows: [ROWS.agent] }],
};
