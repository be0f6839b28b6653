export { commandScript } from './commands/commands';
export { markdownComment } from './comment';
export { diagramDot, diagramMermaid, diagramOf, drawSvg } from './diagram';
export { peerRanges, peerText } from './peer-text';
export { matrixJson, matrixMarkdown, matrixTable } from './port-matrix';
export {
  externalChecks,
  hostnamePurpose,
  missingRanges,
  peerKey,
  requestedFlows,
  requestedHostnames,
  requestMarkdown,
  requestTable,
  requestText,
  routingRequests,
  stacksOf,
} from './request';
export { purposeWithPort, versionsText } from './source-text';
export { spreadsheet } from './spreadsheet';
export { jsonText, shellComment, shellWord } from './text';
export { alignedTable, type CellLine, csvTable, type TableCell, type TextTable } from './text-table';
