import type { Construct } from 'constructs';
import type { ResolvedEnd } from './far-end';
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
  /** The source in the stack of the construct. */
  readonly sourceEnd: ResolvedEnd;
  /** The destination in the stack of the construct. */
  readonly destinationEnd: ResolvedEnd;
  /** At least one. */
  readonly flows: readonly Flow[];
}
