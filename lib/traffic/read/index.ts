export { idIn, isPlacedId } from './aws-ids';
export { combinedClusters, combinedConfiguration } from './combined-configuration';
export { UNKNOWN_ORDER } from './enforcement-orders';
export {
  egressToDns,
  egressToEverything,
  machinesBehind,
  neededBy,
  neededByHostname,
  neededHostnames,
  neededRules,
  type ProvenanceContext,
  provenanceContext,
  refusalInWords,
  selectedGroups,
  withSizesInCode,
} from './from-provenance';
export { FIREWALL_VPC, isFirewallVpc, mayBeUsed } from './hostnames';
export { namedPeers } from './peers';
export { readRules } from './read-rules';
export { type PlannedChange, readPlannedChange, readTerraform } from './read-terraform';
