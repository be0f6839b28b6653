export { jsonText, markdownText, shellCommand, shellComment, type ShellPart, type ShellWord, shellWord } from './text';
export {
  alignedTable,
  cellText,
  type CellLine,
  csvTable,
  linesOf,
  markdownRow,
  markdownTable,
  type TableCell,
  type TextTable,
} from './text-table';
