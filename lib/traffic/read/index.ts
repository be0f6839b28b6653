export { machinesBehind, neededHostnames } from './needed-hostnames';
export { combinedConfiguration } from './combined-configuration';
export { neededRules, type ProvenanceContext, provenanceContext, selectedGroups } from './needed-rules';
export { namedPeers } from './peers';
export { readRules } from './read-rules';
export { type PlannedChange, readPlannedChange, readTerraform } from './read-terraform';
export { NOT_ATTACHED } from './gcp-policy-rules';
