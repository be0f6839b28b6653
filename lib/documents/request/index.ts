export { flowNotes } from './flow-notes';
export { markdownWithRemarks, tableWithRemarks, textWithRemarks } from './request-remarks';
export { externalChecks } from './external-checks';
export {
  type AskedFlow,
  type AskedHostname,
  distinctPeers,
  missingRanges,
  peerKey,
  type RequestBlock,
  requestBlocks,
  requestedFlows,
  type RoutingRequest,
  stacksOf,
} from './request-blocks';
export { type ChangedPart, requestChanges } from './request-changes';
export { notComparedLines, type RequestHead, type RequestPart } from './request-head';
export { hostnamePurpose, hostnameReasons, requestedHostnames } from './request-hostnames';
export { formRemarks, requestSections, routingNotes } from './request-sections';
export { headedRequestMarkdown, headedRequestTable } from './request-table';
export { headedRequestText } from './request-text';
export { loadBalancersOf, routingRequests } from './routing-requests';
