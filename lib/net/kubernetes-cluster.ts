/** The settings of a Kubernetes provider that say which cluster it is for. */
interface ClusterSettings {
  readonly host?: unknown;
  readonly context?: unknown;
  readonly contextCluster?: unknown;
  readonly configPath?: unknown;
  readonly configPaths?: readonly unknown[];
}

/**
 * Returns what says which cluster a provider is for: the address of the API server, or else the context of a configuration file. Two
 * providers with the same text are for one cluster. Returns nothing if the settings do not say it: a file without a context is that of whoever
 * runs Terraform, and the context may be a different one each time.
 *
 * @param textOf returns a setting as text; nothing if nothing is known about it
 */
export function clusterText(
  { host, context, contextCluster, configPath, configPaths = [] }: ClusterSettings,
  textOf: (setting: unknown) => string | undefined,
): string | undefined {
  if (isGiven(host)) {
    const text = textOf(host);
    return text === undefined ? undefined : `host ${text}`;
  }
  const named = isGiven(context) ? context : contextCluster;
  if (!isGiven(named)) return undefined;
  const parts = [named, configPath ?? '', ...configPaths].map(textOf);
  return parts.includes(undefined) ? undefined : `context ${JSON.stringify(parts)}`;
}

function isGiven(setting: unknown): boolean {
  return setting !== undefined && setting !== null;
}
