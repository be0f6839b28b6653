import type { TerraformStack } from 'cdktf';
import { resourcesOf } from '../../support/refusals';

/** The network policies of a stack by name, as they are synthesized. */
export function policiesOf(stack: TerraformStack): Record<string, any> {
  const policies = Object.values(resourcesOf(stack).kubernetes_network_policy_v1 ?? {});
  return Object.fromEntries(policies.map((policy) => [policy.metadata.name, policy]));
}

/**
 * The policies of a stack, a line for each item: `prod app=web <- 10.0.0.0/8 : TCP 8080`. The arrow tells ingress from egress; a far end is a
 * range, or the labels of a namespace and of pods.
 */
export function lines(stack: TerraformStack): string[] {
  return Object.values(policiesOf(stack)).flatMap(({ metadata, spec }) =>
    [
      ...(spec.ingress ?? []).map((item: any) => `<- ${itemText(item.from, item.ports)}`),
      ...(spec.egress ?? []).map((item: any) => `-> ${itemText(item.to, item.ports)}`),
    ].map((text) => `${metadata.namespace} ${labels(spec.pod_selector)} ${text}`),
  );
}

function itemText(peers: any[] | undefined, ports: any[] | undefined): string {
  const ends = peers?.map(
    (peer) => peer.ip_block?.cidr ?? `${labels(peer.namespace_selector)}|${labels(peer.pod_selector)}`,
  );
  const numbers = ports?.map(
    ({ protocol, port, end_port: end }) => `${protocol} ${port}${end === undefined ? '' : `-${end}`}`,
  );
  return `${ends?.join(' ') ?? 'anyone'} : ${numbers?.join(' ') ?? 'everything'}`;
}

function labels({ match_labels: given = {} }: { readonly match_labels?: Record<string, string> }): string {
  const texts = Object.entries(given).map(
    ([key, value]) => `${key.replace('kubernetes.io/metadata.name', 'name')}=${value}`,
  );
  return texts.join(',') || 'every pod';
}
