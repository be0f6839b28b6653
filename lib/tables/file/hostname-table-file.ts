import { readOnlyDeep } from '../../input';
import type { HostnameRow, HostnameSupplement, HostnameTable } from '../hostname-table';
import { checkHostnameTable } from '../hostname-laws';
import { condition, type Conditions, type FileOption, wholeOptions, without } from './file-table';
import { HOSTNAME_TABLE_SHAPE } from './hostname-table-shape';
import { readTable } from './read-table';

type Written<Row extends HostnameRow> = Omit<Row, 'when'> & { readonly when?: Conditions };

/** A table as it is in a file, where a condition can be one choice, and the choices of a flag are true and false. */
interface WrittenTable extends Omit<HostnameTable, 'hostnames' | 'supplements' | 'options'> {
  readonly $schema?: string;
  readonly options?: readonly FileOption[];
  readonly hostnames: readonly Written<HostnameRow>[];
  readonly supplements?: readonly Written<HostnameSupplement>[];
}

/** Reads your own hostname tables from files. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- jsii exports no bare functions
export class HostnameTableFile {
  /**
   * Returns the hostname table in a YAML or JSON file, for `DocumentedHostnameRules`. Throws if it is invalid, and names the line. Aliases,
   * anchors and tags of YAML are errors. The schema for editors is `hostname-table.schema.json` in this package.
   * @param path the absolute path of the file, or its path from the working directory; at most 1 MB
   */
  public static load(path: string): HostnameTable {
    const { table: written, place, lineOf } = readTable(path, HOSTNAME_TABLE_SHAPE, 'HostnameTableFile.load');
    const table = wholeTable(written as WrittenTable);
    checkHostnameTable(table, place, (part) => lineOf([part, part.slice(0, 2)]));
    return readOnlyDeep(table);
  }

  private constructor() {}
}

function wholeTable(written: WrittenTable): HostnameTable {
  const { options, hostnames, supplements } = written;
  return {
    ...(without(written, ['$schema']) as unknown as HostnameTable),
    ...(options && { options: wholeOptions(options) }),
    hostnames: hostnames.map(wholeRow),
    ...(supplements && { supplements: supplements.map(wholeRow) }),
  };
}

function wholeRow<Row extends HostnameRow>({ when, ...row }: Written<Row>): Row {
  return { ...row, ...condition(when) } as unknown as Row;
}
