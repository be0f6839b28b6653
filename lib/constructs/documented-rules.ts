import type { IConstruct } from 'constructs';
import type { Flow } from '../model/flow';
import type { Port } from '../model/port';

/** What every construct of documented ports takes. */
export interface DocumentedRulesProps {
  /**
   * Rows that stay closed: a row name such as `kubelet` for all flows that have it, or one flow such as
   * `worker>control-plane/api-server`.
   * @default - every row of the document is opened
   */
  readonly omit?: string[];
  /**
   * Other ports than the documented ones, by row name or by flow as in `omit`; the protocol stays. `ApinizerNodePorts`
   * refuses it: there a port is the `port` beside its clients.
   * @default - the ports of the document
   */
  readonly ports?: Record<string, Port>;
}

/** What every construct takes whose document this package has in several editions. */
export interface EditionedRulesProps extends DocumentedRulesProps {
  /**
   * The edition of the document, by its year and month: `PortTables.all()` has them. Another edition opens and closes ports;
   * what stays keeps its Terraform address.
   * @default - the edition of `PORTS`
   */
  readonly edition?: string;
}

/** What every construct of documented ports gives. */
export interface IDocumentedRules extends IConstruct {
  /** The flows that are opened here, or that others are asked to open. */
  readonly flows: Flow[];
  /** Terraform addresses of the rules, for `dependsOn`; they do not stand below the construct that asks for them. */
  readonly addresses: string[];
  /**
   * The resources of these addresses, in the same order, for `addOverride`. Aspects of a stack reach them; those of the construct
   * that asks do not, because they do not stand below it.
   */
  readonly resources: IConstruct[];
}
