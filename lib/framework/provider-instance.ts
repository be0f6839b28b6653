import type { Construct, IConstruct } from 'constructs';
import { refusal, shown } from '../input';
import { stackOf } from './framework';

/** The names of the providers that have the resources of a cloud. */
const PROVIDERS_OF = { aws: ['aws'], gcp: ['google', 'google-beta'], kubernetes: ['kubernetes'] } as const;

/** Throws unless `provider` is a provider instance of the app. If a cloud is given, the provider must have its resources. */
export function checkProvider(
  provider: IConstruct | undefined,
  place: string,
  cloud?: keyof typeof PROVIDERS_OF,
): void {
  if (provider === undefined) return;
  const isProvider = typeof provider === 'object' && provider !== null && 'terraformProviderSource' in provider;
  if (!isProvider) {
    throw refusal(place, 'provider-invalid', 'provider must be a provider instance of the app', shown(provider));
  }
  if (cloud === undefined) return;
  const names: readonly string[] = PROVIDERS_OF[cloud];
  const { terraformResourceType: name = '' } = provider as IConstruct & { readonly terraformResourceType?: string };
  if (!names.includes(name)) {
    throw refusal(place, 'provider-cloud-mismatch', `provider must be one of ${names.join(' or ')}`, shown(name));
  }
}

/** Throws unless `provider` belongs to `stack`. Terraform would not find it, or would use another one with the same alias. */
export function checkProviderStack(provider: IConstruct | undefined, stack: Construct, place: string): void {
  if (provider === undefined) return;
  const owner = stackOf(provider, place);
  if (owner !== stack) {
    const need = 'rules must be created in the stack of the provider instance of their host group';
    const got = `a provider of stack "${owner.node.path}" in stack "${stack.node.path}"`;
    throw refusal(place, 'provider-stack-mismatch', need, got);
  }
}

/** Returns how resources refer to a provider instance with an alias: `aws.ireland`. Returns nothing for one without an alias. */
export function providerReference(provider: IConstruct | undefined): string | undefined {
  return (aliasedProvider(provider) as { readonly fqn?: string } | undefined)?.fqn;
}

/** Returns a provider instance that has an alias. Returns nothing for one without an alias, because that is the default. */
export function aliasedProvider(provider: IConstruct | undefined): IConstruct | undefined {
  return (provider as { readonly alias?: string } | undefined)?.alias === undefined ? undefined : provider;
}
