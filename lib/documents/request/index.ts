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
export { hostnamePurpose, hostnameReasons, requestedHostnames } from './request-hostnames';
export { requestMarkdown, requestTable } from './request-table';
export { formRemarks, requestSections, routingNotes } from './request-sections';
export { requestText } from './request-text';
export { routingRequests } from './routing-requests';
