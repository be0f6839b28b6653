export { combinedConfiguration } from './combined-configuration';
export {
  machinesBehind,
  neededBy,
  neededByHostname,
  neededHostnames,
  neededRules,
  type ProvenanceContext,
  provenanceContext,
  selectedGroups,
} from './from-provenance';
export { namedPeers } from './peers';
export { readRules } from './read-rules';
export { type PlannedChange, readPlannedChange, readTerraform } from './read-terraform';
export { NOT_ATTACHED } from './gcp-policy-rules';
