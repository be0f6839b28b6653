export { markdownWithRemarks, tableWithRemarks, textWithRemarks } from './request-remarks';
export { externalChecks } from './external-checks';
export { distinctPeers, missingRanges, peerKey, requestedFlows, stacksOf } from './request-blocks';
export { requestChanges } from './request-changes';
export { CHANGE_HEADINGS, hasHead, type RequestHead, type RequestPart } from './request-head';
export { hostnamePurpose, requestedHostnames } from './request-hostnames';
export { headedRequestMarkdown, headedRequestTable, requestMarkdown, requestTable } from './request-table';
export { headedRequestText, requestText } from './request-text';
export { routingRequests } from './routing-requests';
