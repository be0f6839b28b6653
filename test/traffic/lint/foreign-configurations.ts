/**
 * Reductions of configurations that many people have, and that this library did not create: Terraform's JSON syntax, or a plan. They
 * have the rules of the originals in a few lines, with their habits: no descriptions, `self`, wide ranges, inline rules.
 */

type Attributes = Record<string, unknown>;
type Rules = Record<string, Attributes>;

const WORLD = ['0.0.0.0/0'];
const ALL = { protocol: '-1', from_port: 0, to_port: 0 };
const ALL_OUTBOUND = { ...ALL, cidr_blocks: WORLD, ipv6_cidr_blocks: ['::/0'] };
const tcp = (port: number, last = port): Attributes => ({ protocol: 'tcp', from_port: port, to_port: last });
const udp = (port: number, last = port): Attributes => ({ protocol: 'udp', from_port: port, to_port: last });
const group = (name: string): string => `\${aws_security_group.${name}.id}`;

/** A load balancer, web servers and a database, as in most tutorials: inline rules only. */
const threeTiers = {
  resource: {
    aws_security_group: {
      alb: {
        name: 'alb',
        ingress: [
          { ...tcp(80), cidr_blocks: WORLD, ipv6_cidr_blocks: ['::/0'], description: 'HTTP' },
          { ...tcp(443), cidr_blocks: WORLD, description: 'HTTPS' },
        ],
        egress: [ALL_OUTBOUND],
      },
      web: { name: 'web', ingress: [{ ...tcp(8080), security_groups: [group('alb')] }], egress: [ALL_OUTBOUND] },
      db: { name: 'db', ingress: [{ ...tcp(5432), security_groups: [group('web')], description: 'PostgreSQL' }] },
    },
  },
};

/** Controllers and workers of a self-managed cluster: rules as resources, both directions, `self`, open to the world for users. */
const selfManagedCluster = {
  resource: {
    aws_security_group: { controller: { name: 'controller' }, worker: { name: 'worker' } },
    aws_security_group_rule: Object.fromEntries(
      Object.entries<Attributes>({
        'controller-icmp': { protocol: 'icmp', from_port: 8, to_port: 0, source_security_group_id: group('worker') },
        'controller-ssh': { ...tcp(22), cidr_blocks: WORLD },
        'controller-etcd': { ...tcp(2379, 2380), self: true },
        'controller-etcd-metrics': { ...tcp(2381), source_security_group_id: group('worker') },
        'controller-vxlan': { ...udp(4789), source_security_group_id: group('worker') },
        'controller-vxlan-self': { ...udp(4789), self: true },
        'controller-apiserver': { ...tcp(6443), cidr_blocks: WORLD },
        'controller-kubelet': { ...tcp(10250), source_security_group_id: group('worker') },
        'controller-kubelet-self': { ...tcp(10250), self: true },
        'controller-egress': { type: 'egress', ...ALL_OUTBOUND },
        'worker-ssh': { ...tcp(22), cidr_blocks: WORLD },
        'worker-http': { ...tcp(80), cidr_blocks: WORLD },
        'worker-https': { ...tcp(443), cidr_blocks: WORLD },
        'worker-vxlan': { ...udp(4789), source_security_group_id: group('controller') },
        'worker-vxlan-self': { ...udp(4789), self: true },
        'worker-kubelet': { ...tcp(10250), source_security_group_id: group('controller') },
        'worker-kubelet-self': { ...tcp(10250), self: true },
        'worker-node-exporter': { ...tcp(9100), self: true },
        'worker-egress': { type: 'egress', ...ALL_OUTBOUND },
      }).map(([name, rule]) => [
        name,
        { type: 'ingress', security_group_id: group(name.split('-')[0]), description: '', ...rule },
      ]),
    ),
  },
};

const node = (key: string, rule: Attributes): Attributes => ({
  address: `module.eks.aws_security_group_rule.node["${key}"]`,
  type: 'aws_security_group_rule',
  name: 'node',
  mode: 'managed',
  values: { type: 'ingress', security_group_id: 'sg-0bbbbbbbb', description: key, ...rule },
});

const CLUSTER = 'sg-0aaaaaaaa';

/** A plan of the EKS module of the Terraform registry, whose groups exist, with a rule of the user for one more webhook. */
const eksPlan = {
  format_version: '1.2',
  planned_values: {
    root_module: {
      resources: [
        {
          address: 'aws_vpc_security_group_ingress_rule.webhook',
          type: 'aws_vpc_security_group_ingress_rule',
          name: 'webhook',
          mode: 'managed',
          values: {
            security_group_id: 'sg-0bbbbbbbb',
            referenced_security_group_id: CLUSTER,
            ip_protocol: 'tcp',
            from_port: 9444,
            to_port: 9444,
            description: 'webhook',
          },
        },
      ],
      child_modules: [
        {
          address: 'module.eks',
          resources: [
            ['cluster', CLUSTER],
            ['node', 'sg-0bbbbbbbb'],
          ]
            .map(([name, id]): Attributes => ({
              address: `module.eks.aws_security_group.${name}[0]`,
              type: 'aws_security_group',
              name,
              mode: 'managed',
              index: 0,
              values: { id, name_prefix: `prod-${name}-` },
            }))
            .concat(
              {
                address: 'module.eks.aws_security_group_rule.cluster["ingress_nodes_443"]',
                type: 'aws_security_group_rule',
                name: 'cluster',
                mode: 'managed',
                values: {
                  type: 'ingress',
                  security_group_id: CLUSTER,
                  ...tcp(443),
                  source_security_group_id: 'sg-0bbbbbbbb',
                  description: 'Node groups to cluster API',
                },
              },
              node('ingress_cluster_443', { ...tcp(443), source_security_group_id: CLUSTER }),
              node('ingress_cluster_kubelet', { ...tcp(10250), source_security_group_id: CLUSTER }),
              node('ingress_cluster_9443_webhook', { ...tcp(9443), source_security_group_id: CLUSTER }),
              node('ingress_self_coredns_tcp', { ...tcp(53), self: true }),
              node('ingress_self_coredns_udp', { ...udp(53), self: true }),
              node('ingress_nodes_ephemeral', { ...tcp(1025, 65_535), self: true }),
              node('egress_all', { ...ALL_OUTBOUND, type: 'egress' }),
            ),
        },
      ],
    },
  },
};

