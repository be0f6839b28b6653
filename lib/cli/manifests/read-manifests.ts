import type * as Yaml from 'yaml';
import { readFile, readJsonFile, refusal, shown } from '../../input';

const MAX_BYTES = 16 * 2 ** 20;
const MANIFESTS = /\.ya?ml$/i;
const NEED = 'the file must be YAML with objects of Kubernetes';

/**
 * Reads a file with a configuration: Terraform JSON, or manifests of Kubernetes as YAML, each of which becomes a `kubernetes_manifest`.
 *
 * @param toRun what to run if the file is something else of Terraform
 */
export function readConfigurationFile(file: string, toRun?: string): unknown {
  if (!MANIFESTS.test(file)) return readJsonFile(file, toRun);
  const content = readFile(file, MAX_BYTES);
  if (!('text' in content)) {
    const reason = content.cause === 'too-large' ? 'more than 16 MB' : content.reason;
    throw refusal(file, 'file-not-readable', NEED, reason);
  }
  const resources = new Map<string, object>();
  for (const manifest of manifestsIn(content.text, file)) {
    const id = idOf(manifest);
    if (resources.has(id)) {
      throw refusal(file, 'manifest-invalid', 'each object must be given once', `${shown(id)} twice`);
    }
    resources.set(id, { applied_by: 'kubectl', manifest: literally(manifest) });
  }
  return { resource: { kubernetes_manifest: Object.fromEntries(resources) } };
}

type Manifest = Readonly<Record<string, unknown>>;

/** Returns the objects of all documents, those of lists one by one. */
function manifestsIn(text: string, file: string): Manifest[] {
  // loaded on first use, because only callers with YAML need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseAllDocuments } = require('yaml') as typeof Yaml;
  const documents = parseAllDocuments(text, { logLevel: 'error' });
  const parsed = Array.isArray(documents) ? documents : [];
  const objects = parsed.map((document): unknown => {
    const [error] = document.errors;
    if (error !== undefined) throw refusal(file, 'manifest-invalid', NEED, error.code);
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  });
  return objects.filter((object) => object !== null).flatMap((object) => objectsOf(object, file));
}

function objectsOf(object: unknown, file: string): Manifest[] {
  const { kind, apiVersion, items } = (typeof object === 'object' && object !== null ? object : {}) as Manifest;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    throw refusal(file, 'manifest-invalid', NEED, 'something without kind or apiVersion');
  }
  return Array.isArray(items) && kind.endsWith('List')
    ? items.flatMap((item: unknown) => objectsOf(item, file))
    : [object as Manifest];
}

/** Returns the id that stands for an object in addresses: `networkpolicy_prod_web`. */
function idOf({ kind, metadata }: Manifest): string {
  const { namespace, name } = (metadata ?? {}) as { readonly namespace?: unknown; readonly name?: unknown };
  return [kind, namespace, name]
    .filter((part) => typeof part === 'string')
    .map((part) => part.toLowerCase().replace(/[^-a-z0-9]/g, '-'))
    .join('_');
}

/** Returns an object whose text is not an expression of Terraform. */
function literally(manifest: Manifest): unknown {
  return JSON.parse(JSON.stringify(manifest).replace(/[$%](?=\{)/g, (sign) => sign + sign));
}
