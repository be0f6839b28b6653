import { type TerraformStack, Testing } from 'cdktf';

type Blocks = Record<string, Record<string, object>>;

/**
 * Returns the Terraform of stacks, or of their synthesized text, as one configuration for the fake cloud. `ids` replaces ids in the stacks by ids that exist in the
 * fake cloud.
 */
export function configuration(
  stacks: readonly (TerraformStack | string)[],
  ids: Record<string, string>,
  endpoint: string,
): string {
  const [first, ...rest] = stacks.map((stack) => JSON.parse(withIds(textOf(stack), ids)));
  for (const { resource } of rest) addBlocks(first.resource, resource);
  for (const provider of first.provider.aws) Object.assign(provider, fakeAccount(endpoint));
  first.terraform.required_providers.aws.version = '>= 5.100.0'; // whichever the mirror has
  delete first.terraform.backend;
  return JSON.stringify(first, undefined, 2);
}

/** Returns the provider of the fake cloud as a file. */
export function providerFile(endpoint: string, region: string): string {
  return JSON.stringify({ provider: { aws: { region, ...fakeAccount(endpoint) } } }, undefined, 2);
}

function textOf(stack: TerraformStack | string): string {
  return typeof stack === 'string' ? stack : Testing.synth(stack);
}

function withIds(text: string, ids: Record<string, string>): string {
  return Object.entries(ids).reduce((changed, [example, real]) => changed.replaceAll(example, real), text);
}

/** Adds the resources of a second stack. Two stacks with one Terraform address would be one resource here, and two for a user. */
function addBlocks(blocks: Blocks, more: Blocks): void {
  for (const [type, resources] of Object.entries(more)) {
    const present = (blocks[type] ??= {});
    const twice = Object.keys(resources).filter((id) => id in present);
    if (twice.length > 0) throw new Error(`two stacks have ${type}.${twice.join(', ')}`);
    Object.assign(present, resources);
  }
}

function fakeAccount(endpoint: string): object {
  return {
    access_key: 'x',
    secret_key: 'y',
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    // with true, every plan would show references to groups as changed
    skip_requesting_account_id: false,
    endpoints: [{ ec2: endpoint, sts: endpoint, iam: endpoint, elbv2: endpoint }],
  };
}
