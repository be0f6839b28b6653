import type { RequestChange, RequestedAccess, RoutingRequest } from './request-blocks';

/** What a request says about itself. */
export interface RequestHead {
  /** The number of the request in the ticket system. */
  readonly ticket?: string;
  readonly requestedBy?: string;
  /** What has changed since an earlier request; absent if it is not compared. */
  readonly changes?: {
    /** The earlier directory or file. */
    readonly since: string;
    readonly counts: Readonly<Record<RequestChange, number>>;
  };
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
    ...(changes === undefined ? [] : [`Changes since ${changes.since}: ${countsText(changes.counts)}`]),
    'Approved by: ______________________________  on: ______________',
  ];
}

function countsText({ open, close, unchanged }: Readonly<Record<RequestChange, number>>): string {
  return `${open} to open, ${close} to close, ${unchanged} unchanged`;
}

/** The columns of the head in tables, one row of which may be read alone. The approval is filled in by hand. */
export const HEAD_COLUMNS = ['Request', 'Requested by', 'Approved by', 'Approved on'];

/** Returns the cells of these columns. */
export function headCells({ ticket = '', requestedBy = '' }: RequestHead): string[] {
  return [ticket, requestedBy, '', ''];
}
