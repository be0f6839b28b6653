import { tableKey } from './flow';
import type { HostnameRequest } from './host-filter';
import type { HostnamesAtPort } from './outbound-host';

const LONGEST_TITLE = 150;

/** Says why the hosts at a port are let out: the title of the document, and in brackets the key of the table. */
export function describeHostnames({ table, hostnames }: HostnameRequest, list: HostnamesAtPort): string {
  const supplements = hostnames.filter(
    ({ row, supplement }) => supplement !== undefined && list.hostnames.includes(row.hostname),
  );
  const remark = supplements.length === 0 ? '' : `; ${supplements.length} not documented by the vendor`;
  return `${Array.from(table.title).slice(0, LONGEST_TITLE).join('')}, ${String(list.port)}${remark} [${tableKey(table)}]`;
}
