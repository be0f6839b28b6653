import type { IConstruct } from 'constructs';
import { refusal, shown } from '../model/refusal';

/** Refuses a provider that Terraform could not name. */
export function checkProvider(provider: IConstruct | undefined, place: string): void {
  if (provider !== undefined && !('fqn' in provider && 'terraformProviderSource' in provider)) {
    throw refusal(place, 'provider must be a provider instance of the stack', shown(provider));
  }
}
