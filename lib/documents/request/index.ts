export { markdownWithRemarks, tableWithRemarks, textWithRemarks } from './request-remarks';
export { externalChecks } from './external-checks';
export {
  distinctPeers,
  missingRanges,
  peerKey,
  type RequestBlock,
  requestBlocks,
  requestedFlows,
  type RoutingRequest,
  stacksOf,
} from './request-blocks';
export { requestChanges } from './request-changes';
export { CHANGE_HEADINGS, hasHead, type RequestHead, type RequestPart } from './request-head';
export { hostnamePurpose, hostnameReasons, requestedHostnames } from './request-hostnames';
export { formRemarks, requestSections, routingNotes } from './request-sections';
export { headedRequestMarkdown, headedRequestTable, requestMarkdown, requestTable } from './request-table';
export { headedRequestText, requestText } from './request-text';
export { routingRequests } from './routing-requests';
