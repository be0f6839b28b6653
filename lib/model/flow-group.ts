import type { Construct } from 'constructs';
import type { Flow } from './flow';
import type { IHostGroup, IPeer } from './host-group';
import type { DocumentedFlow, PortTable } from './port-table';

/** The rows of one documented flow that one construct binds to one source. */
export interface FlowGroup {
  /** The construct that asks. */
  readonly scope: Construct;
  /** How errors name that construct. */
  readonly place: string;
  readonly table: PortTable;
  readonly documented: DocumentedFlow;
  readonly environment?: string;
  readonly source: IPeer;
  readonly destination: IHostGroup;
  /** At least one. */
  readonly flows: readonly Flow[];
}
