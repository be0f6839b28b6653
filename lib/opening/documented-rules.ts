import { Construct, type IConstruct } from 'constructs';
import type { Flow, IDependableResource } from '../access';
import { checkProps, checkScope, type PropsForm, readOnly } from '../input';
import { checkedChoices, type Choices, type OptionNames, type PortTable } from '../tables';
import type { Binding } from './bindings';
import { IN_OPTIONS } from './chosen-options';
import type { EndpointPort } from './endpoint';
import { type DocumentedRulesProps, type OpenedFlows, openFlows, placeOf } from './open-flows';

/** A construct that opens documented ports. */
export interface IDocumentedRules extends IConstruct {
  /** The flows that this construct opens, and the external flows that the firewall team is asked to open. */
  readonly flows: Flow[];
  /** The rules, for `dependsOn` of other resources. */
  readonly dependables: IDependableResource[];
  /**
   * The resources of the rules, in the same order, for `addOverride` after a cast to `TerraformResource`. They belong to the
   * stack and not to this construct: aspects of the stack visit them, and aspects of this construct do not.
   */
  readonly resources: IConstruct[];
}

/** What `DocumentedRules` needs from a construct. */
export interface RulesRequest {
  readonly props: DocumentedRulesProps;
  readonly form: PropsForm<object>;
  /** Returns the port table that the props choose. */
  readonly table: (place: string) => PortTable;
  /** Returns the flows of the table, with the machines that the props give. */
  readonly bind: (table: PortTable, place: string, choices: Choices, scope: Construct) => readonly Binding[];
  /** The choices of options that the props give; the other options have their defaults. */
  readonly options?: (table: PortTable, place: string) => Record<string, string> | undefined;
  /**
   * How the props name options.
   * @default - in the prop `options`
   */
  readonly optionNames?: OptionNames;
  /** The editions of the table that this package has; empty for a table of a user. */
  readonly editions: (table: PortTable) => readonly PortTable[];
  /**
   * Returns the port of the endpoint that the props have, and the rows that are open at it.
   * @default - every row has the documented port, unless the prop `ports` replaces it
   */
  readonly endpoint?: (place: string) => EndpointPort | undefined;
}

/**
 * Opens documented ports. It is the base class of every construct that does so.
 *
 * Use it only as a type: classes outside this package cannot extend it.
 */
export abstract class DocumentedRules extends Construct implements IDocumentedRules {
  private opened: OpenedFlows = { flows: [], dependables: [], resources: [] };
  private readOnlyFlows: Flow[] | undefined;

  protected constructor(scope: Construct, id: string) {
    checkScope(scope, id, new.target.name);
    super(scope, id);
  }

  /** The flows that this construct opens, and the external flows that the firewall team is asked to open. */
  public get flows(): Flow[] {
    // only here, because most apps never read them, and it takes as long as everything else about a flow
    this.readOnlyFlows ??= this.opened.flows.map(readOnly);
    return this.readOnlyFlows;
  }

  /** The rules, for `dependsOn` of other resources. */
  public get dependables(): IDependableResource[] {
    return this.opened.dependables;
  }

  /** The resources of the rules, in the same order, for `addOverride` after a cast to `TerraformResource`. */
  public get resources(): IConstruct[] {
    return this.opened.resources;
  }

  /**
   * Opens the rows of a port table between the machines that the props give. Creates nothing if it throws.
   * @internal
   */
  protected _open(request: RulesRequest): void {
    const { props, form, table, bind, options, optionNames = IN_OPTIONS, editions } = request;
    const place = placeOf(this);
    checkProps(props, form, place);
    const endpoint = request.endpoint?.(place);
    const chosen = table(place);
    const choices = checkedChoices(chosen, options?.(chosen, place), optionNames, place);
    const bindings = bind(chosen, place, choices, this);
    const known = { table: chosen, editions: editions(chosen), choices, optionNames };
    this.opened = openFlows(this, { ...known, bindings, props, endpoint });
  }
}
