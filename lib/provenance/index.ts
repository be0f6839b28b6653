export {
  ALL_INSTANCES_LABEL,
  groupNames,
  isOnlyGroup,
  peerName,
  peerNames,
  rangeTexts,
  selectorName,
} from './machine-names';
export { allowedNames } from './allowed-names';
export { notKnownText } from './not-known';
export {
  type DocumentJson,
  type FlowJson,
  type HostGroupJson,
  type HostnameFilterJson,
  type HostnameJson,
  type PeerJson,
  PROVENANCE_VERSION,
  type ProvenanceJson,
  type RangesJson,
  type RowJson,
  rulesJson,
  rulesOf,
  type SelectorJson,
  type UnknownRangeJson,
  type WarningJson,
} from './provenance-json';
export {
  type Attributes,
  hasFlows,
  printedPeers,
  readFlows,
  readHostnames,
  readStack,
  readWarnings,
  type TracedStack,
} from './read-stack';
export { withAppliedValues } from './applied-values';
export {
  instanceKeys,
  placeholder,
  readableText,
  readState,
  type TerraformState,
  valueIn,
  valuesIn,
} from './terraform-state';
export {
  type TracedDocument,
  type TracedFlow,
  type TracedHostGroup,
  type TracedHostname,
  type TracedOpening,
  type TracedPeer,
  type TracedRanges,
} from './traced-flow';
