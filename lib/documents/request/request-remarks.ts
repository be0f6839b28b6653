import { oneLine } from '../../input';
import { markdownText, type TextTable } from '../../text';

/** Adds remarks about what is not part of a request to its text. */
export function textWithRemarks(text: string, remarks: readonly string[]): string {
  return remarks.length === 0 ? text : `${text}---\n${remarks.map((remark) => `# ${oneLine(remark)}\n`).join('')}`;
}

/** Adds remarks to a request in Markdown. */
export function markdownWithRemarks(text: string, remarks: readonly string[]): string {
  return remarks.length === 0 ? text : `${text}\n${remarks.map((remark) => `- ${markdownText(remark)}\n`).join('')}`;
}

/** Adds a row for each remark to the table of a request. */
export function tableWithRemarks({ columns, rows }: TextTable, remarks: readonly string[]): TextTable {
  const cells = (remark: string): Readonly<Record<string, string>> => ({
    Action: 'not in this request',
    Notes: remark,
  });
  return { columns, rows: [...rows, ...remarks.map((remark) => columns.map((column) => cells(remark)[column] ?? ''))] };
}
