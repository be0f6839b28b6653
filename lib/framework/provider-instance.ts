import type { Construct, IConstruct } from 'constructs';
import { refusal, shown } from '../model/refusal';
import { stackOf } from './framework';

/** The providers that have the resources of a cloud, by their names. */
const PROVIDERS_OF = { aws: ['aws'], gcp: ['google', 'google-beta'] } as const;

/** Refuses a provider that Terraform could not name, and one that does not have the resources of a cloud. */
export function checkProvider(
  provider: IConstruct | undefined,
  place: string,
  cloud?: keyof typeof PROVIDERS_OF,
): void {
  if (provider === undefined) return;
  const isProvider = typeof provider === 'object' && provider !== null && 'terraformProviderSource' in provider;
  if (!isProvider) throw refusal(place, 'provider must be a provider instance of the app', shown(provider));
  if (cloud === undefined) return;
  const names: readonly string[] = PROVIDERS_OF[cloud];
  const { terraformResourceType: name = '' } = provider as IConstruct & { readonly terraformResourceType?: string };
  if (!names.includes(name)) throw refusal(place, `provider must be one of ${names.join(' or ')}`, shown(name));
}

/** Refuses a provider instance of another stack: Terraform would not find it, or take one of the same alias. */
export function checkProviderOf(provider: IConstruct | undefined, stack: Construct, place: string): void {
  if (provider === undefined) return;
  const owner = stackOf(provider, place);
  if (owner !== stack) {
    const need = 'rules must be asked for in the stack of the provider instance of their group';
    throw refusal(place, need, `a provider of stack "${owner.node.path}" in stack "${stack.node.path}"`);
  }
}

/** The provider instance that a resource must name: the one without an alias is taken anyway, named or not. */
export function aliased(provider: IConstruct | undefined): IConstruct | undefined {
  return (provider as { readonly alias?: string } | undefined)?.alias === undefined ? undefined : provider;
}
