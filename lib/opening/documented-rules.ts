import { Construct, type IConstruct } from 'constructs';
import type { Flow, IDependableResource } from '../access';
import { checkProps, type PropsForm } from '../input';
import type { PortTable } from '../tables';
import type { Binding } from './bindings';
import { type DocumentedRulesProps, type OpenedFlows, openFlows, placeOf } from './open-flows';

/** A construct that opens documented ports. */
export interface IDocumentedRules extends IConstruct {
  /** The flows that this construct opens, and the external flows that the firewall team is asked to open. */
  readonly flows: Flow[];
  /** The rules, for `dependsOn` of other resources. */
  readonly dependables: IDependableResource[];
  /**
   * The resources of the rules, in the same order, for `addOverride`. They belong to the stack and not to this construct: an
   * aspect of the stack visits them, an aspect of this construct does not.
   */
  readonly resources: IConstruct[];
}

/** How a construct opens documented ports. */
interface RulesRequest {
  readonly props: DocumentedRulesProps;
  readonly form: PropsForm<object>;
  /** Returns the port table that the props choose. */
  readonly table: (place: string) => PortTable;
  /** Binds the flows of the table to the machines that the props give. */
  readonly bind: (table: PortTable, place: string) => readonly Binding[];
}

/**
 * Opens documented ports: the base of every construct that does so.
 *
 * Use it as the type of such constructs. Classes outside this package cannot extend it.
 */
export abstract class DocumentedRules extends Construct implements IDocumentedRules {
  private opened: OpenedFlows = { flows: [], dependables: [], resources: [] };

  protected constructor(scope: Construct, id: string) {
    super(scope, id);
  }

  /** The flows that this construct opens, and the external flows that the firewall team is asked to open. */
  public get flows(): Flow[] {
    return this.opened.flows;
  }

  /** The rules, for `dependsOn` of other resources. */
  public get dependables(): IDependableResource[] {
    return this.opened.dependables;
  }

  /** The resources of the rules, in the same order, for `addOverride`. */
  public get resources(): IConstruct[] {
    return this.opened.resources;
  }

  /**
   * Opens the rows of a port table between the machines that the props give. Creates nothing if it throws.
   * @internal
   */
  protected _open({ props, form, table, bind }: RulesRequest): void {
    const place = placeOf(this);
    checkProps(props, form, place);
    const chosen = table(place);
    this.opened = openFlows(this, { table: chosen, bindings: bind(chosen, place), props });
  }
}
