export { AwsNames, prefixListPeers, prefixLists } from './aws-names';
export { combinedConfiguration } from './combined-configuration';
export { GcpNames } from './gcp-names';
export { namedPeers, type Peers } from './peers';
export { readRules } from './read-rules';
export { type PlannedChange, readPlannedChange, readTerraform } from './read-terraform';
