import { Construct, type IConstruct } from 'constructs';
import { checkHostnameTable } from '../model/host-laws';
import type { HostnameTable } from '../model/host-table';
import { checkObject } from '../model/object-given';
import type { OutboundHostname } from '../model/outbound-host';
import { frozenCopy } from '../model/table-copy';
import type { DocumentedHostnamesProps, IDocumentedHostnames } from './documented-hosts';
import { openHostnames } from './let-out-hosts';
import { placeOf } from './open-flows';

/** A host table of your own, and what lets its hosts out. */
export interface DocumentedHostnameRulesProps extends DocumentedHostnamesProps {
  /** What a document says. */
  readonly table: HostnameTable;
}

/** Lets the hosts of a table of your own out, as the other constructs do those of theirs. */
export class DocumentedHostnameRules extends Construct implements IDocumentedHostnames {
  /** The hosts that are let out here, or that others are asked to let out. */
  public readonly hostnames: OutboundHostname[];
  /** Terraform addresses of what lets them out. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];
  /** The ids of these resources, known to Terraform. */
  public readonly ids: string[];

  constructor(scope: Construct, id: string, props: DocumentedHostnameRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'a table and what lets its hosts out', '{ table, through }', place);
    const table = frozenCopy(props.table);
    checkHostnameTable(table, place);
    ({
      hostnames: this.hostnames,
      addresses: this.addresses,
      resources: this.resources,
      ids: this.ids,
    } = openHostnames(this, table, props));
  }
}