const firewall = (rule: Attributes): Attributes => ({ network: 'prod', project: 'net-host', ...rule });
const TCP = (...ports: string[]): Attributes => ({ protocol: 'tcp', ports });

/** A network that denies by default, with the usual exceptions: IAP, health checks, webhooks of GKE, a public web server. */
const denyingNetwork = {
  resource: {
    google_compute_firewall: {
      deny_ingress: firewall({
        priority: 65_534,
        deny: [{ protocol: 'all' }],
        source_ranges: WORLD,
        description: 'deny',
      }),
      deny_egress: firewall({
        ...{ direction: 'EGRESS', priority: 65_534, deny: [{ protocol: 'all' }] },
        ...{ destination_ranges: WORLD, description: 'deny' },
      }),
      iap: firewall({ allow: [TCP('22', '3389')], source_ranges: ['35.235.240.0/20'], description: 'IAP' }),
      health: firewall({
        ...{ allow: [TCP('80', '443')], source_ranges: ['35.191.0.0/16', '130.211.0.0/22'] },
        ...{ target_tags: ['web'], description: 'health checks' },
      }),
      web: firewall({ allow: [TCP('80', '443')], source_ranges: WORLD, target_tags: ['web'], description: 'web' }),
      webhooks: firewall({
        ...{ allow: [TCP('8443', '9443', '15017')], source_ranges: ['172.16.0.0/28'] },
        ...{ target_tags: ['gke-prod'], description: 'Managed by terraform gke module' },
      }),
      internal: firewall({ allow: [{ protocol: 'tcp' }, { protocol: 'udp' }], source_ranges: ['10.0.0.0/8'] }),
      internal_ssh: firewall({ allow: [TCP('22')], source_ranges: ['10.1.0.0/16'], description: 'ssh' }),
      quarantine: firewall({
        ...{ priority: 10, deny: [{ protocol: 'all' }], source_ranges: WORLD },
        ...{ target_tags: ['quarantine'], description: 'quarantine' },
      }),
      google_apis: firewall({
        ...{ direction: 'EGRESS', allow: [TCP('443')], destination_ranges: ['199.36.153.8/30'] },
        description: 'private.googleapis.com',
      }),
    },
  },
};

/** A configuration that grew for years: inline and separate rules, the same rule twice, a list of an edge network. */
const grown: { data: unknown; resource: Record<string, Rules> } = {
  data: { aws_ec2_managed_prefix_list: { edge: { name: 'com.amazonaws.global.cloudfront.origin-facing' } } },
  resource: {
    aws_security_group: {
      app: {
        ingress: [{ ...tcp(8080), cidr_blocks: ['10.0.0.0/8'], description: 'internal' }],
        egress: [ALL_OUTBOUND],
      },
      origin: {},
    },
    aws_security_group_rule: {
      bastion: {
        ...{ type: 'ingress', security_group_id: group('app'), ...tcp(22) },
        ...{ cidr_blocks: ['10.9.0.0/24'], description: 'bastion' },
      },
      admin: {
        ...{ type: 'ingress', security_group_id: group('origin'), ...tcp(22) },
        ...{ cidr_blocks: ['10.9.0.0/24', '10.8.0.0/24'], description: 'admin' },
      },
    },
    aws_vpc_security_group_ingress_rule: {
      edge: {
        ...{ security_group_id: group('origin'), ip_protocol: 'tcp', from_port: 443, to_port: 443 },
        ...{ prefix_list_id: '${data.aws_ec2_managed_prefix_list.edge.id}', description: 'edge' },
      },
      ops: {
        ...{ security_group_id: group('origin'), ip_protocol: 'tcp', from_port: 22, to_port: 22 },
        ...{ cidr_ipv4: '10.8.0.0/24', description: 'ops' },
      },
      s3: {
        ...{ security_group_id: group('origin'), ip_protocol: 'tcp', from_port: 444, to_port: 444 },
        ...{ prefix_list_id: 'pl-0123456789abcdef0', description: 'list of a different team' },
      },
    },
  },
};

export const FOREIGN: Readonly<Record<string, unknown>> = {
  'three tiers': threeTiers,
  'a self-managed cluster': selfManagedCluster,
  'a plan of the EKS module': eksPlan,
  'a network of GCP that denies by default': denyingNetwork,
  'a configuration that grew for years': grown,
};
