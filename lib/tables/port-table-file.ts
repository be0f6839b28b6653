import { type FileContent, holdsToken, readFile, readOnlyDeep, refusal, shown } from '../input';
import { expandedTable, type FileTable } from './file-table';
import { mergedTable } from './merged-table';
import { parsedFile, type ParsedFile } from './parsed-file';
import type { PortTable } from './port-table';
import { PORT_TABLE_SHAPE } from './port-table-shape';
import { shapedValue } from './shape';
import { checkPortTable } from './table-laws';

/** Four times the size of a table with a thousand rows. */
const MAX_BYTES = 1_000_000;

/** Reads your own port tables from files. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class PortTableFile {
  /**
   * Returns the port table in a YAML or JSON file, for `DocumentedPortRules`. Throws if it is invalid, and names the line. Aliases,
   * anchors and tags of YAML are errors. Several flows between the same two roles become one flow. The schema for editors is `port-table.schema.json` in this package.
   * @param path the absolute path of the file, or its path from the working directory; at most 1 MB
   */
  public static load(path: string): PortTable {
    const call = 'PortTableFile.load';
    const text = tableText(path, call);
    const place = `${call}, ${path}`;
    const file = parsedFile(text, place);
    const spot = { file, place, what: 'the file' };
    const written = shapedValue(file.root, PORT_TABLE_SHAPE, spot) as FileTable;
    const { table, pathsOf } = expandedTable(written, place, (path) => lineText(file, [path]));
    checkPortTable(table, place, (path) => lineText(file, pathsOf(path)));
    return readOnlyDeep(mergedTable(table));
  }

  private constructor() {}
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
