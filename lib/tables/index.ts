export { tableOf } from './editions';
export { type HostnameRow, type HostnameSupplement, type HostnameTable } from './hostname-table';
export {
  Basis,
  type Discrepancy,
  type DocumentedFlow,
  flowKey,
  levelRemark,
  needsPodAddresses,
  PortLevel,
  type PortRow,
  type PortTable,
  type Role,
  type Supplement,
  type TableOption,
  tableKey,
} from './port-table';
export {
  checkedChoices,
  choicesOf,
  type Choices,
  conditionOf,
  conditionText,
  defaultChoices,
  isOpen,
  type OptionNames,
  unmetCondition,
  unmetPart,
} from './options';
export { editionChanges, laterEdition } from './later-edition';
export { type ChangedRow, type EditionRow, PortTableDiff, type PortTableDiffProps } from './port-table-diff';
export { mergedTable } from './merged-table';
export { PortTableFile } from './port-table-file';
export { readOnlyTable } from './table-copy';
export { checkHostnameTable, checkPortTable } from './table-laws';
export { type ExternalCheck, type HostnameReason, type RequestTemplatePart } from './request-template';
