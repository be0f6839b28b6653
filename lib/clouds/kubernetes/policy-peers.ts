import type { Construct } from 'constructs';
import { type CloudEnd, Cloud, type Flow, nameInProps, type ResolvedEnd } from '../../access';
import { resolvedEnd } from '../../framework';
import { refusal, shown } from '../../input';
import { AddressFamily, byPort, type Port, Protocol, rangesOf } from '../../net';
import type { DnsJson } from '../../provenance';
import { isPolicyProtocol, type Labels, labelText } from './forms';
import type { KubernetesDns } from './kubernetes-dns';
import type { PodsSettings } from './kubernetes-pods-props';

/** The members of the type NetworkPolicy that this library uses, in the form of the API `networking.k8s.io/v1`. */
interface PolicyPeer {
  readonly ipBlock?: { readonly cidr: string };
  readonly namespaceSelector?: { readonly matchLabels: Labels };
  readonly podSelector?: { readonly matchLabels?: Labels };
}

/** A port or a range of ports of a policy. */
interface PolicyPort {
  readonly protocol: string;
  readonly port: number;
  readonly endPort?: number;
}

/** Far ends and ports: a packet passes if it matches one of each. */
export interface PolicyItem {
  /** At least one, because none would be everyone. Absent in a policy that allows everything. */
  readonly peers?: readonly PolicyPeer[];
  /** At least one, because none would be every port. Absent in a policy that allows everything. */
  readonly ports?: readonly PolicyPort[];
}

/** A host group of pods. */
export interface Pods extends CloudEnd {
  readonly _settings: PodsSettings;
}

/** Returns whether a far end is pods. */
function isPods(group: CloudEnd): group is Pods {
  return group.cloud === Cloud.KUBERNETES;
}

/** Returns the pods among several far ends, each once, whoever created them. */
export function podsIn(groups: readonly CloudEnd[]): Pods[] {
  const byKey = new Map(groups.filter(isPods).map((group) => [JSON.stringify(peerOfPods(group)), group]));
  return [...byKey.values()];
}

