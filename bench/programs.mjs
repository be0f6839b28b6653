/** What a program costs before it does anything. */
export const REQUIRES = [
  { name: 'an empty program', file: 'empty.cjs' },
  { name: "require('cdktf')", file: 'require-cdktf.cjs', isBase: true },
  { name: "require('cdktf-cluster-ports')", file: 'require-ours.cjs', isTarget: true },
  { name: 'both', file: 'require-both.cjs' },
];

/** Programs that make the same rules; each is compared with the first. */
export const AWS = [
  { name: 'raw, as documented', file: 'raw-aws.cjs', isBase: true },
  { name: 'raw, id read once', file: 'raw-aws.cjs', args: ['id-read-once'] },
  { name: 'ours, AWS', file: 'ours-aws.cjs', isTarget: true },
];

export const GCP = [
  { name: 'raw, GCP', file: 'raw-gcp.cjs', isBase: true },
  { name: 'ours, GCP', file: 'ours-gcp.cjs' },
];
