import { headedRequestMarkdown, headedRequestTable, headedRequestText } from '../../lib/documents';
import { type TextTable } from '../../lib/text';

type Part = Parameters<typeof headedRequestText>[1][number];
type Checks = Parameters<typeof headedRequestText>[2];

/** Returns the text of a request without a head. */
export function requestText(
  flows: Part['flows'],
  routing: Part['routing'] = [],
  hostnames: Part['hostnames'] = [],
  checks: Checks = [],
): string {
  return headedRequestText({}, [{ flows, routing, hostnames }], checks);
}

/** Returns the table of a request without a head. */
export function requestTable(
  flows: Part['flows'],
  hostnames: Part['hostnames'] = [],
  routing: Part['routing'] = [],
  checks: Checks = [],
): TextTable {
  return headedRequestTable({}, [{ flows, hostnames, routing }], checks);
}

/** Returns a request without a head in Markdown. */
export function requestMarkdown(
  flows: Part['flows'],
  hostnames: Part['hostnames'] = [],
  routing: Part['routing'] = [],
  checks: Checks = [],
): string {
  return headedRequestMarkdown({}, [{ flows, hostnames, routing }], checks);
}
