import { type TerraformStack, Testing } from 'cdktf';

/** One line for every port and far end that a stack opens, sorted: `ingress 6443/tcp from workers to control-plane`. */
export function opened(stack: TerraformStack): string[] {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as Synthesized;
  return [
    ...Object.values(resource.aws_vpc_security_group_ingress_rule ?? {}).map((rule) =>
      awsLine('ingress', 'from', rule),
    ),
    ...Object.values(resource.aws_vpc_security_group_egress_rule ?? {}).map((rule) => awsLine('egress', 'to', rule)),
    ...Object.values(resource.google_compute_firewall ?? {}).flatMap(gcpLines),
    ...POLICY_RULES.flatMap((type) => Object.values(resource[type] ?? {})).flatMap(policyLines),
    ...Object.values(resource.kubernetes_network_policy_v1 ?? {}).flatMap(kubernetesLines),
  ].sort();
}

/** The descriptions of all rules that a stack creates, sorted. */
export function descriptions(stack: TerraformStack): string[] {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as Synthesized;
  return Object.values(resource)
    .flatMap((ofType) => Object.values(ofType ?? {}))
    .map((rule) => rule.description as string)
    .sort();
}

interface Synthesized {
  readonly resource?: Record<string, Record<string, any> | undefined>;
}

function awsLine(direction: string, preposition: string, rule: any): string {
  const { from_port, to_port, ip_protocol, referenced_security_group_id, prefix_list_id } = rule;
  const range = rule.cidr_ipv4 ?? rule.cidr_ipv6;
  const numbers = from_port === to_port ? from_port : `${from_port}-${to_port}`;
  const port = ip_protocol === '-1' ? 'everything' : `${numbers}/${ip_protocol}`;
  const group = groupName(rule.security_group_id);
  const farEnd = range ?? groupName(referenced_security_group_id ?? prefix_list_id);
  return `${direction} ${port} ${preposition} ${farEnd} at ${group}`;
}

/** The name of a group or prefix list in its id: `workers` for `${aws_security_group.group_workers.id}`, `prefix list offices`. */
function groupName(id: string): string {
  return id
    .replace(/^\$\{aws_security_group\.group_(.*)\.id\}$/, '$1')
    .replace(/^\$\{aws_ec2_managed_prefix_list\.prefix_list_(.*)\.id\}$/, 'prefix list $1');
}

const POLICY_RULES = [
  'google_compute_network_firewall_policy_rule',
  'google_compute_region_network_firewall_policy_rule',
];

/** The lines of a rule of a firewall policy; none if it is for hostnames. */
function policyLines({ direction, match, ...rule }: any): string[] {
  const named = (tags: readonly { name: string }[] = []): string[] => tags.map(({ name }) => name);
  const isIngress = direction === 'INGRESS';
  const farEnds = isIngress ? (match.src_ip_ranges ?? []) : (match.dest_ip_ranges ?? []);
  const targets = [...named(rule.target_secure_tags), ...(rule.target_service_accounts ?? [])];
  return match.layer4_configs.flatMap(({ ip_protocol, ports }: any) =>
    (ports ?? ['']).flatMap((port: string) =>
      [...farEnds, ...named(match.src_secure_tags), ...(match.src_address_groups ?? [])].map(
        (end) =>
          `${direction.toLowerCase()} ${port}/${ip_protocol} ${isIngress ? 'from' : 'to'} ${end} at ${targets.join(', ')}`,
      ),
    ),
  );
}

function gcpLines(rule: any): string[] {
  const sources = [...(rule.source_ranges ?? []), ...(rule.source_tags ?? []), ...(rule.source_service_accounts ?? [])];
  const targets = [...(rule.target_tags ?? []), ...(rule.target_service_accounts ?? [])];
  const ports = rule.allow.flatMap((allow: any) =>
    allow.ports === undefined ? [allow.protocol] : allow.ports.map((port: string) => `${port}/${allow.protocol}`),
  );
  return ports.flatMap((port: string) =>
    sources.map(
      (source) => `${rule.direction.toLowerCase()} ${port} from ${source} at ${targets.join(', ') || 'all instances'}`,
    ),
  );
}

function kubernetesLines({ metadata, spec }: any): string[] {
  const pods = (selector: any): string =>
    Object.entries<string>(selector.match_labels ?? {})
      .map((label) => label.join('='))
      .join(',');
  const farEnd = (peer: any): string =>
    peer.ip_block?.cidr ??
    `${pods(peer.namespace_selector).replace(/^kubernetes\.io\/metadata\.name=/, '')}:${pods(peer.pod_selector)}`;
  const items = [
    ...(spec.ingress ?? []).map((item: any) => ({
      ...item,
      direction: 'ingress',
      preposition: 'from',
      peers: item.from,
    })),
    ...(spec.egress ?? []).map((item: any) => ({ ...item, direction: 'egress', preposition: 'to', peers: item.to })),
  ];
  return items.flatMap(({ direction, preposition, peers, ports }) =>
    ports.flatMap(({ port, end_port, protocol }: any) =>
      peers.map((peer: any) => {
        const numbers = end_port === undefined ? port : `${port}-${end_port}`;
        const own = `${metadata.namespace}:${pods(spec.pod_selector)}`;
        return `${direction} ${numbers}/${protocol.toLowerCase()} ${preposition} ${farEnd(peer)} at ${own}`;
      }),
    ),
  );
}

/** The Terraform addresses of what a construct created. */
export function terraformAddresses({ dependables }: { dependables: readonly { fqn: string }[] }): string[] {
  return dependables.map(({ fqn }) => fqn);
}
