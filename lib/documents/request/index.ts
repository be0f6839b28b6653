export { markdownWithRemarks, tableWithRemarks, textWithRemarks } from './request-remarks';
export { externalChecks } from './external-checks';
export { distinctPeers, missingRanges, peerKey, requestedFlows, stacksOf } from './request-blocks';
export { hostnamePurpose, requestedHostnames } from './request-hostnames';
export { requestMarkdown, requestTable } from './request-table';
export { requestText } from './request-text';
export { routingRequests } from './routing-requests';
