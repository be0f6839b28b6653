import type * as Yaml from 'yaml';
import type { PortTable } from '../model/port-table';
import { frozen } from '../model/table-copy';
import type { Where } from '../model/document-laws';
import { checkPortTable } from '../model/table-laws';
import { parsedFile, type ParsedFile } from './parsed-file';
import { PORT_TABLE_SHAPE } from './port-table-shape';
import { shapedValue } from './shaped-value';
import { tableText } from './table-text';

/** A port table of your own in a file. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class PortTableFile {
  /**
   * Reads a table for `DocumentedPortRules` from YAML or JSON, and checks it as it is checked there; errors name the line.
   * `port-table.schema.json` of this package is the schema for editors. Aliases, anchors and tags of YAML are refused.
   * @param path from the working directory, or the whole path; at most 1 MB
   */
  public static load(path: string): PortTable {
    const call = 'PortTableFile.load';
    const text = tableText(path, call);
    const place = `${call}, ${path}`;
    const file = parsedFile(text, place);
    const spot = { file, place, what: 'the file' };
    const table = withoutSchema(shapedValue(file.root, PORT_TABLE_SHAPE, spot) as PortTable);
    checkPortTable(table, place, lines(file));
    return frozen(table);
  }
}

/** The address of the schema is for editors. */
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
