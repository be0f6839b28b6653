import { Construct, type IConstruct } from 'constructs';
import type { Flow } from '../model/flow';
import type { IPeer } from '../model/host-group';
import { nearestName } from '../model/nearest-name';
import { checkObject } from '../model/object-given';
import type { DocumentedFlow, PortTable } from '../model/port-table';
import { refusal, shown } from '../model/refusal';
import { frozenCopy } from '../model/table-copy';
import { checkPortTable } from '../model/table-laws';
import { boundRole } from './bindings';
import type { DocumentedRulesProps, IDocumentedRules } from './documented-rules';
import { openFlows, placeOf } from './open-flows';
import { bindGiven, openedFlows } from './optional-roles';

/** A port table of your own or one of `PortTables`, and the machines of its roles. */
export interface DocumentedPortRulesProps extends DocumentedRulesProps {
  /** What a document says. Its supplements are not opened. */
  readonly table: PortTable;
  /**
   * The machines of every role of the table, but of those whose rows are all left out; a role that listens must be a host
   * group.
   */
  readonly roles: Record<string, IPeer>;
}

/** Opens the ports of a port table of your own, or one of `PortTables`, as the other constructs do those of theirs. */
export class DocumentedPortRules extends Construct implements IDocumentedRules {
  /** The flows that are opened here, or that others are asked to open. */
  public readonly flows: Flow[];
  /** Terraform addresses of the rules. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];

  constructor(scope: Construct, id: string, props: DocumentedPortRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'a table and its roles', '{ table, roles }', place);
    const table = frozenCopy(props.table);
    checkPortTable(table, place);
    checkRoles(table.flows, props, place);
    const roles = Object.entries(props.roles).map(
      ([role, peer]) => [role, boundRole(`roles["${role}"]`, peer)] as const,
    );
    ({
      flows: this.flows,
      addresses: this.addresses,
      resources: this.resources,
    } = openFlows(this, {
      table,
      bindings: bindGiven(table.flows, Object.fromEntries(roles)),
      props,
    }));
  }
}

function checkRoles(flows: readonly DocumentedFlow[], { roles, omit }: DocumentedPortRulesProps, place: string): void {
  const known = rolesOf(flows);
  if (typeof roles !== 'object' || roles === null) {
    throw refusal(place, `roles must give machines to ${known.join(', ')}`, shown(roles));
  }
  const unknown = Object.keys(roles).find((role) => !known.includes(role));
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, known);
    throw refusal(
      place,
      `roles must be those of the table (${known.join(', ')})`,
      shown(unknown),
      nearest && shown(nearest),
    );
  }
  const missing = rolesOf(openedFlows(flows, omit)).find((role) => !Object.hasOwn(roles, role));
  if (missing !== undefined) {
    throw refusal(place, `roles must give machines to ${known.join(', ')}`, `none for ${missing}`);
  }
}

function rolesOf(flows: readonly DocumentedFlow[]): string[] {
  return [...new Set(flows.flatMap((flow) => [flow.source.id, flow.destination.id]))];
}
