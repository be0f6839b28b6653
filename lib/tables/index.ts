export { tableOf } from './editions';
export { checkHostnameTable } from './hostname-laws';
export {
  checkedParameters,
  checkParametersGiven,
  filledHostname,
  hostnamePattern,
  type ParameterNames,
  parametersIn,
} from './hostname-parameters';
export {
  type HostnameParameter,
  type HostnameRow,
  type HostnameSupplement,
  type HostnameTable,
} from './hostname-table';
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
  type Condition,
  conditionOf,
  conditionText,
  defaultChoices,
  isMet,
  isOpen,
  type OptionNames,
  unmetCondition,
  unmetPart,
} from './options';
export { editionChanges, laterEdition } from './later-edition';
export { type ChangedRow, type EditionRow, PortTableDiff, type PortTableDiffProps } from './port-table-diff';
export { mergedTable } from './merged-table';
export { HostnameTableFile, PortTableFile } from './file';
export { readOnlyTable } from './table-copy';
export { checkPortTable } from './table-laws';
export { type ExternalCheck, type HostnameReason, type RequestTemplatePart } from './request-template';
