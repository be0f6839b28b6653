import type * as Yaml from 'yaml';
import { refusal, shown } from '../../input';

type Json = Readonly<Record<string, unknown>>;

/** A policy in the form of the API. */
export interface PolicyManifest extends Json {
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** A policy in a stack, and the provider that has it. */
interface PolicyOfProvider {
  readonly policy: PolicyManifest;
  /** `kubernetes`, or `kubernetes.b` if it has an alias. */
  readonly provider: string;
}

/** Returns a policy as YAML. The same policy always has the same text. */
export function policyYaml(manifest: PolicyManifest): string {
  // loaded on first use, because only one command needs it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { stringify } = require('yaml') as typeof Yaml;
  return stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true });
}

/** Returns the policies of this package in a stack: Terraform resources, and those that are only manifests. */
export function policiesIn(json: unknown, file: string): PolicyOfProvider[] {
  const resources = memberOf(memberOf(json, 'resource'), 'kubernetes_network_policy_v1');
  const metadata = memberOf(memberOf(json, '//'), 'metadata');
  const manifests = memberOf(memberOf(metadata, 'clusterPorts'), 'manifests');
  const ofResources = Object.entries(resources).flatMap(([id, resource]) => manifestOf(id, resource, file) ?? []);
  const onlyManifests = (Object.values(manifests) as PolicyManifest[]).map((policy) => ({ policy, provider: DEFAULT }));
  return [...ofResources, ...onlyManifests];
}

const DEFAULT = 'kubernetes';

function memberOf(value: unknown, name: string): Json {
  const member = (value as Json | null | undefined)?.[name];
  return typeof member === 'object' && member !== null ? (member as Json) : {};
}

/** Returns the manifest of a resource that this package creates; nothing for every other. */
function manifestOf(id: string, resource: unknown, file: string): PolicyOfProvider | undefined {
  const { metadata, spec, provider } = resource as Partial<PolicyManifest> & { spec?: unknown; provider?: unknown };
  if (metadata === undefined || id !== `network_policy_${metadata.namespace}_${metadata.name}`) return undefined;
  const place = `${file}, kubernetes_network_policy_v1.${id}`;
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: inApiForm(metadata, place) as PolicyManifest['metadata'],
    spec: inApiForm(spec, place),
  };
  return { policy, provider: typeof provider === 'string' ? provider : DEFAULT };
}

/** The members whose own members are named by users. */
const NAMED_BY_USERS: ReadonlySet<string> = new Set(['match_labels', 'annotations', 'labels']);

/** Returns a value of Terraform as the API has it: names in camel case, ports as numbers, text without escapes. */
function inApiForm(value: unknown, place: string, isNamed = false): unknown {
  if (typeof value === 'string') return knownText(value, place);
  if (Array.isArray(value)) return value.map((member) => inApiForm(member, place));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
    if (isNamed) return [name, inApiForm(member, place)];
    const isPort = name === 'port' && typeof member === 'string' && /^\d+$/.test(member);
    const called = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [called, isPort ? Number(member) : inApiForm(member, place, NAMED_BY_USERS.has(name))];
  });
  return Object.fromEntries(entries);
}

/** Returns text without the escapes of Terraform. Throws if it is an expression. */
function knownText(text: string, place: string): string {
  if (/(?<!\$)\$\{/.test(text)) {
    const need = 'a manifest needs values that are known at synthesis';
    throw refusal(place, 'manifest-not-known', need, shown(text), 'a range that is known at synthesis');
  }
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}
