import type { Construct } from 'constructs';
import type { IPeer } from '../access';
import { nearestName, type PropsForm, readOnlyDeep, refusal, shown } from '../input';
import {
  bindGiven,
  type Binding,
  boundRole,
  DocumentedRules,
  type DocumentedRulesProps,
  openedFlows,
  openRows,
} from '../opening';
import { editionsOf } from '../products/catalog';
import {
  checkPortTable,
  type Choices,
  type DocumentedFlow,
  mergedTable,
  type PortTable,
  readOnlyTable,
} from '../tables';

/** Your own port table, or one of `PortTables`, and the machines of its roles. */
export interface DocumentedPortRulesProps extends DocumentedRulesProps {
  /** The ports of a document. Its supplements are not opened. */
  readonly table: PortTable;
  /**
   * The machines of every role, by the id of the role. A role that listens must be a host group. A role whose rows are all
   * omitted or closed by an option may be left out, and so may a role that only optional flows have.
   */
  readonly roles: Record<string, IPeer>;
  /**
   * The choices of options of the table, by the id of the option: `{ cni: 'cilium', windows: 'true' }`. The choices of a flag are
   * `true` and `false`. Rows that the choices close are not opened. Throws `option-unknown` or `choice-unknown` for what the table
   * does not have, and `row-closed` if `omit` or `ports` names a closed row.
   * @default - every option has the default of the document
   */
  readonly options?: Record<string, string>;
}

const FORM: PropsForm<DocumentedPortRulesProps> = {
  needed: 'a table and its roles',
  example: '{ table, roles }',
  names: {
    table: true,
    roles: true,
    options: true,
    omit: true,
    ports: true,
    versions: true,
    ownership: true,
    rowOwnership: true,
  },
};

/**
 * Opens the ports of your own port table, or of one of `PortTables`.
 *
 * @example
 * new DocumentedPortRules(stack, 'registry', {
 *   table: PortTableFile.load('registry-ports.yaml'),
 *   roles: {
 *     node: Peer.cidr('10.0.0.0/16'),
 *     registry: AwsSecurityGroup.fromId('sg-0123456789abcdef0'),
 *   },
 * });
 */
export class DocumentedPortRules extends DocumentedRules {
  constructor(scope: Construct, id: string, props: DocumentedPortRulesProps) {
    super(scope, id);
    this._open({
      props,
      form: FORM,
      table: (place) => checkedTable(props.table, place),
      bind: (table, place, choices) => bindRoles(table, props, choices, place),
      options: () => props.options,
      editions: ({ id }) => editionsOf(id),
    });
  }
}

function checkedTable(table: PortTable, place: string): PortTable {
  const copy = readOnlyTable(table);
  checkPortTable(copy, place);
  return readOnlyDeep(mergedTable(copy));
}

function bindRoles({ flows }: PortTable, props: DocumentedPortRulesProps, choices: Choices, place: string): Binding[] {
  checkRoles(flows, props, choices, place);
  const roles = Object.entries(props.roles).map(([role, peer]) => [role, boundRole(`roles["${role}"]`, peer)] as const);
  return bindGiven(flows, Object.fromEntries(roles));
}

function checkRoles(
  flows: readonly DocumentedFlow[],
  { roles, omit }: DocumentedPortRulesProps,
  choices: Choices,
  place: string,
): void {
  const known = rolesOf(flows);
  const names = new Set(known);
  const need = `roles must give the machines of ${known.join(', ')}`;
  if (typeof roles !== 'object' || roles === null) throw refusal(place, 'roles-invalid', need, shown(roles));
  const unknown = Object.keys(roles).find((role) => !names.has(role));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, known);
    const needed = `roles must be those of the table (${known.join(', ')})`;
    throw refusal(place, 'role-unknown', needed, shown(unknown), nearest && shown(nearest));
  }
  const neededFlows = flows.filter(({ optional = false }) => !optional).map((flow) => openRows(flow, choices));
  const missing = rolesOf(openedFlows(neededFlows, omit)).find((role) => !Object.hasOwn(roles, role));
  if (missing !== undefined) throw refusal(place, 'role-missing', need, `none for ${missing}`);
}

function rolesOf(flows: readonly DocumentedFlow[]): string[] {
  return [...new Set(flows.flatMap((flow) => [flow.source.id, flow.destination.id]))];
}
