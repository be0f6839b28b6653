export { peerCallFor, checkedHostGroup, checkedPeer, checkedIpRanges, cloudsOf, type NeededEnd } from './checked-ends';
export { checkEgress, Cloud, Egress } from './cloud';
export {
  checkServerName,
  ControlPlaneEndpoint,
  type ControlPlaneEndpointProps,
  type DnsRecord,
  isControlPlaneEndpoint,
} from './control-plane-endpoint';
export { type CheckRequest, type IEndpoint, isEndpoint } from './endpoint';
export {
  type MachineFacts,
  type CloudEnd,
  farEnd,
  groupEnd,
  type FarEnd,
  type IPeer,
  ipRangesOf,
  isPeer,
  type RangeReference,
  type ResolvedEnd,
  type UnknownRange,
  wideCall,
  WORLD,
  type WorldReason,
} from './far-end';
export { externalEnd } from './external-end';
export {
  type Agreement,
  type Flow,
  type Destination,
  type FlowGroup,
  flowsTo,
  hostGroupsIn,
  type IDependableResource,
  type IHostGroup,
  isHostGroup,
  isOfFamily,
  plannedResource,
  type PlannedResource,
  type PlannedRule,
  type Quota,
  type RowToOpen,
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
export { checkZone, NetworkZone } from './network-zone';
export { checkedOwnership, type Ownership, type SharedOwnership, sharedOwnership } from './ownership';
export { Peer } from './peer';
export { checkDistinct, HostGroup } from './several-host-groups';
export {
  describeFlowGroup,
  describeFlows,
  ALL_OUTBOUND_DESCRIPTION,
  firstSentence,
  isMoved,
  portInDocument,
  minimumDescriptionLength,
  nameInProps,
  rowKey,
  SharedDescription,
} from './rule-description';
