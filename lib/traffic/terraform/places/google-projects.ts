import type { PlanConfiguration } from '../plan-configuration';
import type { Instance } from '../plan-instances';
import { type JsonObject, objectIn, settingsOf } from '../terraform-json';

/** Whether a resource of this type belongs to the project of its provider if it does not name a project itself. */
export function hasProject(type: string): boolean {
  return type.startsWith('google_');
}

/**
 * Returns the project of the provider that a synthesized resource uses, unevaluated; nothing if the default provider does not have one.
 * A provider with an alias may have a different project, which its credentials decide.
 */
export function synthesizedProject(providers: unknown, provider: unknown): unknown {
  const key = typeof provider === 'string' ? provider : 'google';
  const project = settingsOf(providers, key)?.project;
  return project === undefined && key.includes('.') ? `\${provider.${key}.project}` : project;
}

/** The projects of the Google providers in a plan, from their configuration or from resources that use them. */
export class PlannedProjects {
  private readonly byProvider = new Map<string, string>();

  constructor(
    private readonly configuration: PlanConfiguration,
    instances: readonly Instance[],
    json: JsonObject,
    file: string,
  ) {
    for (const { address, type, values } of instances) {
      if (!hasProject(type) || typeof values.project !== 'string') continue;
      const provider = configuration.providerOf(address);
      const isDefault = provider !== undefined && !configuration.has(address, 'project');
      if (isDefault) this.byProvider.set(provider, values.project);
    }
    const variables = objectIn(json.variables, `${file}, variables`);
    const providers = objectIn(
      objectIn(json.configuration, `${file}, configuration`)?.provider_config,
      `${file}, configuration.provider_config`,
    );
    for (const [key, provider] of Object.entries(providers ?? {})) {
      const project = projectOf(provider as JsonObject | null, variables);
      if (typeof project === 'string' && project !== '') this.byProvider.set(key, project);
    }
  }

  /** Returns the project of a resource that does not name one itself. */
  public of(address: string): string | undefined {
    return this.byProvider.get(this.configuration.providerOf(address) ?? '');
  }
}

function projectOf(provider: JsonObject | null, variables: JsonObject | undefined): unknown {
  const project = (provider?.expressions as JsonObject | undefined)?.project as JsonObject | undefined;
  const references = project?.references;
  if (!Array.isArray(references)) return project?.constant_value;
  const [, name] = references.length === 1 ? (/^var\.([\w-]+)$/.exec(String(references[0])) ?? []) : [];
  return name === undefined ? undefined : (variables?.[name] as JsonObject | undefined)?.value;
}
