import type { RequestChange, RequestedAccess, RoutingRequest } from './request-blocks';

/** How many ports and hostnames have changed in each way. */
type ChangeCounts = Readonly<Record<RequestChange, number>>;

/** What has changed since an earlier request, or why it could not be compared. */
type RequestChanges = {
  /** The earlier directory or file. */
  readonly since: string;
} & (
  | {
      /** What the firewall team opens. */
      readonly counts: ChangeCounts;
      /** What the requesting team opens itself; absent if the request does not list it. */
      readonly own?: ChangeCounts;
    }
  | { readonly reason: string }
);

/** What a request says about itself. */
export interface RequestHead {
  /** The number of the request in the ticket system. */
  readonly ticket?: string;
  readonly requestedBy?: string;
  /** Absent if nobody asked for a comparison. */
  readonly changes?: RequestChanges;
}

/** A part of a request below a heading of its own. */
export interface RequestPart extends RequestedAccess {
  /** Absent if the request has only one part. */
  readonly heading?: string;
  readonly routing: readonly RoutingRequest[];
}

/** The headings of the parts of a request that says what has changed. */
export const CHANGE_HEADINGS: Readonly<Record<RequestChange, string>> = {
  open: 'To open',
  close: 'To close',
  unchanged: 'Unchanged',
};

/** Whether a request has a head. */
export function hasHead({ ticket, requestedBy, changes }: RequestHead): boolean {
  return [ticket, requestedBy, changes].some((part) => part !== undefined);
}

/** Returns the title of a request: `Access request NET-42`. */
export function titleOf({ ticket }: RequestHead): string {
  return ['Access request', ticket ?? []].flat().join(' ');
}

/** Returns the lines at the head of a request, with room for an approval. */
export function headLines(head: RequestHead): string[] {
  return [titleOf(head), ...detailLines(head)];
}

/** Returns the lines below the title. */
export function detailLines({ requestedBy, changes }: RequestHead): string[] {
  return [
    ...(requestedBy === undefined ? [] : [`Requested by: ${requestedBy}`]),
    ...changesLines(changes),
    'Approved by: ______________________________  on: ______________',
  ];
}

function changesLines(changes: RequestHead['changes']): string[] {
  if (changes === undefined || 'reason' in changes) return notComparedLines({ changes });
  const { since, counts, own } = changes;
  const ofOwn =
    own === undefined
      ? ''
      : `; by the requesting team itself: ${own.open} opened, ${own.close} closed, ${own.unchanged} unchanged`;
  return [
    `Changes since ${since}: ${counts.open} to open, ${counts.close} to close, ${counts.unchanged} unchanged${ofOwn}`,
  ];
}

/** Returns why a request lists everything although it was asked for what has changed; nothing if it does not. */
export function notComparedLines({ changes }: RequestHead): string[] {
  if (changes === undefined || !('reason' in changes)) return [];
  return [`Not compared with ${changes.since}, so that everything is listed: ${changes.reason}`];
}

/** Returns the text of a request that asks for nothing. */
export function nothingText({ changes }: RequestHead): string {
  return changes === undefined || 'reason' in changes ? 'Nothing to open.' : 'Nothing to open, and nothing to close.';
}

/** The columns of the head in tables, one row of which may be read alone. The approval is filled in by hand. */
export const HEAD_COLUMNS = ['Request', 'Requested by', 'Approved by', 'Approved on'];

/** Returns the cells of these columns. */
export function headCells({ ticket = '', requestedBy = '' }: RequestHead): string[] {
  return [ticket, requestedBy, '', ''];
}
