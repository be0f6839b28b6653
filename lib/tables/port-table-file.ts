import type * as Fs from 'node:fs';
import type * as Yaml from 'yaml';
import { holdsToken, readOnlyDeep, refusal, shown, systemReason } from '../input';
import { parsedFile, type ParsedFile } from './parsed-file';
import type { PortTable } from './port-table';
import { PORT_TABLE_SHAPE } from './port-table-shape';
import { shapedValue } from './shape';
import { checkPortTable, type Where } from './table-laws';

/** Four times the size of a table with a thousand rows. */
const MAX_BYTES = 1_000_000;

/** Reads your own port tables from files. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class PortTableFile {
  /**
   * Returns the port table in a YAML or JSON file, for `DocumentedPortRules`. Throws if it is invalid, and names the line. Aliases,
   * anchors and tags of YAML are errors. The schema for editors is `port-table.schema.json` in this package.
   * @param path the absolute path of the file, or its path from the working directory; at most 1 MB
   */
  public static load(path: string): PortTable {
    const call = 'PortTableFile.load';
    const text = tableText(path, call);
    const place = `${call}, ${path}`;
    const file = parsedFile(text, place);
    const spot = { file, place, what: 'the file' };
    const table = withoutSchema(shapedValue(file.root, PORT_TABLE_SHAPE, spot) as PortTable);
    checkPortTable(table, place, lines(file));
    return readOnlyDeep(table);
  }

  private constructor() {}
}

function tableText(path: unknown, place: string): string {
  if (typeof path !== 'string' || path === '') {
    throw refusal(place, 'path-required', 'the path of a file is needed', shown(path));
  }
  if (holdsToken(path)) throw refusal(place, 'path-not-known', 'the path must be known at synthesis', shown(path));
  // loaded on first use, because only callers with a file need it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const fs = require('node:fs') as typeof Fs;
  const stats = readOrThrow(() => fs.statSync(path, { throwIfNoEntry: false }), path, place);
  if (stats === undefined) {
    const need = `the file must exist in ${process.cwd()} or be given by its absolute path`;
    throw refusal(place, 'file-missing', need, shown(path));
  }
  if (!stats.isFile()) throw refusal(place, 'file-missing', 'the path must lead to a file', shown(path));
  if (stats.size > MAX_BYTES) {
    const need = `a table must have at most ${MAX_BYTES} bytes`;
    throw refusal(place, 'file-too-large', need, `${stats.size} in ${shown(path)}`);
  }
  return readOrThrow(() => fs.readFileSync(path, 'utf8'), path, place);
}

function readOrThrow<T>(read: () => T, path: string, place: string): T {
  try {
    return read();
  } catch (error) {
    const got = `${systemReason(error)} at ${shown(path)}`;
    throw refusal(place, 'file-not-readable', 'the file must be readable', got);
  }
}

/** Returns a table without `$schema`, which only editors use. */
function withoutSchema(table: PortTable): PortTable {
  return Object.fromEntries(Object.entries(table).filter(([name]) => name !== '$schema')) as unknown as PortTable;
}

function lines(file: ParsedFile): Where {
  return (path) => {
    const node = path.reduce<unknown>((parent, key) => childOf(parent, key), file.root);
    return ` (line ${file.lineOf(node)})`;
  };
}

function childOf(parent: unknown, key: string | number): unknown {
  return (parent as Yaml.YAMLMap | Yaml.YAMLSeq).get(key, true);
}
