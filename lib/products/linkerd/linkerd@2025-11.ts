// Generated from linkerd@2025-11.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'api-server' },
  linkerd: { id: 'linkerd', title: 'Linkerd control plane' },
  'meshed-pod': { id: 'meshed-pod', title: 'meshed pods' },
};

const ROWS = {
  'proxy-injector': {
    name: 'proxy-injector',
    port: Port.tcp(8443),
    description: 'proxy-injector',
    impact: 'Automatic proxy injection does not receive requests from the api-server.',
    section: 'Private Clusters',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
  tap: {
    name: 'tap',
    port: Port.tcp(8089),
    description: 'tap',
    section: 'Private Clusters',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
    when: { viz: ['true'] },
  },
  'policy-validator': {
    name: 'policy-validator',
    port: Port.tcp(9443),
    description: 'policy-validator',
    section: 'Private Clusters',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.COMMAND,
    level: PortLevel.POD,
    internal: true,
  },
  proxy: {
    name: 'proxy',
    port: Port.tcp(4143),
    description: 'Communication between two meshed pods',
    impact: 'All meshed traffic is blocked.',
    section: 'Network Policy',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
};

export const LINKERD_2025_11: PortTable = {
  id: 'linkerd',
  product: 'Linkerd',
  title: 'Cluster Configuration: GKE, Private Clusters; Common Errors: Network Policy',
  reference:
    'https://github.com/linkerd/website/blob/93f001753363bba09eafd81e290512f89f4697ed/linkerd.io/content/2-edge/reference/cluster-configuration.md',
  edition: '2025-11',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The command opens 8443, 8089 and 9443 for proxy-injector, policy-validator and tap, without saying which is which.',
      decision:
        'By the container ports of the charts: 8443 proxy-injector (and sp-validator), 9443 policy-validator, 8089 tap.',
      rows: ['proxy-injector', 'tap', 'policy-validator'],
    },
    {
      finding: 'tap is part of the extension viz; the command always opens it.',
      decision: 'The option viz opens it. The document names no default.',
      rows: ['tap'],
    },
    {
      finding: 'The page speaks of private clusters on GKE only.',
      decision: 'The rows are for every cluster whose control plane cannot reach pods freely, such as EKS.',
      rows: ['proxy-injector', 'tap', 'policy-validator'],
    },
    {
      finding: '4143 is on a different page, common-errors/network-policy.md at the same commit, without a protocol.',
      decision: 'tcp, as proxies have it.',
      rows: ['proxy'],
    },
    {
      finding:
        'The other ports of the control plane (8080, 8086, 8088, 8090), metrics of proxies (4191) and gateways of the multicluster extension (4143, 4191) have no source on a page about networks.',
      decision: 'Not rows.',
    },
  ],
  options: [{ id: 'viz', title: 'The extension viz, which has tap', default: 'false', section: 'Private Clusters' }],
  flows: [
    {
      name: 'gke-to-linkerd-control-plane',
      source: ROLES['kubernetes-api'],
      destination: ROLES.linkerd,
      rows: [ROWS['proxy-injector'], ROWS.tap, ROWS['policy-validator']],
    },
    { source: ROLES['meshed-pod'], destination: ROLES['meshed-pod'], rows: [ROWS.proxy] },
  ],
};
