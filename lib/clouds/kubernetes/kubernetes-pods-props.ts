import type { IConstruct } from 'constructs';
import { checkedIpRanges, checkEgress, checkZone, Egress, type IPeer, type NetworkZone } from '../../access';
import { checkProvider } from '../../framework';
import {
  checkNoScope,
  checkObject,
  checkPropNames,
  checkProps,
  checkReason,
  checkText,
  type PropsForm,
  readOnlyCopy,
  refusal,
  shown,
} from '../../input';
import { isPort, type Port, Protocol, suggestedPort } from '../../net';
import { checkedLabels, checkedNamespace, type Labels } from './forms';
import { KubernetesDns } from './kubernetes-dns';

/** The port at which the containers of pods listen for the connections of a row. */
export interface ContainerPort {
  /** The name of the row, such as `manager`, or the key of one flow, such as `client>worker/manager`. */
  readonly row: string;
  /** The port of the containers, in the protocol of the row: a network policy sees it in place of a NodePort. */
  readonly port: Port;
}

/** Pods, and the settings of the network policies for them. */
export interface KubernetesPodsProps {
  /** The namespace of the pods: at most 63 lower-case letters, digits and hyphens. There is no default. */
  readonly namespace: string;
  /**
   * The labels that all of the pods have and no other pods of the namespace, by key. Keys and values have at most 63 letters, digits,
   * dots, hyphens and underscores; in front of a key may be a DNS name and a slash. An empty object means every pod of the namespace, and
   * needs `reason`.
   */
  readonly labels: Record<string, string>;
  /**
   * What people call the pods, in errors and documents; never part of a policy.
   * @default - the namespace and the labels
   */
  readonly name?: string;
  /**
   * The ports of the containers, for rows that are NodePorts, and for rows of which the table does not say where their port is seen
   * (`level`). A construct throws `container-port-missing` for such a row without one, and synthesis throws `row-unknown` for a row that
   * none of the documents has.
   * @default - only rows that the table calls ports of pods
   */
  readonly ports?: ContainerPort[];
  /**
   * The labels by which policies for other pods find the namespace.
   * @default - `kubernetes.io/metadata.name`, which Kubernetes sets to the name of every namespace
   * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
   */
  readonly namespaceLabels?: Record<string, string>;
  /**
   * The outbound traffic of the pods. `Egress.UNMANAGED`: no policy restricts it. `Egress.DOCUMENTED`: a policy for each documented flow
   * that starts at these pods, so that they send nothing else; needs `dns`. `Egress.ALL`: a policy that allows everything, for a
   * namespace in which another policy denies it.
   * @default Egress.UNMANAGED
   */
  readonly egress?: Egress;
  /**
   * The name servers of the pods. Required with `Egress.DOCUMENTED`, and an error without it.
   * @default - no policy restricts DNS
   */
  readonly dns?: KubernetesDns;
  /**
   * Why every pod of the namespace is meant. Required if `labels` is empty, and an error otherwise. It goes into the description of the
   * policies.
   * @default - there are labels
   */
  readonly reason?: string;
  /**
   * The IP ranges of the pods, for firewalls outside of the cluster. They appear in access requests, and are never part of a policy.
   * @default - unknown
   */
  readonly ipRanges?: IPeer;
  /**
   * The network zone of the pods, for pictures and `cluster-ports lint`. It is never part of a policy.
   * @default - unknown
   */
  readonly zone?: NetworkZone;
  /**
   * Whether the policies are only manifests, which `cluster-ports manifests` writes for kubectl and GitOps, and no Terraform resources.
   * They then need no package of the Kubernetes provider, and IP ranges that are known at synthesis.
   * @default false
   */
  readonly manifestsOnly?: boolean;
  /**
   * The instance of the Kubernetes provider, for all policies.
   * @default - the provider without an alias
   */
  readonly provider?: IConstruct;
  /**
   * The beginning of the names of all policies: lower-case letters, digits and hyphens, at most 31, beginning with a letter. It is part
   * of their Terraform addresses.
   * @default - no prefix
   */
  readonly namePrefix?: string;
}

const PLACE = 'KubernetesPods.labelled';
const EXAMPLE = '{ namespace, labels }';
const FORM: PropsForm<KubernetesPodsProps> = {
  needed: 'a namespace and labels',
  example: EXAMPLE,
  names: {
    namespace: true,
    labels: true,
    name: true,
    ports: true,
    namespaceLabels: true,
    egress: true,
    dns: true,
    reason: true,
    ipRanges: true,
    zone: true,
    manifestsOnly: true,
    provider: true,
    namePrefix: true,
  },
};

/** The props of pods, checked and copied. */
export interface PodsSettings extends Omit<KubernetesPodsProps, 'labels' | 'namespaceLabels' | 'ports' | 'egress'> {
  readonly labels: Labels;
  readonly namespaceLabels?: Labels;
  readonly ports: readonly ContainerPort[];
  readonly egress: Egress;
}

