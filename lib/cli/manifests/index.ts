export { policiesIn, type PolicyManifest, policyYaml } from './policies';
export { readConfigurationFile } from './read-manifests';
