const KEY = 'vcluster-platform@2025-03/kubernetes-api-to-platform';

const ROWS = [
  { port: 8443, name: 'api-service', description: 'API service extension (v1.cluster.loft.sh)' },
  { port: 9443, name: 'webhook', description: 'Webhook validation (loft webhook)' },
  { port: 9444, name: 'management-api', description: 'Management API (v1.management.loft.sh)' },
];

exports.VPC = 'vpc-0123456789abcdef0';
exports.GROUP_DESCRIPTION = 'Ports that Kubernetes platforms document; each rule names its document';
exports.EGRESS_DESCRIPTION = 'All outbound traffic (Egress.ALL)';

/** One security group rule per row and range. */
exports.AWS_ROWS = ROWS.map(({ port, name, description }) => ({
  port,
  description: `${description} [${KEY}/${name}]`,
}));

/** One firewall for all rows. */
exports.FIREWALL_NAME = 'allow-k8s-api-to-vcluster-platform';
exports.FIREWALL_PORTS = ROWS.map(({ port }) => String(port));
exports.FIREWALL_DESCRIPTION = `${ROWS.map((row) => row.description).join(', ')} [${KEY}/${ROWS.map((row) => row.name).join(',')}]`;

const ranges = (count) => Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);

/** The AWS quota of rules per security group. */
const MOST_RULES = 1000;
exports.MOST_RULES = MOST_RULES;

/** On AWS each range needs one rule per row, on GCP one firewall. */
const rules = Number(process.argv[2]);
exports.GCP_RANGES = ranges(rules);
exports.AWS_GROUPS = groups(ranges(Math.ceil(rules / ROWS.length)), Math.floor(MOST_RULES / ROWS.length));

/** As many groups as the ranges need, at least one. */
function groups(all, most) {
  const count = Math.max(Math.ceil(all.length / most), 1);
  return Array.from({ length: count }, (_, index) => ({
    name: `platform-${index}`,
    ranges: all.slice(index * most, (index + 1) * most),
  }));
}
