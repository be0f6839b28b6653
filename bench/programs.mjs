/** Programs that only load packages. */
export const REQUIRES = [
  { name: 'an empty program', file: 'empty.cjs' },
  { name: "require('cdktf')", file: 'require-cdktf.cjs', isBase: true },
  { name: "require('cdktf-cluster-ports')", file: 'require-cluster-ports.cjs', isTarget: true },
  { name: 'both', file: 'require-both.cjs' },
];

/** Programs that create the same rules. Each is compared with the first one. */
export const AWS = [
  { name: 'raw, as documented', file: 'raw-aws.cjs', isBase: true },
  { name: 'raw, id read once', file: 'raw-aws.cjs', args: ['id-read-once'] },
  { name: 'cdktf-cluster-ports, AWS', file: 'cluster-ports-aws.cjs', isTarget: true },
];

export const GCP = [
  { name: 'raw, GCP', file: 'raw-gcp.cjs', isBase: true },
  { name: 'cdktf-cluster-ports, GCP', file: 'cluster-ports-gcp.cjs' },
];
