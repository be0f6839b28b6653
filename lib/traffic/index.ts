export { clusterOfProvider, inGivenCluster, joinedManifests, withOneNameForEachCluster } from './clusters';
export {
  type AwsPlace,
  type Configuration,
  type Gate,
  GATES,
  type NotEvaluated,
  type Note,
  type SelectedMachines,
} from './configuration';
export { type Cover, cover, type MissingPort, type UndocumentedPorts } from './cover';
export { type Change, CHANGE_KINDS, diff, type Reach, stops, type TrafficDiff } from './diff';
export { doubtText, type RuleMention } from './documented-row';
export {
  decisiveAt,
  EndFinder,
  type EndAnswer,
  explain,
  type Explanation,
  type GateAnswer,
  knownNetworkOf,
  HOST_FIREWALL,
  NETWORK_ACL,
  NODE_FIREWALL,
} from './explain';
export { judgedOmissions } from './omitted-rows';
export { endsNamed, machinesOfHostnames, type NamedEnd, namedEnds, namesWithKind, peersOfEnd } from './named-ends';
export {
  baselineText,
  compareWithBaseline,
  DEFAULT_QUOTA,
  explanationOf,
  FINDING_CODES,
  type FindingCode,
  type FindingLevel,
  identified,
  type IdentifiedFinding,
  LEVELS,
  lint,
  readBaseline,
} from './lint/lint';
export {
  allowedBy,
  boundedRules,
  isUnknownFarEnd,
  packetText,
  permittedBy,
  TrafficSet,
  rowText,
  trafficDifference,
  trafficIntersection,
  type TrafficRow,
  trafficRows,
} from './permitted';
export {
  checkClaims,
  type Claims,
  comparedOnOf,
  FlowJudge,
  type GivenRangesOfEnd,
  proof,
  type UndocumentedTraffic,
} from './proof';
export { ownershipChanges } from './ownerships';
export { type MovedRow, movedRows, movedText, storyNotes } from './story';
export {
  combinedClusters,
  combinedConfiguration,
  isPlacedId,
  namedPeers,
  type PlannedChange,
  readPlannedChange,
  readTerraform,
  withSizesInCode,
} from './read';
export {
  ALL_INSTANCES,
  ANY_MACHINE,
  type Direction,
  type EndName,
  type GroupName,
  type NameKind,
  type PeerName,
  type Rule,
  type RulePeer,
  UNORDERED,
} from './rule';
export {
  type AddressRange,
  meantPorts,
  parsePrintedPorts,
  PORTS_NEED,
  parseWrittenText,
  type PortInterval,
  WHOLE,
} from './sets';
export { type ShownRow, shownTraffic } from './shown-traffic';
export { isInProject, knownPlace, networkInWords, placeInWords, withProjects } from './stack-networks';
export { type JsonObject, provenanceIn, terraformKind } from './terraform';
export { EndJudge, type JudgedEnd, type NearEnd } from './verdict';
