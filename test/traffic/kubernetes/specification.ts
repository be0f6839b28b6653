/**
 * The semantics of NetworkPolicy, written from the specification and without the code of the library:
 * https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ (read on 2026-11-28).
 */

export type Labels = Readonly<Record<string, string>>;

export interface Expression {
  readonly key: string;
  readonly operator: 'In';
  readonly values: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly Expression[];
}

export interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
}

export interface Item {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly protocol?: string; readonly port?: number; readonly endPort?: number }[];
}

export interface Policy {
  readonly namespace: string;
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly Item[];
    readonly egress?: readonly Item[];
  };
}

/** A pod, or something outside of the cluster, which has only an IP address. */
export interface End {
  readonly ip: string;
  readonly pod?: { readonly namespace: string; readonly labels: Labels };
}

export interface Packet {
  readonly from: End;
  readonly to: End;
  readonly protocol: string;
  readonly port: number;
}

export type Direction = 'ingress' | 'egress';

/** What the policies of a pod do with a packet: `not isolated` means that none selects the pod in this direction, so that everything passes. */
export function verdict(policies: readonly Policy[], packet: Packet, direction: Direction): string {
  const near = direction === 'ingress' ? packet.to : packet.from;
  const far = direction === 'ingress' ? packet.from : packet.to;
  const own = policies.filter((policy) => isolates(policy, near, direction));
  if (own.length === 0) return 'not isolated';
  const passes = own.some(({ namespace, spec }) =>
    (spec[direction] ?? []).some((item) => {
      const peers = (direction === 'ingress' ? item.from : item.to) ?? [];
      const { ports = [] } = item;
      const isPeer = peers.length === 0 || peers.some((peer) => matches(peer, far, namespace));
      return isPeer && (ports.length === 0 || ports.some((port) => isPort(port, packet)));
    }),
  );
  return passes ? 'passes' : 'refused';
}

function isolates({ namespace, spec }: Policy, { pod }: End, direction: Direction): boolean {
  if (pod?.namespace !== namespace || !selects(spec.podSelector, pod.labels)) return false;
  const { policyTypes = [], egress = [] } = spec;
  if (policyTypes.length > 0) return policyTypes.some((type) => type.toLowerCase() === direction);
  return direction === 'ingress' || egress.length > 0;
}

function matches({ ipBlock, podSelector, namespaceSelector }: Peer, { ip, pod }: End, namespace: string): boolean {
  if (ipBlock !== undefined) {
    return isWithin(ip, ipBlock.cidr) && !(ipBlock.except ?? []).some((range) => isWithin(ip, range));
  }
  if (pod === undefined) return false;
  const isNamespace =
    namespaceSelector === undefined
      ? pod.namespace === namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace });
  return isNamespace && (podSelector === undefined || selects(podSelector, pod.labels));
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => key in labels && values.includes(labels[key]))
  );
}

function isPort(
  { protocol = 'TCP', port, endPort }: NonNullable<Item['ports']>[number],
  packet: Pick<Packet, 'protocol' | 'port'>,
): boolean {
  if (protocol !== packet.protocol) return false;
  return port === undefined || (packet.port >= port && packet.port <= (endPort ?? port));
}

/** Whether an IPv4 address is in a range. */
function isWithin(ip: string, cidr: string): boolean {
  const [base, length] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(ip) / size) === Math.floor(numberOf(base) / size);
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