/** The label that Kubernetes gives to every namespace: its name. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
/** The form of the selector is in https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/ and the pods of kubeadm. */
const KUBE_DNS: PolicyPeer = {
  namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

function peerOfPods({ _settings: { namespace, labels, namespaceLabels } }: Pods): PolicyPeer {
  return {
    namespaceSelector: { matchLabels: namespaceLabels ?? { [NAMESPACE_NAME]: namespace } },
    podSelector: podSelectorOf(labels),
  };
}

/** Returns the selector of pods with some labels; every pod of the namespace if there are none. */
export function podSelectorOf(labels: Labels): { readonly matchLabels?: Labels } {
  return Object.keys(labels).length === 0 ? {} : { matchLabels: labels };
}

/** The pods that get a policy, and the construct that needs it. */
export interface PolicyContext {
  readonly pods: Pods;
  readonly stack: Construct;
  readonly place: string;
}

/** Returns the items for flows from or to a far end: one for all rows of both families, and one for those of each single family. */
export function policyItems(flows: readonly Flow[], end: ResolvedEnd, context: PolicyContext): PolicyItem[] {
  return [undefined, AddressFamily.IPV4, AddressFamily.IPV6].flatMap((family) => {
    const ofFamily = flows.filter(({ row }) => row.family === family);
    const ports = policyPorts(ofFamily.map(({ port }) => port));
    const peers = ports.length === 0 ? [] : policyPeers(end, family, { ...context, what: rowsText(ofFamily) });
    return ports.length === 0 || peers.length === 0 ? [] : [{ peers, ports }];
  });
}

const MAX_NAMED_ROWS = 3;

/** Returns the rows of flows for an error: `row webhook (9443/tcp)`, `rows a (80/tcp), b (443/tcp)`. */
function rowsText(flows: readonly Flow[]): string {
  const rows = [...new Set(flows.map(({ row, port }) => `${row.name} (${String(port)})`))];
  const more = rows.length > MAX_NAMED_ROWS ? ` and ${rows.length - MAX_NAMED_ROWS} more` : '';
  return `row${rows.length > 1 ? 's' : ''} ${rows.slice(0, MAX_NAMED_ROWS).join(', ')}${more}`;
}

/** The pods that get a policy, and what the policy allows, for errors about its far end. */
interface PeerContext extends PolicyContext {
  readonly what: string;
}

/** Returns ports sorted, each once. */
function policyPorts(ports: readonly Port[]): PolicyPort[] {
  const byText = new Map([...ports].sort(byPort).map((port) => [String(port), port]));
  return [...byText.values()].map(({ protocol, fromPort, toPort }) => ({
    protocol: protocol.toUpperCase(),
    port: fromPort,
    ...(toPort > fromPort && { endPort: toPort }),
  }));
}

/** Returns the far ends that a policy has for one family, or for both: pods are selected in every family. */
function policyPeers(
  end: ResolvedEnd,
  family: AddressFamily | undefined,
  { pods, place, what }: PeerContext,
): PolicyPeer[] {
  const families = family === undefined ? Object.values(AddressFamily) : [family];
  const ranges = families.flatMap((one) => [
    ...rangesOf(one, end.ranges).map(String),
    ...end.references.filter((range) => range.family === one).map(({ text }) => text),
  ]);
  const list = end.references.find(({ isList }) => isList);
  if (list !== undefined) {
    const need = `${what}: a network policy needs each of its IP ranges by itself`;
    throw refusal(
      place,
      'list-known-after-apply',
      need,
      `the list ${list.expression}`,
      'Peer.cidr(...) with each range',
    );
  }
  const [unknown] = end.references;
  if (unknown !== undefined && pods._settings.manifestsOnly === true) {
    const need = `${what}: a manifest needs IP ranges that are known at synthesis`;
    throw refusal(place, 'manifest-not-known', need, unknown.expression, 'a KubernetesPods without manifestsOnly');
  }
  for (const group of end.hostGroups) checkFarEnd(group, { pods, place, what });
  const selectors = podsIn(end.hostGroups).map(peerOfPods);
  const byText = [...selectors].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return [...new Set(ranges)].map((cidr): PolicyPeer => ({ ipBlock: { cidr } })).concat(byText);
}

function checkFarEnd(group: CloudEnd, { pods, place, what }: Omit<PeerContext, 'stack'>): void {
  const { provider } = pods._settings;
  const fix = `Peer.cidr(...) with the IP ranges of ${group.label}`;
  if (!isPods(group)) {
    const need = `${what}: a network policy needs IP ranges or pods at the far end`;
    throw refusal(place, 'far-end-cloud-mismatch', need, group.label, fix);
  }
  if (group._settings.provider === provider) return;
  const need = `${what}: pods are a far end only within their own cluster, which the provider instance tells`;
  throw refusal(place, 'far-end-network-mismatch', need, `${group.label} of a different provider instance`, fix);
}

/** Returns the end with the IP ranges of host groups of other clouds in their place, as far as the user gave them. */
export function withRangesOfGroups(end: ResolvedEnd, stack: Construct, place: string): ResolvedEnd {
  const others = end.hostGroups.filter((group) => !isPods(group));
  const given = others.map((group) => ({ group, ipRanges: group._factsIn?.(stack, place).ipRanges }));
  const known = given.flatMap(({ ipRanges }) =>
    ipRanges === undefined ? [] : [resolvedEnd(ipRanges._farEnd, stack, place)],
  );
  const replaced = new Set(given.filter(({ ipRanges }) => ipRanges !== undefined).map(({ group }) => group));
  return {
    ...end,
    ranges: [...end.ranges, ...known.flatMap(({ ranges }) => ranges)],
    references: [...end.references, ...known.flatMap(({ references }) => references)],
    hostGroups: end.hostGroups.filter((group) => !replaced.has(group)),
  };
}

/** Throws if a network policy has no rule for the protocol of a row. */
export function checkTransports(flows: readonly Flow[], place: string): void {
  const other = flows.find(({ port }) => !isPolicyProtocol(port.protocol));
  if (other === undefined) return;
  const { row, port } = other;
  const need = `row ${row.name} (${String(port)}) must be tcp, udp or sctp, because a network policy has no other protocol`;
  throw refusal(place, 'protocol-not-in-cloud', need, port.protocol, `omit: [${shown(nameInProps(other))}]`);
}

/** Returns the item that allows DNS to the name servers of pods; nothing if they have none. */
export function dnsItems({ _kind, _servers, _port }: KubernetesDns, context: PolicyContext): PolicyItem[] {
  const ports = [Protocol.TCP, Protocol.UDP].map((protocol) => ({ protocol: protocol.toUpperCase(), port: _port }));
  if (_kind === 'none') return [];
  if (_servers === undefined) return [{ peers: [KUBE_DNS], ports }];
  const { stack, place } = context;
  const end = withRangesOfGroups(resolvedEnd(_servers._farEnd, stack, place), stack, place);
  return [{ peers: policyPeers(end, undefined, { ...context, what: 'DNS' }), ports }];
}

/** Returns the name servers of pods for the provenance. */
export function dnsJson({ _kind, _servers, _port: port }: KubernetesDns, stack: Construct, place: string): DnsJson {
  if (_kind === 'none') return { port, pods: [], ranges: [] };
  if (_servers === undefined) return { port, pods: [nameOfPeer(KUBE_DNS)], ranges: [] };
  const { ranges, references, hostGroups } = withRangesOfGroups(
    resolvedEnd(_servers._farEnd, stack, place),
    stack,
    place,
  );
  const unknown = references.map(({ family, expression, owner }) => ({
    family,
    value: expression.includes('${') ? expression : `\${${expression}}`,
    stack: owner,
  }));
  return {
    port,
    pods: podsIn(hostGroups).map((group) => nameOfPeer(peerOfPods(group))),
    ranges: ranges.map(String),
    unknownRanges: unknown.length === 0 ? undefined : unknown,
  };
}

/** Returns pods at a far end as text: `kube-system:k8s-app=kube-dns`, `{team=a}:*`. */
function nameOfPeer({ namespaceSelector, podSelector }: PolicyPeer): string {
  const { [NAMESPACE_NAME]: namespace, ...others } = namespaceSelector!.matchLabels;
  const isNamed = namespace !== undefined && Object.keys(others).length === 0;
  return `${isNamed ? namespace : `{${labelText(namespaceSelector!.matchLabels)}}`}:${labelText(podSelector?.matchLabels ?? {})}`;
}
