// Generated from cert-manager@2026-08.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  'kubernetes-api': { id: 'kubernetes-api', title: 'Kubernetes (API server)' },
  webhook: { id: 'webhook', title: 'cert-manager (webhook)' },
  controller: { id: 'controller', title: 'cert-manager (controller)' },
  cainjector: { id: 'cainjector', title: 'cert-manager (cainjector)' },
  startupapicheck: { id: 'startupapicheck', title: 'cert-manager (startupapicheck)' },
  dns: { id: 'dns', title: 'Kubernetes DNS' },
  acme: { id: 'acme', title: "ACME (Let's Encrypt), by the ingress load balancer" },
  acmesolver: { id: 'acmesolver', title: 'cert-manager (acmesolver)' },
  prometheus: { id: 'prometheus', title: 'Metrics Collector' },
};

const ROWS = {
  webhook: {
    name: 'webhook',
    port: Port.tcp(10250),
    description: 'By default, webhook.securePort is set to 10250',
    impact: 'The webhook does not work: Internal error occurred, failed calling admission webhook.',
    section: 'Cause 1: GKE Private Cluster',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
    when: { 'webhook-network': ['pod'] },
  },
  'webhook-host-network': {
    name: 'webhook-host-network',
    port: Port.tcp(10260),
    description: 'webhook.hostNetwork=true, webhook.securePort=10260',
    impact: 'The API server cannot reach the webhook pod.',
    section: 'Cause 2: EKS on a custom CNI',
    protocolBasis: Basis.COMMAND,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    internal: true,
    when: { 'webhook-network': ['host'] },
  },
  'webhook-fargate': {
    name: 'webhook-fargate',
    port: Port.tcp(10260),
    description: 'webhook.securePort=10260',
    section: 'Error: x509 (EKS with Fargate pods)',
    protocolBasis: Basis.INFERRED,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
    when: { 'webhook-network': ['fargate'] },
  },
  'api-server': {
    name: 'api-server',
    port: Port.tcp(443),
    description: 'For connections to the Kubernetes API server',
    section: 'Network Requirements and Network Policy',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
  },
  'api-server-openshift': {
    name: 'api-server-openshift',
    port: Port.tcp(6443),
    description: 'For connections to the Kubernetes API server on OpenShift',
    section: 'Network Requirements and Network Policy',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.HOST,
    when: { openshift: ['true'] },
  },
  dns: {
    name: 'dns',
    port: Port.tcpAndUdp(53),
    description: 'DNS queries for both cluster and external domain names',
    section: 'Network Requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
  acmesolver: {
    name: 'acmesolver',
    port: Port.tcp(8089),
    description: 'HTTP connection to this Pod via your chosen ingress load balancer',
    section: 'Network Requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(9402),
    description: 'metrics servers which listen for HTTP connections on TCP port 9402',
    section: 'Network Requirements',
    protocolBasis: Basis.TEXT,
    directionBasis: Basis.TEXT,
    level: PortLevel.POD,
    internal: true,
  },
};

export const CERT_MANAGER_2026_08: PortTable = {
  id: 'cert-manager',
  product: 'cert-manager',
  title: 'Best Practice: Network Requirements; Webhook troubleshooting',
  reference:
    'https://github.com/cert-manager/website/blob/776e5dba56510fc9de84206b806b568447077f25/content/docs/installation/best-practice.md',
  edition: '2026-08',
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding: 'The network requirements name no port of the webhook and refer to the guide for troubleshooting.',
      decision: 'As that guide has it.',
      rows: ['webhook', 'webhook-host-network', 'webhook-fargate'],
    },
    {
      finding:
        'The page on compatibility says that a private GKE cluster needs a firewall rule for the webhook. The guide says that it needs none for 10250 and 443.',
      decision: 'The row is for every cluster whose firewall does not let the API server reach 10250 of pods.',
      rows: ['webhook'],
    },
    {
      finding: 'The egress list has 443 for the API server without a condition, and 6443 in addition on OpenShift.',
      decision: 'As the list has it. Where the API server listens on 6443, ports moves the row.',
      rows: ['api-server', 'api-server-openshift'],
    },
    {
      finding: 'The port of the ACME solver, 8089, is not on this page.',
      decision: 'The default of --listen-port in the command line reference of acmesolver at the same commit.',
      rows: ['acmesolver'],
    },
    {
      finding:
        'Outbound DNS, HTTPS and 80/tcp (self-checks) of the controller for issuers go to hosts, and in part to ports, that are settings of the user.',
      decision: 'Not rows, because the far ends are of the user.',
    },
    {
      finding: 'The document does not say that a metrics collector is optional. The metrics servers listen by default.',
      decision: 'Open by default; set metrics to false without a collector.',
      rows: ['metrics'],
    },
    {
      finding: 'Kubelets probe 6080 of the webhook and 9443 of the controller on their own node.',
      decision: 'Not rows.',
    },
  ],
  options: [
    {
      id: 'webhook-network',
      title: 'The network of the webhook, host for EKS with a custom CNI, fargate for EKS with Fargate pods',
      choices: ['pod', 'host', 'fargate'],
      default: 'pod',
      section: 'Cause 1: GKE Private Cluster; Cause 2: EKS on a custom CNI; EKS with Fargate pods',
      reference:
        'https://github.com/cert-manager/website/blob/776e5dba56510fc9de84206b806b568447077f25/content/docs/troubleshooting/webhook.md',
    },
    { id: 'openshift', title: 'OpenShift', default: 'false', section: 'Network Requirements and Network Policy' },
    {
      id: 'acme-http01',
      title: 'ACME Issuer configured for HTTP01',
      default: 'false',
      section: 'Network Requirements',
    },
    { id: 'metrics', title: 'The metrics servers', default: 'true', section: 'Network Requirements' },
  ],
  flows: [
    {
      source: ROLES['kubernetes-api'],
      destination: ROLES.webhook,
      rows: [ROWS.webhook, ROWS['webhook-host-network'], ROWS['webhook-fargate']],
    },
    {
      source: ROLES.webhook,
      destination: ROLES['kubernetes-api'],
      rows: [ROWS['api-server'], ROWS['api-server-openshift']],
    },
    {
      source: ROLES.controller,
      destination: ROLES['kubernetes-api'],
      rows: [ROWS['api-server'], ROWS['api-server-openshift']],
    },
    {
      source: ROLES.cainjector,
      destination: ROLES['kubernetes-api'],
      rows: [ROWS['api-server'], ROWS['api-server-openshift']],
    },
    {
      source: ROLES.startupapicheck,
      destination: ROLES['kubernetes-api'],
      rows: [ROWS['api-server'], ROWS['api-server-openshift']],
    },
    { source: ROLES.webhook, destination: ROLES.dns, rows: [ROWS.dns] },
    { source: ROLES.controller, destination: ROLES.dns, rows: [ROWS.dns] },
    { source: ROLES.cainjector, destination: ROLES.dns, rows: [ROWS.dns] },
    { source: ROLES.startupapicheck, destination: ROLES.dns, rows: [ROWS.dns] },
    { when: { 'acme-http01': ['true'] }, source: ROLES.acme, destination: ROLES.acmesolver, rows: [ROWS.acmesolver] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.controller, rows: [ROWS.metrics] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.webhook, rows: [ROWS.metrics] },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.cainjector, rows: [ROWS.metrics] },
  ],
};
