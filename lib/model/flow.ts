import type { IHostGroup, IPeer } from './host-group';
import type { Port } from './port';
import type { DocumentedFlow, PortRow, PortTable, Role } from './port-table';

/** One row of a document between the machines that a construct was given. */
export interface Flow {
  /** `<source role>><destination role>/<row>`: `worker>control-plane/api-server`. */
  readonly key: string;
  /** The table that the row stands in. */
  readonly table: PortTable;
  /** The row of the document. */
  readonly row: PortRow;
  /** The port that is opened: the row's own, unless `ports` or `port` says another. */
  readonly port: Port;
  /** The role that opens the connections. */
  readonly sourceRole: Role;
  /** The role that listens. */
  readonly destinationRole: Role;
  /** Who opens the connections. */
  readonly source: IPeer;
  /** The machines that listen. */
  readonly destination: IHostGroup;
  /**
   * Which of several installations of the same thing this is for.
   * @default - there is one
   */
  readonly environment?: string;
  /**
   * Why the flow is needed although the document leaves it out.
   * @default - the document has it
   */
  readonly supplement?: string;
  /**
   * The DNS name by which people know the destination: for requests and documents, never part of a rule.
   * @default - none was given
   */
  readonly hostname?: string;
  /** Whether others must open it, and we only ask. */
  readonly external: boolean;
  /** The path of the construct that asks for it. */
  readonly constructPath: string;
}

/** Names a row among all rows of a construct. */
export function flowKey(flow: DocumentedFlow, row: PortRow): string {
  return `${flow.source.id}>${flow.destination.id}/${row.name}`;
}

/** Names a table and the edition of its document, as its file does: `kubeadm-flannel@2024-12`. */
export function tableKey(table: Pick<PortTable, 'id' | 'edition'>): string {
  return `${table.id}@${table.edition}`;
}