/** Returns a copy of the props. Throws if one of them is invalid. */
export function checkedPodsProps(props: KubernetesPodsProps, second?: unknown): PodsSettings {
  checkNoScope(props, second, PLACE, EXAMPLE);
  checkProps(props, FORM, PLACE);
  const { namespace, name, egress = Egress.UNMANAGED, zone, manifestsOnly, provider, namePrefix } = props;
  const labels = checkedLabels(props.labels, 'labels', PLACE);
  checkEgress(egress, PLACE);
  checkZone(zone, PLACE);
  checkProvider(provider, PLACE, 'kubernetes');
  checkManifestsOnly(manifestsOnly, provider);
  checkNamePrefix(namePrefix);
  return Object.freeze({
    namespace: checkedNamespace(namespace, PLACE),
    labels,
    name: name === undefined ? undefined : checkText(name, PLACE, 'the name', MAX_NAME_LENGTH),
    ports: checkedPorts(props.ports),
    namespaceLabels: checkedNamespaceLabels(props.namespaceLabels),
    egress,
    dns: checkedDns(props.dns, egress),
    reason: checkedReason(props.reason, labels),
    ipRanges: checkedIpRanges(props.ipRanges, PLACE),
    zone,
    manifestsOnly,
    provider,
    namePrefix,
  });
}

const MAX_NAME_LENGTH = 100;
const NAME_PREFIX = /^[a-z][-a-z0-9]{0,30}$/;

function checkNamePrefix(namePrefix: string | undefined): void {
  if (namePrefix === undefined || (typeof namePrefix === 'string' && NAME_PREFIX.test(namePrefix))) return;
  const need = 'namePrefix must be at most 31 lower-case letters, digits and hyphens, beginning with a letter';
  throw refusal(PLACE, 'name-prefix-invalid', need, shown(namePrefix));
}

function checkManifestsOnly(manifestsOnly: boolean | undefined, provider: IConstruct | undefined): void {
  if (manifestsOnly === undefined || !manifestsOnly) return;
  if (typeof manifestsOnly !== 'boolean') {
    throw refusal(PLACE, 'not-a-boolean', 'manifestsOnly must be true or false', shown(manifestsOnly));
  }
  if (provider === undefined) return;
  const need = 'provider is only for Terraform resources, and manifestsOnly makes none';
  throw refusal(PLACE, 'provider-not-used', need, 'a provider with manifestsOnly', 'no provider');
}

/** Labels of a namespace that every namespace has would be those of all namespaces, so there is no reason to accept none. */
function checkedNamespaceLabels(given: Record<string, string> | undefined): Labels | undefined {
  if (given === undefined) return undefined;
  const labels = checkedLabels(given, 'namespaceLabels', PLACE);
  if (Object.keys(labels).length > 0) return labels;
  const need = 'namespaceLabels must have at least one label, because none would select every namespace';
  throw refusal(PLACE, 'label-invalid', need, 'none', 'no namespaceLabels');
}

function checkedReason(reason: string | undefined, labels: Labels): string | undefined {
  const isEveryPod = Object.keys(labels).length === 0;
  if (isEveryPod && reason === undefined) {
    const need = 'labels that select every pod of the namespace need a reason';
    throw refusal(PLACE, 'selector-without-reason', need, '{}', 'reason: "why every pod is meant"');
  }
  if (!isEveryPod && reason !== undefined) {
    const need = 'reason is only for labels that select every pod of the namespace';
    throw refusal(PLACE, 'reason-not-used', need, `${shown(reason)} with labels`, 'no reason');
  }
  return reason === undefined ? undefined : checkReason(reason, PLACE);
}

function checkedDns(dns: KubernetesDns | undefined, egress: Egress): KubernetesDns | undefined {
  if (dns === undefined) {
    if (egress !== Egress.DOCUMENTED) return undefined;
    const need = 'dns must say which name servers the pods use, because a policy with egress closes DNS too';
    throw refusal(PLACE, 'dns-missing', need, 'none', 'dns: KubernetesDns.kubeDns()');
  }
  if (!(dns instanceof KubernetesDns)) {
    throw refusal(PLACE, 'dns-invalid', 'dns must be a KubernetesDns', shown(dns), 'KubernetesDns.kubeDns()');
  }
  if (egress === Egress.DOCUMENTED) return dns;
  const need = 'dns is only for Egress.DOCUMENTED, because no other policy restricts DNS';
  throw refusal(PLACE, 'dns-not-used', need, shown(egress), 'egress: Egress.DOCUMENTED');
}

function checkedPorts(ports: ContainerPort[] | undefined): readonly ContainerPort[] {
  if (ports === undefined) return [];
  if (!Array.isArray(ports)) {
    const need = 'ports must be a list of rows with the ports of their containers';
    throw refusal(PLACE, 'container-port-invalid', need, shown(ports), '[{ row, port }]');
  }
  const copies = ports.map((one, at) => checkedPort(one, `${PLACE}, ports[${at}]`));
  const twice = copies.find(({ row, port }, at) => copies.slice(0, at).some((one) => isSameRow(one, row, port)));
  if (twice === undefined) return Object.freeze(copies);
  throw refusal(
    PLACE,
    'container-port-invalid',
    'each row must have one port of its containers',
    `${shown(twice.row)} twice`,
  );
}

/** Whether two entries are for one row. A row of two protocols may have one for each. */
function isSameRow(one: ContainerPort, row: string, port: Port): boolean {
  return (
    one.row === row &&
    one.port._ofOneProtocol().some(({ protocol }) => port._ofOneProtocol().some((other) => other.protocol === protocol))
  );
}

function checkedPort(entry: ContainerPort, place: string): ContainerPort {
  checkObject(entry, 'a row and a port', '{ row, port }', place);
  checkPropNames(entry, { row: true, port: true }, place);
  const row = checkText(entry.row, place, 'row');
  if (isPort(entry.port)) return readOnlyCopy({ row, port: entry.port });
  const need = 'port must be a Port';
  throw refusal(place, 'port-required', need, shown(entry.port), suggestedPort(entry.port, Protocol.TCP));
}
