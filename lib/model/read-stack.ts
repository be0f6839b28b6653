import { JsonPart } from './json-part';
import { PROVENANCE_VERSION } from './provenance-json';
import { readFlows } from './read-flows';
import { readHostnames } from './read-hosts';
import { refusal, shown } from './refusal';
import type { TerraformState } from './terraform-state';
import type { TracedFlow } from './traced-flow';
import type { TracedHostname } from './traced-host';

const OUTPUT = 'cdktf.out/stacks/<stack>/cdk.tf.json';

/** A synthesized stack as renderings read it. */
export interface TracedStack {
  readonly name: string;
  /** In the order in which the constructs asked. */
  readonly flows: readonly TracedFlow[];
  /** The hosts that are let out by name, in the same order. */
  readonly hostnames: readonly TracedHostname[];
  /** The synthesized resources, by type and logical id. */
  readonly resources: StackResources;
  /** The instances of providers as they were synthesized, by the name of the provider. */
  readonly providers: Readonly<Record<string, readonly Attributes[]>>;
}

/** Attributes of resources as they were synthesized, by type and logical id. */
export type StackResources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** The attributes of a resource. */
export type Attributes = Readonly<Record<string, unknown>>;

/**
 * Reads the flows and hosts of a parsed `cdk.tf.json`.
 *
 * Ranges that synthesis did not know stay what they refer to, unless a state of the stack is given that has them.
 */
export function readStack(place: string, json: unknown, state?: TerraformState): TracedStack {
  const file = new JsonPart({ place, fix: 'to synthesize the stack again' }, 'file', json);
  const metadata = file.member('//').member('metadata');
  if (metadata.value === undefined) {
    throw refusal(place, 'the output of "cdktf synth" is needed', kindOf(json), OUTPUT);
  }
  const name = metadata.member('stackName').optional((part) => part.text()) ?? place;
  const provenance = metadata.member('clusterPorts');
  if (provenance.value === undefined) {
    throw refusal(
      place,
      'a stack with constructs of cdktf-cluster-ports is needed',
      `stack ${shown(name)} without any`,
    );
  }
  const clusterPorts = provenance.called('clusterPorts');
  checkVersion(place, clusterPorts.member('version').value);
  return {
    name,
    flows: readFlows(clusterPorts, name, state),
    hostnames: readHostnames(clusterPorts, name),
    resources: readResources(file.member('resource').called('resource')),
    providers: readProviders(file.member('provider').called('provider')),
  };
}

/** Whether parsed JSON is a stack that has constructs of this package. */
export function hasFlows(json: unknown): boolean {
  const file = new JsonPart({ place: '', fix: '' }, 'file', json);
  return file.member('//').member('metadata').member('clusterPorts').value !== undefined;
}

/** What stands in the comment of a stack is written by one version of this package, and may be read by another. */
function checkVersion(place: string, version: unknown): void {
  if (version === PROVENANCE_VERSION) return;
  const isNewer = typeof version === 'number' && version > PROVENANCE_VERSION;
  const fix = isNewer
    ? 'to update cluster-ports to the version that synthesized the stack'
    : 'to synthesize the stack again with the version of cluster-ports';
  const need = `clusterPorts.version must be ${PROVENANCE_VERSION}`;
  throw refusal(place, need, `${shown(version)}, from ${isNewer ? 'a newer' : 'another'} cdktf-cluster-ports`, fix);
}

function readResources(part: JsonPart): StackResources {
  return (part.optional((all) => {
    for (const [, ofType] of all.members()) for (const [, resource] of ofType.members()) resource.members();
    return all.value;
  }) ?? {}) as StackResources;
}

function readProviders(part: JsonPart): TracedStack['providers'] {
  const providers = part.optional((all) => all.members()) ?? [];
  for (const [, instances] of providers) for (const instance of instances.items()) instance.members();
  return Object.fromEntries(providers.map(([name, { value }]) => [name, value as Attributes[]]));
}

/** What somebody gave instead of a synthesized stack. */
function kindOf(json: unknown): string {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return shown(json);
  if ('planned_values' in json) return 'a Terraform plan';
  if ('format_version' in json) return 'a Terraform state';
  if ('stacks' in json) return 'a manifest of cdktf';
  return 'JSON of another tool';
}
