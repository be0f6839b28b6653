export { byHand, byHandText, flowByHand } from './by-hand';
export { type CatalogPage, pageMarkdown, pageText, portsPage, productsPage, whoPage } from './catalog';
export { commandScript } from './commands/commands';
export { markdownComment } from './comment';
export { diagramDot, diagramMermaid, diagramOf, drawSvg } from './diagram';
export {
  firewalldRemoval,
  firewalldScript,
  hostRules,
  type HostRules,
  nftablesRemoval,
  nftablesScript,
  ufwRemoval,
  ufwScript,
} from './host-rules';
export { inOwnFamily, onlyFamily } from './flow-family';
export { levelText, peerRanges, peerText, purposeText } from './peer-text';
export {
  matrixJson,
  matrixMarkdown,
  matrixTables,
  type MissingPart,
  NOTHING_OPENED,
  notEvaluatedTable,
  UNDOCUMENTED_HEADING,
} from './port-matrix';
export { matrixFileTable } from './matrix-file-table';
export {
  type GivenChange,
  type GivenChanges,
  makeReportData,
  type ReportedResult,
  type ReportFinding,
  reportPage,
  type ReportPicture,
  type ReportVerification,
} from './report';
export {
  type ChangedPart,
  externalChecks,
  headedRequestMarkdown,
  headedRequestTable,
  headedRequestText,
  hostnamePurpose,
  markdownWithRemarks,
  missingRanges,
  notComparedLines,
  peerKey,
  requestChanges,
  requestedFlows,
  requestedHostnames,
  type RequestHead,
  type RequestPart,
  routingRequests,
  stacksOf,
  tableWithRemarks,
  textWithRemarks,
} from './request';
export {
  impactText,
  notDocumentedText,
  omissionText,
  openerOf,
  openerText,
  purposeWithPort,
  versionsText,
} from './source-text';
export { spreadsheet } from './spreadsheet';
