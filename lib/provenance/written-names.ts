import type { HostnameFilterJson } from './provenance-json';

/** The names of hostname filters in documents. */
export const FILTER_LABELS: Readonly<Record<HostnameFilterJson['kind'], string>> = {
  'domain-list': 'AWS Network Firewall',
  'url-list': 'Secure Web Proxy',
  'firewall-policy': 'a firewall policy of GCP',
};

const SELF_LINK = /projects\/([^/]+)\/global\/networks\/([^/]+)$/;

/** Returns a network on GCP in words: its name, and its project if that is known. Both are as in Terraform. */
export function gcpNetworkTitle(network: string, project: string | undefined): string {
  const [, linked = project, name = network] = SELF_LINK.exec(network) ?? [];
  return `network ${name}${linked === undefined ? '' : ` of project ${linked}`}`;
}

const POLICY_ID = /projects\/([^/]+)\/(?:global|regions\/([^/]+))\/firewallPolicies\/([^/]+)$/;

/** A firewall policy on GCP, as in Terraform. */
interface WrittenPolicy {
  readonly policy: string;
  readonly project?: string;
  readonly region?: string;
}

/** Returns a firewall policy on GCP in words: its name, and its region and project if they are known. */
export function gcpPolicyTitle({ policy, project, region }: WrittenPolicy): string {
  const [, linked = project, linkedRegion = region, name = policy] = POLICY_ID.exec(policy) ?? [];
  const where = linkedRegion === undefined ? '' : ` in ${linkedRegion}`;
  return `firewall policy ${name}${where}${linked === undefined ? '' : ` of project ${linked}`}`;
}
