export {
  ALL_INSTANCES_LABEL,
  groupNames,
  isListInStack,
  isOnlyGroup,
  joinedLabels,
  peerName,
  peerNames,
  rangeTexts,
  selectorName,
} from './machine-names';
export { namesBehindFilter, ruleGroupName } from './filter-names';
export { type OpenedRow, podPorts } from './pod-ports';
export { withoutContradictions } from './contradictions';
export { WARNING_TEXTS, warningAdvice, warningFacts, type WarningFacts, type WarningKind } from './warnings';
export { FILTER_LABELS, gcpNetworkTitle, gcpPolicyTitle } from './written-names';
export { allowedNames } from './allowed-names';
export { closedAtSourceText, deviationText, notKnownText, WITHOUT_PACKETS } from './not-known';
export { expiryOf, ownershipText } from './ownership';
export { OUTBOUND_ACCESS, omittedHostname, omittedOpenerText, omittedText } from './omitted-text';
export {
  type DocumentJson,
  type FlowJson,
  type FlowsJson,
  type HostGroupJson,
  type HostnameFilterJson,
  type HostnameJson,
  type OmittedHostnameJson,
  type OmittedJson,
  type OpenedRowJson,
  type OwnershipJson,
  type PeerJson,
  PROVENANCE_VERSION,
  type ProvenanceJson,
  type RangesJson,
  type RowJson,
  rulesJson,
  rulesOf,
  type DnsJson,
  isListOfRanges,
  type SelectorJson,
  type UnknownRangeJson,
  type WarningJson,
  withEachFlow,
  type WrittenProvenanceJson,
} from './provenance-json';
export { type Attributes, checkedProvenance, hasFlows, printedPeers, readStack, type TracedStack } from './read-stack';
export { withAppliedValues } from './applied-values';
export {
  instanceKeys,
  placeholder,
  readableText,
  readState,
  referenceText,
  type TerraformState,
  valueIn,
  valuesIn,
} from './terraform-state';
export {
  type Deviation,
  type OpenNevertheless,
  type TracedDocument,
  type TracedFlow,
  type TracedHostGroup,
  type TracedHostname,
  type TracedOmission,
  type TracedOpening,
  type TracedPeer,
  type TracedRanges,
} from './traced-flow';
