import { type FileContent, holdsToken, readFile, refusal, shown } from '../../input';
import { parsedFile, type ParsedFile } from './parsed-file';
import { type ObjectShape, shapedValue } from './shape';

/** Four times the size of a table with a thousand rows. */
const MAX_BYTES = 1_000_000;

type Path = readonly (string | number)[];

/** A table as it is written in a file. Only its form was checked. */
interface WrittenTable {
  readonly table: unknown;
  /** The name of the file in errors. */
  readonly place: string;
  /** Returns the line of the first path that the file has, for errors: ` (line 7)`. */
  readonly lineOf: (paths: readonly Path[]) => string;
}

/** Reads a table from a YAML or JSON file. Throws unless it has the shape. */
export function readTable(path: unknown, shape: ObjectShape, call: string): WrittenTable {
  const text = tableText(path, call);
  const place = `${call}, ${String(path)}`;
  const file = parsedFile(text, place);
  const table = shapedValue(file.root, shape, { file, place, what: 'the file' });
  return { table, place, lineOf: (paths) => lineText(file, paths) };
}

function tableText(path: unknown, place: string): string {
  if (typeof path !== 'string' || path === '') {
    throw refusal(place, 'path-required', 'the path of a file is needed', shown(path));
  }
  if (holdsToken(path)) throw refusal(place, 'path-not-known', 'the path must be known at synthesis', shown(path));
  const content = readFile(path, MAX_BYTES);
  if ('text' in content) return content.text;
  throw withoutText(content, path, place);
}

function withoutText(content: Exclude<FileContent, { text: string }>, path: string, place: string): Error {
  if (content.cause === 'too-large') {
    const need = `a table must have at most ${MAX_BYTES} bytes`;
    return refusal(place, 'file-too-large', need, `${content.bytes} in ${shown(path)}`);
  }
  const { cause, reason } = content;
  if (cause === 'missing') {
    const need = `the file must exist in ${process.cwd()} or be given by its absolute path`;
    return refusal(place, 'file-missing', need, shown(path));
  }
  if (cause === 'no-file') return refusal(place, 'file-missing', 'the path must lead to a file', shown(path));
  return cause === 'not-text'
    ? refusal(`${place}, ${path}`, 'table-file-invalid', 'the file must be YAML or JSON', reason)
    : refusal(place, 'file-not-readable', 'the file must be readable', `${reason} at ${shown(path)}`);
}

/** Returns the line of the first path that exists, for errors: ` (line 7)`. */
function lineText(file: ParsedFile, paths: readonly (readonly (string | number)[])[]): string {
  const nodes = paths.map((path) => path.reduce<unknown>((parent, key) => childOf(parent, key, file), file.root));
  return ` (line ${file.lineOf(nodes.find((node) => node !== undefined))})`;
}

function childOf(parent: unknown, key: string | number, { yaml }: ParsedFile): unknown {
  return yaml.isCollection(parent) ? parent.get(key, true) : undefined;
}
