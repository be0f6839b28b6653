import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** One import of one file by another. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** The imported names; nothing if the whole module is imported. */
  readonly names?: readonly string[];
  /** Whether it loads the file at once: not for types, nor for a call of `require` on first use. */
  readonly loads: boolean;
}

/** Returns the TypeScript files below a folder, as paths in it, sorted. */
export function filesBelow(root: string): string[] {
  return (readdirSync(root, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts')).sort();
}

const IMPORT = /(?:(import|export)\s+(type\s+)?(?:\{([^}]*)\}|[^;{]*?)\s+from\s+|import\(|require\()'(\.[^']*)'/g;

/** Returns the imports between files below a folder, including re-exports and imports of types. */
export function importsBelow(root: string): Import[] {
  return filesBelow(root).flatMap((file) => {
    const matches = readFileSync(join(root, file), 'utf8').matchAll(IMPORT);
    return [...matches].map(([, keyword, type, list, specifier]: (string | undefined)[]) => {
      const names = list?.split(',').map((name) => name.trim());
      const isOfTypes = type !== undefined || names?.filter(Boolean).every((name) => name.startsWith('type ')) === true;
      return {
        from: file,
        to: resolved(root, file, specifier!),
        names: names?.map(importedName).filter(Boolean),
        loads: keyword !== undefined && !isOfTypes,
      };
    });
  });
}

/** Returns `name` for `type name as other`. */
function importedName(text: string): string {
  return text.replace(/^type /, '').replace(/ as .*$/, '');
}

function resolved(root: string, file: string, specifier: string): string {
  const path = relative(root, join(root, dirname(file), specifier));
  return existsSync(join(root, `${path}.ts`)) ? `${path}.ts` : `${path}/index.ts`;
}

/** Returns a cycle of imports for each file from which one can be reached. */
export function importCycles(imports: readonly Import[]): (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycleFrom = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const other of next.get(file) ?? []) {
      const cycle = cycleFrom(other, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  return [...next.keys()].flatMap((file) => {
    const cycle = cycleFrom(file, []);
    return cycle ? [cycle] : [];
  });
}
