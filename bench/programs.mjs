/** Programs that only load packages. */
export const REQUIRES = [
  { name: 'an empty program', file: 'empty.cjs' },
  { name: "require('cdktf')", file: 'require-cdktf.cjs', isBase: true },
  { name: "require('cdktf-cluster-ports')", file: 'require-cluster-ports.cjs', target: 'at most 1.1x CPU' },
  { name: 'both', file: 'require-both.cjs' },
];

/** Programs that create the same rules. Each is compared with the base; the targets are for 1,000 rules and more. */
export const AWS = [
  { name: 'raw, as documented', file: 'raw-aws.cjs' },
  { name: 'raw, id read once', file: 'raw-aws.cjs', args: ['id-read-once'], isBase: true },
  { name: 'cdktf-cluster-ports, AWS', file: 'cluster-ports-aws.cjs', target: 'at most 1.1x CPU and memory' },
];

export const GCP = [
  { name: 'raw, GCP', file: 'raw-gcp.cjs', isBase: true },
  { name: 'cdktf-cluster-ports, GCP', file: 'cluster-ports-gcp.cjs', target: 'at most 1.3x CPU and memory' },
];
