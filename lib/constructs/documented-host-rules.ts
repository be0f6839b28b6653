import { Construct, type IConstruct } from 'constructs';
import { checkHostTable } from '../model/host-laws';
import type { HostTable } from '../model/host-table';
import { checkObject } from '../model/object-given';
import type { OutboundHost } from '../model/outbound-host';
import { frozenCopy } from '../model/table-copy';
import type { DocumentedHostsProps, IDocumentedHosts } from './documented-hosts';
import { letOutHosts } from './let-out-hosts';
import { placeOf } from './open-flows';

/** A host table of your own, and what lets its hosts out. */
export interface DocumentedHostRulesProps extends DocumentedHostsProps {
  /** What a document says. */
  readonly table: HostTable;
}

/** Lets the hosts of a table of your own out, as the other constructs do those of theirs. */
export class DocumentedHostRules extends Construct implements IDocumentedHosts {
  /** The hosts that are let out here, or that others are asked to let out. */
  public readonly hosts: OutboundHost[];
  /** Terraform addresses of what lets them out. */
  public readonly addresses: string[];
  /** The resources of these addresses. */
  public readonly resources: IConstruct[];
  /** The ids of these resources, known to Terraform. */
  public readonly ids: string[];

  constructor(scope: Construct, id: string, props: DocumentedHostRulesProps) {
    super(scope, id);

    const place = placeOf(this);
    checkObject(props, 'a table and what lets its hosts out', '{ table, through }', place);
    const table = frozenCopy(props.table);
    checkHostTable(table, place);
    ({
      hosts: this.hosts,
      addresses: this.addresses,
      resources: this.resources,
      ids: this.ids,
    } = letOutHosts(this, table, props));
  }
}
