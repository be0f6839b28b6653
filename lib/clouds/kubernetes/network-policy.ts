import { createHash } from 'node:crypto';
import type { NetworkPolicyV1, NetworkPolicyV1Config } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { Precondition, TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type Flow, plannedResource, type PlannedRule } from '../../access';
import type { KubernetesProvider } from '../../framework';
import { literal } from '../../input';
import type { PodsSettings } from './kubernetes-pods-props';
import { checkClusterAtSynthesis } from './one-cluster';
import { type PolicyItem, podSelectorOf } from './policy-peers';

/** A network policy for pods, in one direction. */
export interface PolicyContent {
  readonly name: string;
  /** The scope in which namespaces are unique. */
  readonly clusterKey: string;
  readonly settings: PodsSettings;
  readonly direction: 'Ingress' | 'Egress';
  readonly items: readonly PolicyItem[];
  readonly description: string;
  /** Conditions on ranges that are known after apply. */
  readonly preconditions: readonly Precondition[];
}

/** The types of policies, and of those that are only manifests: readers of the provenance know these as if they were resources. */
const TYPES = { resource: 'kubernetes_network_policy_v1', manifest: 'kubernetes_manifest' } as const;
/** The annotation that Kubernetes documents for a text about an object, on the page of `NAMESPACE_NAME`. */
const DESCRIPTION = 'kubernetes.io/description';
const PREFIX_ADVICE = 'KubernetesPods with a namePrefix';

/** Plans a policy for flows. */
export function planPolicy(
  provider: KubernetesProvider | undefined,
  content: PolicyContent,
  flows: readonly Flow[],
): PlannedRule {
  const { name, clusterKey, settings } = content;
  const what = `the network policy ${name} in namespace ${settings.namespace}`;
  return {
    address: addressOf(content),
    identity: `kubernetes|${clusterKey}|${settings.namespace}|${name}`,
    what,
    advice: `Peer.anyOf(...) with all sources, or ${PREFIX_ADVICE}`,
    addressAdvice: PREFIX_ADVICE,
    shared: false,
    quotas: [],
    weight: 1,
    agreements: [],
    flows,
    ...manifestIn(content),
    create: (parent) => createPolicy(provider, parent, content),
  };
}

/** Plans a policy that belongs to no flow. The constructs of a stack share it. */
export function planSharedPolicy(provider: KubernetesProvider | undefined, content: PolicyContent): PlannedRule {
  const { name, clusterKey, settings } = content;
  const what = `the network policy ${name} in namespace ${settings.namespace}`;
  const identity = `kubernetes|${clusterKey}|${settings.namespace}|${name}`;
  const advice = `Egress.UNMANAGED or ${PREFIX_ADVICE} in one of the stacks`;
  return plannedResource({
    address: addressOf(content),
    identity,
    what,
    advice,
    addressAdvice: PREFIX_ADVICE,
    shared: true,
    agreements: [
      {
        subject: identity,
        fact: [content.description, ...(settings.provider ? [`provider "${settings.provider.node.path}"`] : [])].join(
          ', ',
        ),
        need: `${what} must be the same in all constructs`,
        advice: PREFIX_ADVICE,
      },
    ],
    ...manifestIn(content),
    make: (parent) => createPolicy(provider, parent, content),
  });
}

function addressOf(content: PolicyContent): string {
  const type = content.settings.manifestsOnly === true ? TYPES.manifest : TYPES.resource;
  return `${type}.${logicalIdOf(content)}`;
}

/** Creates the resource of a policy, or only its place among constructs if it is a manifest. */
function createPolicy(provider: KubernetesProvider | undefined, parent: Construct, content: PolicyContent): IConstruct {
  const { name, settings } = content;
  const policy =
    provider === undefined ? new Construct(parent, logicalIdOf(content)) : createResource(provider, parent, content);
  checkClusterAtSynthesis(policy, { name, namespace: settings.namespace, provider: settings.provider });
  return policy;
}

function createResource(provider: KubernetesProvider, parent: Construct, content: PolicyContent): NetworkPolicyV1 {
  const { settings, preconditions } = content;
  const policy: NetworkPolicyV1 = new provider.NetworkPolicyV1(parent, logicalIdOf(content), {
    ...policyConfig(content),
    provider: settings.provider as TerraformProvider | undefined,
    lifecycle: preconditions.length > 0 ? { precondition: [...preconditions] } : undefined,
  });
  policy.overrideLogicalId(logicalIdOf(content));
  return policy;
}

/** Returns the object of a policy in the form of the API, if it is only that. */
function manifestIn(content: PolicyContent): Pick<PlannedRule, 'manifest'> {
  const { name, settings, direction, items, description } = content;
  if (settings.manifestsOnly !== true) return {};
  const far = direction === 'Ingress' ? 'from' : 'to';
  const manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: settings.namespace, annotations: { [DESCRIPTION]: description } },
    spec: {
      podSelector: podSelectorOf(settings.labels),
      policyTypes: [direction],
      [direction.toLowerCase()]: items.map(({ peers, ports }) => ({ [far]: peers, ports })),
    },
  };
  return { manifest };
}

function policyConfig(content: PolicyContent): Pick<NetworkPolicyV1Config, 'metadata' | 'spec'> {
  const { name, settings, direction, items, description } = content;
  const far = direction === 'Ingress' ? 'from' : 'to';
  const rules = items.map(({ peers, ports }) => ({
    [far]: peers?.map((peer) => ({ ...peer })),
    ports: ports?.map(({ protocol, port, endPort }) => ({ protocol, port: String(port), endPort })),
  }));
  return {
    metadata: {
      name,
      namespace: settings.namespace,
      annotations: { [DESCRIPTION]: literal(description) },
    },
    spec: {
      podSelector: podSelectorOf(settings.labels),
      policyTypes: [direction],
      [direction.toLowerCase()]: rules,
    },
  };
}

function logicalIdOf({ name, settings: { namespace } }: PolicyContent): string {
  return `network_policy_${namespace}_${name}`;
}

const MAX_NAME_LENGTH = 63;
const HASH_DIGITS = 8;

/**
 * Returns a name that Kubernetes accepts, and that is at most as long as a label. If a name is longer or has other characters, its end is
 * replaced by a hash of the whole name.
 */
export function policyName(name: string): string {
  const plain = name.toLowerCase().replace(/[^-a-z0-9]+/g, '-');
  if (plain === name && name.length <= MAX_NAME_LENGTH) return name;
  return `${plain.slice(0, MAX_NAME_LENGTH - HASH_DIGITS - 1).replace(/-+$/, '')}-${hashOf(name)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
}
