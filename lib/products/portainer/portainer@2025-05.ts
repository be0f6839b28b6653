// Generated from portainer@2025-05.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  user: { id: 'user', title: 'users of the UI and the API' },
  server: { id: 'server', title: 'Portainer Server' },
  'edge-agent': { id: 'edge-agent', title: 'Edge Agents' },
  agent: { id: 'agent', title: 'Portainer Agents' },
};

const ROWS = {
  https: {
    name: 'https',
    port: Port.tcp(9443),
    description: 'for the UI and API',
    section: 'Ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    when: { 'server-ports': ['host'] },
  },
  'node-port-https': {
    name: 'node-port-https',
    port: Port.tcp(30779),
    description: 'for the UI and API',
    section: 'Ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.INFERRED,
    level: PortLevel.NODE_PORT,
    when: { 'server-ports': ['node-port'] },
  },
  http: {
    name: 'http',
    port: Port.tcp(9000),
    description: 'HTTP port 9000 open for legacy reasons',
    section: 'Deployment (Install Portainer with Docker on Linux)',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
    when: { 'server-ports': ['host'], http: ['true'] },
  },
  'node-port-http': {
    name: 'node-port-http',
    port: Port.tcp(30777),
    description: 'Static NodePort for accessing the Portainer web interface',
    section: 'Helm chart configuration options',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.INFERRED,
    level: PortLevel.NODE_PORT,
    internal: true,
    when: { 'server-ports': ['node-port'], http: ['true'] },
  },
  'https-2': {
    name: 'https',
    port: Port.tcp(9443),
    description: 'the UI port',
    section: 'Preparation (Edge Agent)',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    when: { 'server-ports': ['host'], 'edge-agents': ['standard', 'async'] },
  },
  tunnel: {
    name: 'tunnel',
    port: Port.tcp(8000),
    description: 'for the TCP tunnel server for Edge Agents',
    section: 'Ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    when: { 'server-ports': ['host'], 'edge-agents': ['standard'] },
  },
  'node-port-https-2': {
    name: 'node-port-https',
    port: Port.tcp(30779),
    description: 'the UI port',
    section: 'Preparation (Edge Agent)',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.NODE_PORT,
    when: { 'server-ports': ['node-port'], 'edge-agents': ['standard', 'async'] },
  },
  'node-port-tunnel': {
    name: 'node-port-tunnel',
    port: Port.tcp(30776),
    description: 'for the TCP tunnel server for Edge Agents',
    section: 'Ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.NODE_PORT,
    when: { 'server-ports': ['node-port'], 'edge-agents': ['standard'] },
  },
  agent: {
    name: 'agent',
    port: Port.tcp(9001),
    description: 'must be accessible on the Agent from the Portainer Server instance',
    section: 'Ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { agents: ['docker', 'swarm'] },
  },
  'agent-load-balancer': {
    name: 'agent-load-balancer',
    port: Port.tcp(9001),
    description: '9001 when using Load Balancer',
    section: 'Install Portainer Agent on your Kubernetes environment',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { agents: ['kubernetes-load-balancer'] },
  },
  'node-port-agent': {
    name: 'node-port-agent',
    port: Port.tcp(30778),
    description: 'must be accessible on the Agent from the Portainer Server instance',
    section: 'Ports',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.NODE_PORT,
    internal: true,
    when: { agents: ['kubernetes-node-port'] },
  },
  'agent-2': {
    name: 'agent',
    port: Port.tcp(9001),
    description: 'The manager and worker nodes must be able to communicate with each other over port 9001.',
    section: 'Install Portainer Agent on Docker Swarm',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
  },
};

export const PORTAINER_2025_05: PortTable = {
  id: 'portainer',
  product: 'Portainer',
  title: 'Requirements and prerequisites: Ports',
  reference:
    'https://github.com/portainer/portainer-docs/blob/f985f23bf70add74c85b35064be63f6f7c461e9e/start/requirements-and-prerequisites.md',
  edition: '2025-05',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The page has a second number of each port for Kubernetes with NodePort.',
      decision:
        'The options server-ports and agents; without NodePort by default. The default of the option agents is docker, because the page prints its number (9001) first.',
      rows: ['node-port-https', 'node-port-tunnel', 'node-port-agent'],
    },
    {
      finding: 'The tunnel port is optional and only required with Edge Agents; in async mode they do not use it.',
      decision: 'The option edge-agents, none by default.',
      rows: ['tunnel', 'node-port-tunnel'],
    },
    {
      finding:
        'The command line and the Helm chart have 9000 for HTTP; the installation publishes it for legacy reasons only.',
      decision: 'The option http, off by default.',
      rows: ['http', 'node-port-http'],
    },
    {
      finding: 'The pages on Swarm and on Windows have ports of Docker Swarm (2377, 7946, 4789, 53).',
      decision: 'Not rows.',
    },
    {
      finding: 'The page of the reference is of 2025-05 or later; the others were read at a commit of 2024-03.',
      decision: 'The section Ports is the same in both.',
    },
  ],
  options: [
    {
      id: 'server-ports',
      title: 'Ports of the machine (Docker, or a load balancer), or NodePorts of Kubernetes',
      choices: ['host', 'node-port'],
      default: 'host',
      section: 'Ports',
    },
    {
      id: 'http',
      title: 'The UI by HTTP',
      default: 'false',
      section: 'Deployment',
      reference:
        'https://github.com/portainer/portainer-docs/blob/f03790a84ea357499570fd666d7cda871f5f468b/start/install-ce/server/docker/linux.md',
    },
    {
      id: 'edge-agents',
      title: 'Edge Agents, in standard or in async mode',
      choices: ['none', 'standard', 'async'],
      default: 'none',
      section: 'Ports',
      reference:
        'https://github.com/portainer/portainer-docs/blob/f03790a84ea357499570fd666d7cda871f5f468b/admin/environments/add/docker/edge-async.md',
    },
    {
      id: 'agents',
      title: 'Where the Portainer Agents run',
      choices: ['docker', 'swarm', 'kubernetes-load-balancer', 'kubernetes-node-port', 'none'],
      default: 'docker',
      section: 'Ports',
      reference:
        'https://github.com/portainer/portainer-docs/blob/f03790a84ea357499570fd666d7cda871f5f468b/admin/environments/add/kubernetes/agent.md',
    },
  ],
  flows: [
    {
      source: ROLES.user,
      destination: ROLES.server,
      rows: [ROWS.https, ROWS['node-port-https'], ROWS.http, ROWS['node-port-http']],
    },
    {
      source: ROLES['edge-agent'],
      destination: ROLES.server,
      rows: [ROWS['https-2'], ROWS.tunnel, ROWS['node-port-https-2'], ROWS['node-port-tunnel']],
    },
    {
      source: ROLES.server,
      destination: ROLES.agent,
      rows: [ROWS.agent, ROWS['agent-load-balancer'], ROWS['node-port-agent']],
    },
    { when: { agents: ['swarm'] }, source: ROLES.agent, destination: ROLES.agent, rows: [ROWS['agent-2']] },
  ],
};
