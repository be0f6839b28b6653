// Generated from opentelemetry-collector@0.170.yaml by `npm run products`. Change that file.
import { Port } from '../../net';
import { Basis, PortLevel, type PortTable } from '../../tables';

const ROLES = {
  client: { id: 'client', title: 'applications that send telemetry' },
  collector: { id: 'collector', title: 'nodes on which the collector runs' },
  prometheus: { id: 'prometheus', title: 'Prometheus' },
};

const ROWS = {
  otlp: {
    name: 'otlp',
    port: Port.tcp(4317),
    description: 'otlp',
    section: 'ports',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'otlp-http': {
    name: 'otlp-http',
    port: Port.tcp(4318),
    description: 'otlp-http',
    section: 'ports',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'jaeger-compact': {
    name: 'jaeger-compact',
    port: Port.udp(6831),
    description: 'jaeger-compact',
    section: 'ports',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'jaeger-thrift': {
    name: 'jaeger-thrift',
    port: Port.tcp(14268),
    description: 'jaeger-thrift',
    section: 'ports',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  'jaeger-grpc': {
    name: 'jaeger-grpc',
    port: Port.tcp(14250),
    description: 'jaeger-grpc',
    section: 'ports',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  zipkin: {
    name: 'zipkin',
    port: Port.tcp(9411),
    description: 'zipkin',
    section: 'ports',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.HOST,
    internal: true,
  },
  metrics: {
    name: 'metrics',
    port: Port.tcp(8888),
    description: 'metrics',
    section: 'ports.metrics',
    protocolBasis: Basis.MANIFEST,
    directionBasis: Basis.INFERRED,
    level: PortLevel.POD,
    internal: true,
  },
};

export const OPENTELEMETRY_COLLECTOR_0_170: PortTable = {
  id: 'opentelemetry-collector',
  product: 'OpenTelemetry Collector',
  title: 'OpenTelemetry Collector Helm chart: ports',
  reference:
    'https://github.com/open-telemetry/opentelemetry-helm-charts/blob/dd5665c06f376c00a5e2147aa84b70c3d105ecfb/charts/opentelemetry-collector/values.yaml',
  edition: '0.170',
  checkedFor: ['opentelemetry-collector 0.158.0'],
  comparedOn: '2026-11-28',
  discrepancies: [
    {
      finding:
        'The documentation has no port table; the chart has one number for the container, the service and the host.',
      decision:
        'Level host, which the chart uses in the mode daemonset. In the other modes the same numbers are ports of pods.',
      rows: ['otlp', 'otlp-http', 'jaeger-compact', 'jaeger-thrift', 'jaeger-grpc', 'zipkin'],
    },
    {
      finding:
        'The health_check extension (13133) is for the probes of the kubelet on its own node; zPages, pprof and the port of the Prometheus exporter are in other pages, and not in the chart.',
      decision: 'Not rows.',
    },
    {
      finding: 'The documents do not say which machines send telemetry.',
      decision: 'The role client; directions are inferred.',
    },
    { finding: 'All receivers are enabled by default.', decision: 'As in the chart; omit leaves one out.' },
  ],
  options: [{ id: 'metrics', title: 'The metrics port is enabled', default: 'false', section: 'ports.metrics' }],
  flows: [
    {
      source: ROLES.client,
      destination: ROLES.collector,
      rows: [
        ROWS.otlp,
        ROWS['otlp-http'],
        ROWS['jaeger-compact'],
        ROWS['jaeger-thrift'],
        ROWS['jaeger-grpc'],
        ROWS.zipkin,
      ],
    },
    { when: { metrics: ['true'] }, source: ROLES.prometheus, destination: ROLES.collector, rows: [ROWS.metrics] },
  ],
};
