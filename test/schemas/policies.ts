import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TerraformStack, Testing } from 'cdktf';
import { EXAMPLES } from '../../examples/all';
import { ClusterPortsError } from '../../lib/input';
import { everyForm, everyTable } from '../clouds/kubernetes/stacks-of-pods';
import { PROPERTY_SEED } from '../support/property-seed';
import { REFUSED_APPS, synthesizeRandomApp } from '../support/random-app';
import { seededRandom } from '../support/random';

/** An object as the API has it, and where it is from. */
export interface CheckedPolicy {
  readonly place: string;
  readonly policy: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, any>>;

/** The stacks whose policies are checked, as Terraform JSON by their names. */
export function stacksWithPolicies(randomApps: number): Record<string, Json> {
  const examples = Object.entries(EXAMPLES).map(([name, Example]) => new Example(Testing.app(), name));
  const named = (stack: TerraformStack, place: string): [string, Json] => [place, stack.toTerraform() as Json];
  return {
    ...Object.fromEntries(examples.map((stack) => named(stack, `examples/${stack.node.id}`))),
    ...Object.fromEntries(everyTable().map((stack, at) => named(stack, `table ${at}`))),
    ...Object.fromEntries(
      everyTable({ manifestsOnly: true }).map((stack, at) => named(stack, `manifests of table ${at}`)),
    ),
    'every form': everyForm().toTerraform() as Json,
    'manifests of every form': everyForm({ manifestsOnly: true }).toTerraform() as Json,
    ...randomStacks(randomApps),
  };
}

/** Stacks with policies of random apps. */
function randomStacks(apps: number): Record<string, Json> {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-ports-schemas-'));
  const found: Record<string, Json> = {};
  for (let seed = PROPERTY_SEED, count = 0; count < apps; seed++) {
    const outdir = join(directory, String(seed));
    if (!isSynthesized(seed, outdir)) continue;
    const stacks = readdirSync(join(outdir, 'stacks')).map((name) => [
      `random app ${seed}, ${name}`,
      JSON.parse(readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8')) as Json,
    ]);
    const withPolicies = stacks.filter(([, json]) => policiesOf('', json as Json).length > 0);
    Object.assign(found, Object.fromEntries(withPolicies));
    count += withPolicies.length === 0 ? 0 : 1;
    rmSync(outdir, { recursive: true });
  }
  rmSync(directory, { recursive: true });
  return found;
}

function isSynthesized(seed: number, outdir: string): boolean {
  try {
    synthesizeRandomApp(seededRandom(seed), outdir);
    return true;
  } catch (error) {
    if (error instanceof ClusterPortsError && REFUSED_APPS.includes(error.code)) return false;
    throw error;
  }
}

/** Returns the policies of a stack: the manifests, and the resources as the provider sends them to the API. */
export function policiesOf(place: string, json: Json): CheckedPolicy[] {
  const resources: Json = json.resource?.kubernetes_network_policy_v1 ?? {};
  const manifests: Json = json['//']?.metadata?.clusterPorts?.manifests ?? {};
  return [
    ...Object.entries(resources).map(([id, resource]) => ({
      place: `${place}, kubernetes_network_policy_v1.${id}`,
      policy: sentByProvider(resource as Json),
    })),
    ...Object.entries(manifests).map(([id, policy]) => ({ place: `${place}, manifest ${id}`, policy: policy as Json })),
  ];
}

/**
 * The attributes of `kubernetes_network_policy_v1`, and the members of the API that the provider makes of them, typed from
 * https://github.com/hashicorp/terraform-provider-kubernetes/blob/1385afe66ac5ae8973cbb9bfe537b0f05a890c46/docs/resources/network_policy_v1.md.
 */
const MEMBERS: Readonly<Record<string, string>> = {
  metadata: 'metadata',
  name: 'name',
  namespace: 'namespace',
  annotations: 'annotations',
  spec: 'spec',
  pod_selector: 'podSelector',
  namespace_selector: 'namespaceSelector',
  match_labels: 'matchLabels',
  policy_types: 'policyTypes',
  ingress: 'ingress',
  egress: 'egress',
  from: 'from',
  to: 'to',
  ip_block: 'ipBlock',
  cidr: 'cidr',
  ports: 'ports',
  port: 'port',
  end_port: 'endPort',
  protocol: 'protocol',
};
const MAPS: readonly string[] = ['annotations', 'match_labels'];
/** The attributes that say what Terraform does, and are not sent. */
const OF_TERRAFORM: readonly string[] = ['//', 'lifecycle', 'provider', 'depends_on'];

function sentByProvider(resource: Json): Json {
  const attributes = Object.entries(resource).filter(([name]) => !OF_TERRAFORM.includes(name));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    ...(sent(Object.fromEntries(attributes)) as Json),
  };
}

function sent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sent);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    // an attribute that the provider does not have stays as it is, and no schema knows it
    const isNumber = name === 'port' && /^\d+$/.test(String(member));
    return [MEMBERS[name] ?? name, MAPS.includes(name) ? member : isNumber ? Number(member) : sent(member)] as const;
  });
  return Object.fromEntries(members);
}

/** Policies that no schema accepts, and what is wrong with each. */
export function brokenPolicies({ policy }: CheckedPolicy): Record<string, Json> {
  const spec = policy.spec as Json;
  return {
    'a selector that is a number': { ...policy, spec: { ...spec, podSelector: 7 } },
    'a protocol that is a number': { ...policy, spec: { ...spec, ingress: [{ ports: [{ protocol: 7, port: 80 }] }] } },
    'a range whose end is text': { ...policy, spec: { ...spec, ingress: [{ ports: [{ port: 80, endPort: '90' }] }] } },
    'a block without a range': { ...policy, spec: { ...spec, ingress: [{ from: [{ ipBlock: {} }] }] } },
    'labels that are a list': { ...policy, spec: { ...spec, podSelector: { matchLabels: ['app'] } } },
  };
}
