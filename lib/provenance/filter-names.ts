import { grouped } from '../input';
import {
  type HostnameFilterJson,
  type HostnameJson,
  type OmittedHostnameJson,
  type ProvenanceJson,
  rulesOf,
} from './provenance-json';
import { FILTER_LABELS } from './written-names';

type Members = Readonly<Record<string, unknown>>;

/**
 * Returns a provenance in which different filters of one kind have different names: those of a Secure Web Proxy and of firewall policies have
 * the project, region, policy and service accounts after them, and AWS Network Firewall its rule groups, if a stack has several of the kind.
 */
export function withFilterNames(provenance: ProvenanceJson, file: unknown): ProvenanceJson {
  const { hostnames = [], omittedHostnames } = provenance;
  const named = hostnames.map((hostname) => ({ hostname, place: placeOf(hostname, membersOf(file)) }));
  const kinds = [...grouped(named, ({ hostname }) => hostname.filter?.kind)];
  const severalOfKind = kinds.filter(([, same]) => new Set(same.map(({ place }) => place)).size > 1);
  if (severalOfKind.length === 0) return provenance;
  const several = new Set(severalOfKind.map(([kind]) => kind));
  const withName = <T extends OmittedHostnameJson>(hostname: T, place: string | undefined): T => {
    const { filter } = hostname;
    if (filter === undefined || place === undefined || place === '' || !several.has(filter.kind)) return hostname;
    return { ...hostname, through: `${FILTER_LABELS[filter.kind]} (${place})` };
  };
  // a construct has one filter, and omits only some of its hostnames
  const places = new Map(named.map(({ hostname, place }) => [hostname.construct, place]));
  return {
    ...provenance,
    hostnames: named.map(({ hostname, place }) => withName(hostname, place)),
    omittedHostnames: omittedHostnames?.map((hostname) => withName(hostname, places.get(hostname.construct))),
  };
}

/**
 * Returns the names of the machines behind a filter, if nobody named them: the first is the one that outputs print. The last ones leave out
 * what tells the filter from other filters of its kind.
 */
export function namesBehindFilter(through: string, kind: HostnameFilterJson['kind'] | undefined): string[] {
  const filters = kind === undefined ? [through] : [...new Set([through, FILTER_LABELS[kind]])];
  return filters.flatMap((filter) => [`machines behind ${filter}`, `through ${filter}`]);
}

const RULE_GROUP = /^aws_networkfirewall_rule_group\.hosts_(.+?)-(?:tls|http)$/;

/**
 * Returns what the rule groups of AWS Network Firewall of one construct are called together: the prefix that the user gives, and the table. A
 * rule group that no construct creates has its Terraform address.
 */
export function ruleGroupName(address: string): string {
  return RULE_GROUP.exec(address)?.[1] ?? address;
}

/** Returns what tells a filter from others of its kind, as its resources have it, else its provenance. */
function placeOf(hostname: HostnameJson, file: Members): string {
  const { filter } = hostname;
  if (filter === undefined) return '';
  if (filter.kind === 'domain-list') return [...new Set(rulesOf(hostname).map(ruleGroupName))].join(', ');
  const resources = rulesOf(hostname).map((address) => resourceAt(address, file));
  const attribute = (name: string): unknown =>
    resources.map((resource) => resource[name]).find((value) => value !== undefined && value !== null);
  const parts =
    filter.kind === 'url-list'
      ? [attribute('location') ?? filter.location, nameOfProxyPolicy(hostname, file) ?? filter.policy]
      : [attribute('firewall_policy') ?? filter.policy];
  const accounts =
    filter.kind === 'url-list' ? [] : [attribute('target_service_accounts') ?? filter.accounts ?? []].flat();
  const path = [projectOf(filter, attribute, file), ...parts].map(readable).filter((part) => part !== '');
  return [path.join('/'), ...accounts.map(readable)].join(', ');
}

const PROXY_POLICY = 'google_network_security_gateway_security_policy';

function nameOfProxyPolicy(hostname: HostnameJson, file: Members): unknown {
  const address = rulesOf(hostname).find((rule) => rule.startsWith(`${PROXY_POLICY}.`));
  return address === undefined ? undefined : resourceAt(address, file).name;
}

/** Returns the project of a filter: its own, else that of its provider, else the name of its provider if that has an alias. */
function projectOf(filter: HostnameFilterJson, attribute: (name: string) => unknown, file: Members): unknown {
  const own = attribute('project') ?? filter.project;
  if (own !== undefined) return own;
  const provider = readable(attribute('provider') ?? 'google');
  const [name, alias] = provider.split('.');
  const instances = [membersOf(file.provider)[name]].flat().map(membersOf);
  const project = instances.find((instance) => instance.alias === alias)?.project;
  return project ?? (alias === undefined ? undefined : provider);
}

function resourceAt(address: string, file: Members): Members {
  const [type, name] = address.split('.');
  return membersOf(membersOf(membersOf(file.resource)[type])[name]);
}

/** Returns a value without the syntax of Terraform, and a policy without the path in front of its name. */
function readable(value: unknown): string {
  if (typeof value !== 'string') return '';
  const [, expression] = /^\$\{([^{}]+)\}$/.exec(value) ?? [];
  return expression?.replace(/\.(?:id|name|email)$/, '') ?? value.replace(/^.*\/firewallPolicies\//, '');
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
