import { readOnlyDeep } from '../../input';
import { mergedTable } from '../merged-table';
import type { PortTable } from '../port-table';
import { checkPortTable } from '../table-laws';
import { expandedTable, type FileTable } from './file-table';
import { PORT_TABLE_SHAPE } from './port-table-shape';
import { readTable } from './read-table';

/** Reads your own port tables from files. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class PortTableFile {
  /**
   * Returns the port table in a YAML or JSON file, for `DocumentedPortRules`. Throws if it is invalid, and names the line. Aliases,
   * anchors and tags of YAML are errors. Several flows between the same two roles become one flow. The schema for editors is `port-table.schema.json` in this package.
   * @param path the absolute path of the file, or its path from the working directory; at most 1 MB
   */
  public static load(path: string): PortTable {
    const { table: written, place, lineOf } = readTable(path, PORT_TABLE_SHAPE, 'PortTableFile.load');
    const { table, pathsOf } = expandedTable(written as FileTable, place, (part) => lineOf([part]));
    checkPortTable(table, place, (part) => lineOf(pathsOf(part)));
    return readOnlyDeep(mergedTable(table));
  }

  private constructor() {}
}
