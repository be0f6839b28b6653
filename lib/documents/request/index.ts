export { distinctPeers, missingRanges, peerKey, requestedFlows } from './request-blocks';
export { hostnamePurpose, requestedHostnames } from './request-hostnames';
export { requestMarkdown, requestTable } from './request-table';
export { requestText } from './request-text';
export { routingRequests } from './routing-requests';
