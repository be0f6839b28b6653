import type { Construct } from 'constructs';
import type { PropsForm } from '../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../opening';
import { checkHostnameTable, type HostnameTable, readOnlyTable } from '../tables';

/** Your own hostname table, and the filter that allows its hostnames. */
export interface DocumentedHostnameRulesProps extends DocumentedHostnamesProps {
  /** The hostnames of a document. */
  readonly table: HostnameTable;
}

const FORM: PropsForm<DocumentedHostnameRulesProps> = {
  needed: 'a table and a hostname filter',
  example: '{ table, through }',
  names: { table: true, through: true, omit: true, supplements: true, ownership: true, rowOwnership: true },
};

/**
 * Allows the hostnames of your own hostname table.
 *
 * @example
 * new DocumentedHostnameRules(stack, 'platform-hosts', {
 *   table: {
 *     id: 'platform-hosts',
 *     title: 'Hosts of the platform',
 *     reference: 'https://wiki.example.com/hosts',
 *     edition: '2026-10',
 *     comparedOn: '2026-11-21',
 *     hostnames: [
 *       {
 *         name: 'registry',
 *         hostname: 'registry.example.com',
 *         ports: [Port.tcp(443)],
 *         portsBasis: Basis.TABLE,
 *         section: 'Hosts',
 *       },
 *     ],
 *   },
 *   through: new GcpSecureWebProxy({ location: 'europe-west3' }),
 * });
 */
export class DocumentedHostnameRules extends DocumentedHostnames {
  constructor(scope: Construct, id: string, props: DocumentedHostnameRulesProps) {
    super(scope, id);
    this._open({ props, form: FORM, table: (place) => checkedTable(props.table, place), editions: [] });
  }
}

function checkedTable(table: HostnameTable, place: string): HostnameTable {
  const copy = readOnlyTable(table);
  checkHostnameTable(copy, place);
  return copy;
}
