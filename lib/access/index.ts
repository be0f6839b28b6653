export { asPeer, checkedHostGroup, checkedPeer, checkIpRanges } from './checked-ends';
export { Cloud, Egress } from './cloud';
export { type CheckRequest, type IEndpoint, isEndpoint } from './endpoint';
export {
  type AboutMachines,
  type CloudEnd,
  farEnd,
  type FarEnd,
  type IPeer,
  ipRangesOf,
  isPeer,
  type RangeReference,
  type ResolvedEnd,
  type UnknownRange,
  type WorldReason,
} from './far-end';
export { readRanges } from './given-ranges';
export {
  type Agreement,
  type Flow,
  type FlowGroup,
  type IDependableResource,
  type IHostGroup,
  isHostGroup,
  plannedResource,
  type PlannedResource,
  type PlannedRule,
  type Quota,
} from './host-group';
export {
  describeHostnames,
  type HostnameRequest,
  type HostnamesAtPort,
  hostnamesByPort,
  type IHostnameFilter,
  isHostnameFilter,
  type OutboundHostname,
} from './hostname-filter';
export { Peer } from './peer';
export {
  describeFlowGroup,
  describeFlows,
  EVERYTHING_OUT,
  firstSentence,
  longestDescription,
  rowKey,
} from './rule-description';
