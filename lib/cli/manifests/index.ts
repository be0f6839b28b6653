export { clusterFolders } from './cluster-folders';
export { manifestFiles } from './manifest-files';
export { policiesIn, type PolicyManifest, policyYaml } from './policies';
export {
  clusterLine,
  isManifestFile,
  namedCluster,
  objectGivenTwice,
  readConfigurationFile,
  readManifests,
} from './read-manifests';
