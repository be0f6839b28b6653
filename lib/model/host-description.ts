import { tableKey } from './flow';
import type { HostRequest } from './host-filter';
import type { HostsAtPort } from './outbound-host';

const LONGEST_TITLE = 150;

/** Says why the hosts at a port are let out: the title of the document, and in brackets the key of the table. */
export function describeHosts({ table, hosts }: HostRequest, list: HostsAtPort): string {
  const supplements = hosts.filter(({ row, supplement }) => supplement !== undefined && list.hosts.includes(row.host));
  const remark = supplements.length === 0 ? '' : `; ${supplements.length} not documented by the vendor`;
  return `${Array.from(table.title).slice(0, LONGEST_TITLE).join('')}, ${String(list.port)}${remark} [${tableKey(table)}]`;
}
