import type { reportPage } from '../../lib/documents';

type ReportData = Parameters<typeof reportPage>[0];

/** Texts that would do something if a page took them for more than text. */
export const HOSTILE_TEXTS = [
  '<script>hacked = true</script>',
  '"onmouseover="hacked=true" x="',
  "'onfocus='hacked=true' autofocus='",
  '</title></style></script><img src=x onerror=hacked=true>',
  '<svg onload=hacked=true><a href="javascript:hacked=true">',
  'javascript:hacked=true',
  'data:text/html,<script>hacked=true</script>',
  '--><!-- ${hacked} {{hacked}} <%= hacked %> &lt;b&gt; &#60;',
  'a\u202egnp.exe\u2066b\u200bc\ufeffd\u0007\r\nline',
  'https://example.com/" onclick="hacked=true',
];

/** The fields that this package computes from a fixed set of words. */
const FIXED = new Set(['anchor', 'marks', 'outcome', 'level', 'svg']);

/** Returns a report with at least one of everything, in which every text is the same. */
export function hostileReport(data: ReportData, text: string): ReportData {
  const [row] = data.rows;
  const whole: ReportData = {
    ...data,
    stacks: [text, `${text} 2`],
    pictures: [
      { stack: text, arrows: 1, svg: '<svg width="1pt"></svg>' },
      { stack: text, arrows: 100 },
    ],
    rows: data.rows.map((one) => ({
      ...one,
      ...{ impact: text, isImpactKnown: true, movedFrom: text, supplement: text, worldReasons: [text] },
      ownership: { owner: text, ticket: text, expires: text },
    })),
    hostnames: data.hostnames.length > 0 ? data.hostnames : [row],
    request: { ...data.request, missing: [text] },
    checks: [{ topic: text, answer: text, isOpened: false }],
    findings: [{ level: 'error', code: text, stack: text, address: text, message: text, fix: text, related: [text] }],
    notEvaluated: [{ address: text, reason: text, stack: text }],
    verification: {
      file: text,
      results: [{ outcome: 'failed', destination: text, name: text, message: text, details: [text] }],
      remarks: [text],
    },
    ...{ ticket: text, requestedBy: text },
    changes: {
      since: text,
      reason: text,
      request: { open: [row], close: [row], unchanged: 1, remarks: [text], text },
      owners: [{ address: text, text }],
      changes: [
        {
          ...{ kind: text, isWorld: true, direction: text, at: text, before: [text], after: [text], packet: text },
          ...{ rules: [text], rows: [row], documents: [{ text, reference: text }] },
        },
      ],
      notEvaluated: [{ address: text, reason: text }],
    },
  };
  const replaced = (value: unknown, name = ''): unknown => {
    if (FIXED.has(name)) return value;
    if (typeof value === 'string') return text;
    if (Array.isArray(value)) return value.map((one) => replaced(one, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, key)]));
  };
  return replaced(whole) as ReportData;
}
