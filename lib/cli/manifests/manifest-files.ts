import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../input';

/** The files that kubectl reads in a directory. */
const MANIFESTS = /\.(?:ya?ml|json)$/i;
/** What says that a directory is the input of a tool, by the names of its files. */
const INPUTS: readonly (readonly [file: RegExp, command: string])[] = [
  [/^kustomization(?:\.ya?ml)?$/i, 'kubectl kustomize'],
  [/^Chart\.ya?ml$/, 'helm template'],
];
/** Directories of tools. */
const OF_TOOLS = /^(?:\.|node_modules$)/;

/** The manifests in a directory, and links, which are not followed. */
interface ManifestFiles {
  readonly files: readonly string[];
  readonly links: readonly string[];
}

/**
 * Returns the manifests in a directory and in those below it, as `kubectl apply -R -f` finds them; nothing if there is no YAML file among
 * them. Throws for the input of Kustomize or Helm, which decide what is applied.
 */
export function manifestFiles(directory: string): ManifestFiles | undefined {
  const found = filesBelow(directory);
  return found.files.some((path) => /\.ya?ml$/i.test(path)) ? found : undefined;
}

function filesBelow(directory: string): ManifestFiles {
  const entries = readdirSync(directory, { withFileTypes: true }).sort(byName);
  for (const { name } of entries) {
    const [, command] = INPUTS.find(([file]) => file.test(name)) ?? [];
    if (command !== undefined) throw notBuilt(directory, name, command);
  }
  const parts = entries.map((entry): ManifestFiles => {
    const path = join(directory, entry.name);
    if (entry.isSymbolicLink()) return { files: [], links: [path] };
    if (entry.isDirectory()) return OF_TOOLS.test(entry.name) ? NONE : filesBelow(path);
    return MANIFESTS.test(entry.name) ? { files: [path], links: [] } : NONE;
  });
  return { files: parts.flatMap(({ files }) => files), links: parts.flatMap(({ links }) => links) };
}

const NONE: ManifestFiles = { files: [], links: [] };

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

function notBuilt(directory: string, file: string, command: string): Error {
  const need = 'a directory must contain the manifests that are applied, as the tool prints them';
  const fix = `a file with what "${command}" prints`;
  return refusal(directory, 'manifests-not-built', need, `a ${file}, which decides what is applied`, fix);
}
