export { commandScript } from './commands/commands';
export { diagramDot, diagramMermaid, diagramOf, drawSvg } from './diagram';
export { peerRanges, peerText, purposeText } from './peer-text';
export { matrixJson, matrixMarkdown, matrixTable } from './port-matrix';
export {
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
export { spreadsheet } from './spreadsheet';
export { oneLine, shellComment, shellWord } from './text';
export { alignedTable, type CellLine, csvTable, markdownTable, type TableCell, type TextTable } from './text-table';
