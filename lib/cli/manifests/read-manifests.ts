import type * as Yaml from 'yaml';
import { readFile, readJsonFile, refusal, shown } from '../../input';

const MAX_BYTES = 16 * 2 ** 20;
const MANIFESTS = /\.ya?ml$/i;
const NEED = 'the file must be YAML with objects of Kubernetes';
/** The line in front of a policy that says for which cluster it is. */
const CLUSTER = /^# cluster-ports: for (.+)$/gm;

/** Whether a file has manifests of Kubernetes, by its name. */
export function isManifestFile(file: string): boolean {
  return MANIFESTS.test(file);
}

/**
 * Reads a file with a configuration: Terraform JSON, or manifests of Kubernetes as YAML, each of which becomes a `kubernetes_manifest`.
 *
 * @param toRun what to run if the file is something else of Terraform
 */
export function readConfigurationFile(file: string, toRun?: string): unknown {
  return isManifestFile(file) ? readManifests(file).json : readJsonFile(file, toRun);
}

/** The manifests of a file. */
interface ReadManifests {
  /** The objects as Terraform JSON. */
  readonly json: unknown;
  /** The ids of the objects, which are in addresses: `networkpolicy_prod_web`. */
  readonly ids: readonly string[];
  /** What the file says about its cluster, as `cluster-ports manifests` writes it. */
  readonly cluster?: string;
}

/** Reads manifests of Kubernetes as YAML or JSON, each of which becomes a `kubernetes_manifest`. */
export function readManifests(file: string): ReadManifests {
  const content = readFile(file, MAX_BYTES);
  if (!('text' in content)) {
    const reason = content.cause === 'too-large' ? 'more than 16 MB' : content.reason;
    throw refusal(file, 'file-not-readable', NEED, reason);
  }
  const resources = new Map<string, object>();
  for (const manifest of manifestsIn(content.text, file)) {
    const id = idOf(manifest);
    if (resources.has(id)) throw objectGivenTwice(id, file);
    resources.set(id, { applied_by: 'kubectl', manifest: literally(manifest) });
  }
  const [cluster, other] = new Set([...content.text.matchAll(CLUSTER)].map(([, text]) => text.trim()));
  if (other !== undefined) {
    const need = 'a file must have the manifests of one cluster';
    throw refusal(file, 'manifest-invalid', need, `${shown(cluster)} and ${shown(other)}`);
  }
  return {
    json: { resource: { kubernetes_manifest: Object.fromEntries(resources) } },
    ids: [...resources.keys()],
    ...(cluster !== undefined && { cluster }),
  };
}

/** Returns what identifies a cluster to which a user gives a name. */
export function namedCluster(name: string): string {
  return `named ${name}`;
}

/** Returns how a file says for which cluster it is. */
export function clusterLine(cluster: string): string {
  return `# cluster-ports: for ${cluster}\n`;
}

/** Returns the error of an object that a file, or two files for one cluster, contain twice. */
export function objectGivenTwice(id: string, file: string, other?: string): Error {
  const got = other === undefined ? `${shown(id)} twice` : `${shown(id)}, which is also in ${other}`;
  return refusal(file, 'manifest-invalid', 'each object must be given once', got);
}

type Manifest = Readonly<Record<string, unknown>>;

/** Returns the objects of all documents, those of lists one by one. */
function manifestsIn(text: string, file: string): Manifest[] {
  // loaded on first use, because only callers with YAML need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parseAllDocuments } = require('yaml') as typeof Yaml;
  const documents = parseAllDocuments(text, { logLevel: 'error', merge: true });
  const parsed = Array.isArray(documents) ? documents : [];
  const objects = parsed.map((document): unknown => {
    const [error] = document.errors;
    if (error !== undefined) throw refusal(file, 'manifest-invalid', NEED, error.code);
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  });
  return objects.filter((object) => object !== null).flatMap((object) => objectsOf(object, file));
}

/** Returns an object, or those of a list. The items of a `NetworkPolicyList` need not say what they are. */
function objectsOf(object: unknown, file: string): Manifest[] {
  const { kind, apiVersion, items } = (typeof object === 'object' && object !== null ? object : {}) as Manifest;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    throw refusal(file, 'manifest-invalid', NEED, 'something without kind or apiVersion');
  }
  if (!kind.endsWith('List') || !(Array.isArray(items) || items === null)) return [object as Manifest];
  const type = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  const isItem = (item: unknown): item is object => typeof item === 'object' && item !== null;
  return (items ?? []).flatMap((item: unknown) => objectsOf(isItem(item) ? { ...type, ...item } : item, file));
}

/**
 * Returns the id that stands for an object in addresses: `networkpolicy_prod_web`. Objects that Kubernetes does not have itself may be
 * called like its own, so the id of theirs has their group.
 */
function idOf({ apiVersion, kind, metadata }: Manifest): string {
  const { namespace, name } = (metadata ?? {}) as { readonly namespace?: unknown; readonly name?: unknown };
  const [group, version] = String(apiVersion).split('/');
  const isOther = version !== undefined && group.includes('.') && !group.endsWith('.k8s.io');
  const type = `${String(kind)}${isOther ? `-${group}` : ''}`.toLowerCase().replace(/[^-a-z0-9]/g, '-');
  const names = [namespace, name].filter((part) => typeof part === 'string');
  return [type, ...names.map((part) => part.replace(/[^-a-z0-9]/g, codeOf))].join('_');
}

/** Returns what replaces a sign that no Terraform address has, so that `web.a` and `web-a` have different addresses. */
function codeOf(sign: string): string {
  return sign === '.' ? '__' : `_${sign.charCodeAt(0).toString(16)}`;
}

/** Returns an object whose text is not an expression of Terraform. */
function literally(manifest: Manifest): unknown {
  return JSON.parse(JSON.stringify(manifest).replace(/[$%](?=\{)/g, (sign) => sign + sign));
}
