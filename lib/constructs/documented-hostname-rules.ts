import type { Construct } from 'constructs';
import type { PropsForm } from '../input';
import { DocumentedHostnames, type DocumentedHostnamesProps } from '../opening';
import { checkHostnameTable, type HostnameTable, readOnlyTable } from '../tables';

/** Your own hostname table, and the filter that allows its hostnames. */
export interface DocumentedHostnameRulesProps extends DocumentedHostnamesProps {
  /** The hostnames of a document. */
  readonly table: HostnameTable;
  /**
   * The choices of options of the table, by the id of the option: `{ cloud: 'aws', telemetry: 'false' }`. The choices of a flag are
   * `true` and `false`. Hostnames that the choices close are not allowed. Throws `option-unknown` or `choice-unknown` for what the table
   * does not have, and `row-closed` if `omit` or `supplements` names a closed row.
   * @default - every option has the default of the document
   */
  readonly options?: Record<string, string>;
  /**
   * The values of parameters of the table, by the id of the parameter: `{ region: 'eu-central-1' }`. Throws `parameter-missing` unless
   * every open hostname has the values of its parameters, `parameter-unknown` for what the table does not have, and `parameter-invalid`
   * for what cannot be part of a DNS name.
   * @default - none; needed for the hostnames that have them
   */
  readonly parameters?: Record<string, string>;
}

const FORM: PropsForm<DocumentedHostnameRulesProps> = {
  needed: 'a table and a hostname filter',
  example: '{ table, through }',
  names: {
    table: true,
    through: true,
    options: true,
    parameters: true,
    omit: true,
    supplements: true,
    ownership: true,
    rowOwnership: true,
  },
};

/**
 * Allows the hostnames of your own hostname table. `HostnameTableFile` reads one from a file.
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
    this._open({
      props,
      form: FORM,
      table: (place) => checkedTable(props.table, place),
      options: () => props.options,
      parameters: () => props.parameters,
      editions: [],
    });
  }
}

function checkedTable(table: HostnameTable, place: string): HostnameTable {
  const copy = readOnlyTable(table);
  checkHostnameTable(copy, place);
  return copy;
}
