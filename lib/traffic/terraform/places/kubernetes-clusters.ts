import { clusterText } from '../../../net';
import { type JsonObject, objectIn } from '../terraform-json';
import { isUnknown, UnknownValue } from '../unknown-value';
import { knownSettings } from './aws-places';

/** What says which cluster each Kubernetes provider is for, by the name by which resources refer to it: `kubernetes.b`. */
export type Clusters = ReadonlyMap<string, string>;

/** Returns the clusters of the providers in a synthesized stack. A value that is known after apply is `${...}`. */
export function synthesizedClusters(
  providers: readonly JsonObject[],
  evaluate: (value: unknown, place: string) => unknown,
): Clusters {
  const known = providers.flatMap((settings): [string, string][] => {
    const { alias } = settings;
    // an instance of a provider has the settings of its key
    if (settings.for_each !== undefined) return [];
    const name = typeof alias === 'string' ? `kubernetes.${alias}` : 'kubernetes';
    const text = clusterText(named(settings), (setting) => textOf(evaluate(setting, `provider.${name}`)));
    return text === undefined ? [] : [[name, text]];
  });
  return new Map(known);
}

/** Returns the clusters of the providers in a plan, as far as constants and variables say them. */
export function plannedClusters(json: JsonObject, file: string): Clusters {
  const variables = objectIn(json.variables, `${file}, variables`);
  const configured = objectIn(
    objectIn(json.configuration, `${file}, configuration`)?.provider_config,
    `${file}, configuration.provider_config`,
  );
  const known = Object.entries(configured ?? {}).flatMap(([key, provider]): [string, string][] => {
    const { name, expressions } = (provider ?? {}) as JsonObject;
    // what a setting of a module refers to is in the configuration of its caller
    if (name !== 'kubernetes' || key.includes(':')) return [];
    const values = knownSettings(expressions, variables);
    const given = Object.keys((expressions ?? {}) as JsonObject).map((each) => [each, values[each] ?? NOT_KNOWN]);
    const text = clusterText(named(Object.fromEntries(given) as JsonObject), textOf);
    return text === undefined ? [] : [[key, text]];
  });
  return new Map(known);
}

/** A setting that refers to something. */
const NOT_KNOWN = new UnknownValue(undefined, 'known after apply');

function named(settings: JsonObject): Parameters<typeof clusterText>[0] {
  const { host, config_context: context, config_context_cluster: contextCluster, config_path: configPath } = settings;
  const { config_paths: paths } = settings;
  return { host, context, contextCluster, configPath, configPaths: paths === undefined ? [] : [paths].flat() };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const expression = isUnknown(value) ? value.expression : undefined;
  return expression === undefined || expression.includes('${') ? expression : `\${${expression}}`;
}
