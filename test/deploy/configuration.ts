import { type TerraformStack, Testing } from 'cdktf';

type Blocks = Record<string, Record<string, object>>;

/** A provider with an account in a fake cloud. */
export interface FakeAccount {
  readonly provider: 'aws' | 'google';
  /** The versions of the provider that a mirror may have. */
  readonly version: string;
  /** The settings of the provider that lead to the fake cloud. */
  readonly settings: object;
}

/** An account of AWS at the endpoint of the fake EC2. */
export function awsAccount(endpoint: string): FakeAccount {
  return {
    provider: 'aws',
    version: '>= 5.100.0',
    settings: {
      access_key: 'x',
      secret_key: 'y',
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      // with true, every plan would show references to groups as changed
      skip_requesting_account_id: false,
      endpoints: [{ ec2: endpoint, sts: endpoint, iam: endpoint, elbv2: endpoint }],
    },
  };
}

/** An account of Google at the endpoint of the fake of its APIs. */
export function googleAccount(endpoint: string): FakeAccount {
  return {
    provider: 'google',
    version: '>= 6.50.0',
    settings: {
      access_token: 'x',
      compute_custom_endpoint: `${endpoint}/compute/v1/`,
      // without the version, which the provider removes only from https endpoints
      dns_custom_endpoint: `${endpoint}/dns/`,
      network_management_custom_endpoint: `${endpoint}/v1/`,
      network_security_custom_endpoint: `${endpoint}/v1/`,
      tags_custom_endpoint: `${endpoint}/v3/`,
    },
  };
}

/**
 * Returns the Terraform of stacks, or of their synthesized text, as one configuration for a fake cloud, without what is for a different
 * provider. `ids` replaces ids in the stacks by ids that exist in the fake cloud.
 */
export function configuration(
  stacks: readonly (TerraformStack | string)[],
  ids: Record<string, string>,
  { provider, version, settings }: FakeAccount,
): string {
  const [first, ...rest] = stacks.map((stack) => JSON.parse(withIds(textOf(stack), ids)));
  for (const { resource } of rest) addBlocks(first.resource, resource);
  const own = new RegExp(`^(${provider}|terraform)_`);
  const { terraform } = first;
  const source = terraform.required_providers[provider];
  return JSON.stringify(
    {
      ...first,
      terraform: { ...terraform, backend: undefined, required_providers: { [provider]: { ...source, version } } },
      provider: { [provider]: first.provider[provider].map((instance: object) => ({ ...instance, ...settings })) },
      resource: Object.fromEntries(Object.entries(first.resource as Blocks).filter(([type]) => own.test(type))),
    },
    undefined,
    2,
  );
}

/** Returns the provider of the fake cloud as a file. */
export function providerFile({ provider, settings }: FakeAccount, region: string): string {
  return JSON.stringify({ provider: { [provider]: { region, ...settings } } }, undefined, 2);
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
