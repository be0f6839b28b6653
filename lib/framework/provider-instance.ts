import type { Construct, IConstruct } from 'constructs';
import { refusal, shown } from '../model/refusal';
import { stackOf } from './framework';

/** Refuses a provider that Terraform could not name. */
export function checkProvider(provider: IConstruct | undefined, place: string): void {
  if (provider === undefined) return;
  const isProvider = typeof provider === 'object' && provider !== null && 'terraformProviderSource' in provider;
  if (!isProvider) throw refusal(place, 'provider must be a provider instance of the app', shown(provider));
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
